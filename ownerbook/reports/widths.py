"""How wide Chinese and Latin text is: in half-width cells, for columns of a workbook and of a terminal.

The rule for workbooks was measured against the optimal widths of an office program: two cells a wide character and one
for any other, plus 1.5; three more where a header carries a filter button; never under 6 or over 40, longer text wraps.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

NARROWEST, WIDEST = 6.0, 40.0
PADDING, FILTER_BUTTON = 1.5, 3.0
LINE_HEIGHT = 15.0  # points a line of 10 pt text
_WIDE = frozenset("WFA")


def cells(text: str) -> int:
    """The width of one line in half-width cells."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in _WIDE else 0 if unicodedata.combining(c) else 1 for c in text)


def terminal_cells(text: str) -> int:
    """The width on a terminal, where signs of ambiguous width (· “ –) take one cell."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Text filled with blanks to a width on a terminal."""
    blanks = " " * max(0, width - terminal_cells(text))
    return blanks + text if right else text + blanks


def cut(text: str, width: int) -> str:
    """Text that fits a width on a terminal; what is cut off shows as ….."""
    if terminal_cells(text) <= width:
        return text
    out, used = "", 0
    for c in text:
        used += terminal_cells(c)
        if used > width - 1:
            break
        out += c
    return out + "…"


def column_width(texts: Iterable[str], *, header: str = "", filtered: bool = False, narrowest: float = NARROWEST, widest: float = WIDEST) -> float:
    """The width of a column that shows these texts whole, within bounds."""
    need = max((cells(line) for text in texts for line in text.split("\n")), default=0) + PADDING
    head = cells(header) + PADDING + (FILTER_BUTTON if filtered else 0)
    return min(max(need, head, narrowest), widest)


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, wrapped."""
    return sum(max(1, math.ceil(cells(line) / max(1.0, width - PADDING))) for line in text.split("\n"))


def row_height(texts: Iterable[tuple[str, float]], *, size: float = 10, least: int = 1) -> float:
    """The height in points of a row of wrapped texts, each with the width of its column."""
    most = max((lines(text, width) for text, width in texts), default=1)
    return max(most, least) * LINE_HEIGHT * size / 10 + 4
