"""Scans: what a file says of itself, without opening it whole. Nothing here knows the register."""
