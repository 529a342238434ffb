"""The records of an .xls that xlrd passes over: which cells are formulas, which reach into other files, whether a filter is on.

[MS-XLS] 2.4 (records), 2.5.198 (the tokens of a formula). The text of a formula is not put together.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_BOF, _EOF, _BOUNDSHEET, _EXTERNSHEET, _SUPBOOK, _FILTERMODE = 0x809, 0x0A, 0x85, 0x17, 0x1AE, 0x9B
_BOFS = {0x009, 0x209, 0x409, _BOF}
_FORMULAS = {0x006, 0x206, 0x406}
_BIFF8 = 0x600
# Bytes after each token; the classes of an operand (reference, value, array) are told apart by bits that are taken off.
_SIZES = dict.fromkeys(range(0x03, 0x17), 0) | {
    0x01: 4, 0x02: 4, 0x1C: 1, 0x1D: 1, 0x1E: 2, 0x1F: 8, 0x20: 7, 0x21: 2, 0x22: 3, 0x23: 4, 0x24: 4, 0x25: 8, 0x26: 6, 0x27: 6, 0x28: 6,
    0x29: 2, 0x2A: 4, 0x2B: 8, 0x2C: 4, 0x2D: 8, 0x2E: 2, 0x2F: 2, 0x39: 6, 0x3A: 6, 0x3B: 10, 0x3C: 6, 0x3D: 10,
}  # fmt: skip
_TEXT, _ATTRIBUTE, _CHOOSE = 0x17, 0x19, 0x04
_ELSEWHERE = {0x3A, 0x3B, 0x3C, 0x3D}  # references that name a sheet by its number among the external sheets

_VOLUME = re.compile("\x01(.)", re.DOTALL)
_PARTS = {2: "/", 3: "/", 4: "../", 5: "", 6: "", 7: "", 8: ""}


@dataclass(slots=True)
class SheetRecords:
    """One worksheet: its formulas by row and column from 1, with the number of the file that each refers to, or 0."""

    formulas: dict[tuple[int, int], int] = field(default_factory=dict)
    filtered: bool = False


@dataclass(slots=True)
class Records:
    """Worksheets in their order, and the files that their formulas refer to, by number."""

    sheets: list[SheetRecords] = field(default_factory=list)
    external: dict[int, str] = field(default_factory=dict)


def read_records(stream: bytes) -> Records:
    """Walk through the workbook stream of an .xls; it must not be encrypted. What is cut off ends the walk."""
    out = Records()
    starts: list[int] = []
    books: list[int] = []  # for each SUPBOOK: the number of the file, or 0 for this file and for add-ins
    sheets: list[int] = []  # for each external sheet: its SUPBOOK
    version = 0
    for kind, at, size in _substream(stream, 0):
        if kind in _BOFS and not version:
            version = struct.unpack_from("<H", stream, at)[0] if kind == _BOF and size >= 2 else 2
        elif kind == _BOUNDSHEET and size >= 6 and stream[at + 5] == 0:
            starts.append(struct.unpack_from("<L", stream, at)[0])
        elif kind == _SUPBOOK and version == _BIFF8:
            target = _target(stream[at : at + size])
            books.append(len(out.external) + 1 if target else 0)
            if target:
                out.external[books[-1]] = target
        elif kind == _EXTERNSHEET and version == _BIFF8 and size >= 2:
            sheets += [struct.unpack_from("<H", stream, i)[0] for i in range(at + 2, at + size - 5, 6)]
    links = [books[b] if b < len(books) else 0 for b in sheets]
    for start in starts or [0]:
        out.sheets.append(_sheet(stream, start, links))
    return out


def _substream(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place of the data and size of each record, to the end of the substream; charts inside it are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + size > len(stream):
            return
        depth += kind in _BOFS
        if kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth <= 1:
            yield kind, at, size
        at += size


def _sheet(stream: bytes, start: int, links: list[int]) -> SheetRecords:
    out = SheetRecords()
    for kind, at, size in _substream(stream, start):
        if kind in _FORMULAS and size >= 4:
            row, column = struct.unpack_from("<HH", stream, at)
            out.formulas[row + 1, column + 1] = _elsewhere(stream[at + 20 : at + size], links) if links and size > 22 else 0
        elif kind == _FILTERMODE:
            out.filtered = True
    return out


def _elsewhere(formula: bytes, links: list[int]) -> int:
    """The number of the first other file that a formula's tokens name; 0 for none, and from a token on that is not known."""
    (size,) = struct.unpack_from("<H", formula, 0)
    tokens = formula[2 : 2 + size]
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token >= 0x40:
            token = (token & 0x1F) | 0x20
        at += 1
        if token in _ELSEWHERE and at + 2 <= len(tokens):
            sheet: int = struct.unpack_from("<H", tokens, at)[0]
            if sheet < len(links) and links[sheet]:
                return links[sheet]
        if token == _TEXT and at + 2 <= len(tokens):
            at += 2 + tokens[at] * (1 + (tokens[at + 1] & 1))
        elif token == _ATTRIBUTE and at + 3 <= len(tokens):
            at += 3 + (2 * (struct.unpack_from("<H", tokens, at + 1)[0] + 1) if tokens[at] & _CHOOSE else 0)
        elif token in _SIZES:
            at += _SIZES[token]
        else:
            return 0
    return 0


def _target(book: bytes) -> str:
    """The file that a SUPBOOK names; empty for this workbook itself, for add-ins and for what is no file.

    Its path is written with control characters for its parts ([MS-XLS] 2.5.277): they become slashes.
    """
    if len(book) < 6:
        return ""
    _, length = struct.unpack_from("<HH", book, 0)
    if length in (0x0401, 0x3A01):
        return ""
    wide = book[4] & 1
    raw = book[5 : 5 + length * (1 + wide)]
    path = raw.decode("utf-16-le" if wide else "latin-1", "replace")
    if not path.startswith("\x01"):
        return ""
    path = _VOLUME.sub(lambda m: "//" if m[1] == "@" else f"{m[1]}:/", path[1:])
    return path.translate(_PARTS).strip("\0")
