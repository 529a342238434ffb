"""Number schemes: one small module each, scalar and whole-column."""
