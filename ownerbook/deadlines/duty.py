"""Whose turn it is: the person whom a row names while they are employed, else those who hold the right (register.md 人员)."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ownerbook.deadlines.columns import Columns
from ownerbook.register.declare import RIGHTS
from ownerbook.schema.cells import Ints


class Duties:
    """人员 on a day. Persons are rows of that sheet."""

    def __init__(self, book: Columns, today: int) -> None:
        self._book, self._today = book, today
        self.there = book.has("staff") and bool(len(book.staff))

    @cached_property
    def employed(self) -> frozenset[int]:
        """Who is employed today."""
        if not self.there:
            return frozenset()
        persons, first = self._book.persons, self._book.staff.first
        return frozenset(np.flatnonzero(first & (persons.joined <= self._today) & (persons.left >= self._today)).tolist())

    @cached_property
    def _holders(self) -> dict[str, tuple[int, ...]]:
        if not self.there:
            return {}
        persons = self._book.persons
        free = self.employed
        if self._book.has("staff.nda_on"):
            free = free & frozenset(np.flatnonzero(persons.agreement <= self._today).tolist())
        return {
            right: tuple(p for p, spans in enumerate(persons.spans(right)) if p in free and any(a <= self._today <= b for a, b in spans))
            for right in RIGHTS
        }

    def holders(self, right: str) -> tuple[int, ...]:
        """Who holds a right today and has signed the confidentiality agreement."""
        return self._holders.get(right, ())

    def named(self, sheet: str, field: str) -> Ints:
        """Per row of a sheet whom a column of staff names, -1 where nobody can be told."""
        columns = getattr(self._book, sheet)
        if not self.there:
            return np.full(len(columns), -1, np.int32)
        return columns.acting(field).person  # type: ignore[no-any-return]

    def turn(self, person: int, right: str, *, not_: int = -1) -> tuple[int, ...]:
        """Whose turn it is: the person named, while employed; else the holders of the right but `not_`."""
        if person in self.employed:
            return (person,)
        return tuple(p for p in self.holders(right) if p != not_)
