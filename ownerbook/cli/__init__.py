"""Arguments in, one job, exit status out."""
