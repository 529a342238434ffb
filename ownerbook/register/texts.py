"""The texts of a column: each distinct one looked at once, harmless damage seen through and remarked.

A healthy column costs one search over all its texts joined; only what that search finds is looked at one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from ownerbook.schema.cells import Ints, Kind, Longs
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


@dataclass(slots=True)
class Texts:
    """Distinct texts of a column.

    rows: positions of text cells. inverse: for each such row, which distinct text. values: the distinct texts, tidied.
    found: as they stand. blank: distinct texts that mean nothing. damage: distinct text → kind of harmless damage.
    """

    rows: Ints
    inverse: Longs
    found: list[str]
    values: list[str]
    blank: set[int] = field(default_factory=set)
    damage: dict[int, str] = field(default_factory=dict)

    def rows_of(self, wanted: Iterable[int]) -> Ints:
        """The rows that hold one of these distinct texts."""
        mask = np.zeros(len(self.values) + 1, bool)
        mask[list(wanted)] = True
        return self.rows[mask[self.inverse]]

    def each_row(self) -> list[str]:
        """The tidied text of every row in `rows`."""
        return [self.values[i] for i in self.inverse.tolist()]


def texts_of(table: Table, field_name: str, care: Care, *, breaks: Breaks = Breaks.DAMAGE, look_alike_x: bool = False) -> Texts:
    """Read the text cells of a column."""
    cells = table.cells[field_name]
    rows = np.flatnonzero(cells.kind == Kind.TEXT).astype(np.int32)
    codes, inverse = np.unique(cells.value[rows].astype(np.int64), return_inverse=True)
    found = table.pool.texts(codes)
    out = Texts(rows, inverse.reshape(-1), found, list(found))
    joined = "\n".join(found)
    pattern = _SUSPECT[care]
    has_lines = joined.count("\n") != len(found) - 1
    if not found or (not has_lines and not pattern.search(joined) and not (look_alike_x and "x" in joined)):
        return out
    for i, text in enumerate(found):
        if pattern.search(text) or (has_lines and "\n" in text) or (look_alike_x and text.endswith("x")):
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
    out.values[i] = value
    if kinds:
        out.damage[i] = kinds[0]


def _one_line(text: str) -> str:
    """The lines of a text as one: Chinese runs on, words of Latin letters need a space between."""
    return _BREAK.sub(lambda m: " " if _latin(text[: m.start()][-1:]) and _latin(text[m.end() :][:1]) else "", text.strip())


def _latin(c: str) -> bool:
    return c.isascii() and c.isalnum()
