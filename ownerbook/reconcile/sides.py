"""Several registers side by side: their rows end to end in one pool, so that equality of cells is equality of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ownerbook.register.policy import Policy
from ownerbook.register.register import Register
from ownerbook.schema.cells import Bools, Bytes, Cells, Floats, Ints, Kind, Longs, Pool, Styles
from ownerbook.schema.sameness import sameness
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.table import Source, Table

_1904 = 1462  # days between the two date systems of spreadsheets


class Sides:
    """Registers to be compared; all are read by the policy of one of them.

    Tables that already lie in one pool (`read_register(beside=)`) are taken as they are, others are brought into a common one.
    """

    def __init__(self, registers: Sequence[Register], policy: Policy, today: date) -> None:
        self.registers, self.policy, self.today = list(registers), policy, today
        tables = [t for r in registers for t in r.tables.values()]
        pools = {id(t.pool): t.pool for t in tables}
        styles = {id(t.styles): t.styles for t in tables}
        self._shift: dict[int, int] = dict.fromkeys(pools, 0)
        self._restyle: dict[int, Ints] = {}
        if len(pools) == 1:
            self.pool = next(iter(pools.values()))
        else:
            self.pool = Pool()
            for name, pool in pools.items():
                data, offsets = pool.layout()
                self._shift[name] = self.pool.extend(data[: offsets[-1]].tobytes(), np.diff(offsets))
        if len(styles) == 1:
            self.styles = next(iter(styles.values()))
        else:
            self.styles = Styles()
            for name, known in styles.items():
                self._restyle[name] = np.array([self.styles.number(s) for s in known.known], np.int32)

    def sheet(self, sheet: Sheet) -> Stack:
        """The rows of one sheet on all sides."""
        return Stack(self, sheet, [r.tables.get(sheet.field) for r in self.registers])

    def cells(self, table: Table, field: str, rows: Longs | None = None) -> Cells:
        """Cells of a table as they stand in the common pool; dates in the system of 1900."""
        held = table.cells.get(field)
        if held is None:
            return Cells.blank(len(table) if rows is None else len(rows))
        pick = slice(None) if rows is None else rows
        kind, value, style, flag = held.kind[pick], held.value[pick], held.style[pick], held.flag[pick]
        shift = self._shift[id(table.pool)]
        if shift:
            value = np.where((kind == Kind.TEXT) | (kind == Kind.ERROR), value + shift, value)
        restyle = self._restyle.get(id(table.styles))
        if restyle is not None:
            style = restyle[style]
        late = [i for i, s in enumerate(table.sources) if s.date1904]
        if late:
            value = np.where((kind == Kind.DATE) & np.isin(table.source[pick], late), value + _1904, value)
        return Cells(kind, value, style, flag)


@dataclass(slots=True)
class Stack:
    """One sheet on all sides. A row is named by its number in the stack: its position in its table and the start of its side."""

    sides: Sides
    sheet: Sheet
    tables: list[Table | None]

    @property
    def starts(self) -> list[int]:
        """Where each side begins, and where the last one ends."""
        return [0, *np.cumsum([len(t) if t is not None else 0 for t in self.tables]).tolist()]

    def raw(self, field: str) -> tuple[Bytes, Floats]:
        """A whole column as found, as two arrays; cells that agree in both are the same to the letter."""
        kinds, values = [], []
        for t in self.tables:
            if t is not None:
                c = self.sides.cells(t, field)
                kinds.append(c.kind)
                values.append(c.value)
        if not kinds:
            return np.zeros(0, np.uint8), np.zeros(0)
        kind, value = np.concatenate(kinds), np.concatenate(values)
        text = (kind == Kind.TEXT) | (kind == Kind.ERROR)
        if text.any():
            value[text] = self.sides.pool.derived(sameness).first[value[text].astype(np.int64)]
        value[kind == Kind.BLANK] = 0
        return kind, value

    def taken(self, rows: Longs, fields: Sequence[str] | None = None) -> Register:
        """These rows (in ascending order) as a register of their own, with some or all of their columns."""
        parts: list[tuple[Table, Longs]] = []
        starts = self.starts
        for n, t in enumerate(self.tables):
            if t is not None:
                parts.append((t, rows[(rows >= starts[n]) & (rows < starts[n + 1])] - starts[n]))
        sources: list[Source] = []
        of: list[Ints] = []
        for t, mine in parts:
            of.append((t.source[mine] + len(sources)).astype(np.int32))
            sources += [replace(s, date1904=False) for s in t.sources]
        cells: dict[str, Cells] = {}
        for column in self.sheet.columns:
            f = column.field
            if (fields is None or f in fields) and any(t.has(f) for t, _ in parts):
                each = [self.sides.cells(t, f, mine) for t, mine in parts]
                cells[f] = Cells(*(np.concatenate([getattr(c, a) for c in each]) for a in ("kind", "value", "style", "flag")))
        numbers = np.concatenate([t.rows[mine] for t, mine in parts]) if parts else np.zeros(0, np.int32)
        source = np.concatenate(of) if of else np.zeros(0, np.int32)
        table = Table(self.sheet, sources, numbers, source, cells, self.sides.pool, self.sides.styles)
        return Register({self.sheet.field: table}, self.sides.today, policy=self.sides.policy)

    def carried(self, side: int, field: str) -> Bools:
        """For each row of a side, whether its workbook holds this column at all."""
        table = self.tables[side]
        if table is None:
            return np.zeros(0, bool)
        if not len(table.sources):
            return np.full(len(table), table.has(field))
        return np.asarray(np.array([field in s.columns for s in table.sources], bool)[table.source], bool)
