"""Rows and cells in the text of a sheet: found by regular expressions, or, in a block of many rows, by their numbers alone."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ownerbook.workbook.amend.edits import LAST_COLUMN, LAST_ROW, position
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.xml_bytes import REST, attributes, occurs

_NUMBER = re.compile(rb"""\sr\s*=\s*["']\s*([0-9]+)\s*["']""")
_DIGITS = re.compile(rb"[0-9]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, where it begins in the part, its bytes, and the same with asides covered."""

    number: int
    start: int
    text: bytes
    mask: bytes
    counted: bool  # it has no number of its own

    @property
    def end(self) -> int:
        """Where it ends in the part."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its column, and where it stands in its row."""

    column: int
    start: int
    open_end: int
    end: int
    counted: bool


class Cutter:
    """Cuts rows out of text and counts them."""

    def __init__(self, prefix: bytes, offset: int) -> None:
        self.offset = offset  # of the next byte not yet cut
        self.number = 0
        self.ascending = True
        self.counted = False
        self._open = re.compile(rb"<" + re.escape(prefix) + rb"row(?=[\s/>])" + REST + rb">")
        self._close = b"</%srow" % prefix
        self._cell = re.compile(rb"<" + re.escape(prefix) + rb"c\s" + REST + rb">")
        self._formula = b":f" if prefix else b"<f"
        self._numbered_open = b'<%srow r="' % prefix
        self._value = b"<%sv>" % prefix

    def rows(self, text: bytes, mask: bytes, stop: int) -> Iterator[Row]:
        """The rows that lie wholly before `stop`, where nothing else may lie but blanks."""
        at = 0
        base = self.offset
        for m in self._open.finditer(mask, 0, stop):
            begin, end = m.span()
            if begin != at and mask[at:begin].strip():
                raise Stop("structure", f"row {self.number}")
            if mask[end - 2] != 47:  # not />
                close = mask.find(self._close, end, stop)
                end = mask.find(b">", close, stop) + 1 if close >= 0 else 0
                if end <= 0:
                    raise Stop("structure", f"row {self.number + 1}")
            number, counted = self._numbered(m[0], mask, m.end(), end)
            if number <= self.number:
                self.ascending = False
            if not 1 <= number <= LAST_ROW:
                raise Stop("structure", f"row {number}")
            self.number = number
            self.counted |= counted
            yield Row(number, base + begin, text[begin:end], mask[begin:end], counted)
            at = end
        if mask[at:stop].strip():
            raise Stop("structure", f"row {self.number}")
        self.offset = base + stop

    def skim(self, block: Block, wanted: list[int]) -> tuple[int, list[Row]] | None:
        """The number of its first row and the wanted rows of a block, without a look at the others; None where all must be looked at.

        It will do when the rows are numbered without a gap, by the plainest of tags, so that as many tags as numbers are
        there, and when none of them has a formula. `wanted` is in order. A block with no value at all is not skimmed.
        """
        text, stop, mark = block.text, block.stop, self._numbered_open
        if block.mask is not text or not text.startswith(mark) or occurs(text, self._formula, 0, stop):
            return None
        first, last = self._at(text, 0), self._at(text, text.rfind(mark, 0, stop))
        if first <= self.number or not first <= last <= LAST_ROW or text.count(mark, 0, stop) != last - first + 1:
            return None
        if text.find(self._value, 0, stop) < 0:
            return None
        out = []
        at = 0
        for number in wanted[bisect.bisect_left(wanted, first) : bisect.bisect_right(wanted, last)]:
            at = text.find(mark + b'%d"' % number, at, stop)
            end = text.find(mark, at + 1, stop) if at >= 0 else -1
            found = self._open.match(text, at) if at >= 0 else None
            if found is None:
                return None
            row = text[at : end if end >= 0 else stop].rstrip()
            whole = row.endswith(b">") and (row.count(self._close) == 1 if not found[0].endswith(b"/>") else len(row) == len(found[0]))
            if not whole:
                return None
            out.append(Row(number, self.offset + at, row, row, False))
        self.number = last
        self.offset += stop
        return first, out

    def _at(self, text: bytes, at: int) -> int:
        found = _DIGITS.match(text, at + len(self._numbered_open))
        return int(found[0]) if found else 0

    def _numbered(self, tag: bytes, mask: bytes, start: int, end: int) -> tuple[int, bool]:
        found = _NUMBER.search(tag)
        if found:
            return int(found[1]), False
        first = self._cell.search(mask, start, end)  # a row without number goes by its cells, if they have names
        where = position(attributes(first[0]).get(b"r", b"").decode()) if first else None
        return (where[0] if where else self.number + 1), True


@dataclass(frozen=True, slots=True)
class Block:
    """Whole rows, up to `stop` in `text`; `mask` is the same text with asides covered. `before` is the number of the row before."""

    text: bytes
    mask: bytes
    stop: int
    offset: int
    before: int
    cutter: Cutter

    def rows(self) -> Iterator[Row]:
        """Every row, in order."""
        return self.cutter.rows(self.text, self.mask, self.stop)

    def again(self, prefix: bytes) -> Iterator[Row]:
        """Every row of a block that was skimmed before."""
        cutter = Cutter(prefix, self.offset)
        cutter.number = self.before
        return cutter.rows(self.text, self.mask, self.stop)


class RowReader:
    """Finds the cells of a row."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self._row = re.compile(rb"<" + p + rb"row(?=[\s/>])" + REST + rb">")
        self._cell = re.compile(rb"<" + p + rb"c(?=[\s/>])" + REST + rb">")
        self._close = b"</%sc" % prefix
        self._row_close = b"</%srow" % prefix

    def open_end(self, row: Row) -> int:
        """Where the open tag of the row ends."""
        found = self._row.match(row.mask)
        if not found:
            raise Stop("structure", f"row {row.number}")
        return found.end()

    def cells(self, row: Row) -> list[Cell]:
        """The cells, ascending by column. Raises `Stop` where they are not, or where they are not understood."""
        mask = row.mask
        out: list[Cell] = []
        at = self.open_end(row)
        column = 0
        for m in self._cell.finditer(mask, at):
            begin, end = m.span()
            if mask[at:begin].strip():
                raise Stop("structure", f"row {row.number}")
            if mask[end - 2] != 47:
                close = mask.find(self._close, end)
                while close >= 0 and mask[close + len(self._close)] not in b" \t\r\n>":
                    close = mask.find(self._close, close + 1)
                end = mask.find(b">", close) + 1 if close >= 0 else 0
                if end <= 0:
                    raise Stop("structure", f"row {row.number}")
            name = attributes(m[0]).get(b"r")
            where = position(name.decode()) if name else (row.number, column + 1)
            if where is None or where[0] != row.number or where[1] <= column or where[1] > LAST_COLUMN:
                raise Stop("structure", f"row {row.number}: {name.decode() if name else ''}")
            column = where[1]
            out.append(Cell(column, begin, m.end(), end, not name))
            at = end
        rest = mask[at:].lstrip()
        if at < len(mask) and rest and not rest.startswith((self._row_close, b"<")):
            raise Stop("structure", f"row {row.number}")
        return out
