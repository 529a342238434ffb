"""Whole numbers joined by dashes (3-2-1501, 1-1-101-01), read for a whole column of bytes at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

_DASH, _ZERO = ord("-"), ord("0")
MOST_DIGITS = 9
"""A longer number is not read, so that values fit."""
_LEAST = np.array([0] + [10**n for n in range(MOST_DIGITS)], np.int32)  # by width


class Dashed(NamedTuple):
    """good: which texts are so many numbers of one to nine digits. values and widths (in digits): shape (parts, n), for good texts."""

    good: Bools
    values: Ints
    widths: Ints

    def written_plainly(self, part: int) -> Bools:
        """Where a part begins with another digit than 0."""
        found: Bools = self.values[part] >= _LEAST[np.minimum(self.widths[part], MOST_DIGITS)]
        return found


def read(matrix: Bytes, lengths: Longs, parts: int) -> Dashed:
    """Read n texts, given as the first bytes of each, shape (n, width), and their true lengths; one longer than `width` is not good."""
    n, width = matrix.shape
    places = np.ascontiguousarray(matrix.T)
    values, widths = np.zeros((parts + 1, n), np.int32), np.zeros((parts + 1, n), np.int32)
    value, digits = np.zeros(n, np.int32), np.zeros(n, np.int32)
    part = np.zeros(n, np.int64)
    good = (lengths > 0) & (lengths <= width)
    for j in range(min(width, int(lengths.max(initial=0)))):
        byte = places[j]
        digit = byte - np.uint8(_ZERO)
        is_digit = digit <= 9
        good &= is_digit | (byte == _DASH) | (lengths <= j)
        value = np.where(is_digit, value * np.int32(10) + digit, value)
        digits += is_digit
        at = np.flatnonzero(byte == _DASH)
        if len(at):
            values[part[at], at], widths[part[at], at] = value[at], digits[at]
            value[at] = digits[at] = 0
            part[at] = np.minimum(part[at] + 1, parts)
    everyone = np.arange(n)
    values[part, everyone], widths[part, everyone] = value, digits
    good &= part == parts - 1
    for each in widths[:parts]:
        good &= (each >= 1) & (each <= MOST_DIGITS)
    return Dashed(good, values[:parts], widths[:parts])
