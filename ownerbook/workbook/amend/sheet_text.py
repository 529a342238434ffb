"""A sheet as a stream of rows over its bytes: head, rows, tail; rows and cells found without building a tree.

Rows are cut by regular expressions, which is right only for text without comments, instructions and CDATA among the
rows, and in UTF-8. A sheet that is otherwise is read whole, brought to UTF-8, and its asides are covered
(`xml_bytes.masked`) before the same expressions look at it. What then stands between two rows or two cells and is not
blank is not understood, and refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.row_text import Block, Cell, Cutter, Row, RowReader
from ownerbook.workbook.amend.skeleton import Skeleton
from ownerbook.workbook.amend.xml_bytes import REST, masked, occurs
from ownerbook.workbook.package import Member, Package

__all__ = ["Aside", "Block", "Cell", "Row", "RowReader", "SheetText"]
HELD_UP_TO = 96 << 20  # inflated bytes of a touched sheet that are kept rather than inflated again
_SHEET_DATA = re.compile(rb"<((?:[^\s<>/!?:]+:)?)sheetData(?=[\s/>])" + REST + rb">")
DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SIMPLE = {"iso-8859-1", "latin-1", *(f"iso-8859-{n}" for n in range(2, 17)), *(f"windows-{n}" for n in range(1250, 1259))}


class SheetText:
    """The text of one sheet part. `rows` streams; `skeleton`, `prefix` and the offsets are known once it has run through."""

    def __init__(self, package: Package, member: Member) -> None:
        self.package = package
        self.member = member
        self.encoding = ""  # other than UTF-8
        self._whole: bytes | None = None
        self.prefix = b""
        self.head = self.tail = b""
        self.rows_start = self.rows_end = 0  # of what lies between the tags of sheetData
        self.empty = False  # <sheetData/>
        self.ascending = True
        self.counted = False  # a row has no number of its own
        self._skeleton: Skeleton | None = None
        self._held: list[bytes] | None = None  # what was inflated once, where it is not too much
        self._sniff()

    def _sniff(self) -> None:
        first = next(self.package.stream(self.member, 1 << 12), b"")
        if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            self.encoding = "utf-16-le" if first[:2] == codecs.BOM_UTF16_LE else "utf-16-be"
        else:
            declared = DECLARED.match(first)
            name = declared[1].decode().lower() if declared else "utf-8"
            if name not in ("utf-8", "utf8", "us-ascii", "ascii"):
                if name.replace("_", "-") not in _SIMPLE:
                    raise Stop("structure", name)
                self.encoding = name
        if self.encoding:
            self._read_whole()

    def _read_whole(self) -> None:
        data = self.package.read(self.member)
        if self.encoding:
            try:
                text = data.decode(self.encoding)
                same = text.encode(self.encoding) == data
            except (LookupError, UnicodeError):
                raise Stop("structure", self.encoding) from None
            if not same:
                raise Stop("structure", self.encoding)
            data = text.encode()
        self._whole = data

    def chunks(self) -> Iterator[bytes]:
        """The part as UTF-8."""
        if self._whole is not None:
            yield self._whole
        elif self._held is not None:
            yield from self._held
        elif self.member.size > HELD_UP_TO:
            yield from self.package.stream(self.member)
        else:
            held = []
            for chunk in self.package.stream(self.member):
                held.append(chunk)
                yield chunk
            self._held = held

    def encoded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Bring UTF-8 back to the part's own encoding."""
        if not self.encoding:
            yield from chunks
        else:
            yield b"".join(chunks).decode().encode(self.encoding)

    def holdable(self, new: bytes) -> bytes:
        """New text such that the part's encoding can hold it: what it has no sign for becomes a character reference."""
        return new.decode().encode(self.encoding, "xmlcharrefreplace").decode(self.encoding).encode() if self.encoding else new

    def blocks(self) -> Iterator[Block]:
        """The rows in blocks. Raises `Stop` where the sheet is not understood, `Aside` where it must be read with care."""
        cover = self._whole is not None
        first = True
        for block in self._blocks(self.chunks(), cover):
            if block is None:
                if not first:  # rows already given out were cut rightly, but the caller must begin again
                    raise Aside
                self._read_whole()
                yield from self.blocks()
                return
            first = False
            yield block

    def rows(self) -> Iterator[Row]:
        """Every row in the order of the file. Raises as `blocks` does."""
        for block in self.blocks():
            yield from block.rows()

    def know(self) -> None:
        """Have the offsets known, where no pass has found them yet."""
        if not self.head:
            try:
                for _ in self.rows():
                    pass
            except Aside:
                self.careful()
                self.know()

    def careful(self) -> None:
        """From now on the part is held whole and its asides are covered."""
        if self._whole is None:
            self._read_whole()

    def _blocks(self, chunks: Iterator[bytes], cover: bool) -> Iterator[Block | None]:
        """Blocks; a None says that there are asides among them and the careful way must be taken."""
        self.ascending = True
        buffer = bytearray()
        found = None
        for chunk in chunks:
            buffer += chunk
            found = _SHEET_DATA.search(masked(bytes(buffer)))
            if found:
                break
        if not found:
            raise Stop("structure", "sheetData")
        self.prefix = found[1]
        self.head = bytes(buffer[: found.end()])
        self.rows_start = found.end()
        if self.head.endswith(b"/>"):
            self.empty = True
            self.rows_end = self.rows_start
            self.tail = bytes(buffer[found.end() :]) + b"".join(chunks)
            return
        yield from self._body(bytes(buffer[found.end() :]), chunks, cover)

    def _body(self, text: bytes, chunks: Iterator[bytes], cover: bool) -> Iterator[Block | None]:
        closing, opening = b"</%ssheetData" % self.prefix, b"<%srow" % self.prefix
        cut = Cutter(self.prefix, self.rows_start)
        looked = 0
        while True:
            mask = masked(text) if cover else text
            stop = mask.find(closing, max(0, looked - len(closing)))
            if not cover and _has_aside(text, looked, stop if stop >= 0 else len(text)):
                yield None
                return
            if stop >= 0:
                yield Block(text, mask, stop, cut.offset, cut.number, cut)
                break
            keep = mask.rfind(opening)
            if keep > 0:
                yield Block(text, mask, keep, cut.offset, cut.number, cut)
                text = text[keep:]
            looked = max(0, len(text) - 1)
            more = next(chunks, None)
            if more is None:
                raise Stop("structure", "sheetData")
            text += more
        self.rows_end = cut.offset
        self.ascending, self.counted = cut.ascending, cut.counted
        self.tail = text[stop:] + b"".join(chunks)

    @property
    def skeleton(self) -> Skeleton:
        """The sheet without its rows, as elements; offsets are those of the part."""
        if self._skeleton is None:
            self._skeleton = Skeleton(self.head + self.tail, len(self.head), self.rows_end - self.rows_start)
        return self._skeleton


class Aside(Exception):
    """Comments, instructions or CDATA among the rows: begin again, carefully."""


def _has_aside(text: bytes, start: int, stop: int) -> bool:
    return occurs(text, b"<!", start, stop) or occurs(text, b"<?", start, stop)
