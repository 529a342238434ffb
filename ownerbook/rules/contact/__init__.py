"""Phones and addresses (E)."""
