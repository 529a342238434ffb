"""Many rows written at once, at nearly the price of the library alone: formats are looked up once a column, not once a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from ownerbook.reports.palette import Look
from ownerbook.reports.pen import MOST_LINKS, Page, PenError
from ownerbook.reports.sheet_page import QUOTED, writable


class Link(NamedTuple):
    """A link in a cell. target begins with internal: or external:; '' for the text alone."""

    target: str
    text: str


Value = str | int | float | date | Link | None


def write_rows(
    page: Page, top: int, rows: Iterable[Sequence[Value]], looks: Sequence[Mapping[str, Look]], tints: Sequence[str] = (), *, left: int = 1
) -> int:
    """Write rows from a row on; gives the row after the last. Text never becomes a formula.

    looks: per column how its cells look by tint ('' must be there). tints: of each row, none for '' everywhere. Raises PenError.
    """
    pen, sheet = page.pen, page.sheet
    plain = [{t: pen.format(look) for t, look in by.items()} for by in looks]
    quoted = [{t: pen.format(look.but(quote=True)) for t, look in by.items()} for by in looks]
    string, number, blank, day = sheet.write_string, sheet.write_number, sheet.write_blank, sheet.write_datetime
    at, refused = top - 1, 0
    first = left - 1
    for n, row in enumerate(rows):
        tint = tints[n] if tints else ""
        for i, value in enumerate(row):
            form = plain[i].get(tint) or plain[i][""]
            if value is None or value == "":
                refused |= blank(at, first + i, None, form)
            elif isinstance(value, str):
                if value[0] in QUOTED:
                    form = quoted[i].get(tint) or quoted[i][""]
                refused |= string(at, first + i, writable(value), form)
            elif isinstance(value, Link):
                _link(page, at, first + i, value, looks[i].get(tint) or looks[i][""])
            elif isinstance(value, date):
                refused |= day(at, first + i, value if isinstance(value, datetime) else datetime(value.year, value.month, value.day), form)
            else:
                refused |= number(at, first + i, value, form)
        at += 1
    if refused:
        raise PenError(f"{page.name}: a cell was refused")
    return at + 1


def _link(page: Page, row: int, column: int, link: Link, look: Look) -> None:
    if page.links < MOST_LINKS and link.target:
        page.link(row + 1, column + 1, link.target, link.text, look)
    else:
        page.text(row + 1, column + 1, link.text, look.but(underline=False))
