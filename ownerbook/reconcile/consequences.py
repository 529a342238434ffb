"""What would follow if everything proposed were taken: the proposal for trying, and which change brings which problem."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from ownerbook.reconcile.change import Change, Value
from ownerbook.reconcile.spelling import Cell, read_values, usable
from ownerbook.register.proposal import NewRow, NewValue, Proposal
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.finding import Finding
from ownerbook.schema.words import Text

_APART = re.compile(r"[\s、，,；;（）()]+")
_SUPPOSED = "\x00"
"""Begins the number of a 变更 row that is only supposed: nobody fills it in, and nothing is told of it."""


def carried_out(register: Register, changes: Sequence[Change]) -> Proposal:
    """All that can be tried, of several for one cell the first; nothing of it is meant to be written. Waivers change no fact."""
    out = Proposal()
    cells: dict[tuple[str, int, str], Cell] = {}
    added: set[tuple[str, str]] = set()
    for c in changes:
        if c.kind in ("cell", "key") and c.row >= 0 and c.theirs is not None:
            value = c.theirs.typed
            cells.setdefault((c.sheet, c.row, c.field), Cell(c.sheet, c.row, c.field, value))
            if c.kind == "key" and "changes" in register.tables:  # a done change of it justifies what was named by the old key
                out.rows.append(NewRow("changes", _key_change(register, c)))
        elif c.kind == "new" and c.sheet in register.tables and c.sheet != "waivers" and (c.sheet, c.record) not in added:
            added.add((c.sheet, c.record))
            values: dict[str, Value] = {f: s.typed for f, s in c.values.items()}
            out.rows.append(NewRow(c.sheet, {f: v for f, v in values.items() if v not in (None, "")}))
    for cell, read in zip(cells.values(), read_values(register, list(cells.values())), strict=True):
        typed = read.typed if usable(BY_FIELD[cell.sheet].by_field[cell.field].kind, read) else cell.value  # as it would be written
        out.values.append(NewValue(cell.sheet, cell.row, cell.field, typed))
    return out


def _key_change(register: Register, c: Change) -> dict[str, str | int | float | date]:
    """The 变更 row that goes with a changed key."""
    sheet = BY_FIELD[c.sheet]
    values: dict[str, str | int | float | date] = {
        "change_no": f"{_SUPPOSED}{c.record}",
        "sheet": sheet.name,
        "record": c.record,
        "field": sheet.by_field[c.field].header.zh,
        "old": c.record,
        "new": c.theirs.text if c.theirs else "",
        "decision": "同意",
        "done_on": register.today,
    }
    return {f: v for f, v in values.items() if register.tables["changes"].has(f)}


def whose(fresh: Sequence[Finding], changes: Sequence[Change]) -> dict[str, list[Finding]]:
    """id of a change → the problems that it brings: at its own cell, else in its row, else at its house or by its record; else nobody's."""
    by_record: dict[tuple[str, str], list[Change]] = {}
    by_house: dict[str, list[Change]] = {}
    by_name: dict[str, list[Change]] = {}
    for c in changes:
        if c.kind == "gone":
            continue
        for key in {c.record, c.theirs.text if c.kind == "key" and c.theirs else c.record}:
            by_record.setdefault((c.sheet, key), []).append(c)
            if key:  # rows of staff's own ledgers may have none
                by_name.setdefault(key, []).append(c)
        if c.house:
            by_house.setdefault(c.house, []).append(c)
    out: dict[str, list[Finding]] = {}
    for f in fresh:
        if (f.record or "").startswith(_SUPPOSED):
            continue
        mine = by_record.get((f.table, f.record or ""), [])
        exact = [c for c in mine if c.field and _header(c) == f.header]
        found = exact or mine or by_house.get(f.record or "", []) or by_name.get(f.found, []) or by_house.get(f.found, []) or _named(f, by_name)
        for c in exact or found[:1]:
            out.setdefault(c.id, []).append(f)
    return out


def _named(f: Finding, by_name: Mapping[str, list[Change]]) -> list[Change]:
    """Of a group, which is told at its first row, the changes whose records it names beside that one."""
    said = " ".join(v if isinstance(v, str) else v.zh for v in f.values.values() if isinstance(v, str | Text))
    return next((by_name[word] for word in _APART.split(said) if word in by_name), [])


def _header(c: Change) -> str:
    return BY_FIELD[c.sheet].by_field[c.field].header.zh
