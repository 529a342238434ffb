"""A tab as rows of cells that can be asked for one by one, with merges: the form in which a ledger is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ownerbook.identifiers import dates
from ownerbook.schema.cells import Flag, Kind, Pool, Styles
from ownerbook.schema.table import number_as_typed
from ownerbook.workbook.book import Tab


class Cell(NamedTuple):
    """One filled cell. text: as a person would say it (dates as 2024-03-05); at: its place in the tab's arrays."""

    row: int
    column: int
    kind: int
    value: float
    text: str
    flag: int
    style: int
    at: int

    @property
    def is_date(self) -> bool:
        """Shown as a date."""
        return self.kind == Kind.DATE


class Grid:
    """The filled cells of a tab, by row. A cell of nothing but white space is no cell, unless it is a formula or an error."""

    def __init__(self, tab: Tab, pool: Pool, styles: Styles, *, date1904: bool = False) -> None:
        self.tab, self.pool, self.styles, self.date1904 = tab, pool, styles, date1904
        cells = tab.cells
        texts = cells.kind == Kind.TEXT
        texts |= cells.kind == Kind.ERROR
        said = iter(pool.texts(cells.value[texts].astype(np.int64)))
        self.rows: dict[int, dict[int, Cell]] = {}
        kinds = cells.kind.tolist()
        for i, (row, column, kind, value, flag, style) in enumerate(
            zip(cells.row.tolist(), cells.col.tolist(), kinds, cells.value.tolist(), cells.flag.tolist(), cells.style.tolist(), strict=True)
        ):
            text = next(said) if kind in (Kind.TEXT, Kind.ERROR) else self._shown(kind, value)
            if not text.strip() and not flag & (Flag.NO_CACHE | Flag.PICTURE):
                continue
            self.rows.setdefault(row, {})[column] = Cell(row, column, kind, value, text, flag, style, i)

    def _shown(self, kind: int, value: float) -> str:
        if kind == Kind.NUMBER:
            return number_as_typed(value)
        if kind == Kind.DATE:
            day = dates.from_serial(value, self.date1904)
            return day.isoformat() if day else number_as_typed(value)
        if kind == Kind.BOOL:
            return "TRUE" if value else "FALSE"
        return ""

    def __iter__(self) -> Iterator[Cell]:
        for row in self.rows.values():
            yield from row.values()

    def __len__(self) -> int:
        return sum(map(len, self.rows.values()))

    def get(self, row: int, column: int) -> Cell | None:
        """The cell there, None for a blank one. A cell inside a merge is blank but for its anchor."""
        return self.rows.get(row, {}).get(column)

    def text(self, row: int, column: int) -> str:
        """The text of a cell, '' for a blank one."""
        cell = self.get(row, column)
        return cell.text.strip() if cell else ""

    @cached_property
    def last_column(self) -> int:
        """The last column that holds anything."""
        return max((max(r) for r in self.rows.values()), default=0)

    @cached_property
    def last_row(self) -> int:
        """The last row that holds anything."""
        return max(self.rows, default=0)

    @cached_property
    def anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Cells below the anchor of a merge, in its first column → the anchor. Only as far as the tab is filled."""
        out: dict[tuple[int, int], tuple[int, int]] = {}
        for r1, c1, r2, _ in self.tab.merges:
            for row in range(r1 + 1, min(r2, self.last_row) + 1):
                out[row, c1] = (r1, c1)
        return out

    def merged(self, row: int, column: int) -> Cell | None:
        """The cell there; inside a merge of one column, the anchor's: its value counts for its rows."""
        cell = self.get(row, column)
        if cell is None and (anchor := self.anchors.get((row, column))) is not None:
            return self.get(*anchor)
        return cell
