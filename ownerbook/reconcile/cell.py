"""Single cells and rows that somebody asks for: the same decision as for a returned copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ownerbook.reconcile.change import NOTHING as NO_VALUE
from ownerbook.reconcile.change import Change, Origin, Said, Value, Verdict
from ownerbook.reconcile.judging import Standing, judge
from ownerbook.reconcile.meaning import NOTHING
from ownerbook.reconcile.merge import Merged
from ownerbook.reconcile.spelling import Cell, read_values
from ownerbook.register.proposal import NextKeys
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import house_of, house_of_values, row_named
from ownerbook.schema.cells import Flag
from ownerbook.schema.words import Text

_NO_RECORD = Text("登记簿里没有这个编号", "the register has no such key")
_HELD = Text("这个编号登记簿里已有，请确认是不是同一行", "the register holds this key; confirm whether it is the same row")
_ADDED = Text("登记簿里没有这一行", "the register has no such row")
_SPELT = Text("只改写法，意思不变", "the writing alone is mended; it means the same")
_STALE = Text("登记簿里的值在填表之后变过", "the register's value has changed since the form was filled in")


class AskedCell(Protocol):
    """A cell that somebody asks to be changed.

    row: position in the register's table, -1 where only the key (`record`) is known. base: what stood there when it was asked, None
    where that is not known; stale: it is known to have changed since. theirs: what it shall be. evidence: 材料编号.
    """

    @property
    def sheet(self) -> str: ...
    @property
    def record(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def base(self) -> Said | None: ...
    @property
    def theirs(self) -> Said: ...
    @property
    def origin(self) -> Origin: ...
    @property
    def row(self) -> int: ...
    @property
    def evidence(self) -> str: ...
    @property
    def stale(self) -> bool: ...


@dataclass(frozen=True)
class AskedRow:
    """A row that somebody asks to be added; a blank key is proposed."""

    sheet: str
    values: Mapping[str, Said]
    origin: Origin
    evidence: str = ""
    notes: Sequence[Text] = field(default_factory=tuple)


def judge_cell(
    register: Register, sheet: str, row: int, name: str, base: Said | None, ours: Said, theirs: Said, *, moved: bool = False
) -> tuple[Verdict, Text] | None:
    """What may become of one cell, and why; None where ours means the same as theirs, or theirs the same as the base.

    row: position in the register's table, in whose company the values are read, -1 for a new one. base None: not known. moved: ours is
    known to be another value than the base.
    """
    was = Said("", None) if base is None else base
    b, o, t = read_values(register, [Cell(sheet, row, name, s.typed) for s in (was, ours, theirs)])
    if t.means == o.means or (base is not None and not moved and t.means == b.means):
        return None
    standing = Standing(base is not None or moved, moved or b.means != o.means, o.means == NOTHING, t.means == NOTHING, t.good)
    return judge(standing, sheet, BY_FIELD[sheet].by_field[name], register.policy)


def from_cells(register: Register, asked: Sequence[AskedCell]) -> Merged:
    """What is asked cell by cell, judged; in the order given. What the register holds already is counted."""
    out = Merged()
    placed = [(a, _row(register, a)) for a in asked]
    beside: dict[tuple[str, int, str], dict[str, Value]] = {}
    for a, row in placed:
        beside.setdefault((a.sheet, row, a.origin.name), {})[a.field] = a.theirs.typed
    cells: list[Cell] = []
    for a, row in placed:
        if row >= 0:
            table = register.tables[a.sheet]
            company = tuple((f, v) for f, v in beside[a.sheet, row, a.origin.name].items() if f != a.field)
            base = a.base if a.base is not None else NO_VALUE
            cells += [
                Cell(a.sheet, row, a.field, base.typed),
                Cell(a.sheet, row, a.field, table.held(a.field, row)),
                Cell(a.sheet, row, a.field, a.theirs.typed, company),
            ]
    read = iter(read_values(register, cells))
    for a, row in placed:
        if row < 0:
            lost = Change("cell", a.sheet, a.record, a.field, a.base, None, a.theirs, a.origin, "question", _NO_RECORD, evidence=a.evidence)
            out.changes.append(lost)
            continue
        b, o, t = next(read), next(read), next(read)
        spelt = a.origin.came == "answers" and t.typed != register.tables[a.sheet].held(a.field, row)  # a suggestion may mend the writing alone
        if t.means == o.means and not spelt:
            out.already += 1
            continue
        if a.base is not None and not a.stale and t.means == b.means and not spelt:
            continue  # nothing is asked: the old value again
        table, column = register.tables[a.sheet], BY_FIELD[a.sheet].by_field[a.field]
        text = table.found(a.field, row)
        ours = Said(text, table.held(a.field, row)) if text else NO_VALUE
        known = a.base is not None or a.stale
        held = table.cells.get(a.field)
        formula = held is not None and bool(held.flag[row] & Flag.FORMULA)
        standing = Standing(known, a.stale or b.means != o.means, o.means == NOTHING, t.means == NOTHING, t.good, formula)
        verdict, why = judge(standing, a.sheet, column, register.policy)
        if t.means == o.means and not column.key and not formula:
            verdict, why = "safe", _SPELT
        out.changes.append(
            Change(
                "cell",
                a.sheet,
                table.found(BY_FIELD[a.sheet].key.field, row),
                a.field,
                a.base,
                ours,
                a.theirs,
                a.origin,
                verdict,
                _STALE if a.stale else why,
                house=house_of(register, a.sheet, row),
                row=row,
                evidence=a.evidence,
            )  # fmt: skip
        )
    return out


def _row(register: Register, asked: AskedCell) -> int:
    table, key = register.tables.get(asked.sheet), BY_FIELD[asked.sheet].key.field
    if table is None:
        return -1
    if 0 <= asked.row < len(table) and table.found(key, asked.row).strip() == asked.record.strip():
        return asked.row
    return row_named(register, asked.sheet, asked.record)


def from_rows(register: Register, asked: Sequence[AskedRow]) -> Merged:
    """Rows that are asked to be added, each a question. A key that the register holds already is asked as such; a blank one is proposed."""
    out = Merged()
    keys: dict[str, NextKeys] = {}
    for a in asked:
        sheet = BY_FIELD[a.sheet]
        values = {f: s for f, s in a.values.items() if s.text}
        key = values.get(sheet.key.field, NO_VALUE).text.strip()
        house = house_of_values(register, a.sheet, {f: s.text for f, s in values.items()})
        if key and row_named(register, a.sheet, key) >= 0:
            found = register.tables[a.sheet].found(sheet.key.field, row_named(register, a.sheet, key))
            held = Change("unsure", a.sheet, key, "", None, None, None, a.origin, "question", _HELD, house, values=values, candidates=(found,))
            out.changes.append(replace(held, evidence=a.evidence))
            continue
        if not key and a.sheet in register.tables and a.sheet != "houses":
            if a.sheet not in keys:
                keys[a.sheet] = NextKeys(register.column(a.sheet, sheet.key.field), DEFAULT_KEYS.get(a.sheet, "001"))
            key = keys[a.sheet].next()
            values[sheet.key.field] = Said(key, key)
        out.changes.append(Change("new", a.sheet, key, "", None, None, None, a.origin, "question", _ADDED, house, values=values, evidence=a.evidence))
    return out


DEFAULT_KEYS: Mapping[str, str] = {
    "owners": "Y0001", "household": "M0001", "documents": "D0001", "loans": "JY001", "changes": "BG001", "waivers": "HM001",
}  # fmt: skip
"""The first key of a sheet that has no row yet."""
