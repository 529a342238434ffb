"""How staff spread a register over workbooks, and what they do to the workbooks themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from maker.model import AS_OF, Community, Expected, Row
from maker.planting import severity
from ownerbook.register.sheets import BY_NAME
from ownerbook.reports.register_book import Cell, SheetRows, write_register

CREATED = date(2026, 10, 31)


@dataclass(slots=True)
class Tab:
    """One tab. headers: declared ones and staff's own, in order; wording: how a declared header is written here."""

    sheet: str
    rows: list[Row]
    headers: list[str]
    name: str = ""
    titles: tuple[str, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Sequence[Cell]] = field(default_factory=dict)  # header → one value a row
    total: Mapping[str, Cell] | None = None
    hidden: Sequence[Row] = ()
    hidden_columns: Sequence[str] = ()
    merged: Sequence[tuple[str, Row, Row]] = ()  # header, first and last row

    @property
    def tab(self) -> str:
        """Its name."""
        return self.name or self.sheet

    def number(self, row: Row) -> int:
        """The row as Excel numbers it."""
        return self.rows.index(row) + len(self.titles) + 2

    def cell(self, header: str, number: int) -> str:
        """A1 of a header in a row."""
        n, letters = self.headers.index(header) + 1, ""
        while n:
            n, rest = divmod(n - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{number}"

    def header_cell(self, header: str) -> str:
        """A1 of a header itself."""
        return self.cell(header, len(self.titles) + 1)

    def written(self) -> SheetRows:
        """What the writer takes."""
        labels = [self.wording.get(h, h) for h in self.headers]
        inside = {(id(r), h) for h, a, b in self.merged for r in self.rows[self.rows.index(a) + 1 : self.rows.index(b) + 1]}
        rows: list[dict[str, Cell]] = []
        for n, row in enumerate(self.rows):
            cells = {self.wording.get(h, h): v for h, v in row.cells.items() if h in self.headers and (id(row), h) not in inside}
            cells |= {h: v[n] for h, v in self.own.items()}
            rows.append(cells)
        if self.total is not None:
            rows += [{}, {self.wording.get(h, h): v for h, v in self.total.items()}]
        merges = [(self.number(a), self.headers.index(h) + 1, self.number(b), self.headers.index(h) + 1) for h, a, b in self.merged]
        return SheetRows(
            self.sheet,
            rows,
            labels,
            self.titles,
            self.tab,
            merges,
            [self.number(r) for r in self.hidden],
            [self.headers.index(h) + 1 for h in self.hidden_columns],
        )


@dataclass(slots=True)
class Layout:
    """Workbooks by name, and the problems of the workbooks themselves: (code, workbook, tab, cell, note)."""

    books: dict[str, list[Tab]] = field(default_factory=dict)
    structural: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    date1904: set[str] = field(default_factory=set)

    def add(self, book: str, tab: Tab) -> Tab:
        """A new last tab of a workbook."""
        self.books.setdefault(book, []).append(tab)
        return tab

    def tell(self, code: str, book: str, tab: Tab, cell: str, note: str) -> None:
        """A problem of a workbook itself."""
        self.structural.append((code, book, tab.tab, cell, note))

    def problems(self, expected: Iterable[Expected]) -> list[tuple[str, str, str, str, str, str]]:
        """Everything that a check must tell: code, severity, workbook, tab, cell, note; by place."""
        where: dict[int, tuple[str, int, Tab]] = {}
        for book in sorted(self.books):
            for n, tab in enumerate(self.books[book]):
                where |= {id(r): (book, n, tab) for r in tab.rows}
        out = []
        for e in expected:
            book, n, tab, row = (max if e.later else min)(((*where[id(r)], r) for r in e.rows), key=lambda x: (x[0], x[1], x[2].number(x[3])))
            out.append(
                (
                    (book, n, tab.number(row), tab.headers.index(e.header)),
                    (e.code, e.severity, book, _tab_name(book, tab), tab.cell(e.header, tab.number(row)), e.note),
                )
            )
        for code, book, name, cell, note in self.structural:
            at = next((n for n, t in enumerate(self.books.get(book, [])) if t.tab == name), -1)
            number = int("".join(ch for ch in cell if ch.isdigit()) or 0)
            out.append(((book, at, number, 0), (code, severity(code), book, name, cell, note)))
        return [p for _, p in sorted(out, key=lambda x: (x[0], x[1][0]))]

    def write(self, folder: Path) -> None:
        """Write the workbooks."""
        for book, tabs in self.books.items():
            path = folder / book
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".csv":
                path.write_bytes(_csv(tabs[0]).encode("gb18030"))
            else:
                write_register(path, [t.written() for t in tabs], as_of=CREATED, date1904=book in self.date1904)


def _tab_name(book: str, tab: Tab) -> str:
    return Path(book).stem if book.endswith(".csv") else tab.tab


def _csv(tab: Tab) -> str:
    written = tab.written()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    headers = list(written.headers or [])
    writer.writerow(headers)
    for row in written.rows:
        writer.writerow(["" if (v := row.get(h)) is None else f"{v:%Y/%m/%d}" if isinstance(v, date) else v for h in headers])
    return out.getvalue()


def declared(sheet: str) -> list[str]:
    """All headers of a sheet, as declared."""
    return [c.header.zh for c in BY_NAME[sheet].columns]


def plain(c: Community, sheet: str, rows: Iterable[Row] | None = None, **more: object) -> Tab:
    """A tab with the declared headers."""
    return Tab(sheet, list(c.tables[sheet] if rows is None else rows), declared(sheet), **more)  # type: ignore[arg-type]


def filled(tab: Tab) -> Tab:
    """The tab without columns in which nothing stands and which need not be there."""
    needed = {c.header.zh for c in BY_NAME[tab.sheet].columns if c.required}
    tab.headers = [h for h in tab.headers if h in needed or any(r[h] is not None for r in tab.rows)]
    return tab


def numbered(tab: Tab) -> Tab:
    """The tab with a running number in front, as many keep it."""
    tab.headers.insert(0, "序号")
    tab.own = {**tab.own, "序号": list(range(1, len(tab.rows) + 1))}
    return tab


__all__ = ["AS_OF", "Layout", "Tab", "declared", "filled", "numbered", "plain"]
