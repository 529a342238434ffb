"""Which texts of a pool are one text, and the code of a text: by hashes of the bytes, proved by the bytes themselves.

A register holds a million texts, most of them once; a Python object for each would cost more than reading them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ownerbook.schema.cells import FIRST_BYTES, Ints, Longs, Pool, words_of

Words = NDArray[np.uint64]
_SPREAD, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_WORD = 8
_LONG = 256  # bytes; the few longer texts are hashed by Python


@dataclass(frozen=True, slots=True)
class Sameness:
    """first: for each code of the pool the lowest code of the same text. `hashes` and `codes` index the distinct texts by hash."""

    pool: Pool
    first: Ints
    hashes: Words
    codes: Ints
    bits: int

    def codes_of(self, texts: Sequence[str]) -> Ints:
        """The lowest code of each text, -1 for one that the pool does not hold."""
        other = Pool()
        other.extend_texts(texts)
        wanted = _hashes(other, self.bits)
        out = np.full(len(texts), -1, np.int32)
        begin, end = np.searchsorted(self.hashes, wanted), np.searchsorted(self.hashes, wanted, side="right")
        asked = np.flatnonzero(end > begin)
        while len(asked):  # once, but for hashes that several texts share
            codes = self.codes[begin[asked]]
            found = np.array([held == texts[i] for i, held in zip(asked.tolist(), self.pool.texts(codes), strict=True)], bool)
            out[asked[found]] = codes[found]
            begin[asked] += 1
            asked = asked[~found & (begin[asked] < end[asked])]
        return out


def sameness(pool: Pool, bits: int = 64) -> Sameness:
    """Compare all texts of a pool. `bits` of the hashes count; fewer make collisions likely, and nothing wrong."""
    hashes = _hashes(pool, bits)
    order = np.argsort(hashes)
    ordered = hashes[order]
    repeat = np.zeros(len(order), bool)
    repeat[1:] = ordered[1:] == ordered[:-1]
    first = np.arange(len(order), dtype=np.int32)
    again = np.flatnonzero(repeat)
    if len(again):
        begin = np.maximum.accumulate(np.where(repeat, 0, np.arange(len(order))))
        some, others = order[again], order[begin[again]]
        same = _equal(pool, some, others)
        lowest = first.copy()
        np.minimum.at(lowest, others[same], some[same].astype(np.int32))
        first[some[same]] = others[same]
        first = lowest[first]
        if not same.all():  # different texts of one hash are told apart one by one
            collided = np.isin(begin, begin[again[~same]])
            known: dict[str, int] = {}
            codes = np.sort(order[collided])
            for code, text in zip(codes.tolist(), pool.texts(codes), strict=True):
                first[code] = known.setdefault(text, code)
    alone = first[order] == order
    return Sameness(pool, first, ordered[alone], order[alone].astype(np.int32), bits)


def _hashes(pool: Pool, bits: int) -> Words:
    buffer, offsets = pool.layout()
    words = words_of(buffer.data)
    lengths = np.diff(offsets)
    out = lengths.astype(np.uint64) * _SPREAD
    for at, rows in _steps(lengths):
        word = words[offsets[rows] + at] & FIRST_BYTES[np.minimum(lengths[rows] - at, _WORD)]
        mixed = (out[rows] ^ word) * _MIX
        out[rows] = mixed ^ (mixed >> np.uint64(29))
    for code in np.flatnonzero(lengths > _LONG).tolist():
        out[code] = np.uint64(hash(buffer[offsets[code] : offsets[code + 1]].tobytes()) & 0xFFFFFFFFFFFFFFFF)
    return out * _SPREAD >> np.uint64(64 - bits)


def _equal(pool: Pool, some: Longs, others: Longs) -> NDArray[np.bool_]:
    """Pair by pair, whether two texts are the same bytes."""
    buffer, offsets = pool.layout()
    words = words_of(buffer.data)
    lengths = np.diff(offsets)
    same: NDArray[np.bool_] = lengths[some] == lengths[others]
    for at, rows in _steps(np.where(same, lengths[some], 0)):
        mask = FIRST_BYTES[np.minimum(lengths[some[rows]] - at, _WORD)]
        same[rows] &= (words[offsets[some[rows]] + at] ^ words[offsets[others[rows]] + at]) & mask == 0
    for i in np.flatnonzero(same & (lengths[some] > _LONG)).tolist():
        (a, b), n = (offsets[some[i]], offsets[others[i]]), lengths[some[i]]
        same[i] = bool((buffer[a : a + n] == buffer[b : b + n]).all())
    return same


def _steps(lengths: Longs) -> Iterator[tuple[int, Longs]]:
    """Eight bytes at a time: the place in the text, and the texts that reach beyond it. Long texts take no part."""
    rows = np.flatnonzero((lengths > 0) & (lengths <= _LONG))
    at = 0
    while len(rows):
        yield at, rows
        at += _WORD
        rows = rows[lengths[rows] > at]
