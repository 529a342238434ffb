"""The header of a tab as data, and what may be a header cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ownerbook.adopt.grid import Cell, Grid
from ownerbook.adopt.shapes import shape_of
from ownerbook.adopt.wordings import look_up, normal
from ownerbook.schema.cells import Kind

_NUMBERS = {"decimal", "number", "small", "digits", "date-digits", "serial-date"}
_DATA_SHAPES = _NUMBERS | {"mobile", "mobile-like", "landline", "phones", "id", "ids", "house", "people", "plate", "email", "title"}
_ROLE_WORDS = re.compile(r"^(?:必填|选填|可选|下拉选择|下拉|自动|系统生成|格式.*|如[:\uff1a].*|例[:\uff1a如].*|非必填|必须填写|不填)$")
_TYPE_WORDS = {"文本", "数字", "日期", "文字", "数值"}  # they say how to fill a column, but may also be its name


@dataclass(slots=True)
class Head:
    """One header cell. text: of all its rows joined by /; group: what stands above the lowest.

    spread: no cell of its own, the head to its left is merged over it.
    """

    column: int
    text: str
    group: str = ""
    spread: bool = False

    @property
    def own(self) -> str:
        """The lowest of them."""
        return self.text[len(self.group) + 1 :] if self.group else self.text


@dataclass(slots=True)
class Heading:
    """The header of a tab. first and last: its rows. heads: by column. spans: first and last column of each block."""

    first: int
    last: int
    heads: dict[int, Head] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    score: float = 0.0

    def inside(self) -> frozenset[int]:
        """The columns of all blocks."""
        return frozenset(c for a, b in self.spans for c in range(a, b + 1))


def is_hint_word(text: str) -> bool:
    """A word that tells how to fill the column above or below it."""
    return _ROLE_WORDS.match(normal(text)) is not None


def is_type_word(text: str) -> bool:
    """A word that may tell how to fill a column, or be its header: 日期."""
    return normal(text) in _TYPE_WORDS


def known(text: str, group: str = "") -> float:
    """How well a text is known as a header, 0 to 1."""
    if len(text) > 60 or is_hint_word(text):
        return 0.0
    matches = look_up(text, group)
    return matches[0].weight if matches else 0.0


def looks_like_data(cell: Cell) -> bool:
    """A value, not a name of values."""
    if cell.kind in (Kind.NUMBER, Kind.BOOL, Kind.ERROR):
        return True
    shape = shape_of(cell)
    return cell.kind == Kind.TEXT and shape in _DATA_SHAPES and not (look_up(cell.text) and look_up(cell.text)[0].weight >= 0.6)


def is_wide(grid: Grid, cell: Cell) -> bool:
    """A title over most of the sheet."""
    for r1, c1, _, c2 in grid.tab.merges:
        if (r1, c1) == (cell.row, cell.column):
            return c2 - c1 + 1 >= max(4, 0.7 * grid.last_column)
    return False
