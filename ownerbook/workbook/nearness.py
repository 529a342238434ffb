"""How much of one workbook is in another: by whole rows, wherever they stand and however they are sorted."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownerbook.schema.cells import Kind, Pool
from ownerbook.workbook.book import Book, Tab

LEAST_CELLS = 2  # a row of one cell says nothing
_MIX = np.uint64(0x9E3779B97F4A7C15)
Marks = NDArray[np.uint64]


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


@dataclass(frozen=True, slots=True)
class _Bag:
    """Marks and how often each stands there."""

    marks: Marks
    counts: NDArray[Any]

    @classmethod
    def of(cls, marks: list[Marks]) -> _Bag:
        return cls(*np.unique(np.concatenate([np.zeros(0, np.uint64), *marks]), return_counts=True))

    @property
    def size(self) -> int:
        return int(self.counts.sum())

    def shared(self, other: _Bag) -> int:
        _, here, there = np.intersect1d(self.marks, other.marks, assume_unique=True, return_indices=True)
        return int(np.minimum(self.counts[here], other.counts[there]).sum())


@dataclass(frozen=True, slots=True)
class Print:
    """A workbook as counted rows and counted values. Marks hold within one run of the program only."""

    rows: _Bag
    values: _Bag

    @classmethod
    def of(cls, book: Book, pool: Pool) -> Print:
        """Of all visible tabs. Texts count without blanks around them and without widths, numbers by value, formats not at all."""
        rows: list[Marks] = []
        values: list[Marks] = []
        for tab in book.tabs:
            if not tab.hidden and len(tab.cells.row):
                marks = _marks(tab, pool)
                values.append(marks)
                rows.append(_rows(tab, marks))
        return cls(_Bag.of(rows), _Bag.of(values))

    def near(self, other: Print) -> Nearness:
        """This one as base against another."""
        shared = self.values.shared(other.values)
        return Nearness(self.rows.shared(other.rows), self.rows.size, other.rows.size, shared / max(1, other.values.size))


def _marks(tab: Tab, pool: Pool) -> Marks:
    c = tab.cells
    text = (c.kind == Kind.TEXT) | (c.kind == Kind.ERROR)
    marks = (np.round(c.value, 9) + 0.0).view(np.uint64).copy()  # + 0.0 makes -0 the same as 0
    codes, back = np.unique(c.value[text].astype(np.int64), return_inverse=True)
    told = np.array([hash(_plain(t)) for t in pool.texts(codes)], np.int64).view(np.uint64)
    marks[text] = told[back.reshape(-1)]
    return _stirred(marks)


def _rows(tab: Tab, marks: Marks) -> Marks:
    """A mark a row: the order of its cells does not count, so that a moved column is no other row."""
    starts = np.flatnonzero(np.diff(tab.cells.row, prepend=-1))
    lengths = np.diff(np.append(starts, len(marks)))
    whole = np.add.reduceat(marks, starts)
    return _stirred(whole[lengths >= LEAST_CELLS])


def _stirred(marks: Marks) -> Marks:
    """Marks whose bits no longer lie in order, so that sums of them are marks too."""
    out = marks * _MIX
    out ^= out >> np.uint64(29)
    out *= np.uint64(0xBF58476D1CE4E5B9)
    out ^= out >> np.uint64(32)
    return out


def _plain(text: str) -> str:
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()
