"""What differs between two versions of a register as a report: a line a cell or a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ownerbook.reconcile.recorded import Recorded
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.listing import Cell, Field, Figure, Line, Listing, Report
from ownerbook.reports.tell_history import shown
from ownerbook.schema.words import Text

_FIELDS = (
    Field("house", Text("房号", "house"), width=13),
    Field("sheet", Text("表", "sheet"), width=9),
    Field("record", Text("记录", "record"), width=20),
    Field("header", Text("列", "column"), width=14),
    Field("old", Text("旧", "old"), "wrap", 24),
    Field("new", Text("新", "new"), "wrap", 24),
    Field("place", Text("位置", "place"), "wrap", 30),
)


def tell_difference(changes: Sequence[Recorded], old: str, new: str, today: date) -> Report:
    """The differences in the order of sheets and rows. old, new: what people call the two versions."""
    lines = [Line(_cells(c), house=c.house) for c in changes]
    rows = {kind: sum(c.kind == kind for c in changes) for kind in ("new", "gone")}
    figures = [
        Figure("cells", Text("改了的格", "cells changed"), value=len(changes) - sum(rows.values())),
        Figure("new", Text("多出的行", "rows more"), value=rows["new"]),
        Figure("gone", Text("少掉的行", "rows fewer"), value=rows["gone"]),
    ]
    listing = Listing("differences", Text("差别", "differences"), _FIELDS, lines)
    return Report("difference", Text(f"登记簿 {old} 与 {new}", f"the register: {old} and {new}"), today, "", "", figures, [listing])


def _cells(c: Recorded) -> tuple[Cell, ...]:
    sheet = BY_FIELD[c.sheet]
    column = sheet.by_field.get(c.column)
    if c.kind != "cell":
        what = Text("（多出一行）", "(a row more)") if c.kind == "new" else Text("（少了一行）", "(a row fewer)")
        return (c.house, sheet.title, c.record, what, None, None, c.place)
    return (c.house, sheet.title, c.record, column.header if column else c.column, shown(c, c.column, c.old), shown(c, c.column, c.new), c.place)
