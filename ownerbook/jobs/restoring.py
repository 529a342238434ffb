"""The register of a day: laid out in a folder to look at, or brought back, all workbooks together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from ownerbook.jobs.states import state_at
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.jobs.writing import Written, replace_workbooks
from ownerbook.reconcile.recorded import Recorded
from ownerbook.schema.words import Text
from ownerbook.storage.journal import Journal
from ownerbook.storage.transaction import Replacement
from ownerbook.storage.versions import Versions
from ownerbook.storage.within import leads_out, within


@dataclass(slots=True)
class Restoring:
    """What would come back. as_of: when that state was noted. back: workbooks that differ, with their version then; same: those that do not
    differ; later: workbooks that came after that day and stay."""

    as_of: datetime
    back: dict[str, str] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)


def look(space: Workspace, now: dict[str, str], moment: datetime, only: Collection[str] = ()) -> Restoring:
    """What differs between a moment's register and today's. now: workbook → SHA-256. Raises Unusable where nothing was noted by then."""
    found = state_at(Journal(space.root), moment)
    if found is None:
        first = next(iter(Journal(space.root).entries("seen", "typed")), None)
        since = f"（日志从 {first.at:%Y-%m-%d} 开始）" if first else ""
        zh = f"{moment:%Y-%m-%d} 还没有记录{since}，无从恢复"
        raise Unusable(Text(zh, f"nothing was noted by {moment:%Y-%m-%d}" + (f"; the journal begins on {first.at:%Y-%m-%d}" if first else "")))
    state, entry = found
    missing = [name for name in only if name not in state]
    if missing:
        told = "、".join(missing)
        raise Unusable(Text(f"那一天没有 {told}，当时有 {'、'.join(sorted(state))}", f"there was no {told}; there were {', '.join(sorted(state))}"))
    for name in state:
        if within(space.root, name) is None:
            raise Unusable(leads_out(name, f"journal/{entry.number:06d}.json"))
    out = Restoring(entry.at)
    for name, print_ in sorted(state.items()):
        if only and name not in only:
            continue
        if now.get(name) == print_:
            out.same.append(name)
        else:
            out.back[name] = print_
    out.later = sorted(set(now) - set(state)) if not only else []
    return out


def lay_out(space: Workspace, restoring: Restoring, folder: Path) -> list[Path]:
    """Write the versions into a folder, never over a file. Raises Unusable."""
    out = []
    for name, print_ in restoring.back.items():
        data, target = _version(space, name, print_), folder / name
        if target.exists():
            raise Unusable(Text(f"{target} 已经存在，请换一个空文件夹", f"{target} is there already; name an empty folder"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        out.append(target)
    return out


def changed_by(space: Workspace, restoring: Restoring, now: dict[str, str], today: date, *, password: str | None = None) -> list[Recorded]:
    """What bringing the versions back changes, cell by cell, for the history."""
    from ownerbook.jobs.noting import between

    return between(space, now, now | restoring.back, today, password=password, came="restore")


def bring_back(space: Workspace, restoring: Restoring, now: dict[str, str], *, at: datetime, recorded: list[Recorded], by: str = "") -> Written:
    """Put the versions in the places of today's workbooks, all or none; today's are kept. Raises Unusable where one is not kept."""
    files = [Replacement(n, space.root / n, now.get(n, ""), _version(space, n, p)) for n, p in restoring.back.items()]
    about = {"act": "restore", "to": restoring.as_of.isoformat(), **({"by": by} if by else {})}
    return replace_workbooks(space, files, about=about, recorded=recorded, at=at)


def _version(space: Workspace, name: str, print_: str) -> bytes:
    data = Versions(space.root).read(print_)
    if data is None:
        zh = f"{name} 那一天的版本 {print_[:12]} 没有保存或已损坏，请从备份恢复"
        raise Unusable(Text(zh, f"the version {print_[:12]} of {name} is not kept or is damaged; restore it from a backup"))
    return data
