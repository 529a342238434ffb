"""The register as the deadlines ask for it: columns by name, and small steps over them.

A rule passes its view here, which refuses what the rule's card does not name; a command passes `Whole`. Each module
says in NEEDS what it asks for, in the words of a card, so that a card can name it all: `needs=audits.NEEDS`.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from ownerbook.calendar.months import FOREVER as FOREVER
from ownerbook.register.keys import Keys, Reference
from ownerbook.register.persons import Acting, Named, Persons
from ownerbook.register.policy import Policy
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.understood import NO_DAY, Understood
from ownerbook.schema.cells import Bools, Ints


class SheetColumns(Protocol):
    """One sheet: its columns as attributes (`files.created_on`), its keys, what it refers to."""

    def __getattr__(self, field: str) -> Understood:
        """A column, understood."""

    def __len__(self) -> int:
        """How many rows there are."""

    @property
    def keys(self) -> Keys:
        """The keys of the sheet."""

    @property
    def first(self) -> Bools:
        """Rows that are not a repeat of an earlier key."""

    def ref(self, field: str) -> Reference:
        """What a referring column points to."""

    def acting(self, field: str) -> Acting:
        """Who a column of staff names."""

    def named(self, field: str) -> Named:
        """Whom a column names whose cells hold several people."""


class Columns(Protocol):
    """The sheets as attributes (`book.files`), and the policy in force."""

    def __getattr__(self, sheet: str) -> SheetColumns:
        """A sheet."""

    def has(self, need: str) -> bool:
        """Whether a sheet (`loans`) or a column (`loans.file_no`) that may be absent is there."""

    @property
    def policy(self) -> Policy:
        """The parameters in force."""

    @property
    def persons(self) -> Persons:
        """人员, for matching texts that are not in a column of staff."""

    def id_of(self, text: str) -> int:
        """The number of a canonical text, -1 where no column holds it."""

    def text_of(self, number: int) -> str:
        """The canonical text of a number."""


class WholeSheet:
    """One sheet of a register, without limits."""

    def __init__(self, register: Register, sheet: str) -> None:
        self._register, self._sheet = register, sheet

    def __getattr__(self, field: str) -> Understood:
        return self._register.column(self._sheet, field)

    def __len__(self) -> int:
        self._register.note(f"{self._sheet}.")
        return len(self._register.tables[self._sheet])

    @property
    def keys(self) -> Keys:
        """The keys of the sheet."""
        return self._register.keys(self._sheet)

    @property
    def first(self) -> Bools:
        """Rows that are not a repeat of an earlier key."""
        return self._register.keys(self._sheet).first

    def ref(self, field: str) -> Reference:
        """What a referring column points to."""
        return self._register.reference(self._sheet, field)

    def acting(self, field: str) -> Acting:
        """Who a column of staff names."""
        return self._register.acting(self._sheet, field)

    def named(self, field: str) -> Named:
        """Whom a column names whose cells hold several people."""
        self._register.note("staff")
        return self._register.persons.named(self._register.column(self._sheet, field), self._register.day_of_act(self._sheet, field))


class Whole:
    """A register, without limits: what a command passes to the deadlines."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def __getattr__(self, sheet: str) -> WholeSheet:
        return WholeSheet(self._register, sheet)

    def has(self, need: str) -> bool:
        """Whether a sheet or a column is there."""
        sheet, _, column = need.partition(".")
        self._register.note(f"{sheet}.")
        table = self._register.tables.get(sheet)
        return table is not None and (not column or table.has(column))

    @property
    def policy(self) -> Policy:
        """The parameters in force."""
        return self._register.policy

    @property
    def persons(self) -> Persons:
        """人员, for matching texts that are not in a column of staff."""
        self._register.note("staff")
        return self._register.persons

    def id_of(self, text: str) -> int:
        """The number of a canonical text, -1 where no column holds it."""
        return self._register.names.known(text)

    def text_of(self, number: int) -> str:
        """The canonical text of a number."""
        return self._register.names[number]


def needed(*needs: str) -> str:
    """Several needs as one, each word once."""
    return " ".join(dict.fromkeys(word for need in needs for word in need.split()))


def complete(book: Columns, sheet: str, *fields: str) -> bool:
    """Whether an optional sheet is there with these columns."""
    return book.has(sheet) and all(book.has(f"{sheet}.{f}") or not BY_FIELD[sheet].by_field[f].required for f in fields)


def single(sheet: SheetColumns, key: Understood) -> Bools:
    """Rows of which anything may be concluded from other sheets: the key can be read and stands there once."""
    return key.ok & ~sheet.keys.is_doubled(key.ids)


def latest(at: Ints, days: Ints, size: int) -> Ints:
    """Of each row of another table the latest day that points to it, NO_DAY for none; `at` -1 points nowhere."""
    out = np.full(size, NO_DAY, np.int32)
    there = at >= 0
    np.maximum.at(out, at[there], days[there])
    return out


def pointed(at: Ints, mask: Bools, size: int) -> Bools:
    """Rows of another table to which a row of `mask` points."""
    out = np.zeros(size, bool)
    out[at[mask & (at >= 0)]] = True
    return out


def follow(values: Ints, at: Ints, missing: int = -1) -> Ints:
    """values[at], `missing` where `at` is -1."""
    out = np.full(len(at), missing, values.dtype)
    there = at >= 0
    out[there] = values[at[there]]
    return out


def followed(mask: Bools, at: Ints) -> Bools:
    """mask[at], False where `at` is -1."""
    out = np.zeros(len(at), bool)
    there = at >= 0
    out[there] = mask[at[there]]
    return out


def positions(mask: Bools) -> Ints:
    """The positions at which a mask is true."""
    return np.flatnonzero(mask).astype(np.int32)


def days_of(column: Understood) -> Ints:
    """The days of a column of dates, NO_DAY where none can be read."""
    return np.where(column.ok, column.days, NO_DAY).astype(np.int32)
