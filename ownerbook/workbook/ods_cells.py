"""The cells of one table of an OpenDocument spreadsheet as they come in: runs of equal cells, runs of equal rows.

What is blank costs nothing, however often it is repeated; what is filled is written out once all is read.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

import numpy as np

from ownerbook.schema.cells import Ints, Kind, Pool
from ownerbook.workbook.book import TabCells
from ownerbook.workbook.cell_texts import LAST_COLUMN, LAST_ROW
from ownerbook.workbook.raw_cells import Gathered
from ownerbook.workbook.trouble import Trouble

MOST_CELLS = 12_000_000  # filled cells of a file; the largest register known has 6.8 million
MOST_MERGES = 1_000_000


@dataclass(slots=True)
class Budget:
    """What is left of a file's limits."""

    cells: int = MOST_CELLS
    merges: int = MOST_MERGES

    def spend(self, cells: int = 0, merges: int = 0) -> None:
        """Raises `Trouble` (`bomb`) when nothing is left."""
        self.cells -= cells
        self.merges -= merges
        if self.cells < 0 or self.merges < 0:
            raise Trouble("bomb", "cells")


@dataclass(slots=True)
class OdsCells:
    """Gathers a table. Rows and columns are counted from 1; `row` and `column` are those last seen."""

    budget: Budget
    row: int = 0
    column: int = 0
    texts: list[str] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)  # first, last
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filtered: bool = False
    _repeats: list[tuple[int, int, int]] = field(default_factory=list)  # first and last + 1 of the cells, how often
    _first: int = 0  # of the cells of this row
    _merges_before: int = 0
    _rows: array[int] = field(default_factory=lambda: array("i"))
    _columns: array[int] = field(default_factory=lambda: array("i"))
    _kinds: array[int] = field(default_factory=lambda: array("B"))
    _values: array[float] = field(default_factory=lambda: array("d"))
    _styles: array[int] = field(default_factory=lambda: array("i"))
    _flags: array[int] = field(default_factory=lambda: array("B"))

    def begin_row(self) -> None:
        """The next row; `row` is its number."""
        self.row += 1
        self.column = 0
        self._first = len(self._rows)
        self._merges_before = len(self.merges)

    def fill(self, times: int, kind: int, value: float, style: int, flag: int) -> None:
        """`times` equal cells from the column after `column` on. A text's value is its place in `texts`."""
        if self.row > LAST_ROW or self.column + times > LAST_COLUMN:
            raise Trouble("damaged", "a cell outside the sheet")
        self.budget.spend(cells=times)
        if times == 1:
            self._rows.append(self.row)
            self._columns.append(self.column + 1)
            self._kinds.append(kind)
            self._values.append(value)
            self._styles.append(style)
            self._flags.append(flag)
            return
        self._rows.extend([self.row] * times)
        self._columns.extend(range(self.column + 1, self.column + 1 + times))
        self._kinds.extend([kind] * times)
        self._values.extend([value] * times)
        self._styles.extend([style] * times)
        self._flags.extend([flag] * times)

    def merge(self, down: int, right: int) -> None:
        """The cell after `column` spans so many rows and columns."""
        self.budget.spend(merges=1)
        row, column = self.row, self.column + 1
        self.merges.append((row, column, min(row + down - 1, LAST_ROW), min(column + right - 1, LAST_COLUMN)))

    def end_row(self, times: int, hidden: bool) -> None:
        """The row is complete, and stands there `times` times."""
        last = min(self.row + times - 1, LAST_ROW)
        if hidden and self.row <= LAST_ROW:
            self.hidden_rows.append((self.row, last))
        cells = len(self._rows) - self._first
        if times > 1 and cells:
            if self.row + times - 1 > LAST_ROW:
                raise Trouble("damaged", "a cell outside the sheet")
            self.budget.spend(cells=cells * (times - 1))
            self._repeats.append((self._first, len(self._rows), times))
        if times > 1 and len(self.merges) > self._merges_before:
            mine = self.merges[self._merges_before :]
            self.budget.spend(merges=len(mine) * (last - self.row))
            self.merges.extend((a + n, b, min(c + n, LAST_ROW), d) for n in range(1, last - self.row + 1) for a, b, c, d in mine)
        self.row += times - 1

    def finished(self, pool: Pool) -> TabCells:
        """All cells in order of row, then column; texts are in the pool."""
        once = TabCells(
            np.array(self._rows, np.int32),
            np.array(self._columns, np.int32),
            np.array(self._kinds, np.uint8),
            np.array(self._values, np.float64),
            np.array(self._styles, np.int32),
            np.array(self._flags, np.uint8),
        )
        if self.texts:
            once.value[once.kind == Kind.TEXT] += pool.extend_texts(self.texts)
        if not self._repeats:
            return once
        whole = Gathered()
        done = 0
        for first, end, times in self._repeats:
            whole.add(_part(once, done, first))
            whole.add(_again(_part(once, first, end), times))
            done = end
        whole.add(_part(once, done, len(once.row)))
        return whole.whole()


def _part(cells: TabCells, first: int, end: int) -> TabCells:
    at = slice(first, end)
    return TabCells(cells.row[at], cells.col[at], cells.kind[at], cells.value[at], cells.style[at], cells.flag[at])


def _again(row: TabCells, times: int) -> TabCells:
    """A row so many times, one below the other."""
    at = np.tile(np.arange(len(row.row)), times)
    below = np.repeat(np.arange(times, dtype=np.int32), len(row.row))
    return TabCells(row.row[at] + below, row.col[at], row.kind[at], row.value[at], row.style[at], row.flag[at])


def numbers(ranges: list[tuple[int, int]]) -> Ints:
    """Ranges of rows or columns as their numbers, each once."""
    if not ranges:
        return np.zeros(0, np.int32)
    return np.unique(np.concatenate([np.arange(a, b + 1, dtype=np.int32) for a, b in ranges]))
