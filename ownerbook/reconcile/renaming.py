"""Keys that were changed show in the rows that refer to them: a house has a new number where its owners moved with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.register.meaning import meaning
from ownerbook.schema.kinds import Reference

if TYPE_CHECKING:
    from ownerbook.reconcile.sheet_merge import SheetMerge

_ENOUGH = 200_000  # references that changed; so many tell nothing of single rows


def votes_of(merges: Sequence[SheetMerge], side: int) -> dict[str, Counter[tuple[str, str]]]:
    """For each sheet: how many rows elsewhere, themselves known by key, had a reference to it changed from one key to another.

    side: between the base and which side, as a `Stack` numbers them.
    """
    out: dict[str, Counter[tuple[str, str]]] = {}
    for one in merges:
        stack = one.stack
        base, theirs = one.rows_by_key(side)
        for column in stack.sheet.columns:
            if not isinstance(column.kind, Reference) or not one.strays(column.kind.sheet, merges, side):
                continue
            kind, value = stack.raw(column.field)
            at = np.flatnonzero((kind[base] != kind[theirs]) | (value[base] != value[theirs]))
            if not len(at) or len(at) > _ENOUGH:
                continue
            rows = np.unique(np.concatenate([base[at], theirs[at]]))
            register = stack.taken(rows, [column.field])
            where = {int(r): i for i, r in enumerate(rows)}
            votes = out.setdefault(column.kind.sheet, Counter())
            for b, t in zip(base[at].tolist(), theirs[at].tolist(), strict=True):
                old = meaning(register, stack.sheet.field, column.field, where[b])
                new = meaning(register, stack.sheet.field, column.field, where[t])
                if old and new and old != new:
                    votes[old, new] += 1
    return out
