"""Reading a workspace: its workbooks as one register, and its files as rules may ask for them."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ownerbook.jobs.opening import password_from as password_from
from ownerbook.jobs.workspace import Workspace
from ownerbook.register.register import Fact, Register
from ownerbook.schema.cells import Pool, Styles
from ownerbook.schema.shelf import Shelf
from ownerbook.schema.words import Text
from ownerbook.storage import layouts
from ownerbook.storage.atomic import print_of
from ownerbook.storage.within import DEVICE
from ownerbook.workbook.assembly import Assembly, assemble
from ownerbook.workbook.book import Book, Unreadable
from ownerbook.workbook.marks import COPY
from ownerbook.workbook.reading import REASONS, read_book

Progress = Callable[[Text, int, int], None]
LOCKED = ("encrypted", "wrong_password", "encryption_unknown", "cannot_open", "vanished")
"""Why a workbook that is whole cannot be read by us now."""


_ELSEWHERE = re.compile(r"/|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]+://")


def leads_out(name: str) -> bool:
    """Whether a path out of a cell is none within the workspace, by its words alone: absolute, on another machine, an address, up and out; on
    Windows also a device or a stream of another file."""
    plain = name.strip().replace("\\", "/")
    depth = 0
    for part in plain.split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return True
        if os.name == "nt" and (DEVICE.fullmatch(part) or ":" in part):
            return True
    return "\0" in plain or _ELSEWHERE.match(plain) is not None


class Folder:
    """The files of a workspace, as rules may ask for them. Nothing outside it is looked at, no link is followed."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._prints: dict[str, str] = {}
        self._names: dict[Path, dict[str, str]] = {}

    def _path(self, name: str) -> Path | None:
        if leads_out(name):  # before anything is looked at: to look at \\\\host\\share is to sign in there
            return None
        path = self._root / name.replace("\\", "/")
        try:
            if not path.exists():
                path = self._nearly(name)
            return path if path.resolve().is_relative_to(self._root) else None
        except (OSError, ValueError):
            return None

    def _nearly(self, name: str) -> Path:
        """The file whose name differs in nothing but its kind of spaces or the composition of its letters: cells are read without the difference."""
        here = self._root
        for part in name.replace("\\", "/").split("/"):
            if part in ("", ".", "..") or (here / part).exists() or not here.is_dir():
                here = here / part
                continue
            if here not in self._names:
                self._names[here] = {_plain(p.name): p.name for p in here.iterdir()}
            here = here / self._names[here].get(_plain(part), part)
        return here

    def exists(self, name: str) -> bool:
        """Whether a file of that name lies in the workspace."""
        path = self._path(name)
        try:
            return path is not None and path.is_file()
        except (OSError, ValueError):
            return False

    def sha256(self, name: str) -> str:
        """The fingerprint of a file, '' where it cannot be read."""
        if name not in self._prints:
            path = self._path(name)
            try:
                self._prints[name] = print_of(path) if path is not None and path.is_file() else ""  # a pipe would never end
            except (OSError, ValueError):
                self._prints[name] = ""
        return self._prints[name]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))


@dataclass(slots=True)
class Books:
    """The workbooks of a workspace, read.

    ours: names of files that ownerbook made or handed out; working_copies: those of them that are stamped copies, with their stamp;
    names: of the workbooks that hold the register; locked: of those that are whole and closed to us.
    """

    read: list[tuple[str, Book]] = field(default_factory=list)
    ours: set[str] = field(default_factory=set)
    working_copies: dict[str, str] = field(default_factory=dict)
    pool: Pool = field(default_factory=Pool)
    styles: Styles = field(default_factory=Styles)
    facts: list[Fact] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    fingerprints: dict[str, str] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)


def read_books(
    space: Workspace, password: str | None, progress: Progress | None, *, beside: Books | None = None, shelf: Shelf | None = None
) -> Books:
    """Read every workbook of a workspace; one that cannot be read is a fact. beside: texts go into the same pool as those of that reading.

    shelf: where tabs are kept as read; not for workbooks with a password.
    """
    books = Books(pool=Pool(shelf.hash_key if shelf is not None else 0)) if beside is None else Books(pool=beside.pool, styles=beside.styles)
    for n, (name, path) in enumerate(space.files):
        if progress:
            progress(Text(f"读取 {name}", f"reading {name}"), n, len(space.files))
        try:
            book = read_book(path, pool=books.pool, styles=books.styles, password=password, called=name, shelf=shelf)
        except Unreadable as e:
            zh, en = REASONS[e.reason]
            told = {"reason": Text(*(_first(s)[0] for s in (zh, en))), "remedy": Text(*(_first(s)[1] for s in (zh, en)))}
            books.facts.append(Fact("unreadable", name, values=told))
            if e.reason in LOCKED:
                books.locked.add(name)
            continue
        if book.properties.keys() & {"ownerbook.kind", COPY}:
            books.ours.add(name)
            if COPY in book.properties:
                books.working_copies[name] = book.properties[COPY]
            continue
        books.names.add(name)
        books.fingerprints[name] = book.fingerprint
        books.read.append((name, book))
    for name, original in space.copies:
        books.facts.append(Fact("conflict-copy", name, values={"original": original}))
    return books


def stray_copies(root: Path, books: Books) -> list[Text]:
    """What is to be said of working copies that lie among the register; one that was saved over its own original is told as that."""
    out = []
    for name, stamp in books.working_copies.items():
        if _original(root, stamp) == name:
            zh = f"{name} 现在是发出去的工作副本，原工作簿被它替换了；请把它移到「收件箱」，再用 ownerbook restore 取回原工作簿"
            en = f"{name} is now a working copy that was handed out; it took its original's place: move it to 收件箱 and restore the original"
        else:
            zh = f"{name} 是发出的工作副本，不当作登记簿读取；请移到「收件箱」"
            en = f"{name} is a working copy and not read as register; move it to 收件箱"
        out.append(Text(zh, en))
    return out


def _original(root: Path, stamp: str) -> str:
    """The workbook that a stamp was given out for, '' where that is not known."""
    from ownerbook.jobs.copying import entry_of
    from ownerbook.storage.journal import JournalDamaged

    try:
        entry = entry_of(root, stamp)
    except (JournalDamaged, OSError):
        return ""
    return str(entry.data.get("workbook", "")) if entry else ""


def _first(text: str) -> tuple[str, str]:
    """The first sentence, and the rest."""
    for mark in ("。", ". "):
        head, sep, tail = text.partition(mark)
        if sep:
            return head, tail.strip() or head
    return text, text


def assembled(space: Workspace, books: Books) -> Assembly:
    """The workbooks as tables; staff's own ledgers through the layouts that were confirmed in this workspace."""
    if not space.declared or not (space.root / layouts.FOLDER / layouts.LAYOUTS).is_dir():
        return assemble(books.read, books.pool, books.styles)
    from ownerbook.adopt.assembling import reader
    from ownerbook.jobs.adopt import remembered

    return assemble(books.read, books.pool, books.styles, reader(remembered(space.root), books.pool, books.styles))


@dataclass(slots=True)
class Read:
    """A workspace as read: the register, its folder, the fingerprint of each workbook, and what else is to be said."""

    register: Register
    disk: Folder
    fingerprints: dict[str, str]
    notes: list[Text]
    books: Books = field(default_factory=Books)


def read_register(
    space: Workspace, today: date, *, password: str | None = None, progress: Progress | None = None, beside: Read | None = None
) -> Read:
    """Read a workspace without judging it. Workbooks that cannot be read are told in the notes.

    beside: another reading with which this one is to be compared; both then share one pool of texts.
    """
    books = read_books(space, password, progress, beside=beside.books if beside else None)
    assembly = assembled(space, books)
    notes = []
    for fact in books.facts:
        if fact.kind == "unreadable":
            reason = fact.values["reason"]
            assert isinstance(reason, Text)
            notes.append(Text(f"{fact.workbook} 读不了，没有计入：{reason.zh}", f"{fact.workbook} could not be read and is left out: {reason.en}"))
    notes += stray_copies(space.root, books)
    for name, who in space.busy:
        by = f"({who})" if who else ""
        notes.append(Text(f"{name}：有人正打开对应的工作簿{by}，按磁盘上的内容计算", f"{name}: open elsewhere{by}; reckoned as it lies on disk"))
    return Read(Register(assembly.tables, today, facts=[*books.facts, *assembly.facts]), Folder(space.root), books.fingerprints, notes, books)
