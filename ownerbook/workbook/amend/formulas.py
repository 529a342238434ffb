"""The formulas of a workbook as found in its sheets, shared ones written out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ownerbook.workbook.amend.edits import position
from ownerbook.workbook.amend.ranges import Block, block
from ownerbook.workbook.amend.sheet_text import Aside, Row, RowReader, SheetText
from ownerbook.workbook.amend.string_users import Users
from ownerbook.workbook.amend.xml_bytes import REST, attributes, occurs, unescaped


@dataclass(slots=True)
class Formula:
    """One formula cell. `start` is where the cell begins in its part, `text` the bytes of the cell."""

    sheet: int
    row: int
    column: int
    kind: str  # normal, shared, array, dataTable
    formula: str  # of a shared one, its master's
    shift: tuple[int, int]  # rows and columns from the master
    area: Block | None  # of an array or data table, or of a shared master
    start: int
    text: bytes
    row_span: tuple[int, int]  # where its row stands in the part
    inputs: tuple[tuple[int, int], ...] = ()  # of a data table


class FormulaScan:
    """Takes the rows of one sheet and keeps its formulas."""

    def __init__(self, sheet: int, prefix: bytes) -> None:
        self.sheet = sheet
        self.found: list[Formula] = []
        self._masters: dict[bytes, Formula] = {}
        p = re.escape(prefix)
        self.mark = b"<%sf" % prefix
        self._reader = RowReader(prefix)
        self._f = re.compile(rb"<" + p + rb"f(?=[\s/>])(" + REST + rb")>")
        self._close = b"</%sf" % prefix

    def row(self, row: Row) -> None:
        """Look at a row."""
        at = row.mask.find(self.mark)
        if at < 0:
            return
        for cell in self._reader.cells(row):
            f = self._f.search(row.mask, cell.open_end, cell.end) if cell.open_end < cell.end else None
            if f:
                close = f.end() if f[0].endswith(b"/>") else row.mask.find(self._close, f.end())
                self._take(row, cell.column, cell.start, row.text[cell.start : cell.end], f[0], row.text[f.end() : close])

    def _take(self, row: Row, column: int, start: int, text: bytes, tag: bytes, body: bytes) -> None:
        a = attributes(tag)
        kind = a.get(b"t", b"normal").decode()
        formula = unescaped(body)
        area = block(a[b"ref"].decode()) if b"ref" in a else None
        shift = (0, 0)
        si = a.get(b"si", b"")
        inputs = tuple(p for n in (b"r1", b"r2") if n in a and (p := position(a[n].decode())))
        here = Formula(self.sheet, row.number, column, kind, formula, shift, area, row.start + start, text, (row.start, row.end), inputs)
        if kind == "shared":
            if formula:
                self._masters[si] = here
            elif si in self._masters:
                master = self._masters[si]
                here.formula = master.formula
                here.shift = (row.number - master.row, column - master.column)
        self.found.append(here)


def scan_formulas(sheet: int, text: SheetText, users: Users | None = None) -> list[Formula]:
    """All formulas of a sheet, which is counted for `users` too. One in which the marker of a formula never occurs is only inflated."""
    if not _mentions_formula(text, users):
        return []
    for _ in range(2):
        scan: FormulaScan | None = None
        try:
            for row in text.rows():
                scan = scan or FormulaScan(sheet, text.prefix)
                scan.row(row)
        except Aside:
            text.careful()
            continue
        return scan.found if scan else []
    return []


_AFTER = b"> /\t\r\n"  # what follows the name of an element


def _mentions_formula(text: SheetText, users: Users | None) -> bool:
    """Whether an element called f may occur; a false yes only costs a slower look."""
    rest = b""
    plain = found = False  # plain: the elements of the sheet have no prefix
    counting = users is not None and bool(users.count)
    for chunk in users.watched(text, text.chunks()) if users and counting else text.chunks():
        piece = rest + chunk
        plain = plain or b"<sheetData" in piece
        found = found or _names_f(piece, b"<f") or not plain and _names_f(piece, b":f")
        if found and not counting:
            break
        rest = piece[-10:]
    return found


def _names_f(piece: bytes, mark: bytes) -> bool:
    if not occurs(piece, mark, 0, len(piece)):
        return False
    at = piece.find(mark)
    while at >= 0:
        if at + 2 < len(piece) and piece[at + 2] in _AFTER:
            return True
        at = piece.find(mark, at + 1)
    return False
