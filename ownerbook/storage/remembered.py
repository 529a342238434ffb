"""What this machine itself remembers of a journal: the newest entry that it wrote or proved, on its own disk, where whoever can write the share
cannot reach it. A history that was rewritten whole, or a folder that was put back as it was weeks ago, no longer holds that entry.

Noted by the identity of the workspace and its place: a copy of a workspace elsewhere on this machine has a memory of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.schema.words import Text
from ownerbook.storage.atomic import write_atomically
from ownerbook.storage.identity import IdentityDamaged, read_identity, state_folder

if TYPE_CHECKING:
    from ownerbook.storage.journal import Entry, Journal

_MOST_PLACES = 64
REMEDY = Text(
    "有人确实用旧备份换回来的，请运行 ownerbook verify --accept --reason 原因；否则请从最近的备份恢复，并查是谁动了 .ownerbook 文件夹",
    "where an old backup was put back on purpose, run ownerbook verify --accept --reason WHY; else restore the newest backup and find out who "
    "touched the folder .ownerbook",
)


@dataclass(frozen=True, slots=True)
class Head:
    """An entry: its number and its fingerprint."""

    number: int
    fingerprint: str


@dataclass(slots=True)
class _Memory:
    """The file of a workspace, None where it has no identity or no place; which of its copies is meant; the heads of all of them."""

    file: Path | None
    place: str
    heads: dict[str, Head]

    @classmethod
    def of(cls, root: Path) -> _Memory:
        place = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        file, heads = _file(root), dict[str, Head]()
        with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
            heads = {str(p): Head(int(n), str(f)) for p, (n, f) in json.loads(file.read_bytes()).items()} if file else {}
        return cls(file, place, heads)

    @property
    def head(self) -> Head | None:
        return self.heads.get(self.place)

    def keep(self, head: Head) -> None:
        """Nothing is said if it cannot be."""
        others = [(p, h) for p, h in self.heads.items() if p != self.place][-(_MOST_PLACES - 1) :]
        self.heads = {**dict(others), self.place: head}
        if self.file is not None:
            with contextlib.suppress(OSError):
                write_atomically(self.file, json.dumps({p: [h.number, h.fingerprint] for p, h in self.heads.items()}).encode(), private=True)


def recall(root: Path) -> Head | None:
    """What is remembered of the journal there, None where nothing is."""
    return _Memory.of(root).head


def furthest(root: Path) -> int:
    """The highest number that this machine remembers of any copy of the workspace, 0 for none."""
    return max((h.number for h in _Memory.of(root).heads.values()), default=0)


def remember(root: Path, number: int, fingerprint: str, *, everywhere: bool = False) -> None:
    """Note an entry, whatever was noted before; everywhere: for all copies of the workspace. Nothing is said if it cannot be."""
    memory, head = _Memory.of(root), Head(number, fingerprint)
    if everywhere:
        memory.heads = dict.fromkeys(memory.heads, head)
    memory.keep(head)


def advance(journal: Journal, entry: Entry) -> None:
    """Note an entry that was written just now, where the one noted before still stands in the journal: what is missed must not be forgotten."""
    memory = _Memory.of(journal.root)
    known = memory.head
    if known is None or known == Head(entry.number - 1, entry.before) or _holds(journal, known):
        memory.keep(Head(entry.number, entry.fingerprint))


def estranged(journal: Journal) -> Text | None:
    """In words what is wrong where the journal does not hold the entry that is remembered; None where it does, or nothing is remembered."""
    known = recall(journal.root)
    if known is None or _holds(journal, known):
        return None
    have = max(journal.numbers(), default=0)
    if have < known.number:
        zh = f"本机见过日志第 {known.number} 条，现在只有 {have} 条：历史退回了以前的样子"
        en = f"this machine has seen entry {known.number} of the journal, which now ends with {have}: the history went back to what it was"
    else:
        zh = f"日志第 {known.number} 条与本机记得的不同：历史被改写过"
        en = f"entry {known.number} of the journal is not the one that this machine remembers: the history was rewritten"
    return Text(f"{zh}。{REMEDY.zh}", f"{en}; {REMEDY.en}")


def _holds(journal: Journal, known: Head) -> bool:
    from ownerbook.storage.journal import JournalDamaged

    try:
        return journal.read(known.number).fingerprint == known.fingerprint
    except JournalDamaged:
        return False


def _file(root: Path) -> Path | None:
    try:
        known = read_identity(root)
        return state_folder() / f"head-{known.id}.json" if known else None
    except (OSError, IdentityDamaged):
        return None
