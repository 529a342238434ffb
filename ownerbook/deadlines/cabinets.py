"""How full the cabinets are: files in their places against 容量 (register.md 位置)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Whole, complete, positions


@dataclass(slots=True)
class Cabinet:
    """A cabinet. places: how many it has; files: in them; over: places that hold more than their 容量."""

    room: str
    cabinet: str
    places: int = 0
    capacity: int = 0
    files: int = 0
    over: int = 0

    @property
    def load(self) -> float | None:
        """Files to 容量, None where there is none."""
        return self.files / self.capacity if self.capacity else None


def cabinets(book: Whole) -> list[Cabinet]:
    """The cabinets in order of room and number; none without 位置. A lent file keeps its place."""
    if not complete(book, "locations", "location_no", "room", "cabinet", "capacity"):
        return []
    place = book.locations
    held = np.zeros(len(place), np.int64)
    if book.has("files"):
        f = book.files
        at = f.ref("location").row
        mine = f.first & (at >= 0) & ~f.status.is_("已移交", "已销毁", "遗失")
        np.add.at(held, at[mine], 1)
    found: dict[tuple[str, str], Cabinet] = {}
    for row, room, cabinet in _rows(book):
        one = found.setdefault((room, cabinet), Cabinet(room, cabinet))
        capacity = int(place.capacity.numbers[row]) if place.capacity.ok[row] else 0
        one.places += 1
        one.capacity += capacity
        one.files += int(held[row])
        one.over += int(held[row]) > capacity
    return [found[key] for key in sorted(found)]


def _rows(book: Whole) -> Iterator[tuple[int, str, str]]:
    place = book.locations
    for row in positions(place.first & place.location_no.ok).tolist():
        yield row, place.room.text(row) if place.room.ok[row] else "", place.cabinet.text(row) if place.cabinet.ok[row] else ""
