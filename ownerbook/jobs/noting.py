"""Edits typed straight into the register: found by comparing with the state last noted, told in the journal, and asked for their change row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from ownerbook.jobs.reading import Progress, Read, read_register
from ownerbook.jobs.states import State, course, read_state
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.reconcile.delta import Edited, delta, untraced
from ownerbook.reconcile.recorded import Recorded
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import print_of
from ownerbook.storage.journal import Entry, Journal
from ownerbook.storage.lease import writing
from ownerbook.storage.versions import Versions


@dataclass(slots=True)
class Noted:
    """The register as it stands, and what was typed into it since it was last noted.

    first: nothing was ever noted before. edits: what was typed in; bare: those of them that no 变更 row accounts for. entry: what the
    journal says of it, None where there was nothing to say or nothing was to be written. notes: what is to be said. absent: workbooks of the
    register that are gone or cannot be read.
    """

    read: Read
    first: bool
    edits: list[Edited] = field(default_factory=list)
    bare: list[Edited] = field(default_factory=list)
    entry: Entry | None = None
    notes: list[Text] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def fingerprints(space: Workspace) -> State:
    """Each workbook of the register and its SHA-256 as it lies there now. One that ownerbook made is none; one that cannot be read is left out."""
    from ownerbook.schema.cells import Pool, Styles
    from ownerbook.workbook.book import Unreadable
    from ownerbook.workbook.reading import read_book

    expected = course(Journal(space.root), {}).expected
    out: State = {}
    for name, path in space.files:
        try:
            print_ = print_of(path)
            if name not in expected and "ownerbook.kind" in read_book(path, pool=Pool(), styles=Styles()).properties:
                continue
        except (OSError, Unreadable):
            continue
        out[name] = print_
    return out


def note(
    space: Workspace,
    today: date,
    *,
    at: datetime,
    password: str | None = None,
    progress: Progress | None = None,
    read: Read | None = None,
    write: bool = True,
) -> Noted:
    """Find what was typed in, and tell the journal. write: without it, nothing is told. read: the register, where it was read already.

    A workbook that is missing or cannot be read counts as unchanged, and is told: its rows are not taken for rows that were taken out.
    Raises Held where somebody else writes the journal, JournalDamaged, OSError.
    """
    read = read or read_register(space, today, password=password, progress=progress)
    journal = Journal(space.root)
    now = dict(read.fingerprints)
    way = course(journal, now)
    if way.noted is None:
        entry = _tell(space, "seen", now, {}, [], at) if write else None
        zh = f"第一次对账：从现在起记录改动（{len(now)} 个工作簿）"
        return Noted(read, True, entry=entry, notes=[Text(zh, f"the first reconciliation: changes are recorded from now on ({len(now)} workbooks)")])
    carried, notes = _carried(space, way.expected, read, today, password)
    if carried:
        now |= carried
        way = course(journal, now)
    out = Noted(read, False, notes=notes, absent=sorted(carried))
    if not way.gaps:
        return out
    recorded: list[Recorded] = []
    for gap in way.gaps:
        before = _read(space, gap.before, today, password, notes)
        after = read if gap.until is None and not carried else _read(space, gap.after, today, password, notes)
        if before is None or after is None:
            continue
        edits = delta(before.register, after.register)
        who = _savers(space, gap.before, gap.after)
        recorded += [_recorded(e, before.register, after.register, who) for e in edits]
        out.edits += edits
        out.bare += untraced(edits, read.register)
    if write:
        counts = {kind: sum(e.kind == kind for e in out.edits) for kind in ("cell", "new", "gone", "key", "unsure")}
        about = {**{k: n for k, n in counts.items() if n}, "bare": len(out.bare)}
        out.entry = _tell(space, "typed" if recorded else "seen", now, about, recorded, at)
    return out


def _carried(space: Workspace, expected: Mapping[str, str], read: Read, today: date, password: str | None) -> tuple[State, list[Text]]:
    """Workbooks that are expected and not there: carried on as they were, unless another one came that may be the same under a new name, or all
    rows stand elsewhere now."""
    there, now = dict(space.files), read.fingerprints
    missing = {n: s for n, s in expected.items() if n not in now}
    if not missing:
        return {}, []
    moved = {s for n, s in now.items() if n not in expected}
    out, notes = {}, []
    for name, print_ in missing.items():
        if print_ in moved:
            notes.append(Text(f"{name} 改了名字或换了位置，内容没有变", f"{name} was renamed or moved; it holds the same"))
        elif name in there:
            out[name] = print_
            notes.append(Text(f"{name} 现在读不了，按上次的内容对账", f"{name} cannot be read now; what it held last counts"))
        elif not moved and _rehoused(space, {name: print_}, read, today, password):
            zh, en = f"{name} 不见了，它的行都在别的工作簿里", f"{name} is gone; all its rows stand in other workbooks"
            notes.append(Text(zh, en))
        elif not moved:
            out[name] = print_
            zh = f"{name} 不见了，按上次的内容对账；确实不要了，请把它的行移到别的工作簿，或用 ownerbook restore 取回"
            notes.append(
                Text(zh, f"{name} is gone; what it held last counts. Move its rows to another workbook, or get it back with ownerbook restore")
            )
    return out, notes


def _rehoused(space: Workspace, gone: State, read: Read, today: date, password: str | None) -> bool:
    """Whether every row of a workbook that is gone stands in the register all the same: somebody moved them."""
    try:
        was = read_state(space, gone, today, password=password).register
    except Unusable:
        return False
    return bool(was.tables) and all(_keys(was, sheet) <= _keys(read.register, sheet) for sheet in was.tables)


def _keys(register: Register, sheet: str) -> set[str]:
    table = register.tables.get(sheet)
    key = BY_FIELD[sheet].key.field
    return {table.found(key, row) for row in range(len(table))} if table is not None and key in table.cells else set()


def _read(space: Workspace, state: State, today: date, password: str | None, notes: list[Text]) -> Read | None:
    try:
        return read_state(space, state, today, password=password)
    except Unusable as error:
        notes.append(error.message)
        return None


def _tell(space: Workspace, kind: str, now: State, about: Mapping[str, Any], recorded: Sequence[Recorded], at: datetime) -> Entry:
    versions, paths = Versions(space.root), dict(space.files)
    with writing(space.root):
        for name, print_ in now.items():
            if versions.path(print_) is None and name in paths:
                data = paths[name].read_bytes()
                if hashlib.sha256(data).hexdigest() == print_:
                    versions.keep(data, paths[name].suffix)
        detail = {"changes": [r.as_data() for r in recorded]} if recorded else None
        return Journal(space.root).append(kind, {"workbooks": now, **about}, at=at, detail=detail)


def _savers(space: Workspace, before: State, after: State) -> dict[str, str]:
    """Who saved the workbooks that changed, as their own properties say."""
    from ownerbook.workbook.saved_by import saved_by

    paths, versions = dict(space.files), Versions(space.root)
    out = {}
    for name, print_ in after.items():
        path = versions.path(print_) or paths.get(name)
        if before.get(name) != print_ and path is not None:
            out[name] = saved_by(path)
    return out


def _recorded(e: Edited, before: Register, after: Register, who: Mapping[str, str]) -> Recorded:
    workbook = after.tables[e.sheet].sources[int(after.tables[e.sheet].source[e.row])].workbook if e.row >= 0 else ""
    by = who.get(workbook, "")
    if e.kind in ("cell", "key"):
        old, new = (None if s is None else s.typed for s in (e.old, e.new))
        field_ = e.field or BY_FIELD[e.sheet].key.field
        return Recorded("cell", e.sheet, e.record, e.house, field_, old, new, place=e.place, who=by)
    values = {f: s.typed for f, s in e.values.items()}
    if e.kind == "gone" and not values:
        values = _row(before, e)
    return Recorded("gone" if e.kind == "gone" else "new", e.sheet, e.record, e.house, values=values, place=e.place, who=by)


def _row(register: Register, e: Edited) -> dict[str, Any]:
    from ownerbook.register.whose import row_named

    row = row_named(register, e.sheet, e.record)
    table = register.tables[e.sheet]
    held = {f: table.held(f, row) for f in table.cells} if row >= 0 else {}
    return {f: v for f, v in held.items() if v is not None}


def between(space: Workspace, before: State, after: State, today: date, *, password: str | None = None, came: str = "typed") -> list[Recorded]:
    """What differs from one state to another, as the history tells it. Raises Unusable where a version is not kept."""
    one, other = (read_state(space, s, today, password=password) for s in (before, after))
    return [replace(r, came=came) for r in differences(one.register, other.register)]


def differences(before: Register, after: Register) -> list[Recorded]:
    """What differs by meaning between two registers."""
    return [_recorded(e, before, after, {}) for e in delta(before, after)]
