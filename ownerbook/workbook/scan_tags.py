"""The tags of a piece of sheet data: where they are, which they are, and whether they follow one another as expected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from ownerbook.schema.cells import Bytes, Longs


class NotPlain(Exception):
    """The scanner does not fully understand this part; the careful reader must take it."""


class Tag(IntEnum):
    """What a tag is, told by the two bytes after its bracket."""

    OTHER = 0
    ROW = 1
    C = 2
    V = 3
    V_EMPTY = 4
    F = 5
    F_EMPTY = 6
    IS = 7
    T = 8
    T_EMPTY = 9
    ROW_END = 10
    C_END = 11
    V_END = 12
    F_END = 13
    IS_END = 14
    T_END = 15


_BY_TWO_BYTES = {
    b"ro": Tag.ROW, b"c ": Tag.C, b"v>": Tag.V, b"v/": Tag.V_EMPTY, b"v ": Tag.V_EMPTY, b"f>": Tag.F, b"f ": Tag.F, b"f/": Tag.F_EMPTY,
    b"is": Tag.IS, b"t>": Tag.T, b"t ": Tag.T, b"t/": Tag.T_EMPTY,
    b"/r": Tag.ROW_END, b"/c": Tag.C_END, b"/v": Tag.V_END, b"/f": Tag.F_END, b"/i": Tag.IS_END, b"/t": Tag.T_END,
}  # fmt: skip

_FOLLOWING: dict[Tag, tuple[Tag, ...]] = {
    Tag.ROW: (Tag.C, Tag.ROW_END, Tag.ROW),
    Tag.ROW_END: (Tag.ROW,),
    Tag.C: (Tag.V, Tag.V_EMPTY, Tag.F, Tag.F_EMPTY, Tag.IS, Tag.C_END, Tag.C, Tag.ROW_END),
    Tag.C_END: (Tag.C, Tag.ROW_END),
    Tag.V: (Tag.V_END,),
    Tag.V_END: (Tag.C_END,),
    Tag.V_EMPTY: (Tag.C_END,),
    Tag.F: (Tag.F_END, Tag.V, Tag.V_EMPTY, Tag.C_END),
    Tag.F_END: (Tag.V, Tag.V_EMPTY, Tag.C_END),
    Tag.F_EMPTY: (Tag.V, Tag.V_EMPTY, Tag.C_END),
    Tag.IS: (Tag.T,),
    Tag.T: (Tag.T_END,),
    Tag.T_END: (Tag.IS_END,),
    Tag.IS_END: (Tag.C_END,),
}


def _tables() -> tuple[Bytes, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    kinds = np.zeros(1 << 16, np.uint8)
    for pair, tag in _BY_TWO_BYTES.items():
        kinds[pair[0] | pair[1] << 8] = tag
    allowed = np.zeros(256, bool)
    for before, after in _FOLLOWING.items():
        for tag in after:
            allowed[before << 4 | tag] = True
    return kinds, allowed


_KINDS, _ALLOWED = _tables()
# Closing tags of one letter end with the third byte; these are compared whole.
_WHOLE = ((Tag.ROW_END, b"</row>"), (Tag.IS_END, b"</is>"), (Tag.IS, b"<is>"), (Tag.F_EMPTY, b"<f/>"))


@dataclass(frozen=True, slots=True)
class Tags:
    """Position of each tag's bracket, and its `Tag`; two tags of kind OTHER past the end close the arrays."""

    at: Longs
    kind: Bytes

    def of(self, tag: Tag) -> Longs:
        """The numbers of the tags of this kind."""
        return np.flatnonzero(self.kind == tag)


def find_tags(buffer: Bytes, size: int) -> Tags:
    """All tags in the first `size` bytes (more bytes must follow). Raises `NotPlain`."""
    at = np.flatnonzero(buffer[:size] == 60)
    if not len(at):
        return Tags(np.full(2, size, np.int64), np.zeros(2, np.uint8))
    second = buffer[2:].take(at).astype(np.uint16)
    kind = _KINDS.take(second << np.uint16(8) | buffer[1:].take(at))
    if kind[0] != Tag.ROW or kind[-1] not in (Tag.ROW_END, Tag.ROW) or not kind.all():
        raise NotPlain("an element that is not of the cells")
    if not _ALLOWED.take(kind[:-1] << np.uint8(4) | kind[1:]).all():
        raise NotPlain("elements in another order")
    if ((buffer[3:].take(at) != 62) & (kind >= Tag.C_END) & (kind != Tag.IS_END)).any():
        raise NotPlain("a closing tag")
    at = np.append(at, [size, size])
    kind = np.append(kind, [np.uint8(0), np.uint8(0)])
    for tag, whole in _WHOLE:
        begin = at[kind == tag] if (kind == tag).any() else at[:0]
        for j, byte in enumerate(whole[3:], 3) if len(begin) else ():
            if not (buffer[j:].take(begin) == byte).all():
                raise NotPlain("a tag")
    if (kind == Tag.V_EMPTY).any():
        _check_empty_values(buffer, at[kind == Tag.V_EMPTY])
    _check_alone(buffer, at, kind, Tag.ROW, Tag.ROW, Tag.OTHER)
    if (kind == Tag.F).any():
        _check_alone(buffer, at, kind, Tag.F, Tag.V, Tag.V_EMPTY, Tag.C_END)
    return Tags(at, kind)


def _check_empty_values(buffer: Bytes, at: Longs) -> None:
    spaced = (buffer.take(at + 2) == 32).astype(np.int64)
    if not ((buffer.take(at + 2 + spaced) == 47) & (buffer.take(at + 3 + spaced) == 62)).all():
        raise NotPlain("attributes of a value")


def _check_alone(buffer: Bytes, at: Longs, kind: Bytes, tag: Tag, *after: Tag) -> None:
    """A tag that one of these follows must close itself: there is no end to it."""
    here = np.flatnonzero(kind == tag)
    following = kind.take(here + 1)
    alone = here[np.logical_or.reduce([following == other for other in after])]
    end = at.take(alone + 1)
    if not ((buffer.take(end - 1) == 62) & (buffer.take(end - 2) == 47)).all():
        raise NotPlain("white space behind an empty element")
