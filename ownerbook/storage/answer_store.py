"""Answers that hold on, kept in the journal: an entry `answered` names all of them, what staff wrote lies in its personal part.

`.ownerbook/answers.json` says which entry is the newest, so that nobody need read the whole journal; it is believed only as far as it goes.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
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
Counts = Mapping[str, int]
LOOK_AGAIN: Final = 200  # entries after which the pointer is moved on, though nothing was answered


@dataclass(frozen=True, slots=True)
class Told:
    """What came of the answers of a day. counts: how many by outcome; lines: plain data of those that could not be taken, masked."""

    day: date
    counts: Counts = field(default_factory=dict)
    lines: Sequence[Sequence[Any]] = ()


@dataclass(slots=True)
class Answered:
    """What holds on. entry: the journal's number, 0 for none. told: what came of the last answers, None for none."""

    answers: list[OpenAnswer] = field(default_factory=list)
    entry: int = 0
    told: Told | None = None


def load(root: Path) -> Answered:
    """What holds on, the oldest first. Raises JournalDamaged."""
    entry = newest(root)
    if entry is None:
        return Answered()
    detail, said = Journal(root).detail_of(entry), entry.data.get("told")
    told = Told(date.fromisoformat(said["day"]), dict(said["counts"]), detail.get("lines", ())) if said else None
    return Answered(_answers(entry, detail), entry.number, told)


def known(root: Path) -> Answered:
    """What holds on, for reports; nothing where the journal cannot be read, which `verify` and every writing command tell."""
    try:
        return load(root)
    except (JournalDamaged, OSError):
        return Answered()


def save(root: Path, answers: Sequence[OpenAnswer], *, at: datetime, told: Told | None = None, ended: int = 0) -> Entry:
    """Keep what holds on now. told: what came of the last answers; ended: how many came to an end. Raises OSError, JournalDamaged."""
    data: dict[str, Any] = {
        "open": [[a.id, a.answer, a.code, a.sheet, a.since.isoformat(), a.day.isoformat(), a.book] for a in answers],
        "ended": ended,
    }
    if told is not None:
        data["told"] = {"day": told.day.isoformat(), "counts": dict(told.counts)}
    said = {a.id: [a.who, a.note, a.file] for a in answers if a.who or a.note or a.file}
    lines = [list(line) for line in told.lines] if told is not None else []
    detail = {k: v for k, v in (("answers", said), ("lines", lines)) if v}
    entry = Journal(root).append(ENTRY, data, at=at, detail=detail or None)
    _point(root, entry.number, entry.number)
    return entry


def newest(root: Path) -> Entry | None:
    """The entry that names what holds on. Raises JournalDamaged."""
    journal = Journal(root)
    numbers = journal.numbers()
    if not numbers:
        return None
    upto, number = pointer(root)
    if (number and number not in numbers) or upto > numbers[-1]:
        upto, number = 0, 0
    for n in reversed(numbers):
        if n <= upto:
            break
        entry = journal.read(n)
        if entry.kind == ENTRY:
            return entry
    found = journal.read(number) if number else None
    return found if found is not None and found.kind == ENTRY else None


def refresh(root: Path) -> None:
    """Move the pointer on where much was written since, though nothing was answered. Raises JournalDamaged."""
    numbers = Journal(root).numbers()
    if numbers and numbers[-1] - pointer(root)[0] >= LOOK_AGAIN:
        entry = newest(root)
        with contextlib.suppress(OSError):
            _point(root, numbers[-1], entry.number if entry is not None else 0)


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
