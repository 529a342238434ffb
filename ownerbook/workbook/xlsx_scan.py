"""The fast way through a worksheet part: a piece of some megabytes at a time, whole rows, without an object a cell.

What the pieces are made of is read by `scan_cells`; what stands around them goes to the careful reader's handlers.
Whatever is not written as nearly all programs write it ends the scan, and the careful reader takes the part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ownerbook.workbook.raw_cells import Around, Gathered, RawTab, finish
from ownerbook.workbook.scan_cells import CellScan
from ownerbook.workbook.scan_prefix import without_prefix
from ownerbook.workbook.scan_tags import NotPlain
from ownerbook.workbook.scan_words import PAD
from ownerbook.workbook.xlsx_careful import SheetPart
from ownerbook.workbook.xml_parts import MAIN, MAIN_STRICT, Attributes, main_name, parse

_LONGEST_HEAD = 4 << 20  # bytes before the cells
_LONGEST_ROW = 32 << 20  # bytes
_DATA = re.compile(rb"<sheetData[ \t\r\n]*(/?)>")
_END = b"</sheetData>"
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding=[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>")
_ROOT = re.compile(rb'<worksheet[ \t\r\n](?:[^>]*?[ \t\r\n])?xmlns="(?:' + re.escape(MAIN).encode() + b"|" + re.escape(MAIN_STRICT).encode() + rb')"')


def scan_sheet(chunks: Iterable[bytes], around: Around) -> RawTab | None:
    """What `xlsx_careful.read_sheet` gives, or None where that must be asked. Raises `Trouble`."""
    scan = _SheetScan(chunks, around)
    try:
        parse(scan.rest(), scan.start, scan.part.end, scan.part.text)
        return scan.finished()
    except NotPlain:
        return None


class _SheetScan:
    def __init__(self, chunks: Iterable[bytes], around: Around) -> None:
        self.part = SheetPart(around)
        self._around = around
        self._cells = CellScan(around.pool, around.date1904)
        self._chunks = without_prefix(chunks)
        self._found = Gathered()
        self._data_elements = 0
        self.start: Callable[[str, Attributes], None] = self._start

    def _start(self, name: str, attributes: Attributes) -> None:
        tag = main_name(name)
        if tag == "row":  # the rows lie elsewhere than they seemed to
            raise NotPlain("the element around the rows")
        self._data_elements += tag == "sheetData"
        self.part.start(name, attributes)

    def rest(self) -> Iterator[bytes]:
        """The part without its rows; the rows are scanned on the way."""
        head = b""
        while (at := head.find(b"<sheetData")) < 0 or len(head) < at + 64:
            piece = next(self._chunks, None)
            if piece is None or len(head) > _LONGEST_HEAD:
                break
            head += piece
        encoding = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf"))
        if at < 0 or not _ROOT.search(head, 0, at) or head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")):
            raise NotPlain("the head of the part")
        if encoding and encoding[1].lower() != b"utf-8":
            raise NotPlain("the encoding")
        yield head[:at]
        yield b"<sheetData/>"
        data = _DATA.match(head, at)
        if data is None:
            raise NotPlain("the element around the rows")
        yield head[data.end() :] if data[1] else self._rows(head[data.end() :])
        yield from self._chunks

    def _rows(self, waiting: bytes) -> bytes:
        """Scan all rows; what follows them is given back."""
        while True:
            cut = max(waiting.rfind(b"<row "), 0)
            end = waiting.find(_END, cut)
            if end >= 0:
                self._scan(waiting, end)
                return waiting[end + len(_END) :]
            piece = next(self._chunks, None)
            if piece is None or (not cut and len(waiting) > _LONGEST_ROW):
                raise NotPlain("rows without end")
            if cut:
                self._scan(waiting, cut)
            waiting = waiting[cut:] + piece

    def _scan(self, data: bytes, size: int) -> None:
        if data.find(b"<", 0, size) < 0:
            return
        found = self._cells.scan(data if len(data) >= size + PAD else data[:size] + bytes(PAD), size)
        if found is not None:
            self._found.add(finish(found, self._around))

    def finished(self) -> RawTab:
        """What was gathered."""
        if self._data_elements != 1:
            raise NotPlain("the element around the rows")
        tab = self.part.finished()
        tab.cells = self._found.whole()
        tab.hidden_rows = self._cells.hidden_rows
        tab.formulas = self._cells.formulas.kept
        return tab
