"""What a check keeps for the next one: tabs as read, and what each rule said. Only where it pays, and never of workbooks with a password."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ownerbook.jobs.workspace import Workspace
from ownerbook.rules.memory import Memory, Said, Unit
from ownerbook.storage import layouts
from ownerbook.storage.cache import Cache
from ownerbook.storage.shelf import DiskShelf, can_be_kept
from ownerbook.workbook.book import Book

PAYS_FROM = 1 << 20  # bytes of workbooks; smaller ones are read faster than looked up
_SAID = "said"


@dataclass(slots=True)
class Keeping:
    """The shelf of a workspace, and what the rules said on the day of the last run."""

    shelf: DiskShelf
    memory: Memory

    @classmethod
    def of(cls, space: Workspace, program: str, today: date) -> Keeping | None:
        """None where nothing is kept: too small to pay, staff's own layouts, or no place for it."""
        if (space.root / layouts.FOLDER / layouts.LAYOUTS).is_dir() or _size(space) < PAYS_FROM:
            return None
        cache = Cache.of(space.root)
        if cache is None:
            return None
        shelf = DiskShelf(cache.folder, program)
        parcel = shelf.take(_SAID)
        meta = parcel.meta if parcel is not None else {}
        units = {name: _unit(u) for name, u in meta["units"].items()} if meta.get("today") == today else {}
        return cls(shelf, Memory(units, dict(meta["spelled"]) if units else {}, keepable=can_be_kept))

    def finish(self, books: Iterable[Book], today: date) -> None:
        """Keep what the rules said and what was made of the texts, where anything new was; let go of what is not needed any more."""
        for book in books:
            if book.keeping is not None:
                book.keeping.put_texts()
        if len(self.memory.units) > self.memory.again or not self.memory.known:
            units = self.memory.sealed()
            spelled = self.memory.sealed_spellings(units)
            self.shelf.put(_SAID, {"today": today, "units": {name: _plain(u) for name, u in units.items()}, "spelled": spelled}, {})
        self.shelf.sweep()


def _size(space: Workspace) -> int:
    total = 0
    for _, path in space.files:
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total


def _plain(unit: Unit) -> tuple[object, ...]:
    said = [(s.sheet, s.row, s.field, s.suggestion, s.at, s.code, s.finding) for s in unit.said]
    return unit.rests, said, unit.called


def _unit(kept: tuple[Mapping[str, str], list[tuple[object, ...]], list[tuple[str, ...]]]) -> Unit:
    rests, said, called = kept
    return Unit(dict(rests), [Said(*s) for s in said], called)  # type: ignore[arg-type]  # proved by the shelf
