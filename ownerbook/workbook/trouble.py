"""What goes wrong while a file is read, before the door names the file and gives the remedy."""

from __future__ import annotations


class Trouble(Exception):
    """A part that cannot be read. `reason` is a key of `REASONS` in `ownerbook.workbook.reading`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
