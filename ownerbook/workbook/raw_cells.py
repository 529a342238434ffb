"""Cells as a worksheet part writes them, and what they become once the workbook's strings and styles are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np

from ownerbook.schema.cells import Bools, Bytes, Flag, Floats, Ints, Kind, Pool
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
    ordered: bool = False  # known to be in order, each place once, all of them inside a sheet


@dataclass(slots=True)
class RawTab:
    """A worksheet part as read: its cells, finished, and what else it says of the sheet."""

    cells: TabCells
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    filtered: bool = False
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """What a worksheet needs of its workbook."""

    pool: Pool
    strings: SharedStrings
    styles: CellStyles
    date1904: bool


def finish(raw: RawCells, around: Around) -> TabCells:
    """Cells in the terms of the register: pool codes, the reading's styles, dates told from numbers, in order.

    Of a cell that the file holds twice, the later counts. Raises `Trouble` (`damaged`) for a string that is not
    there or a place outside the sheet.
    """
    strings, styles = around.strings, around.styles
    row, col, kind, value, flag = raw.row, raw.col, raw.kind, raw.value, raw.flag
    if len(row) and not raw.ordered and (int(row.min()) < 1 or int(row.max()) > LAST_ROW or int(col.min()) < 1 or int(col.max()) > LAST_COLUMN):
        raise Trouble("damaged", "a cell outside the sheet")
    shared = kind == RawKind.SHARED
    if shared.any():
        _resolve(value, kind, flag, shared, strings)
    style = raw.style
    if len(style) and (int(style.max()) >= len(styles.number) or int(style.min()) < 0):
        style = np.where((style >= 0) & (style < len(styles.number)), style, 0)
    if styles.date.any():
        kind[(kind == Kind.NUMBER) & styles.date.take(style)] = Kind.DATE
    if styles.strike.any():
        flag[styles.strike.take(style)] |= np.uint8(Flag.STRIKE)
    cells = TabCells(row, col, kind, value, styles.number.take(style), flag)
    blank = kind == Kind.BLANK
    if blank.any():
        value[blank] = 0
        cells = _chosen(cells, np.flatnonzero(~blank | (flag & np.uint8(Flag.FORMULA) != 0)))
    return cells if raw.ordered else _in_order(cells)


def _resolve(value: Floats, kind: Bytes, flag: Bytes, shared: Bools, strings: SharedStrings) -> None:
    """Numbers of shared strings become codes of the pool."""
    named = np.where(shared, value, 0.0)
    if not len(strings) or float(named.min()) < 0 or float(named.max()) >= len(strings):
        raise Trouble("damaged", "a text that is not among the shared strings")
    kind[shared] = Kind.TEXT
    if not strings.plain:
        at = np.flatnonzero(shared)
        index = value[at].astype(np.int64)
        kind[at[strings.empty[index]]] = Kind.BLANK
        flag[at] |= strings.flag[index]
    if strings.first:
        np.add(value, float(strings.first), out=value, where=shared)


class Gathered:
    """The pieces of one tab, in their order, as one. The arrays grow in place: to hold pieces and whole at once would cost twice the memory."""

    def __init__(self) -> None:
        self._arrays: list[Any] = [np.zeros(0, t) for t in (np.int32, np.int32, np.uint8, np.float64, np.int32, np.uint8)]
        self._count = 0

    def add(self, piece: TabCells) -> None:
        """One more piece."""
        end = self._count + len(piece.row)
        parts = (piece.row, piece.col, piece.kind, piece.value, piece.style, piece.flag)
        for mine, part in zip(self._arrays, parts, strict=True):
            if end > len(mine):
                mine.resize(max(end, len(mine) * 9 // 8), refcheck=False)
            mine[self._count : end] = part
        self._count = end

    def whole(self) -> TabCells:
        """All of them."""
        for mine in self._arrays:
            mine.resize(self._count, refcheck=False)
        return TabCells(*self._arrays)


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
