"""A check of what has not changed since the last one: told again without reading a workbook.

The answer is kept under the fingerprint of everything that it rests on: every file of the workspace, the scans that the
register names, the day, the settings, what was asked, the memory of the last run, and the program itself. Nothing here
imports what reads or judges: that is why it is fast.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from ownerbook import __version__
from ownerbook.jobs.workspace import Workspace
from ownerbook.storage.atomic import print_of
from ownerbook.storage.cache import Cache
from ownerbook.storage.problem_state import FILE, FOLDER

KIND = "check"


@dataclass(slots=True)
class Answer:
    """What a check printed, and its exit status. scans: files that rules looked at, as the register names them."""

    printed: str
    status: int
    scans: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Warm:
    """The answers kept of a workspace. asked: everything on the command line that bears on what is printed."""

    space: Workspace
    cache: Cache
    key: str
    prints: dict[str, str]
    begun: int

    @classmethod
    def of(cls, space: Workspace, today: date, asked: Sequence[object], *, encrypted: bool) -> Warm | None:
        """None where nothing is kept: somebody has a workbook open, a password is in use, or there is no place for a cache."""
        if space.busy or encrypted or not space.files:
            return None
        cache = Cache.of(space.root)
        if cache is None:
            return None
        begun = time.time_ns()
        return cls(space, cache, *_key(space, today, asked), begun)

    def answer(self) -> Answer | None:
        """What would be printed now, if nothing has changed since it was kept."""
        raw = self.cache.get(KIND, self.key)
        if raw is None:
            return None
        try:
            body = json.loads(raw)
            kept = Answer(body["printed"], int(body["status"]), list(body["scans"]))
            looks = body["looks"]
        except (ValueError, KeyError, TypeError):
            return None
        return kept if _looks(self.space.root, kept.scans) == looks else None

    def keep(self, answer: Answer, read: Mapping[str, str], today: date, asked: Sequence[object]) -> None:
        """Keep what the next run would print. read: the workbooks as they were read, by their SHA-256.

        The run has written its memory by now, so the key is made anew, of the workbooks as they were read; nothing is kept where
        anything moved meanwhile.
        """
        self.key, prints = _key(self.space, today, asked, read)
        looks = _looks(self.space.root, answer.scans, self.begun)
        if looks is None or prints != self.prints:
            return
        body = {"printed": answer.printed, "status": answer.status, "scans": answer.scans, "looks": looks}
        self.cache.put(KIND, self.key, json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _key(space: Workspace, today: date, asked: Sequence[object], read: Mapping[str, str] | None = None) -> tuple[str, dict[str, str]]:
    """The fingerprint of everything, and of each workbook. read: those that are known."""
    told, prints = hashlib.sha256(), dict[str, str]()

    def tell(*words: object) -> None:
        told.update("\x1f".join(map(str, words)).encode("utf-8", "surrogatepass") + b"\x1e")

    tell(__version__, *_program(), today, *asked, space.whole, space.declared, sorted(space.wanted or ()), space.wanted is None)
    tell(*sorted(space.settings.values.items()), *space.copies)
    layouts = sorted((space.root / FOLDER / "layouts").glob("*.json"))
    for name, path in (*space.files, *((p.name, p) for p in (space.root / FOLDER / FILE, *layouts))):
        try:
            prints[name] = (read or {}).get(name) or print_of(path)
        except OSError as error:
            prints[name] = str(error.errno)
        tell(name, prints[name])
    prints.pop(FILE, None)  # the memory of a run is written by the run itself
    return told.hexdigest(), prints


def program() -> str:
    """The fingerprint of the program and of the libraries that it runs on."""
    return hashlib.sha256(repr((__version__, sys.version, *_program())).encode()).hexdigest()


@cache
def _program() -> tuple[object, ...]:
    """The program's own files and the libraries that are installed: one that was changed judges anew."""
    told: list[object] = []
    for place in sys.path:
        if place.endswith(("site-packages", "dist-packages")) and os.path.isdir(place):  # noqa: PTH112
            told.append(os.stat(place).st_mtime_ns)  # noqa: PTH116
    root = Path(__file__).parent.parent
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if f != "__pycache__"]
        for name in files:
            if name.endswith((".py", ".tsv")):
                found = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118  some 600 files, each time
                told.append(found.st_mtime_ns ^ found.st_size)
    return tuple(told)


def _looks(root: Path, scans: Sequence[str], before: int | None = None) -> str | None:
    """How the scans look: there or not, their sizes and times. before: None is given where one was changed after that moment, in ns."""
    told = hashlib.sha256()
    for name in scans:
        try:
            found = os.stat(os.path.join(root, name.replace("\\", "/")))  # noqa: PTH116, PTH118  as many as there are papers
        except (OSError, ValueError):
            told.update(b"-;")
            continue
        if before is not None and found.st_mtime_ns >= before:
            return None
        told.update(b"%d %d %d;" % (found.st_mtime_ns, found.st_size, found.st_mode))
    return told.hexdigest()
