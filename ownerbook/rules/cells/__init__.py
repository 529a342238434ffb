"""What a spreadsheet does to a cell, and cells that cannot be read (B)."""
