"""Rules about disposals."""
