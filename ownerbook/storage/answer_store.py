"""Answers that hold on, kept in the journal: an entry `answered` names all of them, what staff wrote lies in its personal part.

`.ownerbook/answers.json` says which entry is the newest, so that nobody need read the whole journal; it is believed only as far as it goes.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from ownerbook.reconcile.open_answers import OpenAnswer
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import write_atomically
from ownerbook.storage.journal import FOLDER, Entry, Journal, JournalDamaged

ENTRY: Final = "answered"
FILE: Final = "answers.json"
LOOK_AGAIN: Final = 200  # entries after which the pointer is moved on, though nothing was answered


@dataclass(slots=True)
class Answered:
    """What holds on. entry: the journal's number, 0 for none."""

    answers: list[OpenAnswer] = field(default_factory=list)
    entry: int = 0


def load(root: Path) -> Answered:
    """What holds on, the oldest first. Raises JournalDamaged."""
    entry = newest(root)
    return Answered(_answers(entry, Journal(root).detail_of(entry)), entry.number) if entry is not None else Answered()


def known(root: Path) -> list[OpenAnswer]:
    """What holds on, for reports; none where the journal cannot be read, which `verify` and every writing command tell."""
    try:
        return load(root).answers
    except (JournalDamaged, OSError):
        return []


def save(root: Path, answers: Sequence[OpenAnswer], *, at: datetime, came: int = 0, ended: int = 0) -> Entry:
    """Keep what holds on now. came, ended: how many were answered and came to an end. Raises OSError, JournalDamaged."""
    data: dict[str, Any] = {
        "open": [[a.id, a.answer, a.code, a.sheet, a.since.isoformat(), a.day.isoformat(), a.book] for a in answers],
        "came": came,
        "ended": ended,
    }
    said = {a.id: [a.who, a.note, a.file] for a in answers if a.who or a.note or a.file}
    entry = Journal(root).append(ENTRY, data, at=at, detail={"answers": said} if said else None)
    _point(root, entry.number, entry.number)
    return entry


def newest(root: Path) -> Entry | None:
    """The entry that names what holds on. Raises JournalDamaged."""
    journal = Journal(root)
    numbers = journal.numbers()
    if not numbers:
        return None
    upto, number = pointer(root)
    if number not in numbers or upto > numbers[-1]:
        upto, number = 0, 0
    since = 0
    for n in reversed(numbers):
        if n <= upto:
            break
        since += 1
        entry = journal.read(n)
        if entry.kind == ENTRY:
            return entry
    found = journal.read(number) if number else None
    if since >= LOOK_AGAIN:
        with contextlib.suppress(OSError):
            _point(root, numbers[-1], number)
    return found if found is not None and found.kind == ENTRY else None


def verifying(journal: Journal, day: date) -> int:
    """How many problems were being verified at the end of a day. Raises JournalDamaged."""
    entry = next((e for e in journal.backwards(ENTRY) if e.at.date() <= day), None)
    return sum(a.answer == "待核实" for a in _answers(entry, {})) if entry is not None else 0


def pointer(root: Path) -> tuple[int, int]:
    """Up to which entry the journal was looked through, and the newest answer's entry among them; zeros where that is not known."""
    try:
        body = json.loads((root / FOLDER / FILE).read_bytes())
        return int(body["upto"]), int(body["entry"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0


def _point(root: Path, upto: int, entry: int) -> None:
    raw = json.dumps({"upto": upto, "entry": entry}).encode()
    write_atomically(root / FOLDER / FILE, raw + b"\n", private=True)


def _answers(entry: Entry, detail: dict[str, Any]) -> list[OpenAnswer]:
    said = detail.get("answers", {})
    out = []
    try:
        for ident, answer, code, sheet, since, day, book in entry.data["open"]:
            who, note, file = said.get(ident, ("", "", ""))
            out.append(OpenAnswer(ident, answer, code, sheet, date.fromisoformat(since), date.fromisoformat(day), who, note, file, book))
    except (ValueError, KeyError, TypeError):
        zh, en = f"日志第 {entry.number} 条（问题清单的答复）读不懂", f"the journal entry {entry.number} (answers) cannot be understood"
        raise JournalDamaged(Text(zh, en)) from None
    return out
