"""Columns of a register as lists of texts, and cards by house."""

from __future__ import annotations

import re
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH, FIRST_DAY, LAST_DAY
from ownerbook.register.register import Register
from ownerbook.schema.cells import Ints
from ownerbook.search.card import Card

_PIECES = re.compile(r"(\d+)")


def texts(register: Register, sheet: str, field: str) -> list[str]:
    """A column as texts: in canonical form where it can be read, as found elsewhere, '' for blank cells and where no workbook has it."""
    table = register.tables[sheet]
    if not table.has(field):
        return [""] * len(table)
    column = register.column(sheet, field)
    if column.ids is None:
        return [table.found(field, row) if filled else "" for row, filled in enumerate(column.filled.tolist())]
    numbers, where = np.unique(column.ids, return_inverse=True)
    names = [column.names[n] if n >= 0 else "" for n in numbers.tolist()]
    out = [names[i] for i in where.tolist()]
    for row in np.flatnonzero(column.filled & (column.ids < 0)).tolist():
        out[row] = table.found(field, row)
    return out


def said(register: Register, sheet: str, field: str) -> list[str]:
    """A column of listed values as texts; what is not on the list as found."""
    table = register.tables[sheet]
    if not table.has(field):
        return [""] * len(table)
    column = register.column(sheet, field)
    out = [column.options[n] if n >= 0 else "" for n in column.choice.tolist()]
    for row in np.flatnonzero(column.filled & (column.choice < 0)).tolist():
        out[row] = table.found(field, row)
    return out


def days(numbers: Ints) -> list[str]:
    """Days as YYYY-MM-DD, '' for none."""
    return [date.fromordinal(n + EPOCH).isoformat() if FIRST_DAY <= n <= LAST_DAY else "" for n in numbers.tolist()]


class Cards:
    """One card a house; a row whose house is blank gets a card of its own."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.list: list[Card] = []
        self._by_house: dict[str, int] = {}

    def new(self, house: str) -> int:
        """A new card."""
        self.list.append(Card(house))
        return len(self.list) - 1

    def of(self, sheet: str, *, blank: int | None = None) -> list[int]:
        """For each row of a sheet the number of its card. blank: what a row without a house gets instead of a card of its own."""
        out = []
        for house in texts(self._register, sheet, "house_no"):
            number = self._by_house.get(house) if house else None
            if number is None:
                if not house and blank is not None:
                    out.append(blank)
                    continue
                number = self.new(house)
                if house:
                    self._by_house[house] = number
            out.append(number)
        return out

    def sorted(self) -> list[int]:
        """The cards in the order of their houses: numbers as numbers; those without a house last."""

        def key(number: int) -> tuple[bool, list[tuple[int, str]]]:
            house = self.list[number].house
            return not house, [(int(p), "") if p.isdecimal() else (-1, p) for p in _PIECES.split(house)]

        return sorted(range(len(self.list)), key=key)
