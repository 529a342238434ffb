"""What cells mean, as numbers: cells of one column that mean the same have the same number, however they are written."""

from __future__ import annotations

import numpy as np

from ownerbook.register.register import Register
from ownerbook.register.understood import BLANK, GOOD, NO_DAY
from ownerbook.schema.cells import Ints, Longs

NOTHING = np.int64(-1)
"""The meaning of a blank, and of a mark that stands for one."""
_DAY, _NUMBER, _CHOICE, _TEXT, _FOUND = (n << 40 for n in range(1, 6))


def meanings(register: Register, sheet: str, field: str) -> Longs:
    """A number for each cell of a column; -1 for a blank.

    What cannot be read, and what is sealed, means what stands there. Numbers of two columns are not to be compared.
    """
    column, table = register.column(sheet, field), register.tables[sheet]
    out = np.full(len(column.state), NOTHING, np.int64)
    open_ = column.state == GOOD
    if column.words:
        at = np.array([r for r in column.words if open_[r]], np.int64)
        out[at] = [_TEXT + register.names.number(column.words[int(r)]) for r in at]
        open_[at] = False
    if column.days is not None:
        read = open_ & (column.days != NO_DAY)
        out[read] = _DAY + (1 << 32) + column.days[read].astype(np.int64)
        open_ &= ~read
    if column.numbers is not None:
        read = open_ & ~np.isnan(column.numbers)
        if read.any():
            out[read] = _NUMBER + np.unique(np.round(column.numbers[read], 9), return_inverse=True)[1].reshape(-1)
            open_ &= ~read
    if column.choice is not None:
        read = open_ & (column.choice >= 0)
        out[read] = _CHOICE + column.choice[read].astype(np.int64)
        open_ &= ~read
    if column.ids is not None:
        read = open_ & (column.ids >= 0)
        out[read] = _TEXT + column.ids[read].astype(np.int64)
        open_ &= ~read
    for row in np.flatnonzero((column.state != BLANK) & (open_ | (column.state != GOOD))).tolist():
        text = table.found(field, row).strip()
        if text:
            out[row] = _FOUND + register.names.number(text)
    return out


def readable(register: Register, sheet: str, field: str, rows: Longs | Ints) -> list[bool]:
    """Whether rules can use what stands in these cells."""
    return [bool(good) for good in register.column(sheet, field).state[rows] == GOOD]
