"""A community as it is being made: rows by sheet, and what a mistake is expected to be told as."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.reports.register_book import Cell

AS_OF = date(2026, 10, 31)
LEDGER_FROM = date(2024, 11, 1)  # loans, changes and audits are kept from here on; disposals since the community began


@dataclass(eq=False, slots=True)
class Row:
    """One row of a sheet: header → value. house: the house that it belongs to, by which staff split their workbooks."""

    sheet: str
    cells: dict[str, Cell]
    house: str = ""

    def __getitem__(self, header: str) -> Cell:
        return self.cells.get(header)

    def __setitem__(self, header: str, value: Cell) -> None:
        self.cells[header] = value

    def text(self, header: str) -> str:
        """A cell that is known to hold text."""
        value = self.cells[header]
        assert isinstance(value, str), (self.sheet, header, value)
        return value

    def day(self, header: str) -> date:
        """A cell that is known to hold a day."""
        value = self.cells[header]
        assert isinstance(value, date), (self.sheet, header, value)
        return value


@dataclass(slots=True)
class Community:
    """A community. code: the first part of its file numbers. corrections: rows of 日历."""

    name: str
    code: str
    rng: random.Random
    calendar: WorkCalendar
    tables: dict[str, list[Row]] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)  # houses whose owner has another property here
    _numbers: Counter[str] = field(default_factory=Counter)

    def add(self, sheet: str, house: str = "", /, **cells: Cell) -> Row:
        """A new last row of a sheet."""
        row = Row(sheet, cells, house)
        self.tables.setdefault(sheet, []).append(row)
        return row

    def next(self, prefix: str, width: int) -> str:
        """The next number of a kind, such as JY0001."""
        self._numbers[prefix] += 1
        return f"{prefix}{self._numbers[prefix]:0{width}d}"

    def rows(self, sheet: str, **wanted: Cell) -> Iterator[Row]:
        """The rows of a sheet in which these headers hold these values."""
        return (r for r in self.tables.get(sheet, []) if all(r[h] == v for h, v in wanted.items()))

    def one(self, sheet: str, **wanted: Cell) -> Row:
        """The first of them."""
        return next(self.rows(sheet, **wanted))

    def drop(self, sheet: str, gone: Callable[[Row], bool]) -> None:
        """Take rows out."""
        self.tables[sheet] = [r for r in self.tables[sheet] if not gone(r)]

    def between(self, first: date, last: date) -> date:
        """Any day from first to last."""
        return first + timedelta(days=self.rng.randrange(max(0, (last - first).days) + 1))

    def worked(self, day: date) -> date:
        """The day itself, or the next that is worked."""
        return self.calendar.roll(day)[0]

    def worked_before(self, day: date) -> date:
        """The day itself, or the last before it that is worked."""
        while not self.calendar.is_workday(day)[0]:
            day -= timedelta(days=1)
        return day

    def chance(self, part: float) -> bool:
        """True in this part of cases."""
        return self.rng.random() < part


@dataclass(frozen=True, slots=True)
class Expected:
    """A problem that a check must tell: where, and what happened.

    Of several rows it stands at the first by place; of two that are doubled (`later`) at the second.
    """

    code: str
    severity: str
    rows: tuple[Row, ...]
    header: str
    note: str
    later: bool = False


def plus(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)


def joined(words: Iterable[str]) -> str:
    """A list in one cell."""
    return "、".join(words)
