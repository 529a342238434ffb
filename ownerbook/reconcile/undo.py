"""The inverse of what was done, as a new proposal."""

from __future__ import annotations

from collections.abc import Sequence

from ownerbook.reconcile.change import NOTHING, Change, Kind, Origin, Said, Verdict, in_words
from ownerbook.reconcile.judging import CLEARED, CONFLICT, EVIDENCE, KEY, needs_evidence
from ownerbook.reconcile.recorded import Recorded
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import house_of, row_named
from ownerbook.schema.words import Text

_BACK = Text("恢复为改动前的值", "back to the value before")
_NO_RECORD = Text("登记簿里没有这个编号，无从恢复", "the register has no such key; there is nothing to restore")
_ADDED = Text(
    "这一行是当时新增的；登记簿不删行，请选保留，确实不要的改它的状态", "this row was added then; no row is deleted: keep it, or change its state"
)
_TAKEN = Text("这一行当时被删去，恢复即重新登记", "this row was taken out then; restoring adds it again")


def inverse(register: Register, done: Sequence[Recorded], origin: Origin) -> list[Change]:
    """Changes that put back what stood before, the last first.

    register: as it is now. A cell that has moved on since is a conflict and asked; values go back exactly as the cells held them
    (`decided` does not tidy them). origin: came `undo`.
    """
    out: list[Change] = []
    renamed: dict[tuple[str, str], str] = {}  # what a row was called before the changes that are undone before
    for r in reversed(done):
        sheet = BY_FIELD[r.sheet]
        if r.kind == "gone":
            values = {f: Said.of(v) for f, v in r.values.items() if v is not None}
            out.append(Change("new", r.sheet, r.record, "", None, None, None, origin, "question", _TAKEN, r.house, values=values))
            continue
        key = r.record
        if r.kind == "cell" and r.column == sheet.key.field and r.new is not None:
            key = in_words(r.new)
            renamed[r.sheet, r.record] = key
        row = row_named(register, r.sheet, key)
        if row < 0:
            key = renamed.get((r.sheet, r.record), key)
            row = row_named(register, r.sheet, key)
        table = register.tables.get(r.sheet)
        if table is None or row < 0:
            theirs = Said.of(r.old) if r.kind == "cell" else None
            what: Kind = "cell" if r.kind == "cell" else "gone"
            out.append(Change(what, r.sheet, r.record, r.column, None, None, theirs, origin, "question", _NO_RECORD, r.house))
            continue
        found, house = table.found(sheet.key.field, row), house_of(register, r.sheet, row)
        if r.kind == "new":
            out.append(Change("gone", r.sheet, found, "", None, None, None, origin, "question", _ADDED, house, row))
            continue
        column = sheet.by_field[r.column]
        text = table.found(r.column, row)
        ours = Said(text, table.held(r.column, row)) if text else NOTHING
        kind: Kind = "key" if column.key else "cell"
        base, theirs = Said.of(r.new), Said.of(r.old)
        verdict: Verdict
        if ours.value != base.value:
            verdict, why = "question", CONFLICT
        elif column.key:
            verdict, why = "question", KEY
        elif theirs.value is None:
            verdict, why = "question", CLEARED
        elif needs_evidence(r.sheet, column, register.policy):
            verdict, why = "evidence", EVIDENCE
        else:
            verdict, why = "question", _BACK
        out.append(Change(kind, r.sheet, found, r.column, base, ours, theirs, origin, verdict, why, house, row))
    return out
