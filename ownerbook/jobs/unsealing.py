"""What was sealed is seen again, put back, or deleted for good: by who has the right, for a reason, told in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ownerbook.jobs.redacting import DELETED_WORD, SEALED_WORD, stands_for
from ownerbook.jobs.sealing import ACT, Sealing, allowed, kept_by_law
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.jobs.writing import write_edits
from ownerbook.reconcile.recorded import Recorded, unpacked
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import house_of, row_named
from ownerbook.schema.words import Text
from ownerbook.storage import sealed as store
from ownerbook.storage.journal import Journal, JournalDamaged
from ownerbook.storage.lease import writing

if TYPE_CHECKING:
    from ownerbook.jobs.reading import Read
    from ownerbook.register.register import Register
    from ownerbook.workbook.amend import Edit


def destroy(space: Workspace, read: Read, only: Sequence[str], *, by: str, at: datetime, password: str | None = None) -> Sealing:
    """Delete what was sealed of these people for good, and say 已删除 in the register. Raises Unusable, Held, JournalDamaged, OSError."""
    register, out = read.register, Sealing()
    allowed(register, by)
    mine = [r for r in store.records(space.root) if r.record in only]
    missing = [k for k in only if k not in {r.record for r in mine}]
    if missing:
        told = "、".join(missing)
        raise Unusable(Text(f"{told} 没有封存的资料", f"nothing is sealed of {told}"))
    kept = kept_by_law(register, {r.record for r in mine if r.sheet == "owners"})
    if kept:
        told = "、".join(sorted(kept))
        zh = f"{told} 的档案保管期限未满，资料只能封存、不能删除（个人信息保护法第四十七条）"
        raise Unusable(Text(zh, f"the files of {told} are still within their retention: sealed they may be, not deleted"))
    wanted: dict[str, list[Edit]] = {}
    recorded = []
    for r in mine:
        row = row_named(register, r.sheet, r.record)
        table = register.tables.get(r.sheet)
        if table is None or row < 0:
            continue
        for name in r.fields:
            if stands_for(r.sheet, name) and table.found(name, row).strip() == SEALED_WORD:
                place = table.place(row, name)
                _set(wanted, place.workbook, place.sheet, place.cell, DELETED_WORD)
                house = house_of(register, r.sheet, row)
                recorded.append(Recorded("cell", r.sheet, r.record, house, name, SEALED_WORD, DELETED_WORD, came=ACT, who=by))
    about = {"act": ACT, "by": by, "people": len({r.record for r in mine}), "delete": True}
    if wanted:
        written = write_edits(space, wanted, read.fingerprints, about=about, recorded=recorded, at=at, password=password)
        out.refused, out.entry = written.refused, written.entry
        if out.refused:
            return out
    with writing(space.root):
        named = {"records": sorted({(r.sheet, r.record) for r in mine}), "store": sorted(r.id for r in mine)}
        Journal(space.root).append("sealed", {"by": by, "of": out.entry, **named, "delete": True}, at=at)
        for r in mine:
            store.destroy(space.root, r)
    out.people = sorted({(r.sheet, r.record) for r in mine})
    return out


Opened = tuple[store.SealedRecord, dict[str, Any]]


def reveal(space: Workspace, register: Register, record: str, key: Path, *, by: str, reason: str, at: datetime) -> list[Opened]:
    """Show what is sealed of a person, once the journal says who asked and why. Raises Unusable, SealTrouble."""
    from ownerbook.identifiers import masks

    allowed(register, by)
    if not reason.strip():
        raise Unusable(Text("查看封存的资料须写明理由：--reason 理由", "to see what is sealed, say why: --reason REASON"))
    mine = [r for r in store.records(space.root) if r.record == record]
    if not mine:
        raise Unusable(Text(f"{record} 没有封存的资料", f"nothing is sealed of {record}"))
    private = store.private_key(key)
    entries = Journal(space.root).entries("applied", "sealed")
    for r in mine:
        store.genuine(space.root, r, entries)
    found = [(r, store.opened(space.root, r, private)) for r in mine]
    data = {"command": "seal", "by": by, "reason": masks.auto(reason.strip()), "records": [record], "sealed": [r.id for r in mine]}
    try:
        Journal(space.root).append("access", data, at=at)
    except (OSError, JournalDamaged) as error:
        zh = "查阅记不进日志，所以不显示；请检查 .ownerbook 文件夹能否写入"
        raise Unusable(Text(zh, "the access cannot be journalled, so nothing is shown")) from error
    return [(r, {f: unpacked(v) for f, v in values.items()}) for r, values in found]


def put_back(space: Workspace, read: Read, found: Sequence[Opened], *, by: str, at: datetime, password: str | None = None) -> Sealing:
    """Write what was sealed back into the register, where its cells still say 已封存 or are blank. Raises Unusable, Held, OSError."""
    register, out = read.register, Sealing()
    allowed(register, by)
    wanted: dict[str, list[Edit]] = {}
    recorded = []
    for r, values in found:
        row, table = row_named(register, r.sheet, r.record), register.tables.get(r.sheet)
        if table is None or row < 0:
            out.notes.append(Text(f"登记簿里没有 {r.record}，没有放回", f"the register has no {r.record}; nothing was put back"))
            continue
        for name, value in values.items():
            now = table.found(name, row).strip()
            if now not in ("", SEALED_WORD) or not table.has(name):
                continue
            place, kind = table.place(row, name), BY_FIELD[r.sheet].by_field[name].kind
            _set(wanted, place.workbook, place.sheet, place.cell, value, identifier=kind.text_format)
            recorded.append(Recorded("cell", r.sheet, r.record, house_of(register, r.sheet, row), name, now or None, value, came="unseal", who=by))
    if not wanted:
        raise Unusable(Text("没有可放回的格子：都已另有内容", "there is no cell to put it back into: all hold something else"))
    about = {"act": "unseal", "by": by, "people": len({r.record for r, _ in found}), "store": sorted(r.id for r, _ in found)}
    written = write_edits(space, wanted, read.fingerprints, about=about, recorded=recorded, at=at, password=password)
    out.refused, out.entry = written.refused, written.entry
    out.people = sorted({(r.sheet, r.record) for r, _ in found})
    if out.entry:
        for r, _ in found:
            store.destroy(space.root, r)
    return out


def _set(wanted: dict[str, list[Edit]], workbook: str | None, sheet: str | None, cell: str | None, value: Any, *, identifier: bool = True) -> None:
    from ownerbook.workbook.amend import SetCell

    if workbook and sheet and cell:
        wanted.setdefault(workbook, []).append(SetCell(sheet, cell, value, identifier=identifier))
