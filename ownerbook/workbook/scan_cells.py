"""One piece of sheet data, whole rows, into raw cells: every step is taken for all cells of the piece at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.schema.cells import Bytes, Floats, Ints, Kind, Longs, Pool
from ownerbook.workbook import scan_attributes as kinds
from ownerbook.workbook.cell_texts import LAST_COLUMN
from ownerbook.workbook.raw_cells import RawCells, RawKind
from ownerbook.workbook.scan_attributes import Endings, RowEndings
from ownerbook.workbook.scan_formulas import Formulas
from ownerbook.workbook.scan_layout import Layout, lay_out
from ownerbook.workbook.scan_places import Stretch, numbers_at, references, row_numbers
from ownerbook.workbook.scan_tags import NotPlain, Tag, Tags, find_tags
from ownerbook.workbook.scan_texts import cut, plain
from ownerbook.workbook.scan_words import MASK
from ownerbook.workbook.serials import iso_serial

_PRESERVE = b'<t xml:space="preserve">'
_KIND = np.array([Kind.NUMBER, RawKind.SHARED, Kind.TEXT, Kind.TEXT, Kind.BOOL, Kind.ERROR, Kind.DATE], np.uint8)


_MOST_FAILURES = 2  # after so many pieces that are not laid out plainly no further one is tried


@dataclass(frozen=True, slots=True)
class Piece(Stretch):
    """A stretch and its tags."""

    tags: Tags

    @classmethod
    def within(cls, stretch: Stretch) -> Piece:
        """Find the tags. Raises `NotPlain`."""
        return cls(stretch.chunk, stretch.size, stretch.buffer, stretch.words, find_tags(stretch.buffer, stretch.size))


class CellScan:
    """Scans the pieces of one sheet, in their order."""

    def __init__(self, pool: Pool, date1904: bool) -> None:
        self.pool = pool
        self.date1904 = date1904
        self.hidden_rows: list[int] = []
        self.formulas = Formulas()
        self._endings = Endings()
        self._row_endings = RowEndings()
        self._last = -1  # place of the last cell so far
        self._failures = 0

    def scan(self, chunk: bytes, size: int) -> RawCells | None:
        """The cells in the first `size` bytes, which begin with a row and end with one; None where there are no cells.

        `PAD` more bytes must follow, whatever they are.

        Raises `NotPlain` for whatever is not written in the usual way.
        """
        stretch = Stretch.of(chunk, size)
        if self._failures < _MOST_FAILURES:
            layout = lay_out(stretch, self._endings, self._row_endings)
            if layout is not None:
                return self._plainly(layout)
            self._failures += 1
        piece = Piece.within(stretch)
        tags = piece.tags
        opening, cells = tags.of(Tag.ROW), tags.of(Tag.C)
        row_at = tags.at[opening]
        numbers, digits = row_numbers(piece, row_at)
        hidden, _ = self._row_endings.recognise(piece.words, row_at + (9 + digits), chunk)
        if hidden.any():
            self.hidden_rows += numbers[hidden].tolist()
        if not len(cells):
            return None
        per_row = np.diff(np.append(np.searchsorted(cells, opening), len(cells)))
        row = np.repeat(numbers, per_row)
        at = tags.at[cells]
        col, behind = references(piece, at, np.repeat(piece.words[row_at + 8] & MASK[digits + 1], per_row), np.repeat(digits, per_row))
        self._in_order(row, col)
        style, type_, closed, _ = self._endings.recognise(piece.words, behind, piece.chunk)
        following = tags.kind[cells + 1]
        if not (closed == ((following == Tag.C) | (following == Tag.ROW_END))).all():
            raise NotPlain("a cell that is not closed")
        value_tag = cells + 1
        has_formula = (following == Tag.F) | (following == Tag.F_EMPTY)
        if has_formula.any():
            value_tag = value_tag + np.where(has_formula, np.where(tags.kind[cells + 2] == Tag.F_END, 2, 1), 0)
        kind, value = self._values(piece, type_, value_tag)
        flag = np.zeros(len(cells), np.uint8)
        if has_formula.any():
            formula_cells = np.flatnonzero(has_formula)
            flag[formula_cells] = self.formulas.note(piece, cells, formula_cells, row, col, kind, type_, value_tag)
        keep = np.flatnonzero((kind != Kind.BLANK) | has_formula)
        if len(keep) == len(cells):
            return RawCells(row, col, kind, value, style, flag, ordered=True)
        return RawCells(row[keep], col[keep], kind[keep], value[keep], style[keep], flag[keep], ordered=True)

    def _plainly(self, layout: Layout) -> RawCells:
        """The cells of a stretch whose layout is known: numbers and shared strings, and cells without anything."""
        self.hidden_rows += layout.hidden_rows
        self._in_order(layout.row, layout.col)
        flag = np.zeros(len(layout.kind), np.uint8)
        filled = np.flatnonzero(layout.kind != Kind.BLANK)
        if len(filled) == len(flag):
            return RawCells(layout.row, layout.col, layout.kind, layout.value, layout.style, flag, ordered=True)
        return RawCells(
            layout.row[filled], layout.col[filled], layout.kind[filled], layout.value[filled], layout.style[filled], flag[filled], ordered=True
        )

    def _in_order(self, row: Ints, col: Ints) -> None:
        place = row.astype(np.int64) * (LAST_COLUMN + 1) + col
        if int(place[0]) <= self._last or not (place[1:] > place[:-1]).all():
            raise NotPlain("cells that are not in order")
        self._last = int(place[-1])

    def _values(self, piece: Piece, type_: Bytes, value_tag: Longs) -> tuple[Bytes, Floats]:
        """Kind and value of each cell, from the tag where its value begins."""
        tags = piece.tags
        tag = tags.kind.take(value_tag)
        if ((tag == Tag.IS) != (type_ == kinds.INLINE)).any() and not _consistent(tag, type_):
            raise NotPlain("an inline text and its type")
        start = tags.at.take(value_tag) + 3
        length = tags.at.take(value_tag + 1) - start
        there = (tag == Tag.V) & (length > 0)
        kind = np.where(there | (tag == Tag.IS), _KIND.take(type_), np.uint8(Kind.BLANK))
        value = np.zeros(len(type_))
        counts = np.bincount(type_, minlength=7)
        numeric = there if counts[kinds.NUMBER] + counts[kinds.SHARED] == len(type_) else there & (type_ <= kinds.SHARED)
        cells = np.flatnonzero(numeric)
        if len(cells) == len(type_):
            value = numbers_at(piece, start, length, type_ == kinds.SHARED)
        elif len(cells):
            value[cells] = numbers_at(piece, start[cells], length[cells], type_[cells] == kinds.SHARED)
        if counts[kinds.TEXT]:
            cells = np.flatnonzero(there & (type_ == kinds.TEXT))
            self._texts(piece, cells, start[cells], length[cells], kind, value)
        if counts[kinds.INLINE]:
            cells = np.flatnonzero(tag == Tag.IS)
            self._texts(piece, cells, *_inline(piece, value_tag[cells]), kind, value)
        for i in np.flatnonzero(there & (type_ >= kinds.BOOL)).tolist() if counts[kinds.BOOL :].any() else ():
            raw = piece.chunk[int(start[i]) : int(start[i] + length[i])]
            value[i] = self._rare(raw, int(type_[i]))
        return kind, value

    def _texts(self, piece: Piece, cells: Longs, start: Longs, length: Longs, kind: Bytes, value: Floats) -> None:
        filled = length > 0
        kind[cells[~filled]] = Kind.BLANK
        cells, start, length = cells[filled], start[filled], length[filled]
        data, lengths = plain(cut(piece.buffer, start, length), length)
        first = self.pool.extend(data, lengths)
        value[cells] = np.arange(first, first + len(cells))

    def _rare(self, raw: bytes, type_: int) -> float:
        if type_ == kinds.BOOL and raw in (b"0", b"1"):
            return float(raw)
        if type_ == kinds.ERROR and raw.isascii() and b"&" not in raw and b"_" not in raw:
            return float(self.pool.add(raw.decode()))
        found = iso_serial(raw.decode("ascii", "replace"), self.date1904) if type_ == kinds.ISO_DATE else None
        if found is None or not found[1]:
            raise NotPlain("a truth value, an error or a date")
        return found[0]


def _consistent(tag: Bytes, type_: Bytes) -> bool:
    """Whether the only departures are inline texts without any content."""
    return bool((((tag == Tag.IS) == (type_ == kinds.INLINE)) | ((type_ == kinds.INLINE) & (tag != Tag.V) & (tag != Tag.V_EMPTY))).all())


def _inline(piece: Piece, is_tag: Longs) -> tuple[Longs, Longs]:
    """Where the texts of inline strings begin, and their lengths."""
    at = piece.tags.at.take(is_tag + 1)
    end = piece.tags.at.take(is_tag + 2)
    start = at + 3
    attributed = np.flatnonzero(piece.buffer.take(at + 2) != 62)
    if len(attributed):
        begin = at[attributed]
        for j, byte in enumerate(_PRESERVE):
            if not (piece.buffer.take(begin + j) == byte).all():
                raise NotPlain("attributes of a text")
        start[attributed] = begin + len(_PRESERVE)
    return start, end - start
