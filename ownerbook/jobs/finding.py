"""`ownerbook find`: an answer out of the index, which follows the register; the index is made anew where anything it rests on has changed.

The index lies in this machine's cache, readable by its owner only. It is never made of workbooks that have a password. Where it is damaged,
missing, or cannot be kept, the register is read and the answer is the same.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ownerbook import __version__
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Text
from ownerbook.search.asking import Hit, find
from ownerbook.search.card import Card
from ownerbook.search.index import Damaged, Index, packed
from ownerbook.storage.atomic import print_of
from ownerbook.storage.cache import Cache
from ownerbook.storage.journal import Journal, JournalDamaged
from ownerbook.storage.secret import secret_of

FILE = "find.index"
LIMIT = 12
"""Houses on one screen."""
_STILL = 2_000_000_000
"""ns that must lie between a file's last change and its being read, for its times to tell that it has not changed since."""
_ROOMS = ("adopt", "deadlines", "identifiers", "register", "schema", "search", "workbook")
_BEARING = ("applied", "typed", "applying")  # entries that tell of changed cells


@dataclass(slots=True)
class Found:
    """What was found. total: how many cards; hits and cards: the first of them, the likeliest first. notes: what else is to be said."""

    total: int
    hits: list[Hit]
    cards: list[Card]
    notes: list[Text]


@dataclass(frozen=True, slots=True)
class Reveal:
    """Somebody is shown names and numbers in full: who, why, when."""

    by: str
    reason: str
    at: datetime


def look(
    space: Workspace, words: Sequence[str], today: date, *, password: str | None = None, reveal: Reveal | None = None, limit: int | None = LIMIT
) -> Found:
    """Find words in a workspace. reveal: names and numbers in full, once the journal says who asked for whom and why.

    Raises Unusable where nothing was asked, and where what is to be revealed cannot be journalled.
    """
    if not "".join(words).strip():
        zh = "没有写明找什么；可以是姓名、拼音、房号、电话、证件号末几位、档号、位置"
        raise Unusable(Text(zh, "nothing to find was named: a name, a house, a phone, the end of a document number, a file or a place"))
    secret = secret_of(space.root, make=reveal is not None)
    notes: list[Text] = []
    if reveal is not None:
        with _read(space, today, password, secret, notes, masked=False) as index:
            found = _answer(index, words, secret, limit, notes)
        _note(space, words, reveal, found, secret)
        return found
    for index in _kept(space, password):
        with suppress(Damaged, OSError, ValueError, KeyError, IndexError, TypeError):
            return _answer(index, words, secret, limit, [Text(zh, en) for zh, en in index.stamp["notes"]])
    with _read(space, today, password, secret, notes, masked=True) as index:
        return _answer(index, words, secret, limit, notes)


def _answer(index: Index, words: Sequence[str], secret: bytes, limit: int | None, notes: list[Text]) -> Found:
    hits = find(index, words, secret)
    first = hits if limit is None else hits[:limit]
    return Found(len(hits), first, index.cards([h.card for h in first]), notes)


def _kept(space: Workspace, password: str | None) -> Iterator[Index]:
    """The index that was kept, if it still holds."""
    cache = Cache.of(space.root) if password is None else None
    if cache is None:
        return
    try:
        index = Index.of(cache.folder / FILE)
    except (OSError, Damaged, ValueError, KeyError, TypeError):
        return
    try:
        with suppress(OSError, ValueError, KeyError, TypeError, JournalDamaged):
            if _holds(space, index.stamp):
                yield index
    finally:
        index.close()


@contextmanager
def _read(space: Workspace, today: date, password: str | None, secret: bytes, notes: list[Text], *, masked: bool) -> Iterator[Index]:
    """Read the register, and keep the index of it where that may be kept."""
    from ownerbook.jobs.history import changes
    from ownerbook.jobs.reading import read_register
    from ownerbook.search.gathering import gather

    cache = Cache.of(space.root) if masked and password is None else None
    stamp = _stamp(space)
    read = read_register(space, today, password=password)
    notes += read.notes
    past = []
    try:
        past = list(changes(Journal(space.root)))
    except (JournalDamaged, OSError, KeyError, ValueError, TypeError):
        zh = "日志读不了，没有查从前的号码；请运行 ownerbook verify"
        notes.append(Text(zh, "the journal cannot be read, so former numbers were not searched; run ownerbook verify"))
        cache = None
    stamp["notes"] = [(n.zh, n.en) for n in notes]
    data = packed(gather(read.register, past, secret, masked=masked), stamp)
    same = all(stamp["files"].get(name, ["", ""])[-1] == print_ for name, print_ in read.fingerprints.items())
    if cache is not None and same:
        _keep(cache, data)
    index = Index(io.BytesIO(data))
    yield index


def _keep(cache: Cache, data: bytes) -> None:
    from ownerbook.storage.atomic import private_folder, write_atomically

    with suppress(OSError):
        write_atomically(private_folder(cache.folder) / FILE, data, private=True)


def _stamp(space: Workspace) -> dict[str, Any]:
    """All that an index rests on: workbooks by time, size, place on the disk and fingerprint; the settings, the journal, the program."""
    files = {name: _seen(path, fingerprint=True) for name, path in space.files}
    return {"files": files, "rest": _rest(space), "head": _head(space.root), "program": _program()}


def _holds(space: Workspace, stamp: dict[str, Any]) -> bool:
    """Whether the register is still what it was. A workbook whose times say nothing is held against its fingerprint."""
    if stamp["rest"] != _rest(space) or stamp["program"] != _program() or set(stamp["files"]) != {name for name, _ in space.files}:
        return False
    for name, path in space.files:
        seen = stamp["files"][name]
        if seen[:-1] == _seen(path) and seen[0]:
            continue
        if seen[-1] != _seen(path, fingerprint=True)[-1]:
            return False
    head = _head(space.root)
    if head == stamp["head"]:
        return True
    if head[0] <= stamp["head"][0]:
        return False
    journal = Journal(space.root)
    return all(journal.read(n).kind not in _BEARING for n in range(stamp["head"][0] + 1, head[0] + 1))


def _seen(path: Path, *, fingerprint: bool = False) -> list[Any]:
    """A file's marks; the first is false where it was changed so lately that they prove nothing."""
    import time

    found = path.stat()
    newest = max(found.st_mtime_ns, found.st_ctime_ns)
    out: list[Any] = [time.time_ns() - newest > _STILL, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino]
    if not fingerprint:
        return out
    return [*out, print_of(path)]


def _head(root: Path) -> list[Any]:
    """The newest entry of the journal: its number and fingerprint."""
    try:
        told = json.loads(Journal(root).head_file.read_bytes())
        return [int(told["number"]), str(told["fingerprint"])]
    except (OSError, ValueError, KeyError, TypeError):
        return [0, ""]


def _rest(space: Workspace) -> str:
    """The settings, the layouts that were confirmed, and how files count."""
    told = hashlib.sha256(repr((sorted(space.settings.values.items(), key=str), space.copies, space.busy)).encode("utf-8", "surrogatepass"))
    for path in sorted((space.root / ".ownerbook" / "layouts").glob("*.json")):
        told.update(path.name.encode("utf-8", "surrogatepass") + path.read_bytes())
    return told.hexdigest()


def _program() -> str:
    """The program that reads registers: another one may read them otherwise."""
    told = hashlib.sha256(__version__.encode())
    root = Path(__file__).parent.parent
    for room in _ROOMS:
        for folder, _, files in os.walk(root / room):
            for name in files:
                if name.endswith((".py", ".tsv")):
                    found = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118  some 300 files, each time
                    told.update(b"%d %d;" % (found.st_mtime_ns, found.st_size))
    return told.hexdigest()


def _note(space: Workspace, words: Sequence[str], reveal: Reveal, found: Found, secret: bytes) -> None:
    """The access journal: whose data was shown to whom and why; what was typed only as a check value. Raises Unusable."""
    from ownerbook.identifiers import masks
    from ownerbook.search.asking import check_value

    shown = sorted({k for c in found.cards for k in (*(p["key"] for p in c.people), *(f["file_no"] for f in c.files)) if k})
    data = {"command": "find", "by": reveal.by, "reason": masks.auto(reveal.reason), "asked": check_value(secret, " ".join(words)), "records": shown}
    try:
        Journal(space.root).append("access", data, at=reveal.at)
    except (OSError, JournalDamaged) as error:
        zh = "查阅记不进日志，所以不显示全部内容；请检查 .ownerbook 文件夹能否写入"
        en = "the access cannot be journalled, so nothing is shown in full; see whether .ownerbook can be written"
        raise Unusable(Text(zh, en)) from error
