"""Staff, rights and training (O)."""
