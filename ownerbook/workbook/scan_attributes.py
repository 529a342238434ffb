"""What stands in a tag behind the cell's reference or the row's number: few endings, each parsed once, then recognised."""

from __future__ import annotations

import re

import numpy as np

from ownerbook.schema.cells import Bools, Bytes, Ints, Longs
from ownerbook.workbook.scan_tags import NotPlain
from ownerbook.workbook.scan_words import Words, first_of, up_to

_SLOTS = 1 << 13
_MOST_WORDS = 32  # of a row's ending
_SPREAD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
_ENDING = re.compile(rb'((?:[ \t\r\n]+[A-Za-z0-9_:.-]+[ \t\r\n]*=[ \t\r\n]*"[^"<&\x00-\x1f\x80-\xff]*")*)[ \t\r\n]*/?>')
_ATTRIBUTE = re.compile(rb'([A-Za-z0-9_:.-]+)[ \t\r\n]*=[ \t\r\n]*"([^"]*)"')

NUMBER, SHARED, TEXT, INLINE, BOOL, ERROR, ISO_DATE = range(7)
_TYPES = {b"s": SHARED, b"str": TEXT, b"inlineStr": INLINE, b"b": BOOL, b"e": ERROR, b"d": ISO_DATE}


class Endings:
    """The endings met in one sheet: style, type, and whether the cell closes itself."""

    def __init__(self) -> None:
        self._keys: list[Words] = [np.zeros(_SLOTS, np.uint64) for _ in range(3)]
        self._style = np.zeros(_SLOTS, np.int32)
        self._type = np.zeros(_SLOTS, np.uint8)
        self._closed = np.zeros(_SLOTS, bool)
        self._length = np.zeros(_SLOTS, np.int64)

    def recognise(self, words: Words, at: Longs, chunk: bytes) -> tuple[Ints, Bytes, Bools, Longs]:
        """Of the endings from these positions: style, type, whether the cell is closed, and the length in bytes.

        Raises `NotPlain` for one that is no plain list of attributes.
        """
        first, whole = up_to(words[at], 62)
        slot = first * _SPREAD[0]
        long = np.flatnonzero(~whole)
        second = third = np.zeros(0, np.uint64)
        if len(long):
            second, whole = up_to(words[at[long] + 8], 62)
            third = np.zeros(len(long), np.uint64)
            longer = np.flatnonzero(~whole)
            if len(longer):
                third[longer], whole = up_to(words[at[long[longer]] + 16], 62)
                if not whole.all():
                    raise NotPlain("a cell with many attributes")
            slot[long] += second * _SPREAD[1] + third * _SPREAD[2]
        slot = (slot >> np.uint64(51)).astype(np.int64)
        known = self._keys[0].take(slot) == first
        if len(long):
            there = slot[long]
            known[long] &= (self._keys[1].take(there) == second) & (self._keys[2].take(there) == third)
        style, kind, closed, length = self._style.take(slot), self._type.take(slot), self._closed.take(slot), self._length.take(slot)
        unknown = np.flatnonzero(~known)
        if len(unknown):
            keys = np.zeros((3, len(at)), np.uint64)
            keys[0], keys[1][long], keys[2][long] = first, second, third
            while len(unknown):
                i = int(unknown[0])
                begin = int(at[i])
                ending = chunk[begin : chunk.index(b">", begin) + 1]
                meaning = _parsed(ending)
                self._keep(ending, int(slot[i]), meaning)
                same = (keys[:, unknown] == keys[:, i : i + 1]).all(axis=0)
                style[unknown[same]], kind[unknown[same]], closed[unknown[same]] = meaning
                length[unknown[same]] = len(ending)
                unknown = unknown[~same]
        return style, kind, closed, length

    def _keep(self, ending: bytes, slot: int, meaning: tuple[int, int, bool]) -> None:
        if self._keys[0][slot]:
            return  # another ending has the place; this one is parsed anew in each chunk
        for i, key in enumerate(self._keys):
            key[slot] = int.from_bytes(ending[8 * i : 8 * i + 8], "little")
        self._style[slot], self._type[slot], self._closed[slot] = meaning
        self._length[slot] = len(ending)


def _parsed(ending: bytes) -> tuple[int, int, bool]:
    found = _attributes(ending)
    if b"r" in found:
        raise NotPlain("a cell with two references")
    style = found.get(b"s", b"0").strip(b" ")
    number = int(style) if style.isdigit() and len(style) < 10 else 0
    return number, _TYPES.get(found.get(b"t", b"n"), NUMBER), ending.endswith(b"/>")


def _hidden(found: dict[bytes, bytes]) -> bool:
    return found.get(b"hidden", b"").strip(b" ") in (b"1", b"true", b"on")


def _attributes(ending: bytes) -> dict[bytes, bytes]:
    m = _ENDING.fullmatch(ending)
    found: list[tuple[bytes, bytes]] = _ATTRIBUTE.findall(m[1]) if m else []
    if not m or len({name for name, _ in found}) != len(found):
        raise NotPlain("attributes")
    return dict(found)


class RowEndings:
    """The endings of row tags met in one sheet, told apart by a sum over all their words: whether the row is hidden."""

    def __init__(self) -> None:
        self._sums = np.zeros(_SLOTS, np.uint64)
        self._hidden = np.zeros(_SLOTS, bool)

    def recognise(self, words: Words, at: Longs, chunk: bytes) -> tuple[Bools, Longs]:
        """Whether the rows whose endings begin at these positions are hidden, and where the endings end. Raises `NotPlain`."""
        end = at.copy()
        sums = np.zeros(len(at), np.uint64)
        going, place = np.arange(len(at)), at
        for _ in range(_MOST_WORDS):
            word, whole = up_to(words[place], 62)
            mixed = (sums[going] ^ word) * _SPREAD[0]
            sums[going] = mixed ^ (mixed >> np.uint64(29))
            end[going] = place + 8
            if whole.all():
                break
            going, place = going[~whole], place[~whole] + 8
        else:
            raise NotPlain("a row with many attributes")
        slot = (sums >> np.uint64(51)).astype(np.int64)
        hidden = self._hidden.take(slot)
        unknown = np.flatnonzero(self._sums.take(slot) != sums)
        while len(unknown):
            i = int(unknown[0])
            begin = int(at[i])
            found = _attributes(chunk[begin : chunk.index(b">", begin) + 1])
            if b"r" in found:
                raise NotPlain("a row with two numbers")
            if not self._sums[slot[i]]:
                self._sums[slot[i]], self._hidden[slot[i]] = sums[i], _hidden(found)
            same = sums[unknown] == sums[i]
            hidden[unknown[same]] = _hidden(found)
            unknown = unknown[~same]
        return hidden, end - 8 + first_of(words[end - 8], 62)[0] + 1
