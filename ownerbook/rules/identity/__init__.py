"""Documents, names and shares of owners (C, D)."""
