"""What a file must hold (H)."""
