"""A file read whole, where it is small enough and looks like a workbook."""

from __future__ import annotations

from pathlib import Path

from ownerbook.workbook.package import OLE2, PackageError

LARGEST_FILE = 1 << 30  # bytes


def bytes_of(path: Path) -> bytes:
    """A file's bytes; of one that is neither a zip nor an OLE2 container only the first. Raises `PackageError` (`too-large`), OSError."""
    with path.open("rb") as file:
        begin = file.read(4096)
        if not begin.startswith((b"PK", OLE2)):
            return begin
        if path.stat().st_size > LARGEST_FILE:
            raise PackageError("too-large", path.name)
        return begin + file.read()
