"""The cells of a tab as dense columns over the rows that exist below a header."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ownerbook.schema.cells import Bools, Cells, Ints, Kind, Longs, Pool
from ownerbook.workbook.book import Tab
from ownerbook.workbook.headers import Header

Number = TypeVar("Number", bound=np.generic)
_NOTHING = {"", "-", "—", "/", "无", "暂无", "－", "--", "——", "／"}
_LONGEST_NOTHING = 6  # bytes


def dense_columns(tab: Tab, header: Header, pool: Pool) -> tuple[Ints, dict[str, Cells]]:
    """The numbers of the rows, and the declared columns by field. Styles and flags that are all alike take one place in memory."""
    cells = tab.cells
    below = int(np.searchsorted(cells.row, header.row, side="right"))
    row, col = cells.row[below:], cells.col[below:]
    wanted = np.full(max(int(col.max(initial=0)), *header.columns.values(), 0) + 1, -1, np.int16)
    for n, column in enumerate(header.columns.values()):
        wanted[column] = n
    which = wanted.take(col)
    exists = _exists(tab, header, below, which, pool)
    rows = np.flatnonzero(exists).astype(np.int32)
    position = np.cumsum(exists) - 1
    keep = (which >= 0) & exists.take(row)
    # the cells come in order of row, so all columns are filled side by side, each from its top to its end
    at = which * np.int64(len(rows)) + position.take(row)
    kept: slice | Longs = slice(below, None)
    if not keep.all():
        at = at[keep]
        kept = np.flatnonzero(keep) + below

    shape = len(header.columns), len(rows)
    kind, value = _filled(cells.kind[kept], at, shape), _filled(cells.value[kept], at, shape)
    style = _filled(cells.style[kept], at, shape) if cells.style.any() else None
    flag = _filled(cells.flag[kept], at, shape) if cells.flag.any() else None
    out = {}
    for n, name in enumerate(header.columns):
        out[name] = Cells(
            kind[n],
            value[n],
            _alike(style[n]) if style is not None else _one(np.int32(0), len(rows)),
            _alike(flag[n]) if flag is not None else _one(np.uint8(0), len(rows)),
        )
    return rows, out


def _filled(values: NDArray[Number], at: Longs, shape: tuple[int, int]) -> NDArray[Number]:
    out = np.zeros(shape[0] * shape[1], values.dtype)
    out[at] = values
    return out.reshape(shape)


def _one(value: Number, n: int) -> NDArray[Number]:
    """One value n times, in the place of one. It cannot be written to."""
    return np.broadcast_to(value, (n,))


def _alike(column: NDArray[Number]) -> NDArray[Number]:
    return _one(column[0], len(column)) if len(column) and (column == column[0]).all() else column.copy()


def _exists(tab: Tab, header: Header, below: int, which: NDArray[np.int16], pool: Pool) -> Bools:
    """By row number: whether a declared cell other than a note says something."""
    cells = tab.cells
    kind = cells.kind[below:]
    note = list(header.columns).index("note") if "note" in header.columns else -2
    counts = (which >= 0) & (which != note) & (kind != Kind.BLANK)
    nothing = pool.derived(_says_nothing)
    if nothing.any():
        texts = np.flatnonzero(counts & (kind == Kind.TEXT))
        counts[texts[nothing[cells.value[below:][texts].astype(np.int64)]]] = False
    exists = np.zeros(int(cells.row.max(initial=0)) + 1, bool)
    exists[cells.row[below:][counts]] = True
    return exists


def _says_nothing(pool: Pool) -> Bools:
    """By code: whether a text is only a word for nothing."""
    out = np.zeros(len(pool), bool)
    buffer, offsets = pool.layout()
    lengths = np.diff(offsets)
    short = np.flatnonzero((lengths <= _LONGEST_NOTHING) & (lengths > 0))
    first = buffer[offsets[short]].astype(np.int32)
    second = np.where(lengths[short] > 1, buffer[np.minimum(offsets[short] + 1, max(len(buffer) - 1, 0))], 0)
    # only what begins like such a word, or with a blank of some kind (or a sign that is such a word), is looked at
    likely = np.concatenate([np.flatnonzero(lengths == 0), short[_BLANK_LEADS[first] | np.isin(first * 256 + second, _BEGINNINGS)]])
    out[likely] = [t.strip() in _NOTHING for t in pool.texts(likely)]
    return out


_BEGINNINGS = np.array(sorted({w.encode()[0] * 256 + w.encode()[1] for w in _NOTHING if not w.isascii()}), np.int32)
_BLANK_LEADS = np.zeros(256, bool)
_BLANK_LEADS[[*range(0x21), 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, *(w.encode()[0] for w in _NOTHING if w.isascii() and w)]] = True  # as UTF-8 begins
