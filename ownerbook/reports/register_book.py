"""Filled register workbooks in the look of the templates: the sample community is written by this.

    write_register(Path("业主档案登记簿.xlsx"), [SheetRows("房屋", [{"房号": "1-1-101", "建筑面积": 89.5, "交房日期": date(2024, 3, 1)}])], as_of=day)

Values are written as their column asks: identifiers as text cells, dates as dates, areas and counts as numbers. `Raw` says
otherwise, for the damage that people do to cells.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from ownerbook.register.sheets import BY_NAME
from ownerbook.reports.column_form import cell_look
from ownerbook.reports.palette import BODY, HEADER, HEADER_OPTIONAL, SUBTITLE, TITLE, Look
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.widths import column_width, lines
from ownerbook.schema.sheet import Column, Sheet, plain_header

WIDEST_PAGE = 200  # half-width characters on one A4 landscape page, some 70 % of full size
RawKind = Literal["text", "number", "date", "formula", "error", "bool", "blank"]


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell exactly as said. value: the text, number, date, formula (with =) or error (#N/A); result: what a formula shows.

    form: the number format, where it is not the column's own (a house number that Excel made a date: date with "m月d日").
    """

    kind: RawKind
    value: str | float | date | bool | None = None
    form: str | None = None
    result: str | float = 0
    strike: bool = False


Cell = str | int | float | date | bool | Raw | None


@dataclass(frozen=True, slots=True)
class SheetRows:
    """One tab. sheet: the declared name; rows: header → value, keyed by the headers as they stand in this tab.

    headers: order and wording as staff keep them (other wordings and columns of their own are fine); all declared ones
    unless given. titles: lines above the header. tab: the tab's own name where it differs. merges: (first row, first
    column, last row, last column) as Excel counts; the first cell's value stays. hidden_rows, hidden_columns: numbers.
    """

    sheet: str
    rows: Sequence[Mapping[str, Cell]]
    headers: Sequence[str] | None = None
    titles: Sequence[str] = ()
    tab: str = ""
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    heights: Mapping[int, float] = field(default_factory=dict)


def write_register(
    path: Path, sheets: Iterable[SheetRows] | Mapping[str, Sequence[Mapping[str, Cell]]], *, as_of: date, title: str = "", date1904: bool = False
) -> None:
    """Write a workbook of a register. The same input gives the same bytes.

    sheets: tabs in order, or declared name → rows for whole plain sheets. as_of: the day that the file carries as its creation.
    Raises PenError, KeyError for a sheet that is not declared, ValueError for a row whose key is no header of its tab.
    """
    tabs = [SheetRows(name, rows) for name, rows in sheets.items()] if isinstance(sheets, Mapping) else list(sheets)
    with Pen(Path(path), as_of=as_of, title=title or Path(path).stem, date1904=date1904) as pen:
        for tab in tabs:
            _tab(pen, tab)


def _tab(pen: Pen, tab: SheetRows) -> None:
    sheet = BY_NAME[tab.sheet]
    headers = list(tab.headers) if tab.headers is not None else [c.header.zh for c in sheet.columns]
    page = pen.page(tab.tab or sheet.name, gridlines=True)
    columns = [declared(sheet, h) for h in headers]
    looks = [cell_look(c.kind, BODY) if c else BODY for c in columns]
    widths = _widths(tab, headers, columns)
    page.columns(widths, looks)
    top = len(tab.titles) + 1
    for n, line in enumerate(tab.titles, 1):
        page.across(n, 1, max(2, len(headers)), line, TITLE.but(size=14, align="center") if n == 1 else SUBTITLE.but(align="center"))
        page.height(n, 30 if n == 1 else 20)
    write_headers(page, top, headers, columns)
    _rows(page, tab, headers, looks, widths, top)
    merge_look = BODY.but(align="center")
    for first_row, first_column, last_row, last_column in tab.merges:
        value = tab.rows[first_row - top - 1].get(headers[first_column - 1])
        page.block(
            first_row, first_column, last_row, last_column, value if isinstance(value, str) else "", merge_look.but(form=looks[first_column - 1].form)
        )
    for column in tab.hidden_columns:
        page.hide_column(column)
    finish(page, top, len(headers), top + len(tab.rows), list(tab.titles))


def write_headers(page: Page, row: int, headers: Sequence[str], columns: Sequence[Column | None]) -> None:
    """The header row: the required ones dark, the others lighter."""
    for n, (header, column) in enumerate(zip(headers, columns, strict=True), 1):
        page.text(row, n, header, HEADER if column is not None and column.required else HEADER_OPTIONAL)
    page.height(row, 26 if all("\n" not in h for h in headers) else 40)


def finish(page: Page, header_row: int, columns: int, last_row: int, titles: Sequence[str] = ()) -> None:
    """Freeze, filter and print set-up of a register's sheet."""
    page.freeze(header_row, 1)
    page.filter(header_row, 1, last_row, columns)
    wide = math.ceil(sum(page.widths.values()) / WIDEST_PAGE)  # a sheet of 25 columns on one page could not be read
    page.print_setup(repeat=(header_row, header_row), header=not titles, pages_wide=wide, repeat_columns=min(3, columns) if wide > 1 else 0)


def _rows(page: Page, tab: SheetRows, headers: Sequence[str], looks: Sequence[Look], widths: Sequence[float], top: int) -> None:
    at = {h: n for n, h in enumerate(headers)}
    hidden = set(tab.hidden_rows)
    for n, row in enumerate(tab.rows):
        number, most = top + 1 + n, 1
        for header, value in row.items():
            if header not in at:
                raise ValueError(f"{tab.sheet}: no column {header}")
            look, column = looks[at[header]], at[header] + 1
            if isinstance(value, str) and look.wrap:
                most = max(most, lines(value, widths[column - 1]))
            put(page, number, column, value, look)
        if number in hidden or number in tab.heights or most > 1:
            page.height(number, tab.heights.get(number, max(17.0, most * 15.0)), hidden=number in hidden)


def put(page: Page, row: int, column: int, value: Cell, look: Look) -> None:
    """Write one cell."""
    if value is None or value == "":
        return
    if not isinstance(value, Raw):
        page.value(row, column, value, look)
        return
    look = look.but(form=value.form if value.form is not None else _form(value, look), strike=value.strike)
    if value.kind == "formula":
        page.formula(row, column, str(value.value), value.result, look)
    elif value.kind == "error":
        name = str(value.value)
        page.formula(row, column, "=NA()" if name == "#N/A" else "=1/0" if name == "#DIV/0!" else f"={name}", name, look)
    elif value.kind == "number":
        assert isinstance(value.value, int | float)
        page.number(row, column, float(value.value), look)
    elif value.kind == "date":
        assert isinstance(value.value, date)
        page.day(row, column, value.value, look)
    elif value.kind == "blank":
        page.blank(row, column, look)
    else:
        page.value(row, column, value.value, look)


def _form(value: Raw, look: Look) -> str:
    if value.kind == "number":
        return ""  # General, as a typed number has it
    if value.kind == "date" and "y" not in look.form:
        return "yyyy-mm-dd"
    return look.form


def declared(sheet: Sheet, header: str) -> Column | None:
    """The declared column that a header names in any known wording; None for a column of staff's own."""
    plain = plain_header(header)
    return next((c for c in sheet.columns if plain_header(c.header.zh) == plain), None) or next(
        (c for c in sheet.columns if plain in c.wordings), None
    )


def _widths(tab: SheetRows, headers: Sequence[str], columns: Sequence[Column | None]) -> list[float]:
    out = []
    for header, column in zip(headers, columns, strict=True):
        texts = [str(v.value if isinstance(v, Raw) else v) for v in (row.get(header) for row in tab.rows) if v is not None and v != ""]
        texts = [t[:10] for t in texts] if column and column.width == 13 else texts
        out.append(column_width(texts, header=header, filtered=True, widest=34))
    return out
