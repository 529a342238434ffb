"""Which files should move: out of places that hold more than their 容量, to places that they name none of, and where asked for to those of
their own building. As few as can be: each file moves once, and none that need not. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.places import Places, places, walking
from ownerbook.procedures.moving import Move
from ownerbook.procedures.numbers import building_of
from ownerbook.procedures.situation import Situation
from ownerbook.register.register import Register
from ownerbook.schema.cells import Longs
from ownerbook.schema.words import Text


@dataclass(slots=True)
class Proposed:
    """Moves in walking order of where the files stand, and what is to be said. over: files beyond 容量 before; left: after."""

    moves: list[Move] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    over: int = 0
    left: int = 0


def rebalance(register: Register, *, together: bool = False, unplaced: bool = False) -> Proposed:
    """What to move. together: files that stand among those of another building go to a place of their own, where one has room; unplaced:
    files without 存放位置 are given one. A file on loan is moved only where nothing else makes room.
    """
    out = Proposed()
    if any(s not in register.tables for s in ("files", "locations")):
        return out
    work = _Shelving(register, out)
    work.surplus()
    if unplaced:
        work.unplaced()
    if together:
        work.strays()
    order = {number: n for n, number in enumerate(work.p.number)}
    out.moves.sort(key=lambda m: (order.get(m.was, len(order)), walking(m.file_no)))
    return out


class _Shelving:
    """The cabinet while moves are chosen."""

    def __init__(self, register: Register, out: Proposed) -> None:
        self.register, self.out = register, out
        self.p: Places = places(Whole(register))
        self.held = self.p.held.copy()
        self.number = register.column("files", "file_no")
        houses = register.column("files", "house_no")
        known: dict[str, str] = {}
        self.building: list[str] = []
        for row in range(len(self.p.at)):
            house = houses.text(row) if houses.ok[row] else ""
            if house not in known:
                known[house] = building_of(register, house)
            self.building.append(known[house])
        self.of: dict[str, Longs] = {}
        for row in np.flatnonzero(self.p.standing & (self.p.at >= 0)).tolist():
            self._mine(self.building[row])[self.p.at[row]] += 1
        size = len(self.p)
        shelves = {g: n for n, g in enumerate(dict.fromkeys(self.p.group(i) for i in range(size)))}
        cabinets = {g: n for n, g in enumerate(dict.fromkeys(self.p.group(i, shelf=False) for i in range(size)))}
        self.shelf = np.array([shelves[self.p.group(i)] for i in range(size)], np.int64)
        self.cabinet = np.array([cabinets[self.p.group(i, shelf=False)] for i in range(size)], np.int64)
        self.situation = Situation(register)
        self.moved: set[int] = set()

    def _mine(self, building: str) -> Longs:
        return self.of.setdefault(building, np.zeros(len(self.p), np.int64))

    def surplus(self) -> None:
        """As many files leave each place as are there beyond 容量: those of the rarest building there, of equal ones the last numbers."""
        here = self.p.of_files()
        self.out.over = int(self.p.over.sum())
        for place in np.flatnonzero(self.p.over).tolist():
            order = sorted(here[place], key=lambda f: walking(self.number.text(f)), reverse=True)
            order.sort(key=lambda f: (self._lent(f), int(self._mine(self.building[f])[place])))
            for file in order[: int(self.p.over[place])]:
                if not self._go(file, place, self._to(file, place)):
                    self.out.left += 1
        if self.out.left:
            zh = f"还有 {self.out.left} 份放不下：没有别的空位，请先登记新的位置"
            self.out.notes.append(Text(zh, f"{self.out.left} files find no room elsewhere; register new places first"))

    def unplaced(self) -> None:
        """Files without any 存放位置."""
        table, lost = self.register.tables["files"], 0
        for file in np.flatnonzero(self.p.standing & (self.p.at < 0)).tolist():
            if not table.found("location", file):
                lost += not self._go(file, -1, self._to(file, -1))
        if lost:
            self.out.notes.append(Text(f"{lost} 份没有位置的档案找不到空位", f"{lost} files without a place find no room"))

    def strays(self) -> None:
        """Files that stand among those of another building, where a place that is mostly their own building's has room. Again until none is
        left that can go: who goes makes room for others."""
        while self._strays():
            pass

    def _strays(self) -> bool:
        most = np.zeros(len(self.p), np.int64)
        for counts in self.of.values():
            most = np.maximum(most, counts)
        start = {b: counts.copy() for b, counts in self.of.items()}
        before = len(self.out.moves)
        for file in np.flatnonzero(self.p.standing & (self.p.at >= 0)).tolist():
            place, building = int(self.p.at[file]), self.building[file]
            if file in self.moved or start[building][place] == most[place] or self._lent(file):
                continue
            own = (start[building] == most) & (start[building] > 0)
            self._go(file, place, self._to(file, place, own))
        return len(self.out.moves) > before

    def _lent(self, file: int) -> bool:
        return "loans" in self.register.tables and self.situation.loan(file) >= 0

    def _to(self, file: int, place: int, among: np.ndarray | None = None) -> int:
        """A place with room, -1 for none: one that holds files of the building, as near as can be, else the emptiest of the building's cabinet."""
        mine = self._mine(self.building[file])
        fit = (np.maximum(0, self.p.capacity) - self.held) > 0
        if among is not None:
            fit &= among
        if place >= 0:
            fit[place] = False
        if not fit.any():
            return -1
        near = np.full(len(self.p), 2, np.int64)
        if place >= 0:
            near[self.cabinet == self.cabinet[place]] = 1
            near[self.shelf == self.shelf[place]] = 0
        beside = np.bincount(self.cabinet, weights=mine, minlength=int(self.cabinet.max()) + 1)[self.cabinet]
        others = np.where(mine > 0, 0, self.held)
        order = np.lexsort((np.arange(len(self.p)), others, -beside, -mine, near, mine == 0))
        return int(order[fit[order]][0])

    def _go(self, file: int, place: int, to: int) -> bool:
        if to < 0:
            return False
        self.moved.add(file)
        mine = self._mine(self.building[file])
        self.held[to] += 1
        mine[to] += 1
        if place >= 0:
            self.held[place] -= 1
            mine[place] -= 1
        was = self.register.tables["files"].found("location", file)
        self.out.moves.append(Move(self.register.tables["files"].found("file_no", file), self.p.number[to], was))
        return True
