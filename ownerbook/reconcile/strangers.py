"""Values that stood in another row before: two rows exchanged, or a column sorted without its neighbours. Such edits are asked."""

from __future__ import annotations

from dataclasses import dataclass

from ownerbook.reconcile.meaning import NOTHING
from ownerbook.schema.cells import Longs
from ownerbook.schema.kinds import DocumentNumber, Name, PhoneNumber, TitleNumber
from ownerbook.schema.sheet import Column, Sheet
from ownerbook.schema.words import Text

_MOVED = Text("这个值原来在另一行，两行可能对调或排序错位", "this value stood in another row before; rows may be exchanged or sorted apart")
_PERSON = Text("姓名和证件号码都换了，像是另一个人", "both name and document number changed: this seems to be another person")


@dataclass(frozen=True, slots=True)
class Stranger:
    """Why an edit is odd; row: the row (as given to `see`) where its value stood, -1 where it is the person who is another."""

    why: Text
    row: int = -1


class Strangers:
    """Looks at the edits of one sheet, column by column."""

    def __init__(self, sheet: Sheet, three: bool) -> None:
        self._sheet, self._three = sheet, three
        self._moved: dict[tuple[int, str], int] = {}
        self._names: set[int] = set()
        self._numbers: set[int] = set()

    def see(self, column: Column, edited: Longs, before: Longs, after: Longs) -> None:
        """Take the edits of a column: which rows, and the meanings of all rows before and after."""
        if isinstance(column.kind, Name):
            self._names |= {int(i) for i in edited if before[i] != NOTHING and after[i] != NOTHING}
        if isinstance(column.kind, DocumentNumber):
            self._numbers |= {int(i) for i in edited if before[i] != NOTHING and after[i] != NOTHING}
        if not self._three or not isinstance(column.kind, Name | DocumentNumber | PhoneNumber | TitleNumber):
            return
        stood: dict[int, int] = {}
        for i in edited.tolist():
            if before[i] != NOTHING:
                stood[int(before[i])] = i
        for i in edited.tolist():
            other = stood.get(int(after[i]), -1)
            if other not in (-1, i):
                self._moved[i, column.field] = other

    def of(self, row: int, column: Column) -> Stranger | None:
        """What is odd about an edit, None for nothing."""
        other = self._moved.get((row, column.field))
        if other is not None:
            return Stranger(_MOVED, other)
        return Stranger(_PERSON) if row in self._names and row in self._numbers else None
