"""Cells of one sheet read as if they stood in a column of another: 原值 and 新值 of a change, compared with what is there now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.understanding import Context, understand
from ownerbook.register.understood import BLANK, GOOD, NO_DAY, NOTHING, Understood
from ownerbook.schema.cells import Bools, Cells, Ints
from ownerbook.schema.table import Table


def read_as(register: Register, sheet: str, field: str, rows: Ints, other: str, column: str, beside: Ints) -> Understood:
    """Read cells of `sheet.field` as cells of `other.column`.

    rows: which cells. beside: for each, the row of `other` in whose company it is read (its 证件类型 says how a number is
    judged), -1 for none. Gives a column with one entry for each of `rows`; what is remarked of it is nobody's problem.
    """
    table = register.tables[sheet]
    register.note(f"{sheet}.{field}")
    cells = table.cells.get(field)
    taken = Cells.blank(len(rows)) if cells is None else Cells(cells.kind[rows], cells.value[rows], cells.style[rows], cells.flag[rows])
    sources = [replace(s, columns={column: s.columns.get(field, 1)}) for s in table.sources]
    declared = BY_FIELD[other]
    small = Table(declared, sources, table.rows[rows], table.source[rows], {column: taken}, table.pool, table.styles)

    def company(of: str, name: str) -> Understood:
        found = register.column(of, name)
        return at_rows(found, beside) if of == other else found

    context = Context(register.policy, register.today, register.names, company)
    return understand(small, replace(declared.by_field[column], key=False), context)


def at_rows(column: Understood, rows: Ints) -> Understood:
    """A column of which these rows are taken; -1 is blank."""
    there, at = rows >= 0, np.maximum(rows, 0)
    if not len(column.state):
        there, at = np.zeros(len(rows), bool), np.zeros(0, np.int32)

    def take(values: Any, missing: object) -> Any:
        if values is None:
            return None
        out = np.full(len(rows), missing, values.dtype)
        out[there] = values[at[there]]
        return out

    cells = Cells.blank(len(rows))
    for name in ("kind", "value", "style", "flag"):
        getattr(cells, name)[there] = getattr(column.cells, name)[at[there]]
    return Understood(
        column.column, cells, take(column.state, BLANK), column.names, column.present,
        days=take(column.days, NO_DAY), numbers=take(column.numbers, np.nan), choice=take(column.choice, -1), options=column.options, ids=take(column.ids, NOTHING),
        words={i: column.words[r] for i, r in enumerate(rows.tolist()) if r in column.words} if column.words else {},
    )  # fmt: skip


def equal(a: Understood, b: Understood) -> tuple[Bools, Bools]:
    """Entry by entry, whether two columns of one kind hold the same value; and whether that can be told at all.

    Two blanks are the same. A cell that is rejected or sealed can be compared with nothing.
    """
    usable = np.isin(a.state, (BLANK, GOOD)) & np.isin(b.state, (BLANK, GOOD))
    both = a.ok & b.ok
    same = np.zeros(len(a.state), bool)
    if a.days is not None:
        same |= (a.days == b.days) & (a.days != NO_DAY)
    elif a.numbers is not None:
        same |= np.isclose(a.numbers, b.numbers, rtol=0, atol=1e-9)
    elif a.choice is not None:
        same |= (a.choice == b.choice) & (a.choice >= 0)
    elif a.ids is not None:
        same |= (a.ids == b.ids) & (a.ids >= 0)
    else:
        usable &= ~both
    for i in set(a.words) | set(b.words):
        same[i] = a.words.get(i) == b.words.get(i)
    return (both & same) | (a.blank & b.blank), usable
