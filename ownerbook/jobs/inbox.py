"""收件箱: what each file there is, and putting away what was taken. A file is never deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.jobs.incoming import WORDS, Incoming
from ownerbook.jobs.workspace import SUFFIXES, Workspace
from ownerbook.reconcile.change import Origin
from ownerbook.schema.disk_words import why
from ownerbook.schema.words import Text
from ownerbook.storage import plans
from ownerbook.storage.atomic import print_of
from ownerbook.storage.journal import Journal
from ownerbook.workbook.book import Unreadable

if TYPE_CHECKING:
    from ownerbook.jobs.reading import Read
    from ownerbook.jobs.sorting import Sorter

FOLDER, DONE = "收件箱", "已处理"
ENTRY = "inbox"
_SAVING = {"damaged", "empty", "vanished", "cannot_open"}  # may be a file that is being saved
_HALF = re.compile(r"[0-9A-F]{8}|lu\w+\.tmp|.*\.(?:tmp|part|crdownload)", re.I)  # names that office programs save under


@dataclass(slots=True)
class Inbox:
    """What lies in the inbox. files: understood, in order of name; left: files that were not touched, and why."""

    files: list[Incoming] = field(default_factory=list)
    left: list[tuple[Path, Text]] = field(default_factory=list)


def look(space: Workspace, read: Read, *, password: str | None = None) -> Inbox:
    """Look at every file in the inbox; nothing is moved or written. read: the register as it is now.

    A file that somebody has open, that is half saved or that changes while it is read is left for the next time and told.
    """
    from ownerbook.jobs.sorting import Sorter

    out, sorter = Inbox(), Sorter(space, read)
    taken = Journal(space.root).entries(ENTRY)
    before = {str(e.data.get("fingerprint")): e for e in taken if _still_kept(space, str(e.data.get("plan", "")))}
    here: dict[str, Path] = {}
    for path in _files(space.root / FOLDER):
        busy = _busy(path)
        if busy is not None:
            out.left.append((path, busy))
            continue
        found = _understood(path, sorter, password)
        if isinstance(found, Text):
            out.left.append((path, found))
            continue
        print_ = found.origin.fingerprint
        if print_ in here:
            found = _again(found, Text(f"与 {here[print_].name} 一字不差，只看一份", f"the same as {here[print_].name}; only one is used"))
        elif print_ in before:
            day = before[print_].at.date().isoformat()
            found = _again(found, Text(f"{day} 已经收过一字不差的文件，不再重复", f"the very same file was taken on {day}; not used again"))
        else:
            here[print_] = path
        nothing = (found.kind == "form" and not found.asked) or (found.handover is not None and not found.handover.rows)
        nothing = nothing or (found.kind == "house-change" and not found.houses)
        if nothing and found.complaints and not found.again:  # can be put right; an old problem list cannot
            zh, en = "；".join(c.zh for c in found.complaints), "; ".join(c.en for c in found.complaints)
            out.left.append((path, Text(f"没有一项能采用，留在原处：{zh}", f"nothing of it can be taken, and it is left: {en}")))
            continue
        out.files.append(found)
    return out


def _still_kept(space: Workspace, plan: str) -> bool:
    """Whether the plan that took a file is still there; where it was lost, the file may be handed in again."""
    return not plan or plans.readable(space.root, plan)


def _again(found: Incoming, why: Text) -> Incoming:
    """The same file once more: told, and nothing is taken from it. A plan may be applied twice, for that does nothing."""
    if found.kind == "plan":
        return found
    return Incoming(found.kind, found.path, found.origin, notes=[why], again=True)


def _files(folder: Path) -> list[Path]:
    """The files to look at, in order of name; those put away, hidden ones and links are not."""
    if not folder.is_dir():
        return []
    out = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(p.startswith((".", "~$")) for p in parts)
        if not hidden and DONE not in parts[:-1] and path.is_file() and not path.is_symlink() and not _HALF.fullmatch(path.name):
            out.append(path)
    return out


def _busy(path: Path) -> Text | None:
    from ownerbook.workbook.amend.owner_files import holders

    who = holders(path)
    if not who:
        return None
    return Text(f"正被 {who[0]} 打开，下次再看", f"open by {who[0]}; it is looked at next time")


def _understood(path: Path, sorter: Sorter, password: str | None) -> Incoming | Text:
    try:
        before = path.stat()
    except OSError:
        return Text("文件不见了", "the file is gone")
    if path.suffix.lower() not in SUFFIXES:
        return _told(path, Text("不是电子表格，请人工处理", "no spreadsheet; somebody must look at it"))
    try:
        found = sorter.sort(path, password)
        after = path.stat()
    except Unreadable as e:
        from ownerbook.workbook.reading import REASONS

        zh, en = REASONS[e.reason]
        return Text(f"读不了，留在原处：{zh}", f"cannot be read and is left: {en}") if e.reason in _SAVING else _told(path, Text(zh, en))
    except OSError as e:
        return Text(f"读不了，留在原处：{why(e).zh}", f"cannot be read and is left: {why(e).en}")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return Text("正在保存，下次再看", "being saved; it is looked at next time")
    return found


def _told(path: Path, why: Text) -> Incoming:
    """A file that is nothing for us: it is told and stays where it is."""
    try:
        print_ = print_of(path)
    except OSError:
        print_ = ""
    return Incoming("unknown", path, Origin("list", path.name, fingerprint=print_), complaints=[why])


def put_away(space: Workspace, taken: Sequence[Incoming], *, plan: str, at: datetime) -> list[tuple[Path, Path]]:
    """Move files that a plan holds safely to 收件箱/已处理/YYYY-MM. Gives from and to. Raises JournalDamaged, OSError.

    A file that cannot be moved stays, and unknown files do; one that lies elsewhere is told and not moved. The journal is told first, so
    that a file that was taken and could not be moved is known when it is seen again, with the base that it was compared with: the
    register may be nearer to it by then. plan: the id of the plan that holds what they asked, '' where they asked nothing.
    """
    out = []
    folder = space.root / FOLDER / DONE / f"{at:%Y-%m}"
    for one in taken:
        if one.kind == "unknown" or not one.path.exists():
            continue
        inside = one.path.is_relative_to(space.root / FOLDER)
        target = _free(folder, one.path.name) if inside else None
        told = {
            "file": one.path.name,
            "kind": one.kind,
            "fingerprint": one.origin.fingerprint,
            "to": target.relative_to(space.root).as_posix() if target else "",
            "plan": plan,
            "base": dict(one.base),
        }
        Journal(space.root).append(ENTRY, told, at=at)
        if target is None:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        try:
            one.path.rename(target)
        except OSError:
            continue
        out.append((one.path, target))
    return out


def _free(folder: Path, name: str) -> Path:
    target, n = folder / name, 1
    while target.exists():
        n += 1
        target = folder / f"{Path(name).stem}({n}){Path(name).suffix}"
    return target


def told(inbox: Inbox) -> list[Text]:
    """What lies in the inbox, a line a file and a line for each thing to be said of it."""
    out = []
    for one in inbox.files:
        what = WORDS[one.kind]
        size = len(one.asked) + len(one.answers)
        more = Text(f"，{size} 项", f", {size} items") if size else Text("", "")
        out.append(Text(f"{one.path.name}：{what.zh}{more.zh}", f"{one.path.name}: {what.en}{more.en}"))
        out += [Text(f"    {n.zh}", f"    {n.en}") for n in (*one.notes, *one.complaints)]
    out += [Text(f"{path.name}：{why.zh}", f"{path.name}: {why.en}") for path, why in inbox.left]
    return out
