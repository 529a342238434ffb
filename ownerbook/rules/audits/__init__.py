"""Audits and rectification (L)."""
