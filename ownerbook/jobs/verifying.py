"""Whether journal and kept versions are what they were, and what this machine itself remembers of the newest entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ownerbook.storage.atomic import write_atomically
from ownerbook.storage.identity import IdentityDamaged, read_identity, state_folder
from ownerbook.storage.journal import Journal
from ownerbook.storage.proving import Examined, examine


def verify(root: Path, *, noted: Mapping[int, str] | None = None) -> Examined:
    """Examine everything, against the heads that were noted elsewhere and the one that this machine remembers. A sound one is remembered."""
    remembered = _remembered(root)
    sealed = {**({remembered[0]: remembered[1]} if remembered else {}), **(noted or {})}
    found = examine(root, sealed=sealed)
    if not found.troubles and found.entries:
        remember(root, found.entries, found.head)
    return found


def accept(root: Path, found: Examined) -> int:
    """After a restore that a person asked for: this machine remembers the restored head from now on, else `verify` would miss for ever what was
    written after the backup. Gives the number of the entry that it had remembered where that was a later one, 0 else."""
    before = _remembered(root)
    if before is None or before[0] <= found.entries:
        return 0
    numbers = Journal(root).numbers()
    if numbers:
        remember(root, numbers[-1], Journal(root).read(numbers[-1]).fingerprint)
    return before[0]


def remember(root: Path, number: int, fingerprint: str) -> None:
    """Note the newest entry on this machine's own disk, where whoever can write the share cannot reach it. Nothing is said if it cannot be."""
    path = _file(root)
    if path is not None:
        try:
            write_atomically(path, json.dumps({"number": number, "fingerprint": fingerprint}).encode(), private=True)
        except OSError:
            return


def _remembered(root: Path) -> tuple[int, str] | None:
    path = _file(root)
    try:
        body = json.loads(path.read_bytes()) if path else {}
        return int(body["number"]), str(body["fingerprint"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(root: Path) -> Path | None:
    try:
        known = read_identity(root)
        return state_folder() / f"head-{known.id}.json" if known else None
    except (OSError, IdentityDamaged):
        return None
