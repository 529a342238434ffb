"""Cells of a filled page by the marks in its hidden column (`reports.forms.marked`): rows may have moved, been copied or been put in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from ownerbook.identifiers import dates
from ownerbook.procedures.registration import said
from ownerbook.reconcile.change import Said
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.cells import Kind, Pool
from ownerbook.schema.kinds import Day, Measure, Share
from ownerbook.schema.table import number_as_typed
from ownerbook.schema.words import Text
from ownerbook.workbook.book import Book, Tab

_MARK = re.compile(r"(?:head|office|(?:owner|helper|member|paper|current)\.\d+)(?: \w+\.\w+@\d+)+")
Grid = dict[int, dict[int, tuple[str, date | None]]]
"""Row → column → text and, where it is one, day."""
Rows = list[tuple[str, int, dict[str, Said]]]
"""Kind of line, row, values by field; in the order of the page."""
_Fields = tuple[tuple[str, str, int], ...]
_Marks = dict[int, tuple[str, _Fields]]


@dataclass
class Filled:
    """A page as filled in. head: fields of 房屋; the first owner's many rows are one line of rows. form: fields of the form itself. notes: what
    is to be said of it."""

    head: dict[str, Said] = field(default_factory=dict)
    form: dict[str, tuple[str, date | None]] = field(default_factory=dict)
    rows: Rows = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


def has_marks(tab: Tab, book: Book, pool: Pool) -> bool:
    """Whether a tab is a page with marks."""
    return bool(_marks(grid_of(tab, book, pool)))


def grid_of(tab: Tab, book: Book, pool: Pool) -> Grid:
    """The cells of a tab that hold something."""
    out: Grid = {}
    c = tab.cells
    for i in range(len(c.row)):
        kind, value = int(c.kind[i]), float(c.value[i])
        day: date | None = None
        if kind in (Kind.TEXT, Kind.ERROR):
            text = pool.text(int(value)).strip()
        elif kind == Kind.DATE:
            day = dates.from_serial(value, book.date1904)
            text = day.isoformat() if day else number_as_typed(value)
        elif kind == Kind.NUMBER:
            text = number_as_typed(value)
        else:
            continue
        if text:
            out.setdefault(int(c.row[i]), {})[int(c.col[i])] = (text, day)
    return out


def filled_page(grid: Grid) -> Filled | None:
    """What stands at the marks, None for a page without any."""
    marks = _marks(grid)
    if not marks:
        return None
    out = Filled()
    _put_in(grid, marks, out)
    first: dict[str, Said] | None = None
    for row, (group, fields) in sorted(marks.items()):
        kind, _, number = group.partition(".")
        values: dict[str, Said] = {}
        for sheet, name, column in fields:
            cell = grid[row].get(column)
            if cell is None:
                continue
            if sheet == "form" and kind in ("head", "office"):
                out.form.setdefault(name, cell)
            else:
                values[name] = said(cell[0]) if sheet == "form" else _said(sheet, name, *cell)
        if kind == "head":
            out.head |= {f: s for f, s in values.items() if f not in out.head}
        elif group == "owner.1" and len(fields) <= 3:  # the first owner is written in several rows
            if first is None or any(f in first for f in values):
                first = {}
                out.rows.append(("owner", row, first))
            first |= values
        elif kind != "office":
            out.rows.append((kind, row, values))
    return out


def _put_in(grid: Grid, marks: _Marks, out: Filled) -> None:
    """Rows that somebody put into a table carry no mark: those right below a line of it are lines as well."""
    last = max(marks)
    for row in sorted(grid):
        above = marks.get(row - 1)
        if row in marks or above is None or row > last or above[0].partition(".")[0] not in ("owner", "member", "paper", "helper"):
            continue
        if len(above[1]) <= 3:  # below the rows of the first owner stands a heading
            continue
        columns = {c for _, _, c in above[1]}
        if not columns & grid[row].keys() or _heading(grid[row]):
            continue
        marks[row] = above
        out.notes.append(Text(f"第 {row} 行是插入的，按上一行的各列读", f"row {row} was put in; it is read like the row above"))


def _heading(cells: dict[int, tuple[str, date | None]]) -> bool:
    """Whether a row is a title over a table: one text at the left."""
    return list(cells) == [1] and len(cells[1][0]) > 4


def _marks(grid: Grid) -> _Marks:
    out: _Marks = {}
    for row, cells in grid.items():
        mark = next((text for _, (text, _) in sorted(cells.items(), reverse=True) if "@" in text and _MARK.fullmatch(text)), None)
        if mark is not None:
            group, *fields = mark.split(" ")
            known = tuple(_field(f) for f in fields)
            out[row] = group, tuple(f for f in known if f[0] == "form" or (f[0] in BY_FIELD and f[1] in BY_FIELD[f[0]].by_field))
    return out


def _field(mark: str) -> tuple[str, str, int]:
    where, _, column = mark.partition("@")
    sheet, _, name = where.partition(".")
    return sheet, name, int(column)


def _said(sheet: str, name: str, text: str, day: date | None) -> Said:
    """As it is to be typed: days as days, numbers and shares as numbers, everything else as text."""
    kind = BY_FIELD[sheet].by_field[name].kind
    if isinstance(kind, Day):
        found = day or dates.parse(text)
        return said(found) if found else said(text)
    if isinstance(kind, Measure | Share):
        try:
            number = float(text)
        except ValueError:
            return said(text)
        if isinstance(kind, Share):
            return Said(f"{number * 100:.10g}%", number) if 0 < number <= 1 else said(text)
        return said(int(number)) if number == int(number) else said(number)
    return said(text)
