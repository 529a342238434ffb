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
from dataclasses import dataclass

from ownerbook.workbook.amend.edits import LAST_COLUMN, LAST_ROW, position
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.skeleton import Skeleton
from ownerbook.workbook.amend.xml_bytes import REST, attributes, masked
from ownerbook.workbook.package import Member, Package

_SHEET_DATA = re.compile(rb"<((?:[^\s<>/!?:]+:)?)sheetData(?=[\s/>])" + REST + rb">")
_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SIMPLE = {"iso-8859-1", "latin-1", *(f"iso-8859-{n}" for n in range(2, 17)), *(f"windows-{n}" for n in range(1250, 1259))}
_NUMBER = re.compile(rb"""\sr\s*=\s*["']\s*([0-9]+)\s*["']""")


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
        self._sniff()

    def _sniff(self) -> None:
        first = next(self.package.stream(self.member, 1 << 12), b"")
        if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            self.encoding = "utf-16-le" if first[:2] == codecs.BOM_UTF16_LE else "utf-16-be"
        else:
            declared = _DECLARED.match(first)
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
        else:
            yield from self.package.stream(self.member)

    def encoded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Bring UTF-8 back to the part's own encoding."""
        if not self.encoding:
            yield from chunks
        else:
            yield b"".join(chunks).decode().encode(self.encoding)

    def holdable(self, new: bytes) -> bytes:
        """New text such that the part's encoding can hold it: what it has no sign for becomes a character reference."""
        return new.decode().encode(self.encoding, "xmlcharrefreplace").decode(self.encoding).encode() if self.encoding else new

    def rows(self) -> Iterator[Row]:
        """Every row in the order of the file. Raises `Stop` where the sheet is not understood."""
        if self._whole is None:
            first = True
            for row in self._rows(self.chunks(), False):
                if row is None:
                    break
                first = False
                yield row
            else:
                return
            if not first:  # rows already given out were cut rightly, but their numbers may be needed from the start
                raise _Aside
            self._read_whole()
        for row in self._rows(self.chunks(), True):
            assert row is not None
            yield row

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

    def _rows(self, chunks: Iterator[bytes], cover: bool) -> Iterator[Row | None]:
        """Rows; a None says that there are asides among them and the careful way must be taken."""
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

    def _body(self, text: bytes, chunks: Iterator[bytes], cover: bool) -> Iterator[Row | None]:
        closing, opening = b"</%ssheetData" % self.prefix, b"<%srow" % self.prefix
        cut = _Cutter(self.prefix, self.rows_start)
        looked = 0
        while True:
            mask = masked(text) if cover else text
            stop = mask.find(closing, max(0, looked - len(closing)))
            if not cover and _has_aside(text, looked, stop if stop >= 0 else len(text)):
                yield None
                return
            if stop >= 0:
                yield from cut.rows(text, mask, stop)
                break
            keep = mask.rfind(opening)
            if keep > 0:
                yield from cut.rows(text, mask, keep)
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

    def declarations(self) -> bytes:
        """The open tag of the root as an element to wrap fragments in."""
        return self.skeleton.tag(self.skeleton.root)


class _Aside(Exception):
    """Comments, instructions or CDATA among the rows: begin again, carefully."""


Aside = _Aside


def _has_aside(text: bytes, start: int, stop: int) -> bool:
    return text.find(b"<!", start, stop) >= 0 or text.find(b"<?", start, stop) >= 0


class _Cutter:
    """Cuts rows out of text and counts them."""

    def __init__(self, prefix: bytes, offset: int) -> None:
        self.offset = offset  # of the next byte not yet cut
        self.number = 0
        self.ascending = True
        self.counted = False
        self._open = re.compile(rb"<" + re.escape(prefix) + rb"row(?=[\s/>])" + REST + rb">")
        self._close = b"</%srow" % prefix
        self._cell = re.compile(rb"<" + re.escape(prefix) + rb"c\s" + REST + rb">")

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

    def _numbered(self, tag: bytes, mask: bytes, start: int, end: int) -> tuple[int, bool]:
        found = _NUMBER.search(tag)
        if found:
            return int(found[1]), False
        first = self._cell.search(mask, start, end)  # a row without number goes by its cells, if they have names
        where = position(attributes(first[0]).get(b"r", b"").decode()) if first else None
        return (where[0] if where else self.number + 1), True


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
