"""Cells as found: columns of kinds, values and styles, with the texts in one pool.

A column is a coded array, not a list of objects: the kind of each cell, a number (the number itself, or the
code of a text in the pool), and the style. Nothing here is interpreted; what a value means is said by
`ownerbook.register.understanding`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Derived = TypeVar("Derived")

_WORD = 8  # bytes that are handled at once; as many follow the last text of a pool
FIRST_BYTES: NDArray[np.uint64] = np.array([(1 << (8 * n)) - 1 for n in range(_WORD + 1)], np.uint64)
"""Masks for the first n bytes of a word."""


class Kind(IntEnum):
    """What the file says a cell is."""

    BLANK = 0
    TEXT = 1  # value: code in the pool
    NUMBER = 2  # value: the number
    DATE = 3  # value: the serial as the file holds it, shown through a date format (an ISO date cell: its serial)
    BOOL = 4  # value: 0 or 1
    ERROR = 5  # value: code in the pool of the error's text (#REF!)


class Flag(IntFlag):
    """What else is to be known of a cell."""

    FORMULA = 1
    NO_CACHE = 2  # a formula without a stored result
    EXTERNAL = 4  # a formula that refers to another workbook
    MERGED = 8  # inside a merge, not its anchor: kind and value are the anchor's
    STRIKE = 16  # struck through, whole or in part
    PICTURE = 32  # a WPS picture in the cell (DISPIMG)
    RICH = 64  # text in several formats


@dataclass(frozen=True, slots=True)
class Piece:
    """What was worked out before about the texts with the codes first … end - 1, by themselves."""

    first: int
    end: int
    value: Any


_AT_ONCE = 4096  # texts that came one by one


class Pool:
    """The texts of one reading, as UTF-8 end to end in one buffer; a text is named by its code.

    Codes are not unique a text: two workbooks bring the same text twice. key: under which texts are hashed.
    """

    def __init__(self, key: int = 0) -> None:
        self.key = key
        self._data = bytes(_WORD)
        self._offsets: Longs = np.zeros(1, np.int64)
        self._pending: list[tuple[bytes, Longs]] = []
        self._known: dict[str, int] = {}
        self._count = 0
        self._single: list[bytes] = []
        self.size = 0  # bytes of all texts
        self._derived: dict[Callable[[Pool], Any], tuple[int, Any]] = {}
        self._planted: dict[Callable[[Pool], Any], list[Piece]] = {}

    def __len__(self) -> int:
        return self._count

    def extend(self, data: bytes, lengths: Longs) -> int:
        """Take many texts: their UTF-8 bytes end to end, and each one's length in bytes. Gives the first code."""
        if int(lengths.sum()) != len(data):
            raise ValueError("the lengths do not add up to the data")
        self._gather()
        first = self._count
        self._pending.append((data, np.asarray(lengths, np.int64)))
        self._count += len(lengths)
        self.size += len(data)
        return first

    def _gather(self) -> None:
        if self._single:
            self._pending.append((b"".join(self._single), np.fromiter(map(len, self._single), np.int64, len(self._single))))
            self._single = []

    def extend_texts(self, texts: Sequence[str]) -> int:
        """Take many texts given as strings. Gives the first code."""
        if len(texts) == 1:  # an array for each of millions of cells would take more than the cells
            self._single.append(one := texts[0].encode("utf-8", "surrogatepass"))
            self.size += len(one)
            self._count += 1
            if len(self._single) >= _AT_ONCE:
                self._gather()
            return self._count - 1
        raw = [t.encode("utf-8", "surrogatepass") for t in texts]
        return self.extend(b"".join(raw), np.fromiter(map(len, raw), np.int64, len(raw)))

    def add(self, text: str) -> int:
        """The code of one text; the same text added twice so has one code."""
        code = self._known.get(text)
        if code is None:
            code = self._known[text] = self.extend_texts([text])
        return code

    def _settle(self) -> None:
        self._gather()
        if self._pending:
            self._data = b"".join([self._data[:-_WORD], *(data for data, _ in self._pending), bytes(_WORD)])
            lengths = np.concatenate([np.diff(self._offsets), *(n for _, n in self._pending)])
            self._offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
            self._pending = []

    def derived(self, work: Callable[[Pool], Derived]) -> Derived:
        """What `work` makes of all the texts, worked out once, and again only when texts have come since."""
        count, known = self._derived.get(work, (-1, None))
        if count != self._count:
            known = work(self)
            self._derived[work] = self._count, known
        return cast("Derived", known)

    def plant(self, work: Callable[[Pool], Any], piece: Piece) -> None:
        """Take over what `work` made of some of the texts in an earlier reading."""
        self._planted.setdefault(work, []).append(piece)

    def known(self, work: Callable[[Pool], Any]) -> list[Piece]:
        """What `work` need not look at again: pieces that do not overlap, in the order of codes."""
        count, value = self._derived.get(work, (0, None))
        own = [Piece(0, count, value)] if count else []
        return own + sorted((p for p in self._planted.get(work, ()) if p.first >= count), key=lambda p: p.first)

    def unknown(self, work: Callable[[Pool], Any]) -> list[tuple[int, int]]:
        """The codes between those pieces: first, and behind the last."""
        out, at = [], 0
        for piece in self.known(work):
            if piece.first > at:
                out.append((at, piece.first))
            at = piece.end
        return out + [(at, self._count)] * (at < self._count)

    def text(self, code: int) -> str:
        """One text."""
        self._settle()
        return self._data[self._offsets[code] : self._offsets[code + 1]].decode("utf-8", "surrogatepass")

    def texts(self, codes: Ints | Longs) -> list[str]:
        """The texts of these codes."""
        self._settle()
        data = self._data
        starts, ends = self._offsets[codes].tolist(), self._offsets[np.asarray(codes) + 1].tolist()
        return [data[a:b].decode("utf-8", "surrogatepass") for a, b in zip(starts, ends, strict=True)]

    def lengths(self, codes: Ints | Longs) -> Longs:
        """The lengths in bytes."""
        self._settle()
        return np.asarray(self._offsets[np.asarray(codes) + 1] - self._offsets[codes], np.int64)

    def layout(self) -> tuple[Bytes, Longs]:
        """All the bytes, and where each text begins; the last entry is where the last one ends. Eight bytes of 0 follow."""
        self._settle()
        return np.frombuffer(self._data, np.uint8), self._offsets

    def matrix(self, codes: Ints | Longs, width: int) -> tuple[Bytes, Longs]:
        """The first `width` bytes of each text as a matrix (n, width), padded with 0, and the true lengths in bytes.

        Test the lengths before the bytes: a longer text is cut here.
        """
        lengths = self.lengths(codes)
        words = words_of(self._data)
        starts, last = self._offsets[codes], len(words) - 1
        out = np.empty((len(lengths), -(-width // _WORD)), "<u8")
        for j in range(out.shape[1]):
            left = np.clip(lengths - _WORD * j, 0, _WORD)
            out[:, j] = words[np.minimum(starts + _WORD * j, last)] & FIRST_BYTES[left]
        return out.view(np.uint8).reshape(len(lengths), _WORD * out.shape[1])[:, :width], lengths


def words_of(padded: bytes | memoryview) -> NDArray[np.uint64]:
    """The eight bytes from every position of a buffer as a number, the first byte lowest."""
    return np.ndarray((len(padded) - _WORD + 1,), "<u8", padded, strides=(1,))


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is shown, as far as it bears on what it means."""

    number_format: str = "General"
    date: bool = False  # the format shows a date
    strike: bool = False
    fill: str | None = None  # ARGB of a solid fill


class Styles:
    """The styles of one reading, numbered; number 0 is the plain style."""

    def __init__(self) -> None:
        self.known: list[Style] = [Style()]
        self._numbers: dict[Style, int] = {self.known[0]: 0}

    def number(self, style: Style) -> int:
        """The number of a style, new or known."""
        n = self._numbers.setdefault(style, len(self.known))
        if n == len(self.known):
            self.known.append(style)
        return n

    def __getitem__(self, number: int) -> Style:
        return self.known[number]


@dataclass(slots=True)
class Cells:
    """One column as found: parallel arrays, one entry a row."""

    kind: Bytes
    value: Floats
    style: Ints
    flag: Bytes

    def __len__(self) -> int:
        return len(self.kind)

    @classmethod
    def blank(cls, n: int) -> Cells:
        """A column of blanks."""
        return cls(np.zeros(n, np.uint8), np.zeros(n), np.zeros(n, np.int32), np.zeros(n, np.uint8))

    def make_writable(self) -> None:
        """Styles and flags that are all alike lie in one place; give each cell its own."""
        if not self.style.flags.writeable:
            self.style = self.style.copy()
        if not self.flag.flags.writeable:
            self.flag = self.flag.copy()

    def are(self, *kinds: Kind) -> Bools:
        """Which cells are of one of these kinds."""
        found: Bools = self.kind == kinds[0]
        for kind in kinds[1:]:
            found |= self.kind == kind
        return found

    def codes(self, rows: Longs | Bools | None = None) -> Longs:
        """The pool codes of these rows' texts (meaningful where the kind is TEXT or ERROR)."""
        return (self.value if rows is None else self.value[rows]).astype(np.int64)
