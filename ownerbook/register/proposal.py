"""What is proposed to be written into the register: new rows and new values, as plain data. Nothing is written here."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from ownerbook.register.understood import Understood
from ownerbook.schema.words import Text

Value = str | int | float | date


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to append to a sheet: field → value; fields that are not named stay blank."""

    sheet: str
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class NewValue:
    """A cell to change. row: position in the table; old: the cell as it stands; None empties it."""

    sheet: str
    row: int
    field: str
    value: Value | None
    old: str = ""


@dataclass(slots=True)
class Proposal:
    """Everything that follows from one act. against: why it must not be written; notes: what else is to be known."""

    rows: list[NewRow] = field(default_factory=list)
    values: list[NewValue] = field(default_factory=list)
    against: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is to be written."""
        return not self.rows and not self.values


_NUMBERED = re.compile(r"(.*?)(\d+)")


class NextKeys:
    """The next numbers of a key column: the commonest beginning, its highest number and one more, as wide as it is written."""

    def __init__(self, column: Understood, default: str) -> None:
        texts = [column.text(int(r)) for r in range(len(column.state)) if column.ok[r]]
        found = [(m[1], m[2]) for t in texts if (m := _NUMBERED.fullmatch(t))]
        if found:
            self._head = Counter(head for head, _ in found).most_common(1)[0][0]
            numbers = [n for head, n in found if head == self._head]
            self._next, self._width = max(map(int, numbers)) + 1, max(map(len, numbers))
        else:
            m = _NUMBERED.fullmatch(default)
            self._head, self._next, self._width = (m[1], int(m[2]), len(m[2])) if m else (default, 1, 3)
        self._taken = set(texts)

    def next(self) -> str:
        """A number that no row has."""
        while True:
            text = f"{self._head}{self._next:0{self._width}d}"
            self._next += 1
            if text not in self._taken:
                self._taken.add(text)
                return text
