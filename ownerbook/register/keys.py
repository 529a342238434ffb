"""Keys and references: which row a value names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ownerbook.register.understood import NOTHING, Understood
from ownerbook.schema.cells import Bools, Ints


@dataclass(slots=True)
class Keys:
    """The keys of a table.

    row_of: number of a canonical text, counted from `low` → first row with that key, -1 for none. first: rows that are not a
    repeat of an earlier key. doubled: keys that stand on several rows, by number as `row_of`. shadow: numbers of what damaged
    keys should read, and the damaged rows; where no other row has that key, it leads there.
    """

    low: int
    row_of: Ints
    first: Bools
    doubled: Bools
    repeats: Ints  # rows after the first
    shadow: Mapping[int, int]

    @classmethod
    def of(cls, column: Understood) -> Keys:
        """Index a key column."""
        ids = column.ids
        if ids is None:  # the calendar's key is a day
            assert column.days is not None
            _, ids = np.unique(column.days, return_inverse=True)
            ids = np.where(column.ok, ids, NOTHING).astype(np.int32)
        filled = np.flatnonzero(ids >= 0).astype(np.int32)
        low = int(ids[filled].min()) if len(filled) else 0
        at = ids[filled] - low
        row_of = np.full(int(at.max(initial=-1)) + 1, -1, np.int32)
        row_of[at[::-1]] = filled[::-1]
        first = np.ones(len(ids), bool)
        first[filled] = row_of[at] == filled
        repeats = np.flatnonzero(~first).astype(np.int32)
        doubled = np.zeros(len(row_of), bool)
        doubled[ids[repeats] - low] = True
        shadow: dict[int, int] = {}
        if column.ids is not None:
            for remark in column.remarks:
                for row, suggestion in zip(remark.rows, remark.suggestions, strict=True):
                    if suggestion and (meant := column.names.number(suggestion)) != ids[row]:
                        shadow.setdefault(meant, int(row))
        return cls(low, row_of, first, doubled, repeats, shadow)

    def look_up(self, ids: Ints) -> Ints:
        """The row of each key, -1 where there is none."""
        out = np.full(len(ids), -1, np.int32)
        within = (ids >= self.low) & (ids < self.low + len(self.row_of))
        out[within] = self.row_of[ids[within] - self.low]
        if self.shadow:
            lost = np.flatnonzero(out < 0)
            lost = lost[np.isin(ids[lost], list(self.shadow))]
            out[lost] = [self.shadow[n] for n in ids[lost].tolist()]
        return out

    def is_doubled(self, ids: Ints) -> Bools:
        """Whether each key stands on several rows."""
        out = np.zeros(len(ids), bool)
        within = (ids >= self.low) & (ids < self.low + len(self.doubled))
        out[within] = self.doubled[ids[within] - self.low]
        return out


@dataclass(slots=True)
class Reference:
    """What each cell of a referring column points to.

    row: the row in the other table, -1 for none or for a doubled key (nothing more is concluded from it).
    missing: the cell can be read and names nothing.
    """

    row: Ints
    missing: Bools

    @classmethod
    def of(cls, column: Understood, keys: Keys) -> Reference:
        """Resolve a column against the keys of another table."""
        assert column.ids is not None
        found = keys.look_up(column.ids)
        missing = column.ok & (found < 0)
        if keys.shadow:
            missing &= ~np.isin(column.ids, list(keys.shadow))
        row = np.where(column.ok & ~keys.is_doubled(column.ids), found, -1).astype(np.int32)
        return cls(row, missing)
