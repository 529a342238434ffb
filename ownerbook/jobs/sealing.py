"""Sealing: the particulars of people who left go out of the register into the sealed store, and out of all that is kept.

What stays: who owned what and when, the file and its papers. What may stand for a particular is said in judging.md §3; where nothing
may, the value stays and is told. See docs/decisions/0011-sealing.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.past_purpose import Outlived, outlived
from ownerbook.jobs.purging import Progress, Purged, finish, forget, gather, keep_alive, open_plans_with, outside, purge
from ownerbook.jobs.redacting import DELETED_WORD, SEALED_WORD, Taken, edits_of, stands_for
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.jobs.writing import recover, write_edits
from ownerbook.reconcile.entitled import against
from ownerbook.reconcile.recorded import Recorded, packed
from ownerbook.register.declare import DISPOSAL_APPROVAL
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import house_of, row_named
from ownerbook.schema.words import Text
from ownerbook.storage import sealed as store
from ownerbook.storage.disk import Disk
from ownerbook.storage.journal import Journal
from ownerbook.storage.lease import writing
from ownerbook.storage.redacted import begin, over

if TYPE_CHECKING:
    from ownerbook.jobs.reading import Read
    from ownerbook.register.register import Register
    from ownerbook.workbook.amend import Edit

WHY: dict[str, Text] = {
    "expired": Text("档案保管期限已满", "retention of the file has ended"),
    "asked": Text("业主要求删除", "deletion was asked for"),
    "need": Text("业主已迁出，服务需求的同意随之结束", "the owner left, and with that the consent to the need"),
    "moved": Text("已迁出，不再居住", "moved out"),
}
ACT = "seal"


@dataclass(slots=True)
class Sealing:
    """What came of sealing. people: who was sealed; entry: of the writing; refused: why nothing was written; purged: what was kept and is not."""

    people: list[tuple[str, str]] = field(default_factory=list)
    entry: int = 0
    refused: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    purged: Purged | None = None


def proposed(register: Register) -> list[Outlived]:
    """Whose particulars have outlived their purpose on the register's day."""
    if "owners" not in register.tables:
        return []
    return list(outlived(Whole(register), register.today.toordinal() - EPOCH))


def key_of(register: Register, one: Outlived) -> str:
    """The number of the row."""
    return register.tables[one.sheet].found(BY_FIELD[one.sheet].key.field, one.row).strip()


def chosen(register: Register, found: Sequence[Outlived], only: Collection[str]) -> list[Outlived]:
    """Those of the people named, all without any. Raises Unusable for a number of whom nothing is to be sealed."""
    if not only:
        return list(found)
    keys = {key_of(register, one) for one in found}
    missing = [k for k in only if k not in keys]
    if missing:
        told = "、".join(missing)
        raise Unusable(Text(f"{told} 没有可封存的资料；名单见 ownerbook seal", f"nothing of {told} is to be sealed; ownerbook seal lists them"))
    return [one for one in found if key_of(register, one) in only]


def seal(
    space: Workspace,
    read: Read,
    people: Sequence[Outlived],
    *,
    by: str,
    at: datetime,
    delete: bool = False,
    password: str | None = None,
    progress: Progress | None = None,
) -> Sealing:
    """Seal, or delete, what these rows hold. by: who approves (处置批准). delete: nothing is kept in the sealed store.

    Raises Unusable where it is not allowed, SealTrouble without a key, Held, JournalDamaged, OSError.
    """
    register, out = read.register, Sealing()
    allowed(register, by)
    if delete:
        _deletable(register, people)
    elif store.public_key(space.root) is None:
        store.put(space.root, "", "", {}, why="", day="")  # raises, saying how to make one
    of: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in people:
        key = (one.sheet, key_of(register, one))
        of[key] = (*of.get(key, ()), *(f for f in one.fields if f not in of.get(key, ())))
    out.notes += recover(space, at=at)
    taken = gather(space, read, of, password=password)
    waiting = open_plans_with(space, taken)
    if waiting:
        zh = f"变更方案 {'、'.join(w[:8] for w in waiting)} 还没有定，里面有这些人的资料；请先选完，或重新对账，再来封存"
        raise Unusable(Text(zh, f"the plans {', '.join(w[:8] for w in waiting)} hold data of these people and are not decided; do that first"))
    alive = keep_alive(read, taken)
    for r in store.records(space.root):  # of an attempt that was interrupted before the register was written: it still holds the value
        if not delete and set(r.fields) & set(of.get((r.sheet, r.record), ())):
            store.destroy(space.root, r)
    made = []
    for one in people if not delete else ():
        table = register.tables[one.sheet]
        held = {f: packed(table.held(f, one.row)) for f in one.fields}
        made.append(store.put(space.root, one.sheet, key_of(register, one), held, why=one.why, day=at.date().isoformat()))
    begin(space.root, Disk())
    written = write_edits(
        space,
        _edits(register, taken, delete=delete),
        read.fingerprints,
        about={"act": ACT, "by": by, "people": len(of), "delete": delete, "store": store.fingerprints(space.root, made)},
        recorded=_recorded(register, people, by, delete=delete),
        at=at,
        password=password,
        scrub=True,
    )
    out.refused, out.entry = written.refused, written.entry
    out.notes += written.notes
    if out.refused or not out.entry:
        for record in made:
            store.destroy(space.root, record)
        over(space.root, Disk())
        return out
    out.people = sorted(of)
    about = {"by": by, "of": out.entry, "records": [list(k) for k in out.people], "why": sorted({one.why for one in people}), "delete": delete}
    with writing(space.root):
        out.purged = purge(space, taken, about, at=at, password=password, progress=progress)
    out.purged.alive = alive
    out.purged.outside = outside(space, taken, password=password)
    return out


def finished(space: Workspace, *, at: datetime) -> tuple[int, list[Text]]:
    """Make good what a stop left: old versions still there, and a sealing whose kept versions were not looked at. Raises Held, OSError."""
    notes = recover(space, at=at)
    with writing(space.root):
        n = finish(space)
        forget(space.root)
    return n, notes


def settle(space: Workspace, *, at: datetime) -> list[Text]:
    """What any command does first where a sealing was interrupted: old versions go; where the register was written and the kept versions
    were not looked at, a person is told. Raises OSError, JournalDamaged, Held."""
    n, notes = finished(space, at=at)
    if left_halfway(space):
        zh = "上次封存中断了，旧版本还没有查完；请运行 ownerbook seal --finish"
        return [*notes, Text(zh, "a sealing was interrupted and kept versions are not looked through; run ownerbook seal --finish")]
    over(space.root, Disk())
    return [*notes, Text(f"上次没有做完的封存，补做 {n} 处", f"a sealing that was interrupted: {n} made good")] if n else notes


def left_halfway(space: Workspace) -> dict[tuple[str, str], tuple[str, ...]]:
    """Who was sealed in the register by a write after which nothing was said of the kept versions: records and fields."""
    journal = Journal(space.root)
    told = {int(e.data.get("of", 0)) for e in journal.entries("sealed")}
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in journal.entries("applied"):
        if entry.data.get("act") != ACT or entry.number in told:
            continue
        begun = journal.read(int(entry.data.get("of", entry.number)))
        for raw in journal.detail_of(begun).get("changes", ()):
            key = (str(raw["sheet"]), str(raw["record"]))
            out[key] = (*out.get(key, ()), str(raw.get("column", "")))
    return out


def finish_purge(space: Workspace, read: Read, of: Mapping[tuple[str, str], tuple[str, ...]], *, at: datetime, password: str | None = None) -> Purged:
    """Look at all that is kept for people whose sealing was interrupted. Raises Held, JournalDamaged, OSError."""
    taken = gather(space, read, of, password=password)
    alive = keep_alive(read, taken)
    numbers = [e.number for e in Journal(space.root).entries("applied") if e.data.get("act") == ACT]
    about = {"by": "", "of": numbers[-1] if numbers else 0, "records": [list(k) for k in sorted(of)], "why": [], "delete": False, "recovered": True}
    with writing(space.root):
        out = purge(space, taken, about, at=at, password=password)
    out.alive, out.outside = alive, outside(space, taken, password=password)
    return out


def allowed(register: Register, by: str) -> None:
    """Raises Unusable where a person may not approve of sealing today."""
    if not by.strip():
        zh = "请用 --by 写明谁批准（工号或姓名，有「处置批准」权限）"
        raise Unusable(Text(zh, "say with --by who approves (number or name, with the right 处置批准)"))
    why = against(register, by, DISPOSAL_APPROVAL, register.today)
    if why is not None:
        raise Unusable(why)


def _deletable(register: Register, people: Sequence[Outlived]) -> None:
    kept = kept_by_law(register, {key_of(register, one) for one in people if one.why == "asked"})
    if kept:
        told = "、".join(sorted(kept))
        zh = f"{told} 的档案保管期限未满，只能封存、不能删除（个人信息保护法第四十七条）；去掉 --delete"
        raise Unusable(Text(zh, f"the files of {told} are within their retention: seal, do not delete; leave --delete out"))


def kept_by_law(register: Register, owners: Collection[str]) -> set[str]:
    """Owners whose file's retention has not run out, or never does."""
    from ownerbook.deadlines.retention import retention_ends
    from ownerbook.register.understood import NO_DAY

    if not owners or "files" not in register.tables:
        return set()
    book, today = Whole(register), register.today.toordinal() - EPOCH
    ends, files = retention_ends(book), register.tables["files"]
    out = set()
    for row in range(len(files)):
        owner = files.found("owner_no", row).strip()
        if owner in owners and files.found("status", row).strip() != "已销毁" and (int(ends[row]) == int(NO_DAY) or int(ends[row]) >= today):
            out.add(owner)
    return out


def _edits(register: Register, taken: Taken, *, delete: bool) -> dict[str, list[Edit]]:
    from ownerbook.workbook.amend import SetCell

    for (sheet, record), fields in taken.of.items():
        row, table = row_named(register, sheet, record), register.tables[sheet]
        parts = table.sources[int(table.source[row])].parts & set(fields) if row >= 0 else set()
        if parts:
            where = table.place(row, min(parts))
            raise Unusable(Text(f"{where} 里不止这一项，请在台账里手工封存", f"{where} holds more than this; seal it by hand"))
    edits = edits_of(register.tables, taken)
    if not delete:
        return edits
    return {
        n: [replace(e, value=DELETED_WORD) if isinstance(e, SetCell) and e.value == SEALED_WORD else e for e in es] for n, es in edits.items()
    }


def _recorded(register: Register, people: Sequence[Outlived], by: str, *, delete: bool) -> list[Recorded]:
    """What the history tells: that it was sealed, not what stood there."""
    out = []
    for one in people:
        house = house_of(register, one.sheet, one.row)
        for name in one.fields:
            word = stands_for(one.sheet, name)
            new = (DELETED_WORD if delete else word) if word else None
            place = str(register.tables[one.sheet].place(one.row, name))
            out.append(Recorded("cell", one.sheet, key_of(register, one), house, name, SEALED_WORD, new, place=place, came=ACT, who=by))
    return out
