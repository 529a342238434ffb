"""Rows as spreadsheets mostly write them: cell behind cell, each a reference, a number or a shared string, and nothing else.

Such a stretch needs no list of its tags. The cells are found by their first two bytes, the length of each is reckoned from
what it holds, and where every cell ends as the next one begins every byte is accounted for. Whatever is otherwise has no
layout, and goes by its tags (`scan_cells`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.schema.cells import Bools, Bytes, Floats, Ints, Kind, Longs
from ownerbook.workbook import scan_attributes as kinds
from ownerbook.workbook.raw_cells import RawKind
from ownerbook.workbook.scan_attributes import Endings, RowEndings
from ownerbook.workbook.scan_places import Stretch, numbers_at, references, row_numbers
from ownerbook.workbook.scan_tags import NotPlain
from ownerbook.workbook.scan_words import MASK, Words, first_of, place_of_lowest

_VALUE, _ROW_END, _VALUE_END = (np.uint64(int.from_bytes(s, "little")) for s in (b"<v>", b"</row>", b"</v></c>"))
_LONGEST_VALUE = 24  # bytes


@dataclass(frozen=True, slots=True)
class Layout:
    """The cells of a stretch, in order, blank ones included. kind: NUMBER, SHARED or BLANK; style: the cell's own `s`."""

    row: Ints
    col: Ints
    kind: Bytes
    value: Floats
    style: Ints
    hidden_rows: list[int]


def lay_out(stretch: Stretch, endings: Endings, row_endings: RowEndings) -> Layout | None:
    """The layout of a stretch, None where it has none."""
    try:
        return _laid_out(stretch, endings, row_endings)
    except NotPlain:
        return None


def _laid_out(stretch: Stretch, endings: Endings, row_endings: RowEndings) -> Layout | None:
    words = stretch.words
    at, row_at = _beginnings(stretch)
    if not len(at) or not len(row_at) or row_at[0] != 0:
        return None
    first = np.searchsorted(at, row_at)
    per_row = np.diff(np.append(first, len(at)))
    if not per_row.all():
        return None
    numbers, digits = row_numbers(stretch, row_at)
    hidden, row_behind = row_endings.recognise(words, row_at + (9 + digits), stretch.chunk)
    col, behind = references(stretch, at, np.repeat(words[row_at + 8] & MASK[digits + 1], per_row), np.repeat(digits, per_row))
    style, type_, closed, length = endings.recognise(words, behind, stretch.chunk)
    start = behind + length
    value, end = _values(stretch, start, closed, type_)

    # each cell ends where the next one begins, the last of a row at the end of the row, and rows lie end to end
    last = np.append(first[1:], len(at)) - 1
    row_end = end[last]
    following = np.append(at[1:], 0)
    following[last] = row_end
    whole = (end == following).all() and (words[row_end] & MASK[6] == _ROW_END).all()
    if not whole or not (row_behind == at[first]).all() or not (row_end + 6 == np.append(row_at[1:], stretch.size)).all():
        return None
    kind = np.where(closed, np.uint8(Kind.BLANK), np.where(type_ == kinds.SHARED, np.uint8(RawKind.SHARED), np.uint8(Kind.NUMBER)))
    return Layout(np.repeat(numbers, per_row), col, kind, value, style, numbers[hidden].tolist())


def _beginnings(stretch: Stretch) -> tuple[Longs, Longs]:
    """Where `<c` and `<r` stand."""
    buffer = stretch.buffer[: stretch.size + 1]
    bracket = np.zeros(stretch.size + 8 & ~7, bool)
    np.equal(buffer[:-1], 60, out=bracket[: stretch.size])
    found = []
    for letter in b"cr":
        marks = bracket.copy()
        marks[: stretch.size] &= buffer[1:] == letter
        eight = marks.view(np.uint64)
        here = np.flatnonzero(eight != 0)
        some = eight[here]
        if (some & (some - np.uint64(1))).any():
            raise NotPlain("two beginnings in eight bytes")
        found.append(here * 8 + place_of_lowest(some))
    return found[0], found[1]


def _values(stretch: Stretch, start: Longs, closed: Bools, type_: Bytes) -> tuple[Floats, Longs]:
    """The value of each cell, whose content begins at these places, and where the cell ends. Raises `NotPlain`."""
    if not closed.any():
        return _numbers(stretch, start, type_)
    value, end = np.zeros(len(start)), start.copy()
    filled = np.flatnonzero(~closed)
    if len(filled):
        value[filled], end[filled] = _numbers(stretch, start[filled], type_[filled])
    return value, end


def _numbers(stretch: Stretch, start: Longs, type_: Bytes) -> tuple[Floats, Longs]:
    words = stretch.words
    if int(type_.max()) > kinds.SHARED or not (words[start] & MASK[3] == _VALUE).all():
        raise NotPlain("another content than a number")
    start = start + 3
    length = _lengths(words, start)
    end = start + length
    if not length.all() or not (words[end] == _VALUE_END).all():
        raise NotPlain("another content than a number")
    return numbers_at(stretch, start, length, type_ == kinds.SHARED), end + 8


def _lengths(words: Words, start: Longs) -> Longs:
    """How many bytes stand before the next bracket."""
    length, found = first_of(words[start], 60)
    going = np.flatnonzero(~found)
    done = 8
    while len(going):
        if done >= _LONGEST_VALUE:
            raise NotPlain("a long value")
        more, found = first_of(words[start[going] + done], 60)
        length[going] = done + more
        going = going[~found]
        done += 8
    return length
