"""Bytes eight at a time: the arithmetic on which the scanner rests.

A word is the eight bytes from some position, the first byte lowest. Digits are read from a word by three
multiplications that join neighbours into pairs, fours and eight.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ownerbook.schema.cells import Bools, Bytes, Floats, Longs

Words = NDArray[np.uint64]
PAD = 32  # bytes of 0 that follow a chunk, so that a word may be taken at its very end

_U = np.uint64
MASK: Words = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)  # the first n bytes
_FILL: Words = np.array([0x3030303030303030 >> (8 * n) if n < 8 else 0 for n in range(9)], np.uint64)
_SHIFT: Words = np.array([64 - 8 * n if n else 63 for n in range(9)], np.uint64)
_ONES, _HIGHS, _ZEROS = _U(0x0101010101010101), _U(0x8080808080808080), _U(0x3030303030303030)
_TO_HIGH = _U(0x7676767676767676)  # lifts a byte above 9 over 127
_SEQUENCE = 0x03F79D71B4CB0A89  # de Bruijn's: every six bits of it in a row are different
_PLACE: Longs = np.zeros(64, np.int64)
_PLACE[[(_SEQUENCE << bit & 0xFFFFFFFFFFFFFFFF) >> 58 for bit in range(64)]] = np.arange(64) // 8
_LARGEST_EXACT = 1 << 53
_LONGEST_DECIMAL = 18  # characters: what fits a whole number of 64 bits
_POWERS: Floats = np.array([10.0**n for n in range(_LONGEST_DECIMAL + 1)])


def word_view(padded: bytes) -> Words:
    """The word from every position of a chunk that ends in `PAD` bytes of 0."""
    return np.ndarray((len(padded) - 8,), "<u8", padded, strides=(1,))


def up_to(words: Words, byte: int) -> tuple[Words, Bools]:
    """Each word cut behind the first such byte, and whether there is one; where there is none, the whole word."""
    x = words ^ (_ONES * _U(byte))
    found = (x - _ONES) & ~x & _HIGHS
    lowest = found & (~found + _U(1))
    return words & ((lowest << _U(1)) - _U(1)), found != 0


def first_of(words: Words, byte: int) -> tuple[Longs, Bools]:
    """The place (0 to 7) of the first such byte in each word, and whether there is one."""
    x = words ^ (_ONES * _U(byte))
    found = (x - _ONES) & ~x & _HIGHS
    return place_of_lowest(found), found != 0


def place_of_lowest(marks: Words) -> Longs:
    """The place (0 to 7) of the byte in which the lowest bit of each word is set."""
    return _PLACE.take((marks & (~marks + _U(1))) * _U(_SEQUENCE) >> _U(58))


def whole_numbers(words: Words, lengths: Longs) -> tuple[Words, Bools]:
    """The numbers that the first `lengths` bytes (1 to 8) of the words say, and where these are all digits."""
    y = ((words << _SHIFT[lengths]) | _FILL[lengths]) ^ _ZEROS
    digits = ((y + _TO_HIGH) | y) & _HIGHS == 0
    y = (y * _U(2561)) >> _U(8)
    y = ((y & _U(0x00FF00FF00FF00FF)) * _U(6553601)) >> _U(16)
    y = ((y & _U(0x0000FFFF0000FFFF)) * _U(42949672960001)) >> _U(32)
    return y, digits


def decimals(buffer: Bytes, start: Longs, length: Longs) -> tuple[Floats, Bools]:
    """The plain decimals (-12.50) that stand there, and where there is one that this way reads exactly.

    A whole number below 2**53 over a power of ten below 10**22 is rounded once, hence as `float` would.
    """
    negative = (buffer[start] == 45).astype(np.int64)
    start, length = start + negative, length - negative
    good = (length > 0) & (length <= _LONGEST_DECIMAL)
    mantissa = np.zeros(len(start), np.int64)
    digits = np.zeros(len(start), np.int64)
    point = np.full(len(start), -1, np.int64)
    longest = int(length[good].max()) if good.any() else 0
    for j in range(longest):
        here = good & (length > j)
        byte = buffer[np.where(here, start + j, 0)]
        digit = here & (byte >= 48) & (byte <= 57)
        first_point = here & (byte == 46) & (point < 0)
        mantissa = np.where(digit, mantissa * 10 + byte - 48, mantissa)
        digits += digit
        point[first_point] = j
        good &= ~here | digit | first_point
    good &= (digits > 0) & (mantissa < _LARGEST_EXACT)
    places = np.where(good & (point >= 0), length - 1 - point, 0)
    values = mantissa / _POWERS[places]
    return np.where(negative == 1, -values, values), good
