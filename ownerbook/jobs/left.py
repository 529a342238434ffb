"""What left the house: the journal's entries of exports and of what was shown in full, and which export a file in hand is."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.reports.tell_left import Entry
from ownerbook.schema.disk_words import why
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import print_of
from ownerbook.storage.journal import Journal, JournalDamaged

NUMBER = re.compile(r"(?:编号|No\.)\s*([0-9]{8}-[0-9]{3,6})")
PROPERTIES = ("docProps/core.xml", "meta.xml")
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Recognised:
    """An export that a file is. same: to the byte; else only the number in it is that of the export, and it was saved anew or changed."""

    entry: Entry
    same: bool


def left(space: Workspace) -> list[Entry]:
    """The entries, oldest first. Raises Unusable where the journal cannot be read."""
    try:
        return [Entry(e.number, e.at, e.kind, e.data) for e in Journal(space.root).entries("export", "access")]
    except (OSError, JournalDamaged) as error:
        raise Unusable(Text("日志读不了，请运行 ownerbook verify", "the journal cannot be read; run ownerbook verify")) from error


def recognised(space: Workspace, path: Path) -> Recognised | None:
    """Which export a file is, by its fingerprint, else by the number that stands in its properties; None where it is none of this workspace.
    Raises Unusable where it cannot be read."""
    if not path.is_file():
        raise Unusable(Text(f"找不到 {path}，请检查路径", f"{path} does not exist; check the path"))
    exports = [e for e in left(space) if e.kind == "export"]
    try:
        mine = print_of(path)
        number = _number(path)
    except OSError as error:
        raise Unusable(Text(f"{path} 读不了：{why(error).zh}", f"{path} cannot be read: {why(error).en}")) from None
    for same in (True, False):
        for e in exports:
            if (e.data.get("sha256") == mine) if same else (number and e.data.get("no") == number):
                return Recognised(e, same)
    return None


def _number(path: Path) -> str:
    """The number of an export as its title says it, '' where there is none."""
    try:
        with zipfile.ZipFile(path) as package:
            for name in PROPERTIES:
                if name in package.namelist():
                    with package.open(name) as part:
                        found = NUMBER.search(part.read(_MOST_BYTES).decode("utf-8", "replace"))
                    if found:
                        return found[1]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return ""
    return ""
