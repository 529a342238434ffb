"""Which texts of a pool may have to be looked at one by one: a search over all bytes at once, for all columns together.

What is marked here need not be odd (`register.texts` looks), what is not marked is plain. Two measures: identifiers hold
printable ASCII, Han characters of the basic block, （ ） and ·; words and names may hold anything but odd spaces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.schema.cells import Bools, Bytes, Longs, Pool

_FINE, _BAD, _LOOK = 0, 1, 2  # of a byte: never odd, odd, odd with some of those that follow
_ZERO, _POINT = ord("0"), ord(".")


@dataclass(frozen=True, slots=True)
class Oddities:
    """By code: whether the text may be odd as an identifier, as words or a name, and whether it ends in x."""

    identifier: Bools
    words: Bools
    ends_in_x: Bools


def oddities(pool: Pool) -> Oddities:
    """Look through all texts of a pool, but for those that are known."""
    parts = [(p.first, p.value) for p in pool.known(oddities)] + [(first, _looked(pool, first, end)) for first, end in pool.unknown(oddities)]
    parts.sort(key=lambda part: part[0])
    none = np.zeros(0, bool)
    found: list[Oddities] = [o for _, o in parts]
    if len(found) == 1:
        return found[0]
    return Oddities(*(np.concatenate([none, *(getattr(o, name) for o in found)]) for name in ("identifier", "words", "ends_in_x")))


def _looked(pool: Pool, first_code: int, end_code: int) -> Oddities:
    """Look through the texts with these codes."""
    buffer, offsets = pool.layout()
    offsets = offsets[first_code : end_code + 1]
    buffer = buffer[offsets[0] : offsets[-1]]
    offsets = offsets - offsets[0]
    begin, end = offsets[:-1], offsets[1:]
    filled = end > begin
    first = buffer[np.minimum(begin, max(len(buffer) - 1, 0))] if len(buffer) else np.zeros(len(begin), np.uint8)
    last = buffer[np.maximum(end - 1, 0)] if len(buffer) else np.zeros(len(begin), np.uint8)
    first, last = np.where(filled, first, 32), np.where(filled, last, 32)
    ends = _ODD_FIRST[first] | (last == 32)
    short = np.flatnonzero((end - begin == 3) | (end - begin == 6))
    ends[short[_matches(buffer, end[short] - 3, _NOTHING)]] = True
    identifier, words = ends.copy(), ends
    places, kinds = _noted(buffer)
    identifier[_holders(offsets, _odd_in_identifiers(buffer, places, kinds & np.uint8(3)))] = True
    words[_holders(offsets, _odd_in_words(buffer, places, kinds >> np.uint8(2)))] = True
    identifier[_float_tails(buffer, begin, end, last)] = True
    return Oddities(identifier, words, last == ord("x"))


def _holders(offsets: Longs, at: Longs) -> Longs:
    """The texts in which these places lie."""
    return np.searchsorted(offsets, at, side="right") - 1


def _matches(buffer: Bytes, at: Longs, wanted: bytes) -> Bools:
    """At which of these places the bytes stand."""
    found = (at >= 0) & (at + len(wanted) <= len(buffer))
    for j, byte in enumerate(wanted):
        found[found] = buffer[at[found] + j] == byte
    return found


def _noted(buffer: Bytes) -> tuple[Longs, Bytes]:
    """The places of bytes that are not fine in both measures, and what they are: in an identifier, and four times what they are in words."""
    places: list[Longs] = [np.zeros(0, np.int64)]
    kinds: list[Bytes] = [np.zeros(0, np.uint8)]
    for begin in range(0, len(buffer), _STRETCH):
        kind = np.frombuffer(buffer[begin : begin + _STRETCH].tobytes().translate(_KINDS), np.uint8)
        at = np.flatnonzero(kind)
        places.append(at + begin)
        kinds.append(kind[at])
    return np.concatenate(places), np.concatenate(kinds)


def _odd_in_identifiers(buffer: Bytes, places: Longs, kind: Bytes) -> Longs:
    look = places[kind == _LOOK]
    fine = np.zeros(len(look), bool)
    for allowed in ("（", "）", "·"):
        fine |= _matches(buffer, look, allowed.encode())
    lead, follows = buffer[look], buffer[np.minimum(look + 1, len(buffer) - 1)] if len(buffer) else buffer
    fine |= (lead == 0xE4) & (follows >= 0xB8)  # U+4E00 is E4 B8 80
    return np.concatenate([places[kind == _BAD], look[~fine]])


def _odd_in_words(buffer: Bytes, places: Longs, kind: Bytes) -> Longs:
    look = places[kind == _LOOK]
    a, b = (buffer[np.minimum(look + n, len(buffer) - 1)] if len(buffer) else buffer for n in (1, 2))
    lead = buffer[look]
    odd = (lead == 0xC2) & ((a <= 0xA0) | (a == 0xAD))
    odd |= (lead == 0xE1) & ((a == 0x9A) | (a == 0xA0))
    odd |= (lead == 0xE2) & ((a == 0x80) & ((b <= 0x8F) | (b >= 0xA8)) | (a == 0x81))
    odd |= (lead == 0xE3) & (a == 0x80) & (b == 0x80)
    odd |= (lead == 0xEF) & ((a == 0xBB) | (a == 0xBF))
    return np.concatenate([places[kind == _BAD], look[odd]])


def _float_tails(buffer: Bytes, begin: Longs, end: Longs, last: Bytes) -> Longs:
    """Texts that end in a point and zeros."""
    found = []
    going = np.flatnonzero(last == _ZERO)
    back = 2
    while len(going):
        going = going[end[going] - begin[going] >= back]
        byte = buffer[end[going] - back]
        found.append(going[byte == _POINT])
        going = going[byte == _ZERO]
        back += 1
    return np.concatenate(found) if found else going


def _table(fine: bytes, look: bytes) -> Bytes:
    out = np.full(256, _BAD, np.uint8)
    out[list(fine)], out[list(look)] = _FINE, _LOOK
    return out


_FOLLOWING = bytes(range(0x80, 0xC0))
_IDENTIFIER = _table(bytes(range(0x20, 0x7F)) + _FOLLOWING + bytes(range(0xE5, 0xEA)), b"\xc2\xe4\xef")
_WORDS = _table(bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100)), b"\xc2\xe1\xe2\xe3\xef")
_KINDS = (_IDENTIFIER + 4 * _WORDS).astype(np.uint8).tobytes()
_STRETCH = 1 << 20  # bytes
_ODD_FIRST = np.zeros(256, bool)
_ODD_FIRST[list(b" '`-/")] = True
_ODD_FIRST[[s.encode()[0] for s in "’—－"]] = True
_NOTHING = "无".encode()
