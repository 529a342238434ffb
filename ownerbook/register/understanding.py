"""What each cell of a column means, by the column's kind.

Every remark made here has a reason's key; the rule book has one card for each reason (`rules/**` name them). Two
stages speak here: damage (what a spreadsheet did to the value) and form (the value by itself). A cell that is
rejected takes part in no further rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.register.names import Names
from ownerbook.register.policy import Policy
from ownerbook.register.understood import BLANK, GOOD, REJECTED, Understood
from ownerbook.schema.cells import Cells, Flag, Kind
from ownerbook.schema.kinds import CellKind
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

HARMLESS = frozenset(
    {"number-cell", "float-tail", "apostrophe", "invisible", "full-width", "look-alike", "date-text", "date-serial"}
    | {"synonym", "synonym-yes-no", "synonym-relation", "house-spelling"}
)
"""Damage and spellings that are seen through: told only where the value is good, else the real mistake speaks."""


@dataclass(slots=True)
class Context:
    """What reading a column may rest on: the policy, the day, and the columns of the same row already understood."""

    policy: Policy
    today: date
    names: Names
    column: Callable[[str, str], Understood]  # sheet field, column field


Reader = Callable[[Table, Column, Understood, Context], None]
_READERS: dict[type[CellKind], Reader] = {}


def reads(*kinds: type[CellKind]) -> Callable[[Reader], Reader]:
    """Register a function as the reader of these kinds."""

    def keep(reader: Reader) -> Reader:
        for kind in kinds:
            _READERS[kind] = reader
        return reader

    return keep


def understand(table: Table, column: Column, context: Context) -> Understood:
    """Understand one column. A column that no workbook holds is all blank."""
    from ownerbook.register import readers  # noqa: F401  registers the readers; here, because they import this module

    cells = table.cells.get(column.field)
    if cells is None:
        cells = Cells.blank(len(table))
    out = Understood(column, cells, np.where(cells.kind == Kind.BLANK, BLANK, GOOD).astype(np.uint8), context.names, present=table.has(column.field))
    if cells.flag.any():
        _formulas(table, out)
    errors = np.flatnonzero(cells.kind == Kind.ERROR).astype(np.int32)
    out.reject("error-value", errors)
    _READERS[type(column.kind)](table, column, out, context)
    out.hush(HARMLESS)
    if column.required and out.present:
        # one workbook of several may lack the column: that is told at its header, its rows are unknown, not blank
        lacking = [i for i, source in enumerate(table.sources) if column.field not in source.columns]
        if lacking:
            out.state[np.isin(table.source, lacking)] = REJECTED
        out.remark("required", np.flatnonzero(out.state == BLANK).astype(np.int32))
    inside = cells.flag & Flag.MERGED != 0
    if inside.any():
        out.keep(~inside)  # the merged cell is told once, at its anchor
    return out


def _formulas(table: Table, out: Understood) -> None:
    flags = out.cells.flag
    out.reject("picture", np.flatnonzero(flags & Flag.PICTURE).astype(np.int32))
    out.reject("no-cache", np.flatnonzero(flags & Flag.NO_CACHE).astype(np.int32))
    external = np.flatnonzero((flags & Flag.EXTERNAL != 0) & (flags & (Flag.NO_CACHE | Flag.PICTURE) == 0) & (out.cells.kind != Kind.ERROR)).astype(
        np.int32
    )
    out.remark("external", external, lambda row: table.found(out.column.field, row) or None)
