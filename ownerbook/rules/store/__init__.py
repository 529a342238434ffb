"""Rules about places and the store."""
