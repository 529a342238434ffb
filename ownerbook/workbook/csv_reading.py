"""Text files: which encoding, which delimiter, and the records as cells. Every cell is text."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator
from itertools import islice

import numpy as np

from ownerbook.schema.cells import Kind, Pool
from ownerbook.workbook.book import Tab, TabCells
from ownerbook.workbook.trouble import Trouble

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",\t;"
_LONGEST_CELL = 1 << 20  # characters
_LONGEST_LINE = 8 << 20  # characters
_AT_ONCE = 1 << 16  # texts that are held as Python objects before they go into the pool
MOST_CELLS = 20_000_000
LARGEST = 128 << 20  # bytes


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: by its mark, as UTF-16 without one, as UTF-8, as GB18030 (which holds GBK and GB2312).

    Raises `Trouble` (`encoding`) where none fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name), name
    head = data[:65536]
    if b"\x00" in head:
        name = "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"
        return _decoded(data, name), name
    for name in ("utf-8", "gb18030"):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise Trouble("encoding")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as e:
        raise Trouble("encoding", f"{name}: {e.reason}") from e


def delimiter(text: str) -> str:
    """The delimiter that parts the first records most evenly; a comma where nothing parts them."""
    best, most = ",", 0.0
    for candidate in _DELIMITERS:
        try:
            widths = [len(r) for r in islice(csv.reader(io.StringIO(text[:65536], newline=""), delimiter=candidate), 50) if r]
        except csv.Error:
            continue
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=lambda w: (widths.count(w), w))
        score = widths.count(usual) / len(widths) * (usual > 1) + min(usual, 50) / 1000
        if score > most:
            best, most = candidate, score
    return best


def _lines(text: str) -> Iterator[str]:
    """The lines one by one, each with its end (a return, a line feed, or both); a second copy of the whole text is not made."""
    at, size = 0, len(text)
    feed = back = -1  # the next line feed and the next return, each looked for once
    while at < size:
        if feed < at:
            feed = text.find("\n", at) if feed != size else size
            feed = size if feed < 0 else feed
        if back < at:
            back = text.find("\r", at) if back != size else size
            back = size if back < 0 else back
        end = min(feed, size - 1) + 1
        if back < feed and back + 1 != feed:
            end = min(back, size - 1) + 1
        if end - at > _LONGEST_LINE:
            raise Trouble("bomb", "csv: a line without end")
        yield text[at:end]
        at = end


def read_csv(data: bytes, name: str, pool: Pool) -> tuple[Tab, str]:
    """The one tab of a text file, named as given, and the encoding. A row's number is its record's number.

    Raises `Trouble`.
    """
    if len(data) > LARGEST:
        raise Trouble("bomb", f"csv: {len(data) >> 20} MiB")
    text, encoding = decode(data)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # said for Excel, which does not show it
        separator, text = first.strip()[4], rest
    else:
        separator = delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    rows, columns = array("i"), array("i")
    texts: list[str] = []
    first_code = len(pool)
    try:
        for n, record in enumerate(csv.reader(_lines(text), delimiter=separator), 1):
            for m, cell in enumerate(record, 1):
                if cell:
                    rows.append(n)
                    columns.append(m)
                    texts.append(cell)
            if len(texts) >= _AT_ONCE:
                pool.extend_texts(texts)
                texts.clear()
                if len(rows) > MOST_CELLS:
                    raise Trouble("bomb", f"csv: more than {MOST_CELLS} cells")
    except csv.Error as e:
        raise Trouble("damaged", f"csv: {e}") from e
    pool.extend_texts(texts)
    n = len(rows)
    cells = TabCells(
        np.array(rows, np.int32),
        np.array(columns, np.int32),
        np.full(n, Kind.TEXT, np.uint8),
        np.arange(first_code, first_code + n, dtype=np.float64),
        np.zeros(n, np.int32),
        np.zeros(n, np.uint8),
    )
    return Tab(name=name, cells=cells), encoding
