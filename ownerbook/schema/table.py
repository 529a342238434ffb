"""A sheet as read: the rows of all its tabs over all workbooks, as columns; each cell can still name its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import numpy as np

from ownerbook.schema.cells import Cells, Flag, Ints, Kind, Pool, Styles
from ownerbook.schema.finding import Place
from ownerbook.schema.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Source:
    """A block of rows in a tab of a workbook: where its header stands, and which column holds which field.

    Staff's own ledgers may hold two blocks side by side: then one tab has two sources.
    """

    workbook: str  # as reports name it
    tab: str
    header_row: int
    columns: Mapping[str, int]  # field: column number
    date1904: bool = False
    text_only: bool = False  # a .csv: text that looks like a date is one
    unknown: Mapping[int, str] = field(default_factory=dict)  # columns of staff's own: their headers
    parts: frozenset[str] = frozenset()  # fields whose value is only a part of the cell, or made of several: never written back


@dataclass(slots=True)
class Table:
    """All rows of one declared sheet.

    rows: true row numbers, as Excel counts. source: index into `sources`. cells: per field the column as found;
    a field that no workbook holds is absent here and counts as blank.
    """

    sheet: Sheet
    sources: list[Source]
    rows: Ints
    source: Ints
    cells: dict[str, Cells]
    pool: Pool
    styles: Styles
    prints: Mapping[str, str] = field(default_factory=dict)  # where known, fingerprints: by field of a column, under '' of rows and sources

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, field: str) -> bool:
        """Whether some workbook holds this column."""
        return field in self.cells

    def place(self, row: int, field: str | None) -> Place:
        """The place of a cell; `row` is a position in this table. Without the column in that workbook: the row alone."""
        source = self.sources[int(self.source[row])]
        column = source.columns.get(field) if field else None
        return Place(source.workbook, source.tab, int(self.rows[row]), column)

    def found(self, field: str, row: int) -> str:
        """The cell as a person would say it: text as it stands, numbers without noise, dates as dates."""
        cells = self.cells.get(field)
        if cells is None:
            return ""
        kind, value = int(cells.kind[row]), float(cells.value[row])
        if kind in (Kind.TEXT, Kind.ERROR):
            return self.pool.text(int(value))
        if kind == Kind.NUMBER:
            return number_as_typed(value)
        if kind == Kind.DATE:
            from ownerbook.identifiers.dates import from_serial

            day = from_serial(value, self.sources[int(self.source[row])].date1904)
            return day.isoformat() if day else number_as_typed(value)
        if kind == Kind.BOOL:
            return "TRUE" if value else "FALSE"
        return ""

    def held(self, field: str, row: int) -> str | int | float | date | None:
        """What the cell holds, of its own kind: a text, a number, a day (with a time where it has one), a truth value; None for a blank."""
        cells = self.cells.get(field)
        if cells is None:
            return None
        kind, value = int(cells.kind[row]), float(cells.value[row])
        if kind in (Kind.TEXT, Kind.ERROR):
            return self.pool.text(int(value))
        if kind == Kind.DATE:
            from ownerbook.identifiers.dates import from_serial

            day = from_serial(value, self.sources[int(self.source[row])].date1904)
            if day is not None:
                seconds = round(value % 1 * 86400)
                return datetime.combine(day, time()) + timedelta(seconds=seconds) if seconds else day
        if kind == Kind.BOOL:
            return bool(value)
        if kind == Kind.BLANK:
            return None
        return int(value) if value == int(value) and abs(value) < 1e15 else value

    def flagged(self, field: str, flag: Flag) -> Ints:
        """Rows whose cell carries a flag."""
        return np.flatnonzero(self.cells[field].flag & flag).astype(np.int32)


def number_as_typed(value: float) -> str:
    """A number as it would be typed; digits that a spreadsheet has lost are not made up."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"
