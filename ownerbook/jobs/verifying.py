"""Whether journal and kept versions are what they were, and what this machine itself remembers of the newest entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from ownerbook.storage import remembered
from ownerbook.storage.journal import Entry, Journal
from ownerbook.storage.proving import Examined, examine

ACCEPTED = "accepted"


def verify(root: Path, *, noted: Mapping[int, str] | None = None) -> Examined:
    """Examine everything, against the heads that were noted elsewhere and the one that this machine remembers. A sound one is remembered."""
    found = examine(root, sealed=noted)
    if (told := remembered.estranged(Journal(root))) is not None:
        found.troubles.append(told)
    if not found.troubles and found.entries:
        remembered.remember(root, found.entries, found.head)
    return found


def accept(root: Path, found: Examined) -> int:
    """After a restore that a person asked for: this machine remembers the restored head from now on, else `verify` would miss for ever what was
    written after the backup. Gives the number of the entry that it had remembered where that was a later one, 0 else."""
    before = remembered.furthest(root)
    if before <= found.entries:
        return 0
    numbers = Journal(root).numbers()
    if numbers:
        remembered.remember(root, numbers[-1], Journal(root).read(numbers[-1]).fingerprint, everywhere=True)
    return before


def accept_as_it_is(root: Path, *, reason: str, by: str, at: datetime) -> Entry | None:
    """A person says that the history is meant to be what it is now: that is written into the journal, with what was remembered, and remembered.

    None where the journal holds what is remembered, so that there is nothing to accept. Raises OSError, JournalDamaged.
    """
    journal = Journal(root)
    known = remembered.recall(root)
    if known is None or remembered.estranged(journal) is None:
        return None
    entry = journal.append(ACCEPTED, {"number": known.number, "fingerprint": known.fingerprint, "reason": reason, "by": by}, at=at)
    remembered.remember(root, entry.number, entry.fingerprint)
    return entry
