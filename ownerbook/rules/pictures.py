"""Drawn registers: small sheets as text, for the pictures of the rules and for tests.

    今天 2026-10-31

    借阅: 借阅单号 | 借出日期 | 应还日期
    J001 | 2026-01-31 | «2026-03-02»

A sheet begins with its name and its headers; rows follow until a blank line. A cell is what its column asks for:
dates as 2026-01-31, areas and counts as numbers, 50% as a percent cell, all else text. A prefix says otherwise:
`t:` text, `n:` number (n:007 one that its format shows as 007), `d:` date, `m:` date shown as month and day, `b:` TRUE or
FALSE, `e:` error, `f:` text from a formula,
`c:` formula without a result, `x:` text from another workbook's cell, `p:` picture in the cell. ⏎ is a line break.
`«»` marks the cell that must be reported;
`«»` around nothing marks a blank one, around the first header
what the sheet as a whole lacks. A star before a header leaves its column out of the marks' way: it is optional.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_NAME
from ownerbook.rules.card import HEADER
from ownerbook.schema.cells import Cells, Flag, Kind, Pool, Style, Styles
from ownerbook.schema.kinds import CellKind, Day, Measure, Share
from ownerbook.schema.table import Source, Table

TODAY = date(2026, 10, 31)


@dataclass(slots=True)
class Picture:
    """A drawn register and its marks: (sheet field, row position, column field)."""

    tables: dict[str, Table]
    marks: set[tuple[str, int, str]]
    today: date = TODAY
    drawn: list[tuple[str, list[str], list[list[tuple[str, bool]]]]] = field(default_factory=list)

    def register(self) -> Register:
        """The register that the picture shows."""
        return Register(self.tables, self.today)


def draw(text: str) -> Picture:
    """Read a picture."""
    pool, styles = Pool(), Styles()
    picture = Picture({}, set())
    for name, headers, lines in _blocks(text, picture):
        sheet = BY_NAME[name]
        marked_header = headers[0].startswith("«")
        headers = [h.strip("«»") for h in headers]
        fields = [sheet.by_header[h].field for h in headers]
        if marked_header:
            picture.marks.add((sheet.field, HEADER, fields[0]))
        cells = {f: Cells.blank(len(lines)) for f in fields}
        shown: list[list[tuple[str, bool]]] = []
        for row, line in enumerate(lines):
            values = [v.strip() for v in re.split(r"(?<!\\)\|", line)]
            if len(values) != len(fields):
                raise ValueError(f"{name}: {len(fields)} headers, {len(values)} cells: {line}")
            shown.append([])
            for f, value in zip(fields, values, strict=True):
                marked = value.startswith("«")
                if marked:
                    value = value[1:-1].strip()
                    picture.marks.add((sheet.field, row, f))
                shown[-1].append((re.sub(r"^[tndmbefcxp]:", "", value), marked))
                _put(cells[f], row, value, sheet.by_field[f].kind, pool, styles)
        source = Source(f"{name}.xlsx", name, 1, {f: i + 1 for i, f in enumerate(fields)})
        n = len(lines)
        picture.tables[sheet.field] = Table(sheet, [source], np.arange(2, n + 2, dtype=np.int32), np.zeros(n, np.int32), cells, pool, styles)
        picture.drawn.append((name, headers, shown))
    return picture


def _blocks(text: str, picture: Picture) -> Iterator[tuple[str, list[str], list[str]]]:
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line.strip() for line in block.strip().splitlines()]
        if lines and lines[0].startswith("今天"):
            picture.today = date.fromisoformat(lines.pop(0).removeprefix("今天").strip())
        if lines:
            name, _, headers = lines[0].partition(":")
            yield name.strip(), [h.strip() for h in headers.split("|")], lines[1:]


def _put(cells: Cells, row: int, value: str, kind: CellKind, pool: Pool, styles: Styles) -> None:
    if not value:
        return
    form, _, rest = value.partition(":")
    if form not in {"t", "n", "d", "m", "b", "e", "f", "c", "x", "p"} or not _:
        form, rest = _guess(value, kind), value
    if form in ("d", "m"):
        cells.kind[row], cells.value[row] = Kind.DATE, date.fromisoformat(rest).toordinal() - 693594
        cells.style[row] = styles.number(Style("yyyy-mm-dd" if form == "d" else 'm"月"d"日"', date=True))
    elif form == "b":
        cells.kind[row], cells.value[row] = Kind.BOOL, rest == "TRUE"
    elif form == "c":
        cells.flag[row] |= Flag.FORMULA | Flag.NO_CACHE
    elif form == "n":
        cells.kind[row] = Kind.NUMBER
        cells.value[row] = float(rest[:-1]) / 100 if rest.endswith("%") else float(rest)
        if rest.endswith("%"):
            cells.style[row] = styles.number(Style("0%"))
        elif re.fullmatch(r"0[0-9]+", rest):  # a number that its format shows with zeros before it
            cells.style[row] = styles.number(Style("0" * len(rest)))
    else:
        cells.kind[row], cells.value[row] = (Kind.ERROR if form == "e" else Kind.TEXT), pool.add(rest.replace("⏎", "\n"))
        cells.flag[row] |= {"f": Flag.FORMULA, "x": Flag.FORMULA | Flag.EXTERNAL, "p": Flag.FORMULA | Flag.PICTURE}.get(form, 0)


def _guess(value: str, kind: CellKind) -> str:
    if isinstance(kind, Day) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return "d"
    if isinstance(kind, Measure | Share) and re.fullmatch(r"-?\d+(\.\d+)?%?", value):
        return "n"
    return "t"
