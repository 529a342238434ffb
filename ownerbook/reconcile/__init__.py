"""Base, ours, theirs: a plan that people read."""
