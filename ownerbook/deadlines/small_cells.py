"""Tables of counts without small cells: rows and columns that are too small are merged, the rest hidden so that totals tell nothing.

The law (policy 统计最小单元): no shown count lies between 1 and k - 1, and none can be worked out from the shown ones. Hidden cells are never
0, so shifting one unit around any ring of hidden cells gives another table with the same totals; hence every hidden cell must lie on a
ring of the graph whose points are rows and columns and whose lines are hidden cells (a line on no ring is a bridge). The hidden cells of
a row or column also add up to k at least, for their sum follows from the total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ownerbook.schema.cells import Bools

Counts = NDArray[np.int64]


@dataclass(slots=True)
class SafeTable:
    """A table that may be shown. counts (rows, columns): what stands there; hidden: cells not to be shown.

    rows, columns: their names, several where they were merged. shown: False where the whole is smaller than k and nothing may be told.
    """

    rows: list[tuple[str, ...]]
    columns: list[tuple[str, ...]]
    counts: Counts
    hidden: Bools
    shown: bool = True
    note: set[str] = field(default_factory=set)

    def cell(self, row: int, column: int) -> int | None:
        """A count, None where it is hidden."""
        return None if self.hidden[row, column] else int(self.counts[row, column])

    @property
    def row_totals(self) -> list[int]:
        """The total of each row; never small."""
        return [int(n) for n in self.counts.sum(axis=1)]

    @property
    def column_totals(self) -> list[int]:
        """The total of each column; never small."""
        return [int(n) for n in self.counts.sum(axis=0)]

    @property
    def total(self) -> int:
        """All."""
        return int(self.counts.sum())


def safe_table(
    cells: Mapping[tuple[str, str], int], rows: Sequence[tuple[str, ...]], columns: Sequence[str], k: int, *, ordered: bool = False
) -> SafeTable:
    """Make a table safe.

    cells: counts by (row, column); rows: names, several where they are one row from the start; k: the smallest count that may be shown;
    ordered: only neighbouring columns merge.
    """
    counts = np.array([[sum(cells.get((r, c), 0) for r in row) for c in columns] for row in rows], np.int64).reshape(len(rows), len(columns))
    table = SafeTable(list(rows), [(c,) for c in columns], counts, np.zeros(counts.shape, bool))
    if 0 < table.total < k or not counts.size:
        table.shown = False
        table.hidden[:] = True
        return table
    _merge_columns(table, k, ordered)
    _merge_rows(table, k)
    while not _hide(table, k):
        _join(table, *_smallest_rows(table))
    return table


def _merge_columns(table: SafeTable, k: int, ordered: bool) -> None:
    while True:
        totals = table.counts.sum(axis=0)
        small = [i for i, n in enumerate(totals) if 0 < n < k]
        if not small or len(totals) < 2:
            return
        i = small[0]
        others = [j for j in ((i - 1, i + 1) if ordered else range(len(totals))) if 0 <= j < len(totals) and j != i and (ordered or totals[j])]
        j = min(others or [0 if i else 1], key=lambda n: (int(totals[n]), n))
        first, second = min(i, j), max(i, j)
        table.counts[:, first] += table.counts[:, second]
        table.columns[first] += table.columns.pop(second)
        table.counts = np.delete(table.counts, second, axis=1)
        table.hidden = np.zeros(table.counts.shape, bool)


def _merge_rows(table: SafeTable, k: int) -> None:
    """Rows with a small total are merged with one another, and with the next smallest row while they are still too small."""
    while True:
        totals = table.counts.sum(axis=1)
        small = [i for i, n in enumerate(totals) if 0 < n < k]
        if not small or len(totals) < 2:
            return
        first = small[0]
        others = [i for i in range(len(totals)) if i != first and totals[i]]
        _join(table, first, min(others, key=lambda n: (int(totals[n]), n)))


def _smallest_rows(table: SafeTable) -> tuple[int, int]:
    """The two smallest rows; the first of them one with hidden cells."""
    totals = table.counts.sum(axis=1)
    order = sorted(range(len(totals)), key=lambda i: (not table.hidden[i].any(), int(totals[i]), i))
    rest = sorted((i for i in order[1:]), key=lambda i: (int(totals[i]) == 0, int(totals[i]), i))
    return order[0], rest[0]


def _join(table: SafeTable, a: int, b: int) -> None:
    first, second = min(a, b), max(a, b)
    table.counts[first] += table.counts[second]
    table.rows[first] += table.rows.pop(second)
    table.counts = np.delete(table.counts, second, axis=0)
    table.hidden = np.zeros(table.counts.shape, bool)


def _hide(table: SafeTable, k: int) -> bool:
    """Hide small cells, and others with them until nothing can be worked out. False where that cannot be done without merging rows."""
    counts = table.counts
    hidden = table.hidden = (counts > 0) & (counts < k)
    if not hidden.any():
        return True
    changed = True
    while changed:
        changed = False
        for axis in (0, 1):
            for line in range(counts.shape[axis]):
                mine = hidden[line] if axis == 0 else hidden[:, line]
                values = counts[line] if axis == 0 else counts[:, line]
                while mine.any() and (mine.sum() < 2 or values[mine].sum() < k):
                    open_ = np.flatnonzero(~mine & (values > 0))
                    if not len(open_):
                        return False
                    mine[open_[np.argmin(values[open_])]] = True
                    changed = True
        for row, column in bridges(hidden):
            near = _reached(hidden, row, column)
            if column in near[1]:
                continue  # a cell hidden for another bridge has closed this ring too
            across = [(int(counts[r, c]), int(r), int(c)) for r, c in np.argwhere(~hidden & (counts > 0)) if (r in near[0]) != (c in near[1])]
            if not across:
                return False
            _, r, c = min(across)
            hidden[r, c] = True
            changed = True
    return True


def _reached(hidden: Bools, row: int, column: int) -> tuple[set[int], set[int]]:
    """Rows and columns that hang together with a row when one hidden cell of it is left out."""
    rows, columns, todo = {row}, set[int](), [(0, row)]
    while todo:
        axis, at = todo.pop()
        for other in np.flatnonzero(hidden[at] if axis == 0 else hidden[:, at]).tolist():
            cell = (at, other) if axis == 0 else (other, at)
            known = columns if axis == 0 else rows
            if cell != (row, column) and other not in known:
                known.add(other)
                todo.append((1 - axis, other))
    return rows, columns


def bridges(hidden: Bools) -> list[tuple[int, int]]:
    """Hidden cells that lie on no ring, so that they follow from the totals (Tarjan's lowest points, without recursion)."""
    height = hidden.shape[0]
    beside: dict[int, list[int]] = {}
    for r, c in np.argwhere(hidden).tolist():
        beside.setdefault(r, []).append(height + c)
        beside.setdefault(height + c, []).append(r)
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    out: list[tuple[int, int]] = []
    for start in beside:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        path = [(start, -1, iter(beside[start]))]
        while path:
            at, came, rest = path[-1]
            other = next(rest, None)
            if other is None:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[at])
                    if low[at] > order[above]:
                        out.append((min(at, above), max(at, above) - height))
            elif other not in order:
                order[other] = low[other] = len(order)
                path.append((other, at, iter(beside[other])))
            elif other != came:
                low[at] = min(low[at], order[other])
    return sorted(out)
