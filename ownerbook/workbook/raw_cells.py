"""Cells as a worksheet part writes them, and what they become once the workbook's strings and styles are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from ownerbook.schema.cells import Bytes, Flag, Floats, Ints, Kind
from ownerbook.workbook.book import TabCells
from ownerbook.workbook.cell_texts import LAST_COLUMN, LAST_ROW
from ownerbook.workbook.shared_strings import SharedStrings
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xlsx_styles import CellStyles


class RawKind(IntEnum):
    """As `Kind`, and one that only the file has: a text named by its number among the shared strings."""

    SHARED = 6


@dataclass(slots=True)
class RawCells:
    """Parallel arrays, in the order of the file. `kind` is a `Kind` or `RawKind`; `style` is the cell's own `s`."""

    row: Ints
    col: Ints
    kind: Bytes
    value: Floats
    style: Ints
    flag: Bytes

    @classmethod
    def none(cls) -> RawCells:
        """No cells."""
        i, b = np.zeros(0, np.int32), np.zeros(0, np.uint8)
        return cls(i, i, b, np.zeros(0), i, b)


@dataclass(slots=True)
class RawTab:
    """A worksheet part as read: its cells and what else it says of the sheet."""

    cells: RawCells
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    filtered: bool = False
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


def finish(raw: RawCells, strings: SharedStrings, styles: CellStyles) -> TabCells:
    """Cells in the terms of the register: pool codes, the reading's styles, dates told from numbers, in order.

    Of a cell that the file holds twice, the later counts. Raises `Trouble` (`damaged`) for a string that is not
    there or a place outside the sheet.
    """
    row, col, kind, value, flag = raw.row, raw.col, raw.kind, raw.value, raw.flag
    if len(row) and (int(row.min()) < 1 or int(row.max()) > LAST_ROW or int(col.min()) < 1 or int(col.max()) > LAST_COLUMN):
        raise Trouble("damaged", "a cell outside the sheet")
    shared = np.flatnonzero(kind == RawKind.SHARED)
    if len(shared):
        index = value[shared].astype(np.int64)
        if int(index.min()) < 0 or int(index.max()) >= len(strings):
            raise Trouble("damaged", "a text that is not among the shared strings")
        value[shared] += strings.first
        kind[shared] = np.where(strings.empty[index], np.uint8(Kind.BLANK), np.uint8(Kind.TEXT))
        if strings.flag.any():
            flag[shared] |= strings.flag[index]
    style = raw.style
    if len(style) and (int(style.max()) >= len(styles.number) or int(style.min()) < 0):
        style = np.where((style >= 0) & (style < len(styles.number)), style, 0)
    if styles.date.any():
        kind[(kind == Kind.NUMBER) & styles.date[style]] = Kind.DATE
    if styles.strike.any():
        flag[styles.strike[style]] |= np.uint8(Flag.STRIKE)
    blank = kind == Kind.BLANK
    value[blank] = 0
    cells = TabCells(row, col, kind, value, styles.number[style], flag)
    if blank.any():
        cells = _chosen(cells, np.flatnonzero(~blank | (flag & np.uint8(Flag.FORMULA) != 0)))
    return _in_order(cells)


def _chosen(cells: TabCells, at: np.ndarray[tuple[int], np.dtype[np.int64]]) -> TabCells:
    return TabCells(cells.row[at], cells.col[at], cells.kind[at], cells.value[at], cells.style[at], cells.flag[at])


def _in_order(cells: TabCells) -> TabCells:
    place = cells.row.astype(np.int64) * (LAST_COLUMN + 1) + cells.col
    step = np.diff(place)
    if (step > 0).all():
        return cells
    order = np.argsort(place, kind="stable")
    last = np.append(np.diff(place[order]) != 0, True)
    return _chosen(cells, order[last])
