"""The texts of a column: each distinct one looked at once, harmless damage seen through and remarked.

A healthy column costs nothing a text: one search over the bytes of all texts of the register tells which are to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import cached_property

import numpy as np

from ownerbook.register.oddities import oddities
from ownerbook.schema.cells import Bools, Bytes, Ints, Kind, Longs, Pool
from ownerbook.schema.distinct import distinct
from ownerbook.schema.sameness import sameness
from ownerbook.schema.table import Table

BLANK_WORDS = frozenset({"-", "—", "/", "无", "暂无", "－", "／", "--", "——", "–"})
_ODD_SPACE = "\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"


class Care(Enum):
    """How texts are tidied: identifiers are folded to half width, names and words keep every character."""

    IDENTIFIER = "identifier"
    NAME = "name"
    WORDS = "words"


class Breaks(Enum):
    """What a line break in a text is: damage (B08), allowed, or a comma between the things of a list (damage too)."""

    DAMAGE = "damage"
    SPARED = "spared"
    COMMA = "comma"


_FINE_END = r"|^[ '’‘＇`]| $|^(?:-+|—+|–|/|－|／|无|暂无)$"
_SUSPECT = {
    Care.IDENTIFIER: re.compile(r"[^!-~ \n\u4e00-\u9fff（）·]|\.0+$" + _FINE_END, re.M),
    Care.NAME: re.compile(rf"[{_ODD_SPACE}]" + _FINE_END, re.M),
    Care.WORDS: re.compile(rf"[{_ODD_SPACE}]" + _FINE_END, re.M),
}
_BREAK = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")


class Texts:
    """Distinct texts of a column.

    rows: positions of text cells. inverse: for each such row, which distinct text. codes: of the distinct texts in `pool`.
    changed: distinct texts that were tidied, and into what; blank: those that mean nothing; damage: those harmlessly damaged,
    and by what. Strings are made of texts that are asked for, and of no others.
    """

    def __init__(self, pool: Pool, rows: Ints, codes: Longs) -> None:
        self.pool, self.rows = pool, rows
        self.codes, self.inverse = distinct(codes)
        self.changed: dict[int, str] = {}
        self.blank: set[int] = set()
        self.damage: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def found(self) -> list[str]:
        """All of them as they stand."""
        return self.pool.texts(self.codes)

    @cached_property
    def values(self) -> list[str]:
        """All of them, tidied."""
        out = list(self.found)
        for i, value in self.changed.items():
            out[i] = value
        return out

    def found_at(self, i: int) -> str:
        """One of them as it stands."""
        return self.pool.text(int(self.codes[i]))

    def value(self, i: int) -> str:
        """One of them, tidied."""
        changed = self.changed.get(i)
        return self.found_at(i) if changed is None else changed

    def values_of(self, which: Longs) -> list[str]:
        """Some of them, tidied."""
        out = self.pool.texts(self.codes[which])
        if self.changed:
            out = [self.changed.get(i, text) for i, text in zip(which.tolist(), out, strict=True)]
        return out

    def beginning_with(self, signs: str) -> list[int]:
        """Those whose tidied text begins with one of these signs of ASCII."""
        buffer, offsets = self.pool.layout()
        head = np.where(self.pool.lengths(self.codes) > 0, buffer[offsets[self.codes]], 0)
        wanted = np.zeros(256, bool)
        wanted[list(signs.encode())] = True
        held = wanted[head]
        if self.changed:
            for i, value in self.changed.items():
                held[i] = value[:1] in signs and bool(value)
        return np.flatnonzero(held).tolist()

    def equal_to(self, words: Iterable[str]) -> list[int]:
        """Those whose tidied text is one of these words."""
        lengths = self.pool.lengths(self.codes)
        out = []
        for word in words:
            raw = word.encode()
            same = np.flatnonzero(lengths == len(raw))
            out += [i for i in same.tolist() if i not in self.changed and self.found_at(i) == word]
            out += [i for i, value in self.changed.items() if value == word]
        return out

    def matrix(self, width: int) -> tuple[Bytes, Longs]:
        """The bytes of all of them as they stand, and their lengths: see `Pool.matrix`."""
        return self.pool.matrix(self.codes, width)

    def untouched(self) -> Bools:
        """Those that were neither tidied nor found blank."""
        out = np.ones(len(self), bool)
        out[[*self.changed, *self.blank]] = False
        return out

    def rows_of(self, wanted: Iterable[int]) -> Ints:
        """The rows that hold one of these distinct texts."""
        mask = np.zeros(len(self) + 1, bool)
        mask[list(wanted)] = True
        return self.rows[mask[self.inverse]]

    def each_row(self) -> list[str]:
        """The tidied text of every row in `rows`."""
        return [self.values[i] for i in self.inverse.tolist()]


def texts_of(table: Table, field_name: str, care: Care, *, breaks: Breaks = Breaks.DAMAGE, look_alike_x: bool = False) -> Texts:
    """Read the text cells of a column."""
    cells = table.cells[field_name]
    rows = np.flatnonzero(cells.kind == Kind.TEXT)
    # where each cell has its text for itself (inline strings), equal ones are one all the same
    codes = table.pool.derived(sameness).first[cells.codes(rows)].astype(np.int64)
    out = Texts(table.pool, rows.astype(np.int32), codes)
    odd = table.pool.derived(oddities)
    marked = (odd.identifier if care is Care.IDENTIFIER else odd.words)[out.codes]
    if look_alike_x:
        marked |= odd.ends_in_x[out.codes]
    suspects = np.flatnonzero(marked)
    pattern = _SUSPECT[care]
    for i, text in zip(suspects.tolist(), table.pool.texts(out.codes[suspects]), strict=True):
        if pattern.search(text) or "\n" in text or (look_alike_x and text.endswith("x")):
            _tidy(out, i, text, care, breaks, look_alike_x)
    return out


def _tidy(out: Texts, i: int, text: str, care: Care, breaks: Breaks, look_alike_x: bool) -> None:
    from ownerbook.identifiers import damage

    stripped = text.strip(" ")
    if stripped in BLANK_WORDS or not stripped:
        out.blank.add(i)
        return
    keep = breaks is not Breaks.DAMAGE
    value, kinds = damage.clean(stripped, width=care is Care.IDENTIFIER, look_alike_x=look_alike_x, newlines_ok=keep)
    if breaks is Breaks.COMMA and _BREAK.search(value):
        value, kinds = _BREAK.sub("、", value.strip()), ("invisible",)
    elif breaks is Breaks.DAMAGE and care is Care.WORDS and _BREAK.search(value):
        value, kinds = _one_line(value), ("invisible",)
    if not value or value in BLANK_WORDS:
        out.blank.add(i)
        return
    if value != text:
        out.changed[i] = value
    if kinds:
        out.damage[i] = kinds[0]


def _one_line(text: str) -> str:
    """The lines of a text as one: Chinese runs on, words of Latin letters need a space between."""
    return _BREAK.sub(lambda m: " " if _latin(text[: m.start()][-1:]) and _latin(text[m.end() :][:1]) else "", text.strip())


def _latin(c: str) -> bool:
    return c.isascii() and c.isalnum()
