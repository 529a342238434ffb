"""Check, reconcile, nightly: plain calls."""
