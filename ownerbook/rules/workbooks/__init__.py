"""What only a file shows: missing sheets, headers, merges, unreadable files (A)."""
