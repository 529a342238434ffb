"""Archiving, destruction and transfer (M)."""
