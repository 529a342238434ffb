"""Working copies: staff's workbook handed out with a stamp, its base kept, and the journal told."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import write_atomically
from ownerbook.storage.journal import Entry, Journal
from ownerbook.storage.versions import Versions
from ownerbook.workbook.stamp import CannotStamp, stamped

if TYPE_CHECKING:
    from ownerbook.jobs.reading import Read

ENTRY = "copy"


@dataclass(frozen=True, slots=True)
class Copied:
    """One working copy. id: of its stamp; workbook: of the register; fingerprint: of the base; stamped: whether the file carries the id."""

    id: str
    workbook: str
    fingerprint: str
    path: Path
    stamped: bool


@dataclass(slots=True)
class Copies:
    """What was handed out, and what is to be said."""

    done: list[Copied] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


def chosen(space: Workspace, read: Read, wanted: Sequence[str]) -> list[str]:
    """The workbooks that names mean: sheets (业主), workbooks by name or path. Without any, the whole register. Raises Unusable."""
    from ownerbook.register.sheets import BY_NAME

    names = [n for n, _ in space.files if n in read.fingerprints]
    if not wanted:
        return names
    out: list[str] = []
    for word in wanted:
        if word in BY_NAME:
            table = read.register.tables.get(BY_NAME[word].field)
            found = sorted({s.workbook for s in table.sources}) if table else []
        else:
            given = Path(word).absolute()
            paths = dict(space.files)
            found = [n for n in names if word in (n, Path(n).name, Path(n).stem) or paths[n].absolute() == given]
        if not found:
            raise Unusable(Text(f"登记簿里没有「{word}」这张表或这个工作簿", f"the register holds no sheet or workbook {word}"))
        out += found
    return list(dict.fromkeys(out))


def copy(space: Workspace, read: Read, workbooks: Sequence[str], out: Path, *, to: str, at: datetime) -> Copies:
    """Hand out working copies of workbooks, as they were read. Raises Unusable, OSError, JournalDamaged.

    out: the file, where one workbook is copied and the name has a suffix; else the folder. A file that is there is not written over, and
    a workbook that has changed since it was read is refused, for it may be half saved. The base is kept first, then the journal told,
    then the copy written: a copy without an entry cannot exist.
    """
    if not space.declared:
        raise Unusable(Text("只有工作区里的登记簿可以发工作副本", "working copies are handed out of workspaces only"))
    one = len(workbooks) == 1 and out.suffix != ""
    if len(workbooks) > 1 and out.suffix:
        raise Unusable(
            Text(f"要发 {len(workbooks)} 个工作簿，--out 请写一个文件夹", f"{len(workbooks)} workbooks are copied; --out must be a folder")
        )
    result, paths = Copies(), dict(space.files)
    targets = {name: out if one else out / Path(name).name for name in workbooks}
    if len(set(targets.values())) < len(targets):
        targets = {name: out / name.replace("/", "_") for name in workbooks}
    for target in targets.values():
        if target.exists():
            raise Unusable(Text(f"{target} 已经存在，请换一个名字", f"{target} exists; choose another name"))
        if target.suffix.lower() != paths[_of(targets, target)].suffix.lower():
            raise Unusable(Text(f"{target.name} 的后缀应与原工作簿相同", f"{target.name} must have the suffix of the workbook"))
    held = {name: paths[name].read_bytes() for name in targets}
    for name, data in held.items():
        if hashlib.sha256(data).hexdigest() != read.fingerprints[name]:
            raise Unusable(Text(f"{name} 刚刚变过（可能正在保存），请再来一次", f"{name} has just changed (somebody may be saving it); do it again"))
    for name, target in targets.items():
        result.done.append(_one(space, name, held[name], target, to, at, result.notes))
    return result


def _of(targets: dict[str, Path], target: Path) -> str:
    return next(n for n, t in targets.items() if t == target)


def _one(space: Workspace, name: str, data: bytes, target: Path, to: str, at: datetime, notes: list[Text]) -> Copied:
    ident = secrets.token_hex(8)
    try:
        marked, is_stamped = stamped(data, ident), True
    except CannotStamp as e:
        marked, is_stamped = data, False
        zh = f"{name}：{e.message.zh}；交回时按内容找它的底本"
        notes.append(Text(zh, f"{name}: {e.message.en}; when it comes back its base is found by what it holds"))
    print_ = Versions(space.root).keep(data, target.suffix)
    told = {
        "copy": ident,
        "to": to,
        "workbook": name,
        "fingerprint": print_,
        "copy_fingerprint": hashlib.sha256(marked).hexdigest(),
        "stamped": is_stamped,
        "file": target.name,
    }
    Journal(space.root).append(ENTRY, told, at=at)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(target, marked)
    return Copied(ident, name, print_, target, is_stamped)


def entry_of(root: Path, ident: str) -> Entry | None:
    """The journal's entry of a stamp, None where this workspace handed out no such copy. Raises JournalDamaged."""
    return next((e for e in Journal(root).backwards(ENTRY) if e.data.get("copy") == ident), None)


def entry_of_file(root: Path, fingerprint: str) -> Entry | None:
    """The entry of a copy that came back byte for byte as it went out. Raises JournalDamaged."""
    return next((e for e in Journal(root).backwards(ENTRY) if e.data.get("copy_fingerprint") == fingerprint), None)
