"""Which cells refer to a row by its key."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ownerbook.register.register import Register
from ownerbook.register.sheets import SHEETS
from ownerbook.schema.kinds import Reference


def referring(register: Register, sheet: str, row: int) -> Iterator[tuple[str, int, str]]:
    """Cells (sheet, row, field) of other sheets that name the key of a row."""
    if sheet not in register.tables:
        return
    for other in SHEETS:
        table = register.tables.get(other.field)
        if table is None:
            continue
        for column in other.columns:
            if isinstance(column.kind, Reference) and column.kind.sheet == sheet and table.has(column.field):
                for at in np.flatnonzero(register.reference(other.field, column.field).row == row).tolist():
                    yield other.field, at, column.field
