"""Which texts of a pool are one text, and the code of a text: by hashes of the bytes, proved by the bytes themselves.

A register holds a million texts, most of them once; a Python object for each would cost more than reading them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ownerbook.schema.cells import FIRST_BYTES, Bools, Ints, Longs, Piece, Pool, words_of
from ownerbook.schema.text_hashes import LONG, Words, steps, text_hashes

_WORD = 8


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
        other = Pool(self.pool.key)
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


@dataclass(frozen=True, slots=True)
class KnownSameness:
    """Of some texts of a pool by themselves: first, counted from the first of them, and the distinct ones in the order of their hashes."""

    first: Ints
    codes: Ints


def sameness(pool: Pool, bits: int = 64) -> Sameness:
    """Compare all texts of a pool. `bits` of the hashes count; fewer make collisions likely, and nothing wrong."""
    hashes = _hashes(pool, bits)
    known = max((p for p in pool.known(sameness) if isinstance(p.value, KnownSameness)), key=lambda p: p.end - p.first, default=None)
    if bits == 64 and known is not None and 2 * (known.end - known.first) > len(pool):
        return _extended(pool, hashes, known)
    return Sameness(pool, *_compared(pool, hashes, np.argsort(hashes)), bits)


def of_range(whole: Sameness, first: int, end: int) -> KnownSameness:
    """What is known of the texts with the codes first … end - 1, by themselves."""
    group = whole.first[first:end]
    lowest = np.full(len(whole.first), -1, np.int32)
    lowest[group[::-1]] = np.arange(end - first - 1, -1, -1, dtype=np.int32)
    codes = lowest[whole.codes]
    return KnownSameness(lowest[group], codes[codes >= 0])


def _compared(pool: Pool, hashes: Words, order: Longs) -> tuple[Ints, Words, Ints]:
    """first, hashes and codes, as `Sameness` has them, of the texts whose codes are in `order`, which follows the hashes; others stay alone."""
    ordered = hashes[order]
    repeat = np.zeros(len(order), bool)
    repeat[1:] = ordered[1:] == ordered[:-1]
    first = np.arange(len(hashes), dtype=np.int32)
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
    return first, ordered[alone], order[alone].astype(np.int32)


def _extended(pool: Pool, hashes: Words, piece: Piece) -> Sameness:
    """All texts, where those of a piece are known: the others are compared with each other and with the distinct ones of the piece."""
    known: KnownSameness = piece.value
    held = known.codes + np.int32(piece.first)
    others = np.concatenate([np.arange(piece.first), np.arange(piece.end, len(pool))])
    if not len(others):
        return Sameness(pool, known.first + np.int32(piece.first), hashes[held], held, 64)
    # only those that share a hash with another need be looked at; of the piece, those that share one with a text outside it
    beside = np.concatenate([others, held[_shared(hashes[held], hashes[others])]])
    first, _, _ = _compared(pool, hashes, beside[np.argsort(hashes[beside])])
    within = slice(piece.first, piece.end)
    first[within] = first[within][known.first]
    fresh = others[first[others] == others]
    fresh = fresh[np.argsort(hashes[fresh])]
    left = held[first[held] == held]
    codes = np.insert(left, np.searchsorted(hashes[left], hashes[fresh]), fresh)
    return Sameness(pool, first, hashes[codes], codes.astype(np.int32), 64)


def _shared(ordered: Words, wanted: Words) -> Longs:
    """The places of values in order that are among those wanted."""
    begin, end = np.searchsorted(ordered, wanted), np.searchsorted(ordered, wanted, side="right")
    marked = np.zeros(len(ordered) + 1, np.int32)
    np.add.at(marked, begin, 1)
    np.add.at(marked, end, -1)
    return np.flatnonzero(np.cumsum(marked[:-1]))


def _hashes(pool: Pool, bits: int) -> Words:
    found = pool.derived(text_hashes)
    return found if bits == 64 else found >> np.uint64(64 - bits)


def _equal(pool: Pool, some: Longs, others: Longs) -> Bools:
    """Pair by pair, whether two texts are the same bytes."""
    buffer, offsets = pool.layout()
    words = words_of(buffer.data)
    lengths = np.diff(offsets)
    same: NDArray[np.bool_] = lengths[some] == lengths[others]
    for at, rows in steps(np.where(same, lengths[some], 0)):
        mask = FIRST_BYTES[np.minimum(lengths[some[rows]] - at, _WORD)]
        same[rows] &= (words[offsets[some[rows]] + at] ^ words[offsets[others[rows]] + at]) & mask == 0
    for i in np.flatnonzero(same & (lengths[some] > LONG)).tolist():
        (a, b), n = (offsets[some[i]], offsets[others[i]]), lengths[some[i]]
        same[i] = bool((buffer[a : a + n] == buffer[b : b + n]).all())
    return same
