"""A look at a scan: whether it is what its name says, whole, without a password, and how many pages it has. Reading is bounded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Literal

Trouble = Literal["", "empty", "cut", "locked", "misnamed", "unknown", "damaged", "unreadable"]
"""empty: no byte. cut: the end is missing. locked: a password is asked for. misnamed: sound, but of another kind than its name says.
unknown: no image and no PDF. damaged: begins as one and makes no sense. unreadable: the disk does not give it."""

SUFFIXES: Final = {
    ".pdf": "PDF", ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG", ".jfif": "JPEG", ".png": "PNG", ".tif": "TIFF", ".tiff": "TIFF",
    ".bmp": "BMP", ".gif": "GIF", ".webp": "WebP", ".heic": "HEIC", ".heif": "HEIC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """kind: of SUFFIXES' values, '' for none. pages: None where they cannot be told."""

    kind: str
    pages: int | None
    trouble: Trouble = ""


def look(path: Path) -> Look:
    """Look at a file. Never raises for what a file holds; no link is followed further than the caller did."""
    try:
        with path.open("rb") as file:
            found = look_into(file, path.stat().st_size)
    except OSError:
        return Look("", None, "unreadable")
    said = SUFFIXES.get(path.suffix.lower(), "")
    return Look(found.kind, found.pages, "misnamed") if not found.trouble and said != found.kind else found


def look_into(file: IO[bytes], size: int) -> Look:
    """Look at the bytes of a file of a size. Raises OSError."""
    from ownerbook.scans import images, pdf

    if size == 0:
        return Look("", None, "empty")
    head = file.read(1024)
    kind = kind_of(head)
    if not kind:
        return Look("", None, "unknown")
    pages, trouble = pdf.pages(file, size) if kind == "PDF" else images.pages(kind, file, size)
    return Look(kind, pages, trouble)


def kind_of(head: bytes) -> str:
    """The kind that a file's first bytes say."""
    if b"%PDF-" in head:
        return "PDF"
    if head[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "TIFF"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"):
        return "HEIC"
    return "BMP" if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" else ""
