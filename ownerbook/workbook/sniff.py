"""What a file is, told by its bytes and never by its suffix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ownerbook.workbook.package import Package

Form = Literal["empty", "zip", "ole", "biff", "html", "xml", "text", "owner", "other"]

# First bytes of things that are sometimes renamed to .xlsx, and what to call them.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"\x00\x01\x00\x00Standard", "Access"),
    (b"MIME-Version:", "MHTML"),
)
# A BIFF stream without its container begins with a BOF record of version 2, 3, 4 or 5.
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)
_FILLED = re.compile(rb"[^\x00 \t\r\n]")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(data: bytes) -> tuple[Form, str]:
    """The form of a file, and for `other` and `xml` what it seems to be."""
    if not _FILLED.search(data):
        return "empty", ""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip", ""
    if data.startswith(OLE):
        return "ole", ""
    if _BIFF.match(data):
        return "biff", ""
    for signature, name in _SIGNATURES:
        if data.startswith(signature) and not _is_plain(data[:64], signature):
            return "other", name
    return _text_form(data)


def _is_plain(head: bytes, signature: bytes) -> bool:
    """A csv may well begin with the letters BM or MZ."""
    return len(signature) == 2 and signature.isalpha() and b"\x00" not in head


def _text_form(data: bytes) -> tuple[Form, str]:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\x00", b"")
    elif len(data) == 165 and 1 <= data[0] <= 54 and data[55:].count(0) > 20:
        return "owner", "~$"
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"<office:document" in head:
        return "xml", "FODS"
    if _HTML.match(head) or (head.startswith((b"<!--", b"<?xml")) and _HTML.search(head)):
        return "html", ""
    if head.startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            return "xml", "XML 2003"
        return "xml", "XML"
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _binary(data):
        if data.find(b"PK\x03\x04", 0, 1 << 20) >= 0 and b"PK\x05\x06" in data[-66_000:]:
            return "zip", ""  # a few bytes stand before the archive
        return "other", ""
    return "text", ""


def _binary(data: bytes) -> bool:
    """Whether there are bytes that no text in UTF-8 or GB18030 holds. UTF-16 without a mark is text."""
    head = data[:65536]
    zeros = head.count(0)
    if zeros and (head[0::2].count(0) > 0.3 * len(head[0::2]) or head[1::2].count(0) > 0.3 * len(head[1::2])):
        return False
    return zeros > 0 or sum(head.count(c) for c in b"\x01\x02\x03\x04\x05\x06\x07\x0e\x0f\x10\x11\x12\x13\x14") > len(head) // 100


def what_package(package: Package) -> str:
    """What a zip is: `xlsx`, `xlsb`, `ods`, `encrypted ods`, or a name for what it is instead."""
    mimetype = package.find("mimetype")
    if mimetype is not None and mimetype.size < 200:
        said = package.read(mimetype).decode("ascii", "replace").strip()
        if said.startswith("application/vnd.oasis.opendocument.spreadsheet"):
            manifest = package.find("META-INF/manifest.xml")
            sealed = manifest is not None and b"encryption-data" in package.read(manifest)
            return "encrypted ods" if sealed else "ods"
        return said
    if package.find("[Content_Types].xml") is None:
        return "ZIP"
    kind = package.content_type(package.workbook_part)
    for word, name in (("sheet.binary", "xlsb"), ("spreadsheetml", "xlsx"), ("ms-excel", "xlsx"), ("word", "Word"), ("presentation", "PowerPoint")):
        if word in kind:
            return name
    return "xlsx" if package.workbook_part.lower().endswith("workbook.xml") else kind or "ZIP"
