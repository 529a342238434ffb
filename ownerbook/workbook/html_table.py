"""Web pages with tables, as systems export them under the name .xls: each table a tab.

Only the standard library's parser of HTML: nothing is fetched, no entity is looked up outside.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np

from ownerbook.schema.cells import Kind, Pool
from ownerbook.workbook.book import Tab, TabCells
from ownerbook.workbook.csv_reading import decode
from ownerbook.workbook.trouble import Trouble

MOST_CELLS = 5_000_000
MOST_SPAN = 10_000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_UNSEEN = {"script", "style", "head", "title"}
_NAME = re.compile(r"<x:Name>([^<]{1,31})</x:Name>", re.IGNORECASE)


def read_html(data: bytes, name: str, pool: Pool) -> list[Tab]:
    """The tables of a page, every cell a text. A cell over several rows or columns is a merge.

    Raises `Trouble` (`html`) for a page without a table, `bomb` for one beyond all measure.
    """
    text = _text(data)
    parser = _Tables()
    parser.feed(text)
    parser.close()
    tables = [t for t in parser.tables if t.cells]
    if not tables:
        raise Trouble("html")
    named = _NAME.findall(text)
    names = named if len(named) == len(tables) else [name] if len(tables) == 1 else [f"{name}{n}" for n in range(1, len(tables) + 1)]
    return [_tab(t, n, pool) for t, n in zip(tables, names, strict=True)]


def _text(data: bytes) -> str:
    """By the page's own word where that decodes, else as any text file."""
    said = _CHARSET.search(data[:4096])
    if said and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        charset = said[1].decode("ascii").lower()
        try:
            return data.decode("gb18030" if charset in ("gb2312", "gbk", "gb18030") else "utf-8" if charset.startswith("utf") else charset)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)[0]


class _Table:
    """One table being read: cells by (row, column), and what spans."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self.taken: dict[tuple[int, int], bool] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.row = 0
        self.column = 0
        self.open: list[str] | None = None
        self.span = (1, 1)

    def begin(self, attributes: dict[str, str | None]) -> None:
        """A cell begins at the next free column."""
        self.end()
        self.row = max(self.row, 1)
        self.column += 1
        while (self.row, self.column) in self.taken:
            self.column += 1
        self.open = []
        self.span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))

    def end(self) -> None:
        """A cell ends."""
        if self.open is None:
            return
        text = re.sub(r"[ \t\r\f\v]*\n[ \t\r\f\v]*", "\n", re.sub(r"[ \t\r\f\v]+", " ", "".join(self.open))).strip()
        down, right = self.span
        if text:
            self.cells[self.row, self.column] = text
        if down * right > MOST_CELLS - len(self.taken):
            raise Trouble("bomb", "table")
        if down > 1 or right > 1:
            self.merges.append((self.row, self.column, self.row + down - 1, self.column + right - 1))
            for r in range(self.row, self.row + down):
                for c in range(self.column, self.column + right):
                    self.taken[r, c] = True
        self.column += right - 1
        self.open = None
        if len(self.cells) > MOST_CELLS:
            raise Trouble("bomb", "table")


def _span(said: str | None) -> int:
    digits = (said or "").strip()
    return min(int(digits), MOST_SPAN) if digits.isascii() and digits.isdigit() and 1 <= len(digits) <= 6 and int(digits) else 1


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.stack: list[_Table] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += tag != "head"
        elif tag == "table":
            self.stack.append(_Table())
            self.tables.append(self.stack[-1])
        elif not self.stack:
            return
        elif tag == "tr":
            self.stack[-1].end()
            self.stack[-1].row += 1
            self.stack[-1].column = 0
        elif tag in ("td", "th"):
            self.stack[-1].begin(dict(attrs))
        elif tag in ("br", "p", "div") and self.stack[-1].open:
            self.stack[-1].open.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - (tag != "head"))
        elif tag == "table" and self.stack:
            self.stack.pop().end()
        elif tag in ("td", "th", "tr") and self.stack:
            self.stack[-1].end()

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1].open is not None and not self.unseen:
            # a line break of the page's source is a blank; one that is meant comes as a tag
            self.stack[-1].open.append(data.replace("\xa0", " ").replace("\r", " ").replace("\n", " "))


def _tab(table: _Table, name: str, pool: Pool) -> Tab:
    places = sorted(table.cells)
    first = pool.extend_texts([table.cells[p] for p in places])
    n = len(places)
    cells = TabCells(
        np.array([r for r, _ in places], np.int32),
        np.array([c for _, c in places], np.int32),
        np.full(n, Kind.TEXT, np.uint8),
        np.arange(first, first + n, dtype=np.float64),
        np.zeros(n, np.int32),
        np.zeros(n, np.uint8),
    )
    return Tab(name=name, cells=cells, merges=table.merges)
