"""What stands where: the places in walking order, how many files each holds, has out and has room for (register.md 位置, judging.md I06).

A file takes its place while it is 待整理, 在库, 借出 or 已归档; one that is out keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns, complete
from ownerbook.deadlines.standing import files_out
from ownerbook.schema.cells import Bools, Longs

STANDING = ("待整理", "在库", "借出", "已归档")
"""档案状态 of files that take a place."""
NEEDS = "locations.location_no locations.room locations.cabinet locations.shelf locations.box? locations.capacity files.location files.status"
_DIGITS = re.compile(r"(\d+)")

Order = tuple[tuple[int, int, str], ...]


def walking(text: str) -> Order:
    """A number of places, houses or files as it is sorted: digits by value, the rest by its letters."""
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in _DIGITS.split(text) if p)


@dataclass(frozen=True, slots=True)
class Places:
    """One entry a place, in walking order: room, cabinet, shelf, box.

    rows: of 位置. number, room, cabinet, shelf, box: as written, box '' where there is none. capacity: 容量, -1 where it cannot be told.
    held: files whose place it is; out: those of them that are lent. at: per row of 档案 its place as a position here, -1 for none;
    standing: files that take a place.
    """

    rows: Longs
    number: tuple[str, ...]
    room: tuple[str, ...]
    cabinet: tuple[str, ...]
    shelf: tuple[str, ...]
    box: tuple[str, ...]
    capacity: Longs
    held: Longs
    out: Longs
    at: Longs
    standing: Bools

    def __len__(self) -> int:
        return len(self.number)

    @property
    def free(self) -> Longs:
        """How many more files each takes; 0 where it is full, over or its 容量 cannot be told."""
        out: Longs = np.maximum(0, np.where(self.capacity < 0, 0, self.capacity - self.held))
        return out

    @property
    def over(self) -> Longs:
        """How many files stand there beyond 容量."""
        out: Longs = np.maximum(0, np.where(self.capacity < 0, 0, self.held - self.capacity))
        return out

    def files(self, place: int) -> list[int]:
        """Rows of 档案 that stand at a place."""
        return [int(r) for r in np.flatnonzero(self.standing & (self.at == place))]

    def of_files(self) -> list[list[int]]:
        """Per place the rows of 档案 that stand there, all at once."""
        out: list[list[int]] = [[] for _ in self.number]
        for row in np.flatnonzero(self.standing & (self.at >= 0)).tolist():
            out[int(self.at[row])].append(row)
        return out

    def group(self, place: int, *, shelf: bool = True) -> tuple[str, ...]:
        """The shelf (or the cabinet) of a place; 1 and 01 are the same."""
        parts = (self.room[place], self.cabinet[place], self.shelf[place])
        return tuple(_plain(p) for p in (parts if shelf else parts[:2]))

    def shelves(self, chosen: Sequence[int]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
        """Shelves with their places, in walking order, of the places chosen."""
        return self._grouped(chosen, shelf=True)

    def cabinets(self, chosen: Sequence[int]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
        """Cabinets with their places."""
        return self._grouped(chosen, shelf=False)

    def _grouped(self, chosen: Sequence[int], *, shelf: bool) -> Iterator[tuple[tuple[str, ...], list[int]]]:
        out: dict[tuple[str, ...], list[int]] = {}
        for place in chosen:
            out.setdefault(self.group(place, shelf=shelf), []).append(place)
        yield from out.items()

    def under(self, text: str) -> list[int]:
        """The places that a number names: itself, or all of a shelf, a cabinet or a room by the beginning of their numbers."""
        wanted = [_plain(p) for p in re.split(r"[-\u2014\uff0d/ ]+", text.strip().upper()) if p]
        if not wanted:
            return []
        return [n for n, parts in enumerate(self._parts()) if parts[: len(wanted)] == wanted]

    def _parts(self) -> list[list[str]]:
        return [[_plain(p) for p in number.upper().split("-")] for number in self.number]


def places(book: Columns) -> Places:
    """The places of a register; none without 位置."""
    none = np.zeros(0, np.int64)
    files = len(book.files) if book.has("files") else 0
    nowhere, gone = np.full(files, -1, np.int64), np.zeros(files, bool)
    if not complete(book, "locations", "location_no", "room", "cabinet", "shelf", "capacity"):
        return Places(none, (), (), (), (), (), none, none, none, nowhere, gone)
    c = book.locations

    def text(name: str, row: int) -> str:
        column = getattr(c, name)
        return str(column.text(row)) if column.ok[row] else ""

    names = ["room", "cabinet", "shelf", *(["box"] if book.has("locations.box") else [])]
    good = np.flatnonzero(c.first & c.location_no.ok).tolist()
    told = {row: (text("location_no", row), *(text(n, row) for n in names)) for row in good}
    order = sorted(good, key=lambda row: tuple(walking(_plain(t) if n else t) for n, t in enumerate((*told[row][1:], told[row][0]))))
    lines = [told[row] if len(names) == 4 else (*told[row], "") for row in order]
    rows = np.array(order, np.int64)
    capacity = np.where(c.capacity.ok[rows], np.nan_to_num(c.capacity.numbers[rows], nan=-1), -1).astype(np.int64) if len(rows) else none
    at, standing, out = nowhere, gone, gone
    if files:
        position = np.full(len(c) + 1, -1, np.int64)
        position[rows] = np.arange(len(rows))
        f = book.files
        at = position[f.ref("location").row]  # -1 finds the last, which is none
        standing = f.first & f.status.is_(*STANDING)
        out = standing & _out(book)
    size = len(rows)
    here = standing & (at >= 0)
    held = np.bincount(at[here], minlength=size).astype(np.int64)
    lent = np.bincount(at[here & out], minlength=size).astype(np.int64)
    number, room, cabinet, shelf, box = (tuple(line[i] for line in lines) for i in range(5))
    return Places(rows, number, room, cabinet, shelf, box, capacity, held, lent, at, standing)


def _out(book: Columns) -> Bools:
    out: Bools = book.files.status.is_("借出")
    if complete(book, "loans", "loan_no", "file_no", "lent_on", "returned_on", "condition"):
        out = out | (files_out(book) >= 0)
    return out


def _plain(part: str) -> str:
    return part.lstrip("0") or part[:1] if part.isdigit() else part
