"""Consent and duties towards owners (N)."""
