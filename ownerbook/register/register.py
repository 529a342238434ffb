"""The register: all sheets of a workspace as tables, understood on demand, each column once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import numpy as np

from ownerbook.register.keys import Keys, Reference
from ownerbook.register.names import Names
from ownerbook.register.persons import Acting, Persons
from ownerbook.register.policy import Policy
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.understanding import Context, understand
from ownerbook.register.understood import NO_DAY, Understood
from ownerbook.schema.cells import Ints
from ownerbook.schema.kinds import Reference as RefersTo
from ownerbook.schema.kinds import StaffMember
from ownerbook.schema.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from ownerbook.calendar.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that only the file shows, noted while reading, judged by a rule.

    kind: a key that a card names. row and column count as Excel does, None where they do not apply. values fill the
    card's message. table: field name of the sheet that it bears on, '' for none.
    """

    kind: str
    workbook: str
    tab: str | None = None
    row: int | None = None
    column: int | None = None
    table: str = ""
    header: str | None = None
    record: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    suggestion: str | None = None


ABSENT = "absent"
Result = TypeVar("Result")


@dataclass(slots=True)
class Watched:
    """What something rests on: `owners.phone` (a column), `owners.` (rows and sources of a sheet), `staff` (all of it).

    called: spellings that were met, each as (text, key), and columns while understanding which any were, as (name in `Register.spelled`,).
    """

    rests: set[str] = field(default_factory=set)
    called: dict[tuple[str, ...], None] = field(default_factory=dict)


class Register:
    """All tables, the policy in force, and the day on which they are judged.

    tables: by field name of the sheet; an absent sheet has no entry. facts: what only the files show. policy: where another register's
    holds, as for copies of it.
    """

    def __init__(self, tables: Mapping[str, Table], today: date, *, facts: Sequence[Fact] = (), policy: Policy | None = None) -> None:
        self.tables = dict(tables)
        self.today = today
        self.facts = list(facts)
        self.names = Names(next((t.pool for t in self.tables.values()), None))
        self.policy = Policy.read(self.tables.get("policy")) if policy is None else policy
        self._columns: dict[tuple[str, str], Understood] = {}
        self._keys: dict[str, Keys] = {}
        self._references: dict[tuple[str, str], Reference] = {}
        self._acting: dict[tuple[str, str], Acting] = {}
        self.spelled: dict[str, list[tuple[str, ...]]] = {}  # by column, and what it rested on, the spellings met while it was understood
        self._once: dict[str, Any] = {}
        self._rests: dict[tuple[str, str, str], Watched] = {}
        self._watching: list[Watched] = []
        self._context = Context(self.policy, today, self.names, self.column)

    def column(self, sheet: str, field_name: str) -> Understood:
        """A column, understood."""
        known = self._columns.get((sheet, field_name))
        if known is None:
            with self._resting("column", sheet, field_name) as seen:
                seen.rests.add(f"{sheet}.{field_name}")
                known = understand(self.tables[sheet], BY_FIELD[sheet].by_field[field_name], self._context)
            if seen.called:
                name = f"{sheet}.{field_name} {self._version(seen.rests)}"
                self.spelled[name], seen.called = list(seen.called), {(name,): None}
            self._columns[sheet, field_name] = known
        self._touch("column", sheet, field_name)
        return known

    @contextmanager
    def watched(self) -> Iterator[Watched]:
        """Within it, all that anything asked for rests on is noted: what has been worked out before counts too."""
        seen = Watched()
        self._watching.append(seen)
        self.names.listening.append(seen.called)
        try:
            yield seen
        finally:
            self._watching.pop()
            self.names.listening.pop()

    @contextmanager
    def _resting(self, what: str, sheet: str, field_name: str = "") -> Iterator[Watched]:
        with self.watched() as seen:
            yield seen
        self._rests[what, sheet, field_name] = seen

    def _touch(self, what: str, sheet: str, field_name: str = "") -> None:
        if self._watching:
            seen = self._rests[what, sheet, field_name]
            self._watching[-1].rests |= seen.rests
            self._watching[-1].called |= seen.called

    def note(self, rest: str) -> None:
        """Something is looked at that is neither a column understood nor made of such: a sheet's rows and sources, its cells as they stand."""
        if self._watching:
            self._watching[-1].rests.add(rest)

    def print_of(self, rest: str) -> str:
        """The fingerprint of what `Watched` calls so; '' where it has none."""
        sheet, point, field_name = rest.partition(".")
        table = self.tables.get(sheet)
        if table is None:
            return ABSENT
        return table.prints.get(field_name, table.prints.get("", "")) if point else "".join(table.prints.values())

    def _version(self, rests: set[str]) -> str:
        return hashlib.sha256("".join(f"{r} {self.print_of(r)};" for r in sorted(rests)).encode()).hexdigest()[:16]

    def once(self, name: str, work: Callable[[], Result]) -> Result:
        """What several rules work out alike, worked out once."""
        if name not in self._once:
            with self._resting("once", name):
                self._once[name] = work()
        self._touch("once", name)
        return cast("Result", self._once[name])

    def keys(self, sheet: str) -> Keys:
        """The keys of a sheet."""
        if sheet not in self._keys:
            with self._resting("keys", sheet):
                self._keys[sheet] = Keys.of(self.column(sheet, BY_FIELD[sheet].key.field))
        self._touch("keys", sheet)
        return self._keys[sheet]

    def reference(self, sheet: str, field_name: str) -> Reference:
        """What the cells of a referring column point to. The other sheet must be there."""
        known = self._references.get((sheet, field_name))
        if known is None:
            kind = BY_FIELD[sheet].by_field[field_name].kind
            assert isinstance(kind, RefersTo)
            with self._resting("reference", sheet, field_name):
                known = self._references[sheet, field_name] = Reference.of(self.column(sheet, field_name), self.keys(kind.sheet))
        self._touch("reference", sheet, field_name)
        return known

    def frame(self, sheet: str, headers: Literal["zh", "en", "field"] = "zh") -> pd.DataFrame:
        """A sheet (借阅 or loans) as a pandas frame; see `ownerbook.register.frames.frame_of`. Raises KeyError."""
        from ownerbook.register.frames import frame_of

        return frame_of(self, sheet, headers)

    @cached_property
    def persons(self) -> Persons:
        """人员; that sheet must be there."""
        return Persons(lambda f: self.column("staff", f), self.keys("staff"), len(self.tables["staff"]))

    def day_of_act(self, sheet: str, field_name: str) -> Ints:
        """The day that counts for the person named in a column: the first filled of the columns that date the act."""
        kind = BY_FIELD[sheet].by_field[field_name].kind
        assert isinstance(kind, StaffMember)
        out = np.full(len(self.tables[sheet]), NO_DAY, np.int32)
        open_ = np.ones(len(out), bool)
        for name in kind.days:
            c = self.column(sheet, name)
            assert c.days is not None
            take = open_ & c.filled
            out[take] = np.where(c.ok, c.days, NO_DAY)[take]
            open_ &= ~take
        return out

    def acting(self, sheet: str, field_name: str) -> Acting:
        """Who is named in a column of staff, and what stands against it."""
        known = self._acting.get((sheet, field_name))
        if known is None:
            with self._resting("acting", sheet, field_name) as seen:
                seen.rests.add("staff")
                known = self.persons.acting(self.column(sheet, field_name), self.day_of_act(sheet, field_name))
            self._acting[sheet, field_name] = known
        self._touch("acting", sheet, field_name)
        return known

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working-day calendar: the sheet 日历 first, then the published years."""
        from ownerbook.calendar.workdays import WorkCalendar
        from ownerbook.register.readers.days import EPOCH

        corrections: dict[date, bool] = {}
        if "calendar" in self.tables:
            days, kind = self.column("calendar", "day"), self.column("calendar", "kind")
            assert days.days is not None
            for row in np.flatnonzero(days.ok & kind.ok):
                corrections[date.fromordinal(int(days.days[row]) + EPOCH)] = bool(kind.is_("工作日")[row])
        return WorkCalendar(corrections)
