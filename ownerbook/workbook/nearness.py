"""How much of one workbook is in another: by whole rows, wherever they stand and however they are sorted."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass

import numpy as np

from ownerbook.schema.cells import Kind, Pool
from ownerbook.workbook.book import Book, Tab

Rows = Counter[int]
LEAST_CELLS = 2  # a row of one cell says nothing


@dataclass(frozen=True, slots=True)
class Nearness:
    """common: rows that both hold; ours, theirs: rows of each; cells: share of their cells' values that ours holds too, 0 to 1."""

    common: int
    ours: int
    theirs: int
    cells: float

    @property
    def share(self) -> float:
        """Equal rows in the smaller of the two, 0 to 1."""
        return self.common / max(1, min(self.ours, self.theirs))


@dataclass(slots=True)
class Print:
    """A workbook as counted rows and counted values."""

    rows: Rows
    values: Counter[int]

    @classmethod
    def of(cls, book: Book, pool: Pool) -> Print:
        """Of all visible tabs. Texts count without blanks and widths, numbers by value, formats not at all."""
        rows: Rows = Counter()
        values: Counter[int] = Counter()
        for tab in book.tabs:
            if not tab.hidden:
                _count(tab, pool, rows, values)
        return cls(rows, values)

    def near(self, other: Print) -> Nearness:
        """This one as base against another."""
        common = sum((self.rows & other.rows).values())
        shared = sum((self.values & other.values).values())
        return Nearness(common, sum(self.rows.values()), sum(other.rows.values()), shared / max(1, sum(other.values.values())))


def _count(tab: Tab, pool: Pool, rows: Rows, values: Counter[int]) -> None:
    c = tab.cells
    if not len(c.row):
        return
    text = (c.kind == Kind.TEXT) | (c.kind == Kind.ERROR)
    marks = np.zeros(len(c.row), np.int64)
    marks[~text] = [hash(round(v, 9)) for v in c.value[~text].tolist()]
    marks[text] = [hash(_plain(t)) for t in pool.texts(c.value[text].astype(np.int64))]
    values.update(marks.tolist())
    starts = np.flatnonzero(np.diff(c.row, prepend=-1))
    ends = np.append(starts[1:], len(c.row))
    listed = marks.tolist()
    for a, b in zip(starts.tolist(), ends.tolist(), strict=True):
        if b - a >= LEAST_CELLS:
            rows[hash(tuple(listed[a:b]))] += 1


def _plain(text: str) -> str:
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()
