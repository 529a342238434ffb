"""Values read as if they stood in a cell: whether two mean the same, and how one is to be typed there."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.reconcile.change import Value
from ownerbook.reconcile.meaning import NOTHING, meanings
from ownerbook.reconcile.tables import empty_table, some_rows, with_values
from ownerbook.register.readers.days import EPOCH
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.understood import BLANK, GOOD, Understood
from ownerbook.schema.kinds import Choice, Day, Measure, Share
from ownerbook.schema.table import Table


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a cell of the register. row: position in its table, -1 for a new row; beside: what else the row is to hold, by field."""

    sheet: str
    row: int
    field: str
    value: Value
    beside: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A value as read. means: a number that is the same for the same meaning in one call and column, -1 for a blank.

    good: rules may use it; typed: as it is to be written; None for a blank.
    """

    means: int
    good: bool
    typed: Value


def read_values(register: Register, cells: Sequence[Cell]) -> list[Read]:
    """Read each value in its cell, in the company of its row."""
    out: list[Read | None] = [None] * len(cells)
    for sheet in dict.fromkeys(c.sheet for c in cells):
        mine = [i for i, c in enumerate(cells) if c.sheet == sheet]
        small = _small(register, sheet, [cells[i] for i in mine])
        own = Register({sheet: small}, register.today, policy=register.policy)
        for field in dict.fromkeys(cells[i].field for i in mine):
            m, column = meanings(own, sheet, field), own.column(sheet, field)
            for at, i in enumerate(mine):
                if cells[i].field == field:
                    blank = int(m[at]) == int(NOTHING)
                    out[i] = Read(int(m[at]), blank or bool(column.state[at] == GOOD), None if blank else _typed(column, small, at))
    return [r for r in out if r is not None]


def read_rows(register: Register, sheet: str, rows: Sequence[Mapping[str, Value]]) -> list[dict[str, Read]]:
    """Read whole new rows, each value in the company of its row: field → what it reads as. All rows are read at once."""
    if not rows:
        return []
    table = register.tables.get(sheet)
    if table is None:
        some = next(iter(register.tables.values()))
        table = empty_table(BY_FIELD[sheet], some.pool, some.styles)
    blank = some_rows(with_values(table, [], [{}]), [len(table)] * len(rows))
    small = with_values(blank, [(i, f, v) for i, row in enumerate(rows) for f, v in row.items()])
    own = Register({sheet: small}, register.today, policy=register.policy)
    out: list[dict[str, Read]] = [{} for _ in rows]
    for field in dict.fromkeys(f for row in rows for f in row):
        m, column = meanings(own, sheet, field), own.column(sheet, field)
        for at, row in enumerate(rows):
            if field in row:
                empty = int(m[at]) == int(NOTHING)
                out[at][field] = Read(int(m[at]), empty or bool(column.state[at] == GOOD), None if empty else _typed(column, small, at))
    return out


def _small(register: Register, sheet: str, cells: Sequence[Cell]) -> Table:
    """A table with one row a value: the row as it stands, with the value in it."""
    table = register.tables.get(sheet)
    if table is None:
        some = next(iter(register.tables.values()))
        table = empty_table(BY_FIELD[sheet], some.pool, some.styles)
    if any(c.row < 0 for c in cells):
        table = with_values(table, [], [{}])
    rows = some_rows(table, [c.row if c.row >= 0 else len(table) - 1 for c in cells])
    values = [(i, f, v) for i, c in enumerate(cells) for f, v in c.beside]
    return with_values(rows, [*values, *((i, c.field, c.value) for i, c in enumerate(cells))])


def alike(register: Register, pairs: Sequence[tuple[Cell, Value]]) -> list[bool]:
    """Whether each cell's value means the same as another would in its place."""
    read = read_values(register, [*(c for c, _ in pairs), *(Cell(c.sheet, c.row, c.field, v, c.beside) for c, v in pairs)])
    return [a.means == b.means for a, b in zip(read[: len(pairs)], read[len(pairs) :], strict=True)]


def usable(field_kind: object, read: Read) -> bool:
    """Whether a value may be written at all: a day that is none, a number without digits and a word that is not listed may not."""
    return read.good or not isinstance(field_kind, Day | Measure | Share | Choice)


def _typed(column: Understood, table: Table, row: int) -> Value:
    """Days as days, numbers as numbers, listed values in the declared wording, all else as text in its plain form."""
    f, kind = column.column.field, column.column.kind
    if column.state[row] == BLANK:
        return None
    held = table.held(f, row)
    if column.state[row] == GOOD:
        if row in column.words:
            return column.words[row]
        if column.days is not None:
            return date.fromordinal(int(column.days[row]) + EPOCH)
        if isinstance(kind, Measure) and not np.isnan(column.numbers[row]):
            n = float(column.numbers[row])
            return int(n) if n == int(n) else n
        if column.choice is not None and int(column.choice[row]) >= 0:
            return column.options[int(column.choice[row])]
        if column.ids is not None and int(column.ids[row]) >= 0:
            return column.text(row)
    if isinstance(held, str):
        return unicodedata.normalize("NFKC", held).strip() if isinstance(kind, Share) else held.strip()
    return table.found(f, row) if kind.text_format else held
