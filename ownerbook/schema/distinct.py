"""The distinct values of a column of whole numbers: by marks where the numbers lie close together, as codes of texts do, else by sorting."""

from __future__ import annotations

import numpy as np

from ownerbook.schema.cells import Ints, Longs

_SPARSE = 16  # from this many places a value on, sorting is cheaper than marking


def distinct(values: Longs | Ints) -> tuple[Longs, Longs]:
    """The distinct values in ascending order, and for each value which of them it is: what `np.unique` with its inverse gives."""
    if not len(values):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    low, high = int(values.min()), int(values.max())
    if high - low >= _SPARSE * len(values):
        found, inverse = np.unique(values, return_inverse=True)
        return found.astype(np.int64), inverse.reshape(-1)
    at = values - low
    mark = np.zeros(high - low + 1, bool)
    mark[at] = True
    found = np.flatnonzero(mark)
    place = np.empty(len(mark), np.int64)  # only where a value stands is it filled and looked at
    place[found] = np.arange(len(found))
    found += low
    return found, place.take(at)
