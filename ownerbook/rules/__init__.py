"""The rule book: one rule, one file."""
