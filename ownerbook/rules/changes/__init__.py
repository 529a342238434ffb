"""How registered facts are updated (J)."""
