"""What is read agrees with python-calamine and openpyxl wherever these tell the same thing."""

from __future__ import annotations

import datetime as dt
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineError, CalamineWorkbook
from read_builders import seen, shared_files

from ownerbook.schema.cells import Kind, Pool, Styles
from ownerbook.workbook.book import Book, Unreadable
from ownerbook.workbook.reading import read_book
from ownerbook.workbook.serials import day_serial

# Known departures, each looked at: calamine drops the blank between the runs of an inline text; openpyxl gives an
# empty shared string as a text, and sees no sheets in strict workbooks.
DEPARTURES = {("inline-5575fb.xlsx", "calamine"): 1}
Value = tuple[str, Any]


def plain(value: object, date1904: bool) -> Value:
    """A value of theirs as its kind and a number or text; dates are serials."""
    if isinstance(value, bool):
        return "bool", value
    if isinstance(value, dt.datetime):
        return "number", day_serial(value.date(), date1904) + _part(value.time())
    if isinstance(value, dt.date):
        return "number", float(day_serial(value, date1904))
    if isinstance(value, dt.time):
        return "number", _part(value)
    if isinstance(value, dt.timedelta):
        return "number", value / dt.timedelta(days=1)
    return ("number", float(value)) if isinstance(value, (int, float)) else ("text", value)


def _part(time: dt.time) -> float:
    return (time.hour * 3600 + time.minute * 60 + time.second + time.microsecond / 1e6) / 86400


def ours(book: Book, number: int, pool: Pool, known: Styles) -> dict[tuple[int, int], Value]:
    """Our values of a tab in the same form; blanks left out."""
    out: dict[tuple[int, int], Value] = {}
    for row, col, kind, value, _, _ in seen(book.tabs[number], pool, known):
        match kind:
            case Kind.TEXT:
                out[row, col] = ("text", value)
            case Kind.ERROR:
                out[row, col] = ("error", value)
            case Kind.BOOL:
                out[row, col] = ("bool", value == "1.0")
            case Kind.NUMBER | Kind.DATE:
                out[row, col] = ("number", float(value))
    return out


def by_calamine(path: Path, date1904: bool) -> dict[str, dict[tuple[int, int], Value]]:
    """All filled cells as calamine tells them."""
    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError:
        return {}
    out: dict[str, dict[tuple[int, int], Value]] = {}
    for i, entry in enumerate(book.sheets_metadata):
        if "WorkSheet" in str(entry.typ):
            rows = book.get_sheet_by_index(i).to_python(skip_empty_area=False)
            out[entry.name] = {(r, c): plain(v, date1904) for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v != ""}
    return out


def by_openpyxl(path: Path, date1904: bool) -> dict[str, dict[tuple[int, int], Value]]:
    """All filled cells as openpyxl tells them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(path, data_only=True)
        except Exception:  # noqa: BLE001, it raises whatever its parsers meet
            return {}
    return {
        ws.title: {place: plain(c.value, date1904) for place, c in ws._cells.items() if c.value not in (None, "")}
        for ws in book.worksheets
    }


def same(a: Value | None, b: Value | None) -> bool:
    """Whether ours and theirs agree; they show an error as blank or as text, and round a time to microseconds."""
    if a is not None and a[0] == "error":
        return b is None or b == ("text", a[1])
    if a is None or b is None or a[0] != b[0]:
        return a == b
    return bool(abs(a[1] - b[1]) < 1e-6 * max(1.0, abs(b[1]))) if a[0] == "number" else bool(a[1] == b[1])


@pytest.mark.parametrize("library", ["calamine", "openpyxl"])
def test_values_of_public_workbooks_agree(library: str) -> None:
    files = shared_files("xlsx", "workbooks")
    if not files:
        pytest.skip("../shared is not there")
    compared = 0
    departed: Counter[tuple[str, str]] = Counter()
    for path in files:
        pool, known = Pool(), Styles()
        try:
            book = read_book(path, pool=pool, styles=known)
        except Unreadable:
            continue
        if book.format != "xlsx" or book.protected_by_password:
            continue
        theirs = (by_calamine if library == "calamine" else by_openpyxl)(path, book.date1904)
        for i, tab in enumerate(book.tabs):
            if tab.name in theirs:
                mine, their = ours(book, i, pool, known), theirs[tab.name]
                compared += len(mine)
                wrong = sum(not same(mine.get(at), their.get(at)) for at in mine.keys() | their.keys())
                departed.update({(path.name, library): wrong} if wrong else {})
    assert dict(departed) == {at: n for at, n in DEPARTURES.items() if at[1] == library}
    assert compared > 5000
