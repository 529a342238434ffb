"""What is asked for: cells to set and rows to append, as plain data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Value = str | int | float | bool | dt.date | None  # a datetime is a date too; None empties the cell

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class _Any:
    """Any old value will do."""

    def __repr__(self) -> str:
        return "ANY"


ANY: Final = _Any()


@dataclass(frozen=True)
class SetCell:
    """Set one cell, as Excel names it (`sheet="业主"`, `cell="F12"`).

    `expect` is the value that the cell must hold now, else the edit is refused; `ANY` does not ask. `identifier` writes
    the value as text, shows it through the text format, and blanks the old text where it would stay behind.
    """

    sheet: str
    cell: str
    value: Value
    expect: object = ANY
    identifier: bool = False


@dataclass(frozen=True)
class AppendRow:
    """Write a row under the rows of a sheet: values by column letter.

    `after` is the number of the row under which it goes; without it, the last row that holds anything. `identifiers` are
    the columns that hold identifiers. Several rows under the same row follow each other in the order of the edits.
    """

    sheet: str
    values: Mapping[str, Value]
    identifiers: frozenset[str] = frozenset()
    after: int | None = None


Edit = SetCell | AppendRow


def column_number(letters: str) -> int:
    """The number of a column, from 1; 0 for what is no column."""
    n = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        n = n * 26 + ord(letter) - 64
    return n if n <= LAST_COLUMN else 0


def column_letters(number: int) -> str:
    """The letters of a column, from its number counted from 1."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def position(cell: str) -> tuple[int, int] | None:
    """Row and column of a reference such as `F12`, from 1; None for what is none."""
    found = _CELL.fullmatch(cell)
    if not found:
        return None
    row, column = int(found[2]), column_number(found[1])
    return (row, column) if column and 1 <= row <= LAST_ROW else None


def cell_name(row: int, column: int) -> str:
    """`F12`."""
    return f"{column_letters(column)}{row}"
