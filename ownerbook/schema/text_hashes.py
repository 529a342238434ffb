"""The hash of every text of a pool, by code: under the pool's key, so that nobody who lacks it can make two texts that look alike.

Two different texts have one hash about once in 2**64; whoever concludes from equal hashes proves it (`schema.sameness`) or accepts
that (`workbook.keeping`, whose key is drawn for the shelf that it keeps on).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ownerbook.schema.cells import FIRST_BYTES, Longs, Pool, words_of

Words = NDArray[np.uint64]
LONG = 256
"""Bytes; the few longer texts are hashed by a digest."""

_SPREAD, _MIX, _TURN = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93
_WORD = 8


def text_hashes(pool: Pool) -> Words:
    """The hashes of all texts."""
    out = np.empty(len(pool), np.uint64)
    for piece in pool.known(text_hashes):
        out[piece.first : piece.end] = piece.value
    for first, end in pool.unknown(text_hashes):
        out[first:end] = _hashed(pool, first, end)
    return out


def _hashed(pool: Pool, first: int, end: int) -> Words:
    buffer, offsets = pool.layout()
    words = words_of(buffer.data)
    begin = offsets[first:end]
    lengths = np.diff(offsets[first : end + 1])
    mix, turn = (np.uint64((n ^ pool.key << 1) & 0xFFFFFFFFFFFFFFFF) for n in (_MIX, _TURN))  # odd, whatever the key
    out = (lengths.astype(np.uint64) + np.uint64(pool.key & 0xFFFFFFFF)) * np.uint64(_SPREAD)
    for at, rows in steps(lengths):
        word = words[begin[rows] + at] & FIRST_BYTES[np.minimum(lengths[rows] - at, _WORD)]
        mixed = (out[rows] ^ word) * mix
        mixed = (mixed ^ (mixed >> np.uint64(32))) * turn
        out[rows] = mixed ^ (mixed >> np.uint64(29))
    long = np.flatnonzero(lengths > LONG)
    if len(long):
        from hashlib import blake2b

        key = pool.key.to_bytes(16, "little")
        for i in long.tolist():
            out[i] = int.from_bytes(blake2b(buffer[begin[i] : begin[i] + lengths[i]].tobytes(), digest_size=8, key=key).digest(), "little")
    return out * np.uint64(_SPREAD)


def steps(lengths: Longs) -> Iterator[tuple[int, Longs]]:
    """Eight bytes at a time: the place in the text, and the texts that reach beyond it. Long texts take no part."""
    rows = np.flatnonzero((lengths > 0) & (lengths <= LONG))
    at = 0
    while len(rows):
        yield at, rows
        at += _WORD
        rows = rows[lengths[rows] > at]
