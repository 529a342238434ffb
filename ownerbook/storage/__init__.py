"""State, journal, kept copies, atomic replacement."""
