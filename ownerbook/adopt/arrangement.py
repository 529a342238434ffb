"""Tabs that are no list: one column a house, or one page a house. They are not read, but named, with what to do."""

from __future__ import annotations

from collections import Counter

from ownerbook.adopt.grid import Cell, Grid
from ownerbook.adopt.heads import Heading, known, looks_like_data
from ownerbook.adopt.shapes import shape_of
from ownerbook.adopt.wordings import normal
from ownerbook.schema.cells import Kind

TRANSPOSED = "横着排的表（一列一套房），没有读取：请在 Excel 里复制整张表，用「选择性粘贴—转置」粘到新表，再来一次"
CARD = "像一户一张的登记卡，没有读取：请把各户抄成一行一套房的一张表，再来一次"
_SURE, _ROWS = 0.75, 400


def arrangement(grid: Grid, heading: Heading | None) -> str:
    """Why a tab that is no list is not read; '' for a list."""
    rows = sorted(grid.rows)[:_ROWS]
    heads = sum(_is_label(h.own) for h in heading.heads.values()) if heading is not None else 0
    downwards = _downwards(grid, rows)
    if downwards >= 4 and heads <= 2:
        return TRANSPOSED
    if heads <= 4 and _pairs(grid, rows) > max(5, 2 * heads):
        return CARD
    return ""


def _is_label(text: str) -> bool:
    return known(text.strip().rstrip(":\uff1a")) >= _SURE


def _downwards(grid: Grid, rows: list[int]) -> int:
    """The most different labels that stand one below the other at the left, with at least three values beside most of them."""
    most = 0
    for column in range(1, 4):
        cells = [c for r in rows if (c := grid.get(r, column)) is not None]
        labels = {normal(c.text) for c in cells if c.kind == Kind.TEXT and _is_label(c.text)}
        if len(labels) < 0.6 * len(cells):
            continue
        beside = [[x for x in grid.rows[c.row].values() if x.column > column] for c in cells if normal(c.text) in labels]
        if sum(len(b) >= 3 and _alike(b) for b in beside) >= 0.6 * len(beside):
            most = max(most, len(labels))
    return most


def _alike(cells: list[Cell]) -> bool:
    """Whether cells beside each other look like values of one thing. A list of fields with their types and lengths does not."""
    if sum(_is_value(c) for c in cells) < 0.8 * len(cells):
        return False
    return Counter(map(shape_of, cells)).most_common(1)[0][1] >= 0.7 * len(cells)


def _pairs(grid: Grid, rows: list[int]) -> int:
    """How many different labels stand left of their own value, in several columns and rows: 姓名 | 张三 | 电话 | …"""
    labels: Counter[str] = Counter()
    columns, lines = set(), set()
    for row in rows:
        cells = [grid.rows[row][c] for c in sorted(grid.rows[row])]
        found = [
            c for n, c in enumerate(cells) if c.kind == Kind.TEXT and _is_label(c.text) and (n + 1 == len(cells) or not _is_label(cells[n + 1].text))
        ]
        if found and len(found) * 2 <= len(cells) + 1:
            labels.update(normal(c.text) for c in found)
            columns |= {c.column for c in found}
            lines.add(row)
    return len(labels) if len(columns) >= 2 and len(lines) >= 3 else 0


def _is_value(cell: Cell) -> bool:
    return looks_like_data(cell) or cell.kind != Kind.TEXT or not _is_label(cell.text)
