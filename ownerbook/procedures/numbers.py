"""What the next row is called and where the next file stands: numbers and free places, each given once however many acts are planned together."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ownerbook.reconcile.cell import DEFAULT_KEYS
from ownerbook.register.proposal import NextKeys
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.cells import Longs

FIRST_KEYS = {**DEFAULT_KEYS, "disposals": "CZ001"}
_LEFT = ("已移交", "已销毁", "遗失")


class Numbers:
    """Gives numbers and places of a register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._next: dict[str, NextKeys] = {}
        self._serials: dict[str, int] = {}
        self._fallback: dict[str, int] = {}

    def next(self, sheet: str) -> str:
        """The next key of a sheet."""
        if sheet not in self._register.tables:
            self._fallback[sheet] = self._fallback.get(sheet, 0) + 1
            head = FIRST_KEYS.get(sheet, "001").rstrip("0123456789")
            return f"{head}{self._fallback[sheet]:04d}"
        if sheet not in self._next:
            self._next[sheet] = NextKeys(self._register.column(sheet, BY_FIELD[sheet].key.field), FIRST_KEYS.get(sheet, "001"))
        return self._next[sheet].next()

    def file_no(self, house: str) -> str:
        """The next 档号 of a house (canonical) by policy 档号格式: a serial is never used again, nor is that of a file under an older number of
        the same house."""
        serial = max(self._serials.get(house, 0), self._of_files.get(house, 0)) + 1
        self._serials[house] = serial
        return str(self._register.policy.file_format.write(house, serial))

    @cached_property
    def _of_files(self) -> dict[str, int]:
        out: dict[str, int] = {}
        if "files" not in self._register.tables:
            return out
        numbers, houses = self._register.column("files", "file_no"), self._register.column("files", "house_no")
        form = self._register.policy.file_format
        for row in np.flatnonzero(numbers.ok).tolist():
            parts = form.parse(numbers.text(row))
            if parts is not None:
                for house in {parts.house, houses.text(row) if houses.ok[row] else parts.house}:
                    out[house] = max(out.get(house, 0), parts.serial)
        return out

    def place(self, building: str) -> str:
        """A place with room: where files of the building stand, else in their cabinet, else the emptiest cabinet's first; '' where all are full.

        A place that is given is taken from then on.
        """
        if self._places is None or not len(self._places[0]):
            return ""
        names, cabinets, capacity = self._places
        free = capacity - self._held > 0
        if not free.any():
            return ""
        here = self._buildings.get(building)
        here = here if here is not None else np.zeros(len(names), np.int64)
        beside = np.bincount(cabinets, weights=here, minlength=int(cabinets.max()) + 1)[cabinets]
        others = np.where(here > 0, 0, self._held)  # rather an empty box than one of another building
        order = np.lexsort((np.arange(len(names)), others, -beside, -here))
        at = int(order[free[order]][0])
        self._held[at] += 1
        here = here.copy()
        here[at] += 1
        self._buildings[building] = here
        return names[at]

    @cached_property
    def _places(self) -> tuple[list[str], Longs, Longs] | None:
        """Numbers of the places in their order, their cabinets, how many files each takes."""
        register = self._register
        if "locations" not in register.tables:
            return None
        number, capacity = register.column("locations", "location_no"), register.column("locations", "capacity")
        good = np.flatnonzero(number.ok & register.keys("locations").first & capacity.ok)
        table = register.tables["locations"]
        rows = sorted(good.tolist(), key=number.text)
        cabinet = {c: n for n, c in enumerate(sorted({(table.found("room", r), table.found("cabinet", r)) for r in rows}))}
        of = np.array([cabinet[table.found("room", r), table.found("cabinet", r)] for r in rows], np.int64)
        return [number.text(r) for r in rows], of, np.array([int(capacity.numbers[r]) for r in rows], np.int64)

    @cached_property
    def _held(self) -> Longs:
        """How many files each place holds."""
        return sum(self._standing.values(), np.zeros(len(self._places[0]) if self._places else 0, np.int64))

    @cached_property
    def _buildings(self) -> dict[str, Longs]:
        return dict(self._standing)

    @cached_property
    def _standing(self) -> dict[str, Longs]:
        """Building → how many of its files stand at each place."""
        out: dict[str, Longs] = {}
        register = self._register
        if self._places is None or "files" not in register.tables:
            return out
        at = {name: n for n, name in enumerate(self._places[0])}
        place, houses = register.column("files", "location"), register.column("files", "house_no")
        gone = register.column("files", "status").is_(*_LEFT)
        for row in np.flatnonzero(place.ok & ~gone & register.keys("files").first).tolist():
            n = at.get(place.text(row), -1)
            if n >= 0:
                mine = out.setdefault(building_of(register, houses.text(row) if houses.ok[row] else ""), np.zeros(len(at), np.int64))
                mine[n] += 1
        return out


def building_of(register: Register, house: str) -> str:
    """The building in a house's number; of a shop or a parking place its prefix."""
    parts = register.policy.house_format.parse(house) if house else None
    return "" if parts is None else parts.building or parts.prefix or ""


def usual_retention(register: Register) -> str:
    """The 保管期限 of a new file: what most files have, else the longest that policy offers."""
    choices: tuple[str, ...] = tuple(register.policy.retentions)
    if "files" in register.tables:
        column = register.column("files", "retention")
        counts = [int(column.is_(c).sum()) for c in choices]
        if any(counts):
            return choices[counts.index(max(counts))]
    return choices[0]
