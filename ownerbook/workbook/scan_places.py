"""Where cells stand and what numbers they hold, read from the bytes at known places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.schema.cells import Bools, Bytes, Floats, Ints, Longs
from ownerbook.workbook.cell_texts import LAST_COLUMN, LAST_ROW, number
from ownerbook.workbook.scan_tags import NotPlain
from ownerbook.workbook.scan_words import MASK, Words, decimals, whole_numbers, word_view

_CELL = np.uint64(int.from_bytes(b'<c r="', "little"))
_ROW = np.uint64(int.from_bytes(b'<row r="', "little"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes of whole rows, and the views on them."""

    chunk: bytes  # at least `PAD` bytes longer than the rows
    size: int
    buffer: Bytes
    words: Words

    @classmethod
    def of(cls, chunk: bytes, size: int) -> Stretch:
        """The first `size` bytes of a chunk."""
        return cls(chunk, size, np.frombuffer(chunk, np.uint8), word_view(chunk))


def row_numbers(piece: Stretch, at: Longs) -> tuple[Ints, Longs]:
    """The numbers of the rows whose tags begin at these places, and how many digits each has. Raises `NotPlain`."""
    if not (piece.words[at] == _ROW).all():
        raise NotPlain("a row that does not begin with its number")
    numbers = np.zeros(len(at), np.int64)
    digits = np.zeros(len(at), np.int64)
    going = np.ones(len(at), bool)
    for j in range(8, 16):
        byte = piece.buffer.take(at + j)
        going &= (byte >= 48) & (byte <= 57)
        numbers = np.where(going, numbers * 10 + byte - 48, numbers)
        digits += going
    if not ((digits >= 1) & (digits <= 7) & (piece.buffer.take(at + 8 + digits) == 34) & (numbers >= 1) & (numbers <= LAST_ROW)).all():
        raise NotPlain("the number of a row")
    return numbers.astype(np.int32), digits


def references(piece: Stretch, at: Longs, row_text: Words, digits: Longs) -> tuple[Ints, Longs]:
    """The column of each cell, and where its reference ends; the row in it must be that of the row element."""
    word = piece.words[at]
    if not (word & MASK[6] == _CELL).all():
        raise NotPlain("a cell that does not begin with its reference")
    first = ((word >> np.uint64(48)) & np.uint64(255)).astype(np.int32) - 64
    second = (word >> np.uint64(56)).astype(np.int32) - 64
    col, letters = first, 1 + (second > 0)
    if int(second.max()) > 0:
        two = np.flatnonzero(second > 0)
        third = piece.buffer.take(at[two] + 8).astype(np.int32) - 64
        col = col.copy()
        col[two] = np.where(third > 0, (first[two] * 26 + second[two]) * 26 + third, first[two] * 26 + second[two])
        letters[two] += third > 0
        if int(third.max()) > 26:
            raise NotPlain("a reference")
    if int(first.min()) < 1 or int(first.max()) > 26 or int(second.max()) > 26 or int(col.max()) > LAST_COLUMN:
        raise NotPlain("a reference")
    behind = at + (6 + letters)
    if not ((piece.words[behind] ^ row_text) & MASK[digits + 1] == 0).all():
        raise NotPlain("a reference to another row")
    return col, behind + digits + 1


def numbers_at(piece: Stretch, start: Longs, length: Longs, shared: Bools) -> Floats:
    """The numbers that stand at these places; those of shared strings are whole. Raises `NotPlain`."""
    short = np.minimum(length, 8)
    whole, good = whole_numbers(piece.words[start], short)
    good &= length <= 8
    value = whole.astype(np.float64)
    left = np.flatnonzero(~good)
    if not len(left):
        return value
    if shared[left].any():
        raise NotPlain("the number of a shared string")
    value[left], good = decimals(piece.buffer, start[left], length[left])
    seen: dict[bytes, float] = {}
    for i in left[~good].tolist():
        raw = piece.chunk[int(start[i]) : int(start[i] + length[i])]
        if raw not in seen:
            found = number(raw.decode("ascii", "replace"))
            if found is None:
                raise NotPlain("a number")
            seen[raw] = found
        value[i] = seen[raw]
    return value
