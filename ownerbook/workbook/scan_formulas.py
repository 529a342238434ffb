"""Formulas in a piece of sheet data: most are only counted, those that tell something are looked at one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.schema.cells import Bytes, Flag, Ints, Kind, Longs
from ownerbook.workbook import scan_attributes as kinds
from ownerbook.workbook.cell_texts import formula_flags, worth_keeping
from ownerbook.workbook.scan_tags import NotPlain, Tag
from ownerbook.workbook.scan_texts import check, resolve

if TYPE_CHECKING:
    from ownerbook.workbook.scan_cells import Piece

_TAG = re.compile(rb'<f((?:[ \t\r\n]+[A-Za-z0-9_:.-]+[ \t\r\n]*=[ \t\r\n]*"[^"<&\x00-\x1f\x80-\xff]*")*)[ \t\r\n]*(/?)>')
_ATTRIBUTE = re.compile(rb'([A-Za-z0-9_:.-]+)[ \t\r\n]*=[ \t\r\n]*"([^"]*)"')


class Formulas:
    """The formulas of one sheet, as far as their text is kept, and the masters of its shared ones."""

    def __init__(self) -> None:
        self.kept: dict[tuple[int, int], str] = {}
        self._shared: dict[bytes, Flag] = {}

    def note(
        self, piece: Piece, cells: Longs, which: Longs, row: Ints, col: Ints, kind: Bytes, type_: Bytes, value_tag: Longs
    ) -> Bytes:
        """The flags of the formula cells `which` (positions among `cells`). Raises `NotPlain`."""
        tags = piece.tags
        tag = cells[which] + 1
        value = tags.kind.take(value_tag[which])
        answers_text = (type_[which] == kinds.TEXT) & ((value == Tag.V) | (value == Tag.V_EMPTY))
        cached = (kind[which] != Kind.BLANK) | answers_text
        flag = np.where(cached, np.uint8(Flag.FORMULA), np.uint8(Flag.FORMULA | Flag.NO_CACHE))
        start = tags.at.take(tag)
        end = tags.at.take(tag + 1)
        first = piece.buffer.take(start + 3)
        telling = ~cached | (kind[which] == Kind.ERROR) | (piece.buffer.take(start + 2) != 62)
        telling |= (first <= 32) | np.isin(first, np.frombuffer(b"HhDd_&", np.uint8))
        if piece.chunk.find(b"[", 0, piece.size) >= 0:
            brackets = np.flatnonzero(piece.buffer[: piece.size] == 91)
            telling |= np.searchsorted(brackets, start) != np.searchsorted(brackets, end)
        for i in np.flatnonzero(telling).tolist():
            cell = int(which[i])
            has_end = tags.kind[tag[i] + 1] == Tag.F_END
            own, formula = self._look(piece.chunk, int(start[i]), int(end[i]), bool(has_end))
            flag[i] |= np.uint8(own)
            if formula and worth_keeping(formula, bool(cached[i]), bool(kind[cell] == Kind.ERROR)):
                self.kept[(int(row[cell]), int(col[cell]))] = formula
        return flag

    def _look(self, chunk: bytes, start: int, end: int, has_end: bool) -> tuple[Flag, str]:
        m = _TAG.match(chunk, start, end)
        if not m or bool(m[2]) == has_end:
            raise NotPlain("the tag of a formula")
        raw = b"" if m[2] else chunk[m.end() : end]
        check(raw, np.zeros(1, np.int64))
        formula = resolve(raw).decode()
        own = formula_flags(formula)
        attributes = dict(_ATTRIBUTE.findall(m[1]))
        index = attributes.get(b"si", b"") if attributes.get(b"t") == b"shared" else b""
        if index and formula:
            self._shared[index] = own
        elif index:
            own = self._shared.get(index, Flag(0))
        return own, formula
