"""The journal: write-once files, each naming the fingerprint of the one before.

`.ownerbook/journal/000012.json` is one entry. What is personal in it (old and new values) lies in a file of its own under
`.ownerbook/details/`, named by its fingerprint, which the entry names: so what an entry says stays provable after a detail
had to be deleted by law. `.ownerbook/head.json` names the newest entry, so that one taken off the end is missed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ownerbook.schema.words import Text
from ownerbook.storage import remembered
from ownerbook.storage.atomic import private_folder
from ownerbook.storage.disk import Disk

FOLDER: Final = ".ownerbook"
NOTHING_BEFORE: Final = "0" * 64
_NAME = re.compile(r"(\d{6,})\.json")
_TRIES: Final = 50


class JournalDamaged(Exception):
    """The journal cannot be continued or read: the file and the remedy."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.zh)
        self.message = message


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. before: the fingerprint of the entry before it. detail: the fingerprint of its personal part, '' for none."""

    number: int
    at: datetime
    kind: str
    data: Mapping[str, Any]
    before: str
    fingerprint: str
    detail: str = ""


@dataclass(slots=True)
class Journal:
    """The journal of a workspace; the folder is made with the first entry."""

    root: Path
    disk: Disk = field(default_factory=Disk)

    @property
    def folder(self) -> Path:
        """Where the entries lie."""
        return self.root / FOLDER / "journal"

    @property
    def details(self) -> Path:
        """Where the personal parts lie."""
        return self.root / FOLDER / "details"

    @property
    def head_file(self) -> Path:
        """The file that names the newest entry."""
        return self.root / FOLDER / "head.json"

    def append(self, kind: str, data: Mapping[str, Any], *, at: datetime, detail: Mapping[str, Any] | None = None) -> Entry:
        """Write an entry. `at` carries its zone. Raises OSError where it cannot be written, JournalDamaged where the last one cannot be read."""
        private_folder(self.root / FOLDER)
        private_folder(self.folder)
        print_ = self.keep_detail(detail) if detail is not None else ""
        for _ in range(_TRIES):
            last = self.last()
            number = last.number + 1 if last else 1
            body = {
                "number": number,
                "at": at.isoformat(timespec="seconds"),
                "kind": kind,
                "before": last.fingerprint if last else NOTHING_BEFORE,
                "data": dict(data),
            }
            if print_:
                body["detail"] = print_
            raw = _encoded(body)
            target = self.folder / f"{number:06d}.json"
            draft = self.folder / f".{number:06d}.{hashlib.sha256(raw).hexdigest()[:12]}.part"
            try:
                self.disk.create(draft, raw)
                self.disk.place(draft, target)
            except FileExistsError:  # somebody else took the number: chain to theirs
                self.disk.remove(draft)
                continue
            except OSError:
                self.disk.remove(draft)
                raise
            self.disk.flush_folder(self.folder)
            entry = _entry(raw, target)
            self._point(entry)
            remembered.advance(self, entry)
            return entry
        raise JournalDamaged(Text("日志一直被别的程序占用，请稍后再试", "the journal is being written by others all the time; try again later"))

    def keep_detail(self, detail: Mapping[str, Any]) -> str:
        """Keep a personal part; gives its fingerprint. Raises OSError."""
        raw = _encoded(detail)
        print_ = hashlib.sha256(raw).hexdigest()
        target = private_folder(self.details) / f"{print_}.json"
        if not target.exists():
            draft = self.details / f".{print_[:16]}.part"
            self.disk.create(draft, raw)
            self.disk.replace(draft, target)
            self.disk.flush_folder(self.details)
        return print_

    def _point(self, entry: Entry) -> None:
        draft = self.head_file.with_name(f".head.{entry.number}.part")
        self.disk.create(draft, _encoded({"number": entry.number, "fingerprint": entry.fingerprint}))
        self.disk.replace(draft, self.head_file)

    def numbers(self) -> list[int]:
        """The numbers of the entries that are there, in order."""
        try:
            names = [p.name for p in self.folder.iterdir()]
        except FileNotFoundError:
            return []
        return sorted(int(m[1]) for n in names if (m := _NAME.fullmatch(n)))

    def read(self, number: int) -> Entry:
        """One entry. Raises JournalDamaged where it is missing or is no entry."""
        path = self.folder / f"{number:06d}.json"
        try:
            return _entry(self.disk.read(path), path)
        except OSError:
            zh, en = f"日志 {path.name} 缺失，请从备份恢复", f"the journal entry {path.name} is missing; restore it from a backup"
            raise JournalDamaged(Text(zh, en)) from None

    def last(self) -> Entry | None:
        """The newest entry, None for an empty journal."""
        numbers = self.numbers()
        return self.read(numbers[-1]) if numbers else None

    def entries(self, *kinds: str) -> list[Entry]:
        """All entries, of some kinds only where kinds are named, oldest first. Raises JournalDamaged."""
        return [e for e in map(self.read, self.numbers()) if not kinds or e.kind in kinds]

    def newest(self, *kinds: str) -> Entry | None:
        """The newest entry of these kinds."""
        return next(self.backwards(*kinds), None)

    def backwards(self, *kinds: str) -> Iterator[Entry]:
        """Entries from the newest on, read as they are asked for."""
        for number in reversed(self.numbers()):
            entry = self.read(number)
            if not kinds or entry.kind in kinds:
                yield entry

    def unfinished(self) -> Entry | None:
        """The write that was begun and has no end, None where there is none."""
        for entry in self.backwards("applying", "applied", "abandoned"):
            return entry if entry.kind == "applying" else None
        return None

    def detail_of(self, entry: Entry) -> dict[str, Any]:
        """The personal part of an entry; empty where it has none or where it was deleted. Raises JournalDamaged for one that was changed.

        Of a part from which data was taken by law, what is left.
        """
        from ownerbook.storage.redacted import follow

        if not entry.detail:
            return {}
        path = self.details / f"{entry.detail}.json"
        try:
            raw = self.disk.read(path)
        except OSError:
            path = self.details / f"{follow(self.details, entry.detail)}.json"
            try:
                raw = self.disk.read(path)
            except OSError:
                return {}
        if hashlib.sha256(raw).hexdigest() != path.stem:
            zh, en = f"{path.name} 的内容被改过，请从备份恢复", f"{path.name} has been changed; restore it from a backup"
            raise JournalDamaged(Text(zh, en))
        found = json.loads(raw)
        return found if isinstance(found, dict) else {}


def _encoded(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8", "surrogatepass") + b"\n"


def _entry(raw: bytes, path: Path) -> Entry:
    try:
        body = json.loads(raw)
        number, at, kind, before = int(body["number"]), datetime.fromisoformat(body["at"]), str(body["kind"]), str(body["before"])
        data, detail = dict(body["data"]), str(body.get("detail", ""))
    except (ValueError, KeyError, TypeError):
        zh, en = f"日志 {path.name} 读不了，请从备份恢复", f"the journal entry {path.name} cannot be read; restore it from a backup"
        raise JournalDamaged(Text(zh, en)) from None
    return Entry(number, at, kind, data, before, hashlib.sha256(raw).hexdigest(), detail)
