"""How a change of one sheet is told: what each side says, where it stands, whose house it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ownerbook.reconcile.change import NOTHING as NO_VALUE
from ownerbook.reconcile.change import Change, Kind, Origin, Said, Verdict
from ownerbook.reconcile.sides import Stack
from ownerbook.reconcile.tables import empty_table
from ownerbook.register.register import Register
from ownerbook.register.whose import house_of, house_of_values
from ownerbook.schema.table import Table
from ownerbook.schema.words import Text

BASE, OURS, THEIRS = 0, 1, 2
_MOST_CANDIDATES = 16  # of one row; where a key stands in every row, nobody chooses among them


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is known of the incoming side. three: it has a base; complete: a row of the base that it lacks was taken out."""

    origin: Origin
    three: bool
    complete: bool
    columns: Mapping[str, Collection[str]] | None


class Telling:
    """The three sides of one sheet, in words. there: for each change told, its row in theirs, -1 for none."""

    def __init__(self, stack: Stack, ours: Register, given: Incoming) -> None:
        self.stack, self.register, self.given = stack, ours, given
        self.there: list[int] = []

    def _table(self, side: int) -> Table:
        found = self.stack.tables[side]
        return found if found is not None else empty_table(self.stack.sheet, self.stack.sides.pool, self.stack.sides.styles)

    def _said(self, side: int, row: int, field: str) -> Said | None:
        if row < 0 or (side == BASE and not self.given.three):
            return None
        table = self._table(side)
        text = table.found(field, row)
        return Said(text, table.held(field, row)) if text else NO_VALUE

    def _key_text(self, side: int, row: int) -> str:
        return self._table(side).found(self.stack.sheet.key.field, row).strip()

    def _origin(self, theirs: int, field: str | None) -> Origin:
        if theirs < 0:
            return self.given.origin
        return replace(self.given.origin, place=str(self._table(THEIRS).place(theirs, field or self.stack.sheet.key.field)))

    def _change(
        self, kind: Kind, ours: int, field: str, base: int, theirs: int, verdict: Verdict, why: Text, candidates: tuple[str, ...] = ()
    ) -> Change:
        sheet = self.stack.sheet.field
        self.there.append(theirs)
        was, now, then = (self._said(n, r, field) if field else None for n, r in ((BASE, base), (OURS, ours), (THEIRS, theirs)))
        values: Mapping[str, Said] = {} if field else self._values(OURS, ours)
        return Change(
            kind, sheet, self._key_text(OURS, ours), field, was, now, then, self._origin(theirs, field or None), verdict, why,
            house=house_of(self.register, sheet, ours), row=ours, values=values, candidates=candidates,
        )  # fmt: skip

    def _row(self, kind: Kind, theirs: int, why: Text, *, maybe: Sequence[int] = (), base: int = -1) -> Change:
        sheet = self.stack.sheet.field
        self.there.append(theirs)
        values = self._values(THEIRS, theirs)
        house = house_of_values(self.register, sheet, {f: v.text for f, v in values.items()})
        return Change(
            kind, sheet, self._key_text(THEIRS, theirs), "", None, None, None, self._origin(theirs, None), "question", why,
            house=house, values=values, candidates=tuple(dict.fromkeys(self._key_text(OURS, o) for o in maybe[:_MOST_CANDIDATES])),
        )  # fmt: skip

    def _values(self, side: int, row: int) -> dict[str, Said]:
        table = self._table(side)
        out = {}
        for c in self.stack.sheet.columns:
            text = table.found(c.field, row)
            if text:
                out[c.field] = Said(text, table.held(c.field, row))
        return out
