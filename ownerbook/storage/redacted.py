"""What was rewritten or deleted by law: a pointer `<SHA-256>.sealed` stands where a kept version or the personal part of an entry stood.

It holds the fingerprint of what took its place, or nothing where nothing did. The journal's entry of kind `sealed` names all of them, so
that `verify` can tell a duty done from damage.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ownerbook.storage.disk import Disk
from ownerbook.storage.journal import FOLDER, Journal

SUFFIX: Final = ".sealed"
ENTRY: Final = "sealed"
MARK: Final = "sealing"
_CHAIN: Final = 64


def follow(folder: Path, fingerprint: str) -> str:
    """The fingerprint under which something lies now: its own where it was never rewritten, '' where it was deleted."""
    for _ in range(_CHAIN):
        try:
            fingerprint = (folder / f"{fingerprint}{SUFFIX}").read_text("ascii").strip()
        except (OSError, ValueError):
            return fingerprint
        if not fingerprint:
            return ""
    return ""


def point(folder: Path, old: str, new: str, disk: Disk) -> None:
    """Put a pointer in the place of what lies under `old`, and delete that. Whole however often it is done. Raises OSError."""
    pointer = folder / f"{old}{SUFFIX}"
    draft = folder / f".{old[:24]}.point"
    disk.create(draft, new.encode())
    disk.replace(draft, pointer)
    for path in sorted(folder.glob(f"{old}.*")):
        if path.suffix != SUFFIX:
            disk.remove(path)
            if path.exists():  # what must go by law is not left in silence
                raise OSError(errno.EACCES, "could not be deleted", str(path))
    disk.flush_folder(folder)


def rewritten(journal: Journal) -> dict[str, dict[str, str]]:
    """What the journal says was rewritten or deleted: `versions` and `details`, each old fingerprint → new, '' for deleted."""
    out: dict[str, dict[str, str]] = {"versions": {}, "details": {}}
    for entry in journal.entries(ENTRY):
        for kind, known in out.items():
            named = entry.data.get(kind, {})
            known |= {str(o): str(n) for o, n in named.items()} if isinstance(named, Mapping) else dict.fromkeys(map(str, named), "")
    return out


def begin(root: Path, disk: Disk) -> None:
    """Mark that a sealing is under way, so that whoever comes after a stop sees it at a glance. Raises OSError."""
    disk.create(root / FOLDER / MARK, b"")


def under_way(root: Path) -> bool:
    """Whether a sealing was begun and has no end."""
    return (root / FOLDER / MARK).is_file()


def over(root: Path, disk: Disk) -> None:
    """The sealing is at its end."""
    disk.remove(root / FOLDER / MARK)


def unfinished(root: Path) -> Iterator[tuple[Path, str, str]]:
    """What an entry says is rewritten and still lies there: folder, old and new fingerprint."""
    for kind, named in rewritten(Journal(root)).items():
        place = root / FOLDER / kind
        for old, new in named.items():
            if not (place / f"{old}{SUFFIX}").is_file() or any(p.suffix != SUFFIX for p in place.glob(f"{old}.*")):
                yield place, old, new
