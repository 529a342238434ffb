"""A form that ownerbook made and staff filled in: its properties, and the rows of its sheets by header. It is only read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from ownerbook.identifiers import dates
from ownerbook.schema.cells import Kind, Longs, Pool, Styles
from ownerbook.schema.table import number_as_typed
from ownerbook.workbook.book import Book, Tab
from ownerbook.workbook.reading import read_book

FIRST_HEADERS = ("序号", "No.")


HEADER_WITHIN = 60  # rows in which a form's header stands


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form. number: as Excel counts. cells: header → text, blank ones left out. days: headers whose cell is a date."""

    tab: str
    number: int
    cells: dict[str, str]
    days: dict[str, date]

    def text(self, header: str) -> str:
        """A cell as text, '' for a blank one."""
        return self.cells.get(header, "").strip()

    def day(self, header: str) -> date | None:
        """A cell as a date, typed as one or written as text; None where it is blank or none."""
        return self.days.get(header) or dates.parse(self.text(header)) if self.text(header) else None


@dataclass(frozen=True, slots=True)
class Above:
    """The rows above a form's header, for what is asked once a page: each cell's column, text and, where it is one, day."""

    rows: tuple[tuple[tuple[int, str, date | None], ...], ...] = ()

    def beside(self, label: str, labels: Sequence[str]) -> tuple[str, date | None]:
        """What stands to the right of a label, before the next of the labels; ('', None) for nothing."""
        for row in self.rows:
            for n, (_, text, _) in enumerate(row):
                said = text.strip().partition("\n")[0]  # an English form says the English word on a second line
                if said == label and n + 1 < len(row) and row[n + 1][1].strip().partition("\n")[0] not in labels:
                    return row[n + 1][1].strip(), row[n + 1][2] or dates.parse(row[n + 1][1].strip())
        return "", None


@dataclass(frozen=True, slots=True)
class FormTab:
    """A tab of a form, hidden ones left out. heads: the headers that it holds, also above columns that are blank."""

    name: str
    heads: frozenset[str]
    rows: list[FormRow]
    above: Above


@dataclass(slots=True)
class FilledForm:
    """A form. kind: what ownerbook made it as, '' for a workbook that is not ours. sheets, above: by tab, the rows below its header and above."""

    path: Path
    kind: str
    fingerprint: str
    properties: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, list[FormRow]] = field(default_factory=dict)
    above: dict[str, Above] = field(default_factory=dict)


def read_form(path: Path, *, password: str | None = None) -> FilledForm:
    """Read a form. Raises Unreadable. Tabs without a header row that begins with 序号 are left out."""
    pool = Pool()
    return form_of(read_book(path, pool=pool, styles=Styles(), password=password), pool)


def form_of(book: Book, pool: Pool) -> FilledForm:
    """The form that a book is, read already."""
    path = book.path
    out = FilledForm(path, book.properties.get("ownerbook.kind", ""), book.fingerprint, dict(book.properties))
    for tab in tabs_of(book, pool, FIRST_HEADERS):
        out.sheets[tab.name], out.above[tab.name] = tab.rows, tab.above
    return out


def tabs_of(book: Book, pool: Pool, firsts: Collection[str]) -> list[FormTab]:
    """The tabs whose header row holds one of these headers."""
    return [found for tab in book.tabs if not tab.hidden and (found := _rows(book, tab, pool, firsts)) is not None]


def _rows(book: Book, tab: Tab, pool: Pool, firsts: Collection[str]) -> FormTab | None:
    by_row: dict[int, dict[int, tuple[str, date | None]]] = {}
    c = tab.cells

    def take(cells: Longs) -> None:
        for i in cells.tolist():
            by_row.setdefault(int(c.row[i]), {})[int(c.col[i])] = _cell(int(c.kind[i]), float(c.value[i]), book.date1904, pool)

    top = c.row <= HEADER_WITHIN  # a register of 100,000 rows is no form, and is told by its first rows
    take(np.flatnonzero(top))
    header = next((r for r in sorted(by_row) if any(_word(text) in firsts for text, _ in by_row[r].values())), None)
    if header is None:
        return None
    take(np.flatnonzero(~top))
    heads = {column: _word(text) for column, (text, _) in by_row[header].items() if text}
    out = []
    for number in sorted(r for r in by_row if r > header):
        cells = {heads[col]: text for col, (text, _) in by_row[number].items() if col in heads and text.strip()}
        days = {heads[col]: day for col, (_, day) in by_row[number].items() if col in heads and day is not None}
        if cells:
            out.append(FormRow(tab.name, number, cells, days))
    above = [tuple((col, text, day) for col, (text, day) in sorted(by_row[r].items()) if text.strip()) for r in sorted(by_row) if r < header]
    return FormTab(tab.name, frozenset(heads.values()), out, Above(tuple(above)))


def _word(header: str) -> str:
    """A header without its English below it."""
    return header.split("\n")[0].strip()


def _cell(kind: int, value: float, date1904: bool, pool: Pool) -> tuple[str, date | None]:
    if kind in (Kind.TEXT, Kind.ERROR):
        return pool.text(int(value)), None
    if kind == Kind.DATE:
        day = dates.from_serial(value, date1904)
        return (day.isoformat() if day else number_as_typed(value)), day
    if kind == Kind.NUMBER:
        return number_as_typed(value), None
    return ("TRUE" if value else "FALSE") if kind == Kind.BOOL else "", None
