"""Keys and references: which row a value names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.register.understood import NOTHING, Understood
from ownerbook.schema.cells import Bools, Ints


@dataclass(slots=True)
class Keys:
    """The keys of a table.

    row_of: number of a canonical text → first row with that key, -1 for none. first: rows that are not a repeat of an
    earlier key. doubled: numbers of keys that stand on several rows. shadow: numbers of what damaged keys should read;
    where no other row has that key, they lead to the damaged row.
    """

    row_of: Ints
    first: Bools
    doubled: Bools  # by number
    repeats: Ints  # rows after the first
    shadow: frozenset[int]

    @classmethod
    def of(cls, column: Understood) -> Keys:
        """Index a key column."""
        ids = column.ids
        if ids is None:  # the calendar's key is a day
            assert column.days is not None
            _, ids = np.unique(column.days, return_inverse=True)
            ids = np.where(column.ok, ids, NOTHING).astype(np.int32)
        size = int(ids.max()) + 1 if len(ids) else 0
        row_of = np.full(size, -1, np.int32)
        filled = np.flatnonzero(ids >= 0).astype(np.int32)
        row_of[ids[filled][::-1]] = filled[::-1]
        first = np.ones(len(ids), bool)
        first[filled] = row_of[ids[filled]] == filled
        repeats = np.flatnonzero(~first).astype(np.int32)
        doubled = np.zeros(size, bool)
        doubled[ids[repeats]] = True
        shadow: dict[int, int] = {}
        if column.ids is not None:
            for remark in column.remarks:
                for row, suggestion in zip(remark.rows, remark.suggestions, strict=True):
                    if suggestion and (meant := column.names.number(suggestion)) != ids[row]:
                        shadow.setdefault(meant, int(row))
        if shadow:
            more = max(shadow) + 1 - size
            row_of = np.concatenate([row_of, np.full(max(more, 0), -1, np.int32)])
            doubled = np.concatenate([doubled, np.zeros(max(more, 0), bool)])
            for meant, row in shadow.items():
                if row_of[meant] < 0:
                    row_of[meant] = row
        return cls(row_of, first, doubled, repeats, frozenset(shadow))

    def look_up(self, ids: Ints) -> Ints:
        """The row of each key, -1 where there is none."""
        out = np.full(len(ids), -1, np.int32)
        within = (ids >= 0) & (ids < len(self.row_of))
        out[within] = self.row_of[ids[within]]
        return out

    def is_doubled(self, ids: Ints) -> Bools:
        """Whether each key stands on several rows."""
        out = np.zeros(len(ids), bool)
        within = (ids >= 0) & (ids < len(self.doubled))
        out[within] = self.doubled[ids[within]]
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
