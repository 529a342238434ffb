"""Borrowing (K)."""
