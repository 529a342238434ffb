"""What was typed straight into the register since a kept version, and which of it no 变更 row accounts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made

import numpy as np

from ownerbook.reconcile.change import NOTHING, Change, Kind, Origin, Said, Value
from ownerbook.reconcile.judging import CHANGED, needs_evidence
from ownerbook.reconcile.merge import merge
from ownerbook.reconcile.spelling import Cell, alike
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD, BY_NAME
from ownerbook.register.whose import house_of, row_named
from ownerbook.schema.sheet import plain_header

CLEAR = "（清空）"
CLEARED = frozenset({"(清空)", CLEAR, "清空"})
MOVED_ELSEWHERE = frozenset({("files", "status"), ("files", "audited_on")})
"""Loans, disposals and audits move these without a change (judging.md §6)."""


@dataclass(frozen=True)
class Edited:
    """One edit typed into the register.

    kind, sheet, field as in `Change`: a cell, a row that is new or gone, a key that was changed, a row of which it is not sure what it was.
    record: the key before the edit, of new rows the key now. row: position in the register now, -1 where it is gone. old, new: the cell
    before and now, None for whole rows. values: of a new, gone or unsure row. place: where it is now, as Excel names it, '' where it is gone.
    """

    kind: Kind
    sheet: str
    record: str
    field: str
    old: Said | None
    new: Said | None
    house: str = ""
    row: int = -1
    place: str = ""
    values: Mapping[str, Said] = made(default_factory=dict)
    candidates: tuple[str, ...] = ()


def delta(base: Register, now: Register) -> list[Edited]:
    """What differs by meaning between a kept version and the register now. Rows sorted, or moved to another workbook, are no edits."""
    merged = merge(base, base, now, Origin("typed", ""), complete=True)
    return [_edited(base, now, c, there) for c, there in zip(merged.changes, merged.there, strict=True)]


def _edited(base: Register, now: Register, c: Change, there: int) -> Edited:
    house = house_of(now, c.sheet, there) if there >= 0 else c.house
    key = BY_FIELD[c.sheet].key.field
    place = str(now.tables[c.sheet].place(there, c.field or key)) if there >= 0 else ""
    return Edited(c.kind, c.sheet, c.record, c.field, c.base, c.theirs, house or c.house, there, place, c.values, c.candidates)


def untraced(edits: Sequence[Edited], now: Register) -> list[Edited]:
    """Edits of 房屋, 业主, 家庭成员 and 档案 that no done change accounts for (未留痕的改动).

    A change accounts for a cell where it is agreed and dated, names the record (by its key before or now) and the field, and its
    原值 and 新值 mean what the cell held and holds; where policy asks for evidence, it names a paper that is registered. New rows
    are registrations and need none; a row that is gone has nothing that could account for it.
    """
    out = []
    done = _Done(now)
    for e in edits:
        if e.sheet not in CHANGED or e.kind == "new" or (e.sheet, e.field) in MOVED_ELSEWHERE:
            continue
        if e.kind in ("gone", "unsure") or not done.accounts_for(e):
            out.append(e)
    return out


class _Done:
    """The done changes of a register, by the cell that they are about."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._of: dict[tuple[str, str, str], list[int]] = {}
        table = register.tables.get("changes")
        if table is None:
            return
        decision, done_on = register.column("changes", "decision"), register.column("changes", "done_on")
        sheet, field = register.column("changes", "sheet"), register.column("changes", "field")
        agreed = decision.is_("同意") & done_on.ok & sheet.ok & field.ok
        for row in np.flatnonzero(agreed).tolist():
            about = BY_NAME[sheet.options[int(sheet.choice[row])]]
            header = plain_header(field.text(row))
            column = next((c for c in about.columns if header in c.wordings), None)
            if column is not None:
                name = _name(register, about.field, table.found("record", row))
                self._of.setdefault((about.field, name, column.field), []).append(row)

    def accounts_for(self, e: Edited) -> bool:
        """Whether one of them is about this edit."""
        r = self._register
        keys = {_name(r, e.sheet, e.record)}
        if e.row >= 0:
            keys.add(_name(r, e.sheet, r.tables[e.sheet].found(BY_FIELD[e.sheet].key.field, e.row)))
        rows = sorted({row for k in keys for row in self._of.get((e.sheet, k, e.field), ())})
        if not rows or e.row < 0:
            return False
        column = BY_FIELD[e.sheet].by_field[e.field]
        if needs_evidence(e.sheet, column, r.policy):
            rows = [row for row in rows if self._paper(row)]
        old, new = e.old or NOTHING, e.new or NOTHING
        for row in rows:
            table = r.tables["changes"]
            was, then = table.held("old", row), table.held("new", row)
            if isinstance(then, str) and then.strip() in CLEARED:
                then = None
            pairs: list[tuple[Cell, Value]] = [(Cell(e.sheet, e.row, e.field, new.value), then)]
            if was is not None:
                pairs.append((Cell(e.sheet, e.row, e.field, old.value), was))
            if all(alike(r, pairs)):
                return True
        return False

    def _paper(self, row: int) -> bool:
        paper = self._register.tables["changes"].found("evidence", row).strip()
        if "documents" not in self._register.tables:
            return self._register.column("changes", "evidence").ok[row] is np.True_
        return row_named(self._register, "documents", paper) >= 0


def _name(register: Register, sheet: str, key: str) -> str:
    """A key in the form in which keys are compared."""
    if sheet == "houses":
        from ownerbook.identifiers import house_no

        form = house_no.canonical(key.strip(), register.policy.house_format)
        return house_no.keys([form])[0] if form else key.strip()
    return key.strip()
