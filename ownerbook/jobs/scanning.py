"""The folder of scans: walked, fingerprinted and looked at, each file once as long as it does not change; then matched to 材料."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.scans import changed_scans, fingerprinted, lost_scans
from ownerbook.jobs.reading import Folder
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.procedures.scans import Matching, Seen, match
from ownerbook.register.register import Register
from ownerbook.scans.look import Look, look
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import print_of
from ownerbook.storage.cache import Cache

_CACHE: Final = "scans"
_SETTLED: Final = 3.0
"""A file changed so few seconds ago may change again within the same tick of its clock, so it is not remembered."""
_NOT_SCANS: Final = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})


@dataclass(slots=True)
class Memory:
    """What is known of files by path, size and time of change, kept on this machine. `read` counts the files that had to be read."""

    root: Path
    known: dict[str, list[Any]] = field(default_factory=dict)
    used: dict[str, list[Any]] = field(default_factory=dict)
    read: int = 0

    @classmethod
    def of(cls, root: Path) -> Memory:
        """What was kept of earlier looks; nothing where it cannot be read."""
        cache, out = Cache.of(root), cls(root)
        raw = cache.get(_CACHE, "files") if cache is not None else None
        try:
            found = json.loads(raw) if raw else {}
        except ValueError:
            found = {}
        out.known = found if isinstance(found, dict) else {}
        return out

    def keep(self) -> None:
        """Keep it for the next time; what was not met this time is kept too."""
        if self.read and (cache := Cache.of(self.root)) is not None:
            cache.put(_CACHE, "files", json.dumps({**self.known, **self.used}).encode())

    def seen(self, path: Path, name: str) -> Seen:
        """Fingerprint and look of a file. name: relative to the workspace."""
        try:
            now = path.stat()
        except OSError:
            return Seen(name, "", Look("", None, "unreadable"))
        stamp = [now.st_size, now.st_mtime_ns, now.st_ino]
        kept = self.used.get(name) or self.known.get(name)
        if isinstance(kept, list) and len(kept) == 5 and kept[:3] == stamp:
            self.used[name] = kept
            return Seen(name, kept[3], Look(**kept[4]))
        self.read += 1
        try:
            print_ = print_of(path)
        except OSError:
            return Seen(name, "", Look("", None, "unreadable"))
        found = Seen(name, print_, look(path))
        if time.time() - now.st_mtime > _SETTLED:
            self.used[name] = [*stamp, print_, asdict(found.look)]
        return found


class Remembered(Folder):
    """The files of a workspace, of which an unchanged one is not read again."""

    def __init__(self, root: Path, memory: Memory) -> None:
        super().__init__(root)
        self._memory = memory

    def sha256(self, name: str) -> str:
        """The fingerprint of a file, '' where it cannot be read."""
        path = self._path(name)
        return self._memory.seen(path, name.replace("\\", "/")).sha256 if path is not None and self.exists(name) else ""


def folder_of(space: Workspace) -> Path:
    """The folder of scans. Raises Unusable where it is not there or leads out of the workspace."""
    said = str(space.settings["files.scans"])
    path = space.root / said
    if not path.resolve().is_relative_to(space.root.resolve()) or path.resolve() == space.root.resolve():
        raise Unusable(Text(f"设置 files.scans（{said}）应为工作区里的一个文件夹", f"files.scans ({said}) must be a folder of the workspace"))
    if not path.is_dir():
        zh = f"没有扫描件文件夹 {said}，请新建或改设置 files.scans"
        raise Unusable(Text(zh, f"there is no folder of scans {said}; make it, or set files.scans"))
    return path


def walked(folder: Path) -> Iterator[Path]:
    """The files of a folder, in order. No link is followed; hidden files and what systems leave behind are passed over."""
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not Path(here, f).is_symlink())
        for name in sorted(files):
            path = Path(here, name)
            if not name.startswith((".", "~$")) and name.lower() not in _NOT_SCANS and not path.is_symlink() and path.is_file():
                yield path


def matched(space: Workspace, register: Register) -> tuple[Matching, Memory]:
    """The folder of scans set against 材料. Raises Unusable where the folder or one of the sheets is not there."""
    from ownerbook.jobs.forms import needs

    for sheet in ("documents", "files", "houses"):
        needs(register, sheet)
    folder, memory = folder_of(space), Memory.of(space.root)
    seen = [memory.seen(path, path.relative_to(space.root).as_posix()) for path in walked(folder)]
    lost = [int(r) for r in lost_scans(Whole(register), Folder(space.root))]
    out = match(register, seen, lost=lost, name=str(space.settings["files.scans"]))
    memory.keep()
    return out, memory


def counted(space: Workspace, register: Register) -> dict[str, int]:
    """For the night: scans that have a fingerprint, that are not there, and whose content is another."""
    if "documents" not in register.tables or "files" not in register.tables:
        return {"scans": 0, "scans_lost": 0, "scans_changed": 0}
    book, memory = Whole(register), Memory.of(space.root)
    disk = Remembered(space.root, memory)
    found = {"scans": fingerprinted(book), "scans_lost": len(lost_scans(book, disk)), "scans_changed": len(changed_scans(book, disk))}
    memory.keep()
    return found
