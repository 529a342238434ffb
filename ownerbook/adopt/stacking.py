"""A header of two or three rows as one: heads of groups above, heads of columns below."""

from __future__ import annotations

from ownerbook.adopt.grid import Cell, Grid
from ownerbook.adopt.heads import Head, Heading, is_hint_word, is_wide, looks_like_data
from ownerbook.adopt.wordings import is_group
from ownerbook.schema.cells import Kind


def stacked(grid: Grid, top: int, bottom: int) -> Heading | None:
    """The rows from top to bottom as one header; None where they are none. A merge downwards is one head."""
    rows = [grid.rows.get(r, {}) for r in range(top, bottom + 1)]
    for row in rows:
        if not row or any(c.kind != Kind.TEXT or is_hint_word(c.text) for c in row.values()):
            return None
    if any(looks_like_data(c) for row in rows[1:] for c in row.values()) or all(is_wide(grid, c) for c in rows[0].values()):
        return None
    over: list[dict[int, str]] = []
    for n, row in enumerate(rows[:-1]):
        below = {c for lower in rows[n + 1 :] for c in lower}
        groups = _groups(grid, top + n, row, below)
        if groups is None:
            return None
        over.append(groups)
    heads = {}
    for column in range(1, grid.last_column + 1):
        if not any(column in row for row in rows):
            continue
        said: list[str] = []
        for n, row in enumerate(rows):
            cell = row.get(column)
            text = cell.text.strip() if cell is not None else over[n].get(column, "") if n < len(over) else ""
            if text and (not said or said[-1] != text):
                said.append(text)
        heads[column] = Head(column, "/".join(said), "/".join(said[:-1]))
    return Heading(top, bottom, heads)


def _groups(grid: Grid, row: int, cells: dict[int, Cell], below: set[int]) -> dict[int, str] | None:
    """Column → the head of the group that stands over it in this row; None where nothing shows that it heads anything."""
    merges = {c1: (r2, c2) for r1, c1, r2, c2 in grid.tab.merges if r1 == row}
    # a text file keeps no merges: there, what stands alone above several heads is over them all
    unmerged = not grid.tab.merges and len(cells) >= 2 and any(c in below and c not in cells for c in range(min(cells), max(below, default=0) + 1))
    if not (unmerged or any(r2 > row or c2 > c1 for c1, (r2, c2) in merges.items()) or any(is_group(c.text) for c in cells.values())):
        return None
    groups: dict[int, str] = {}
    current = ""
    for column in range(1, grid.last_column + 1):
        cell = cells.get(column)
        if cell is not None:
            current = cell.text.strip()
            across = merges.get(column)
            if across and across[1] > column:
                groups |= dict.fromkeys(range(column, across[1] + 1), current)
                current = ""
            elif column not in below or not (unmerged or is_group(current)):
                current = ""  # a head of its own column; a blank beside it is none of its columns
        elif column in below and column not in groups and current:
            groups[column] = current
    return groups
