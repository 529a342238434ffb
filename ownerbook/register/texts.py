"""The texts of a column: each distinct one looked at once, harmless damage seen through and remarked.

A healthy column costs one search over all its texts joined; only what that search finds is looked at one by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from ownerbook.schema.cells import Ints, Kind, Longs
from ownerbook.schema.table import Table

BLANK_WORDS = frozenset({"-", "—", "/", "无", "暂无", "－", "／", "--", "——"})
_ODD_SPACE = "\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"


class Care(Enum):
    """How texts are tidied: identifiers are folded to half width, names and words keep every character."""

    IDENTIFIER = "identifier"
    NAME = "name"
    WORDS = "words"


_FINE_END = r"|^[ '’‘]| $|^(?:-+|—+|/|无|暂无)$"
_SUSPECT = {
    Care.IDENTIFIER: re.compile(r"[^!-~ \n\u4e00-\u9fff（）·]|\.0+$" + _FINE_END, re.M),
    Care.NAME: re.compile(rf"[{_ODD_SPACE}]" + _FINE_END, re.M),
    Care.WORDS: re.compile(rf"[{_ODD_SPACE}]" + _FINE_END, re.M),
}


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

    def rows_of(self, wanted: set[int] | list[int]) -> Ints:
        """The rows that hold one of these distinct texts."""
        mask = np.zeros(len(self.values) + 1, bool)
        mask[list(wanted)] = True
        return self.rows[mask[self.inverse]]


def texts_of(table: Table, field_name: str, care: Care, *, lines: bool = False, look_alike_x: bool = False) -> Texts:
    """Read the text cells of a column."""
    cells = table.cells[field_name]
    rows = np.flatnonzero(cells.kind == Kind.TEXT).astype(np.int32)
    codes, inverse = np.unique(cells.codes(rows), return_inverse=True)
    found = table.pool.texts(codes)
    out = Texts(rows, inverse, found, list(found))
    joined = "\n".join(found)
    pattern = _SUSPECT[care]
    has_lines = joined.count("\n") != len(found) - 1
    if not found or (not has_lines and not pattern.search(joined) and not (look_alike_x and "x" in joined)):
        return out
    from ownerbook.identifiers import damage

    for i, text in enumerate(found):
        if not (pattern.search(text) or (has_lines and "\n" in text) or (look_alike_x and text.endswith("x"))):
            continue
        stripped = text.strip(" ")
        if stripped in BLANK_WORDS or not stripped:
            out.blank.add(i)
            continue
        value, kinds = damage.clean(stripped, width=care is Care.IDENTIFIER, look_alike_x=look_alike_x, newlines_ok=lines)
        if not value:
            out.blank.add(i)
            continue
        out.values[i] = value
        if kinds:
            out.damage[i] = kinds[0]
    return out
