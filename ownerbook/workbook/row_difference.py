"""Sheets compared by the bytes of their rows: only rows that differ are read.

Right where a number means the same style and the same shared string in both workbooks; `difference` sees to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.row_text import Row
from ownerbook.workbook.amend.sheet_text import Aside, SheetText
from ownerbook.workbook.amend.strings import SharedStrings
from ownerbook.workbook.cell_rows import Seen, SheetRows, Style
from ownerbook.workbook.package import Member, Package

MOST_ROWS = 50_000  # that differ; beyond it reading all is no slower
_NUMBERS = re.compile(rb">\s*([0-9]+)\s*<")

Rows = list[tuple[int, dict[int, Seen]]]


class _Texts:
    """Shared strings by number, read for the rows that differ only."""

    def __init__(self, strings: SharedStrings) -> None:
        self._strings = strings

    def __len__(self) -> int:
        return 1 << 31

    def __getitem__(self, number: int) -> str:
        return self._strings.text(number) or ""


def _pairs(old: Iterator[Row], new: Iterator[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of one number, or one of them alone, where they are not equal to the byte."""
    a, b = next(old, None), next(new, None)
    while a is not None or b is not None:
        if b is None or a is not None and a.number < b.number:
            yield a, None
            a = next(old, None)
        elif a is None or b.number < a.number:
            yield None, b
            b = next(new, None)
        else:
            if a.text != b.text:
                yield a, b
            a, b = next(old, None), next(new, None)


def differing_rows(
    old: tuple[Package, Member, Member | None, list[Style]], new: tuple[Package, Member, Member | None, list[Style]]
) -> tuple[Rows, Rows] | None:
    """The rows that differ, read, old and new; each side is package, sheet, shared strings and styles. None where it cannot be told so."""
    try:
        one, two = SheetText(old[0], old[1]), SheetText(new[0], new[1])
        found: list[tuple[Row | None, Row | None]] = []
        for pair in _pairs(one.rows(), two.rows()):
            found.append(pair)
            if len(found) > MOST_ROWS:
                return None
    except (Stop, Aside):
        return None
    if one.counted or two.counted or not (one.ascending and two.ascending) or one.encoding or two.encoding:
        return None
    left = _read([a for a, _ in found if a], one, SharedStrings(old[0], old[2]), old[3])
    right = _read([b for _, b in found if b], two, SharedStrings(new[0], new[2]), new[3])
    return left, right


def _read(rows: list[Row], text: SheetText, strings: SharedStrings, styles: list[Style]) -> Rows:
    strings.fetch({int(n) for row in rows for n in _NUMBERS.findall(row.text) if len(n) < 10})
    reader = SheetRows(_Texts(strings), styles)
    name = text.prefix + b"sheetData"
    return list(reader.read(chain([b"<" + name + b">"], (r.text for r in rows), [b"</" + name + b">"])))
