"""What the workbook of a month shows, apart from how it is written: numbers, tables of finished values, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from ownerbook.deadlines.month import Month
from ownerbook.deadlines.rates import Rate
from ownerbook.deadlines.statistics import BuildingTable
from ownerbook.reports.many_rows import Value
from ownerbook.schema.words import Lang, Text

Form = Literal["text", "day", "count", "center", "wrap", "rate", "link", "severity", "state"]


@dataclass(frozen=True, slots=True)
class Col:
    """A column of a table. width: in half-width characters, 0: as wide as its texts; bar: colour of its data bars, '' for none."""

    key: str
    header: Text
    form: Form = "text"
    width: float = 0
    bar: str = ""
    most: float | None = None  # what a full bar stands for


@dataclass(slots=True)
class Part:
    """A table on a sheet of its own. tints: of each row late, today, waived or none; left_out: rows that are not shown; bad: any row is too many."""

    key: str
    name: Text
    about: Text
    columns: list[Col]
    rows: list[tuple[Value, ...]] = field(default_factory=list)
    tints: list[str] = field(default_factory=list)
    left_out: int = 0
    bad: bool = False
    absent: Text | None = None
    total: tuple[Value, ...] | None = None
    counted: int | None = None  # how many of the rows count, where not all do

    @property
    def count(self) -> int:
        """How many the cover tells."""
        return len(self.rows) + self.left_out if self.counted is None else self.counted


class Known(NamedTuple):
    """The numbers of a month that was recorded: counts and rates (part, whole) by key."""

    counts: Mapping[str, int | None]
    rates: Mapping[str, tuple[int | None, int | None]]

    def value(self, key: str) -> float | None:
        """A rate, None where nothing was counted."""
        part, whole = self.rates.get(key, (None, None))
        return part / whole if whole and part is not None else None


class Made(NamedTuple):
    """From what a workbook was made. books: name, SHA-256, rows; head: the fingerprint of the journal's newest entry, '' for
    none; entry: its number. Number and the first places are the seal that `ownerbook verify` takes."""

    program: str
    at: str
    as_of: date
    books: Sequence[tuple[str, str, int | None]]
    head: str
    entry: int | None = None


@dataclass(slots=True)
class MonthBook:
    """Everything that the workbook of a month shows.

    known: earlier months as they were recorded; one that is missing was not. partial: the month is not over.
    kinds: how many problems of each kind (words, errors, warnings, notices), the most first.
    """

    month: Month
    project: str
    lang: Lang
    profile: str
    made: Made
    policy: str
    approved_by: str
    partial: bool
    counts: Mapping[str, int | None]
    rates: Mapping[str, Rate]
    mean_overdue: float | None
    known: Mapping[str, Known]
    kinds: list[tuple[Text, int, int, int]]
    houses: list[BuildingTable]
    parts: list[Part]
    small_cell: int = 5
    notes: list[Text] = field(default_factory=list)

    def part(self, key: str) -> Part:
        """A table."""
        return next(p for p in self.parts if p.key == key)

    @property
    def last(self) -> Known | None:
        """The month before, None where it was not recorded."""
        return self.known.get(self.month.back(1).name)

    def say(self, words: Text) -> str:
        """Words in the workbook's language."""
        return words.say(self.lang)
