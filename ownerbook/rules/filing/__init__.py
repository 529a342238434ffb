"""Numbers, places, retention and disposal (I, M)."""
