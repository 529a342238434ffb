"""A column, understood: what each cell means, and what is to be remarked about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ownerbook.register.names import Names
from ownerbook.schema.cells import Bools, Bytes, Cells, Floats, Ints, Longs
from ownerbook.schema.sheet import Column

BLANK, GOOD, REJECTED, SEALED = 0, 1, 2, 3
NO_DAY = np.int32(-(2**31))  # where a date is wanted and none can be read
NOTHING = np.int32(-1)


@dataclass(frozen=True, slots=True)
class Remark:
    """Cells of which there is something to say: the reason's key, the rows, and what each should read (None: unknown)."""

    reason: str
    rows: Ints
    suggestions: tuple[str | None, ...]


@dataclass(slots=True)
class Understood:
    """One column of a table, understood. Arrays have one entry a row.

    state: BLANK, GOOD, REJECTED (cannot be used by any rule) or SEALED (an 已封存 that stands for a value).
    days: days since 1970-01-01. numbers: measures and shares (1 is 100 %). choice: index into `options`, -1 for none.
    ids: numbers of canonical texts in `names`, -1 for none. Only the arrays that suit the kind of column exist.
    """

    column: Column
    cells: Cells
    state: Bytes
    names: Names
    present: bool = True  # some workbook holds the column
    days: Ints = None  # type: ignore[assignment]
    numbers: Floats = None  # type: ignore[assignment]
    choice: Ints = None  # type: ignore[assignment]
    options: tuple[str, ...] = ()
    ids: Ints = None  # type: ignore[assignment]
    remarks: list[Remark] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)  # rows that hold an allowed word instead (长期)

    @property
    def blank(self) -> Bools:
        """Nothing is there."""
        found: Bools = self.state == BLANK
        return found

    @property
    def filled(self) -> Bools:
        """Something is there, readable or not."""
        found: Bools = self.state != BLANK
        return found

    @property
    def ok(self) -> Bools:
        """There is a value that rules may use."""
        found: Bools = self.state == GOOD
        return found

    def is_(self, *values: str) -> Bools:
        """Cells that hold one of these listed values."""
        if self.choice is None:
            raise TypeError(f"{self.column.field} holds no listed values")
        wanted = [self.options.index(v) for v in values if v in self.options]
        return self.ok & np.isin(self.choice, wanted)

    def text(self, row: int) -> str:
        """The canonical text of a cell, '' where there is none."""
        if self.ids is None:
            raise TypeError(f"{self.column.field} holds no texts")
        n = int(self.ids[row])
        return "" if n < 0 else self.names[n]

    def matrix(self, rows: Ints, width: int) -> tuple[Bytes, Longs]:
        """The first bytes of the canonical texts of these rows and their true lengths: see `Names.matrix`."""
        return self.names.matrix(self.ids[rows], width)

    def remark(self, reason: str, rows: Ints | Sequence[int], suggestions: Sequence[str | None] | Callable[[int], str | None] | None = None) -> None:
        """Note something about cells."""
        rows = np.asarray(rows, np.int32)
        if not len(rows):
            return
        if suggestions is None:
            told: tuple[str | None, ...] = (None,) * len(rows)
        elif callable(suggestions):
            told = tuple(suggestions(int(r)) for r in rows)
        else:
            told = tuple(suggestions)
        self.remarks.append(Remark(reason, rows, told))

    def reject(self, reason: str, rows: Ints | Sequence[int], suggestions: Sequence[str | None] | None = None) -> None:
        """Note that cells cannot be used. A cell that is rejected already, or sealed, is left alone: one mistake, one message."""
        rows = np.asarray(rows, np.int32)
        if not len(rows):
            return
        open_ = (self.state[rows] != REJECTED) & (self.state[rows] != SEALED)
        if suggestions is not None and not open_.all():
            suggestions = [s for s, is_open in zip(suggestions, open_, strict=True) if is_open]
        self.state[rows[open_]] = REJECTED
        self.remark(reason, rows[open_], suggestions)

    def hush(self, harmless: frozenset[str]) -> None:
        """Drop harmless remarks at cells that are rejected, sealed or otherwise remarked: the real mistake speaks alone."""
        if not any(r.reason in harmless for r in self.remarks):
            return
        fine = self.state == GOOD
        for remark in self.remarks:
            if remark.reason not in harmless:
                fine[remark.rows] = False
        self.keep(fine, harmless)

    def keep(self, wanted: Bools, reasons: frozenset[str] | None = None) -> None:
        """Drop remarks (those of some reasons only) at rows outside a mask."""
        kept = []
        for remark in self.remarks:
            stays = wanted[remark.rows]
            if (reasons is None or remark.reason in reasons) and not stays.all():
                told = tuple(s for s, stay in zip(remark.suggestions, stays, strict=True) if stay)
                remark = Remark(remark.reason, remark.rows[stays], told)
            if len(remark.rows):
                kept.append(remark)
        self.remarks = kept
