"""Old workbooks for the tests, record by record ([MS-XLS] 2.4): a stream of BIFF8 without its container."""

from __future__ import annotations

import struct
from pathlib import Path

from read_builders import seen

from ownerbook.schema.cells import Pool, Styles
from ownerbook.workbook.book import Book
from ownerbook.workbook.reading import read_book


def record(kind: int, data: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", kind, len(data)) + data


def wide(text: str, length: str = "<H") -> bytes:
    """A text in UTF-16 behind its length."""
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def begin(kind: int) -> bytes:
    """The beginning of a substream: 5 the workbook, 16 a sheet, 32 a chart."""
    return record(0x809, struct.pack("<HHHHLL", 0x600, kind, 0, 0, 0, 6))


END = record(0x0A)


def font(struck: bool = False) -> bytes:
    """A font."""
    return record(0x31, struct.pack("<HHHHHBBBB", 200, 8 * struck, 8, 400, 0, 0, 0, 0, 0) + wide("宋体", "<B"))


def form(key: int, code: str) -> bytes:
    """A number format."""
    return record(0x41E, struct.pack("<H", key) + wide(code))


def look(font_: int = 0, key: int = 0, colour: int | None = None) -> bytes:
    """A combination of font, number format and solid fill by its number in the palette."""
    fill = 1 << 26 if colour is not None else 0
    return record(0xE0, struct.pack("<HHHBBBBLLH", font_, key, 0, 0, 0, 0, 0xFC, 0, fill, colour or 0))


def head(row: int, column: int, look_: int = 0) -> bytes:
    """The beginning of a cell's record; row and column from 1."""
    return struct.pack("<HHH", row - 1, column - 1, look_)


def words(row: int, column: int, text: str, look_: int = 0) -> bytes:
    """A cell with a text."""
    return record(0x204, head(row, column, look_) + wide(text))


def number(row: int, column: int, value: float, look_: int = 0) -> bytes:
    """A cell with a number."""
    return record(0x203, head(row, column, look_) + struct.pack("<d", value))


def said(row: int, column: int, value: int, error: bool, look_: int = 0) -> bytes:
    """A cell with a truth value or an error."""
    return record(0x205, head(row, column, look_) + struct.pack("<BB", value, error))


def formula(row: int, column: int, tokens: bytes, result: bytes, look_: int = 0) -> bytes:
    """A cell with a formula and its result of eight bytes."""
    return record(0x06, head(row, column, look_) + result + struct.pack("<HLH", 0, 0, len(tokens)) + tokens)


def book(sheets: dict[str, bytes], heads: bytes = b"", hidden: tuple[str, ...] = (), charts: tuple[str, ...] = ()) -> bytes:
    """A stream of these sheets' records; `heads` are the workbook's own (fonts, formats, looks, other files)."""
    bounds = [(name, struct.pack("<BB", name in hidden, 2 * (name in charts)) + wide(name, "<B")) for name in sheets]
    parts = {name: begin(32 if name in charts else 16) + data + END for name, data in sheets.items()}
    start = begin(5) + record(0x42, struct.pack("<H", 1200)) + heads
    at = len(start) + sum(8 + len(said_) for _, said_ in bounds) + len(END)
    for name, said_ in bounds:
        start += record(0x85, struct.pack("<L", at) + said_)
        at += len(parts[name])
    return start + END + b"".join(parts.values())


PLAIN = font() * 4 + look()


def opened(folder: Path, data: bytes) -> tuple[Book, Pool, Styles]:
    """The file, read through the door."""
    path = folder / "业主.xls"
    path.write_bytes(data)
    pool, known = Pool(), Styles()
    pool.extend_texts(["what other workbooks brought"])
    return read_book(path, pool=pool, styles=known), pool, known


__all__ = ["END", "PLAIN", "begin", "book", "font", "form", "formula", "look", "number", "opened", "record", "said", "seen", "wide", "words"]
