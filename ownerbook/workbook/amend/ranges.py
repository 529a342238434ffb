"""Blocks of cells, the lists of them that a sheet carries, and how they grow by a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ownerbook.workbook.amend.edits import LAST_COLUMN, LAST_ROW, cell_name, column_letters, column_number

_BLOCK = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Block:
    """First row, first column, last row, last column, all from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Block) -> bool:
        """Whether the two share a cell."""
        return self.top <= other.bottom and other.top <= self.bottom and self.left <= other.right and other.left <= self.right

    def __str__(self) -> str:
        first, last = cell_name(self.top, self.left), cell_name(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def block(ref: str) -> Block | None:
    """The block that a reference names; None where it names none."""
    ref = ref.strip()
    m = _BLOCK.fullmatch(ref)
    if m:
        r1, c1 = int(m[2]), column_number(m[1])
        r2, c2 = (int(m[4]), column_number(m[3])) if m[3] else (r1, c1)
    elif m := _COLUMNS.fullmatch(ref):
        r1, c1, r2, c2 = 1, column_number(m[1]), LAST_ROW, column_number(m[2])
    elif m := _ROWS.fullmatch(ref):
        r1, c1, r2, c2 = int(m[1]), 1, int(m[2]), LAST_COLUMN
    else:
        return None
    if not (c1 and c2 and 1 <= r1 <= LAST_ROW and 1 <= r2 <= LAST_ROW):
        return None
    return Block(min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2))


def blocks(sqref: str) -> list[Block]:
    """The blocks of a list separated by blanks."""
    return [b for b in map(block, sqref.split()) if b]


def grown_list(sqref: str, last: int, new_last: int, columns: Block, first_content: int, taken: list[Block]) -> str | None:
    """A list of ranges of which those that end on row `last` reach to `new_last`; None where none does.

    Only ranges that share a column with `columns` grow. One of a single row grows unless that row is the first with
    content (a heading), and none grows over cells that the list or `taken` covers already.
    """
    own = blocks(sqref)
    out: list[str] = []
    changed = False
    for word in sqref.split():
        b = block(word)
        if b and b.bottom == last and not (b.right < columns.left or b.left > columns.right) and b.bottom < LAST_ROW:
            below = Block(last + 1, b.left, new_last, b.right)
            heading = b.top == b.bottom == first_content
            if not heading and not any(below.meets(o) for o in (*own, *taken)):
                word = f"{column_letters(b.left)}{b.top}:{column_letters(b.right)}{new_last}"
                changed = True
        out.append(word)
    return " ".join(out) if changed else None


def grown_name(formula: str, last: int, new_last: int) -> str | None:
    """The formula of a name such as a print area, its pieces that end on row `last` grown; None where none does."""
    out: list[str] = []
    changed = False
    for piece in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", formula):
        sheet, mark, ref = piece.rpartition("!")
        b = block(ref)
        if b and b.bottom == last and not _ROWS.fullmatch(ref.strip()) and b.bottom < LAST_ROW:
            ref = f"${column_letters(b.left)}${b.top}:${column_letters(b.right)}${new_last}"
            changed = True
        out.append(sheet + mark + ref)
    return ",".join(out) if changed else None
