"""New texts among the shared strings, for sheets whose cells hold theirs there.

A text that stands there already, plainly, is used again; any other comes after the last item, so that no string changes
its number. The rest of the part stays as it is but for the two counts of its root (ECMA-376 part 1, 18.4.9), which are set
right where they are given. A part that is long, or written in a way that is not surely understood, is left alone: then the
text goes into the cell, which every reader takes too (docs/decisions/0003-inline-text.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.sheet_text import DECLARED, SheetText
from ownerbook.workbook.amend.xml_bytes import REST, Splice, attribute_span, attributes, masked, text_element
from ownerbook.workbook.package import Member, Package

PACKED_UP_TO = 8 << 20  # bytes
SIZE_UP_TO = 24 << 20  # inflated; it is read, written and read again for the proof
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<((?:[^\s<>/!?:]+:)?)sst(?=[\s/>])" + REST + rb">")
_ANY_ITEM = re.compile(rb"<(?:[^\s<>/!?:]+:)?si(?=[\s/>])")
_SHARED_CELL = re.compile(rb"""\st\s*=\s*(?:"s"|'s')""")
_SLICE = 1 << 20  # bytes looked through at a time
_WHY = {
    "large": ("共享字符串部件很大", "the shared strings are large"),
    "numbers": ("有单元格引用不存在的共享字符串", "some cells refer to shared strings that are not there"),
}
_UNUSUAL = ("共享字符串部件的写法不寻常", "the shared strings are written in an unusual way")


def holds_shared(text: SheetText) -> bool | None:
    """Whether a sheet has cells that show shared strings; None where it has no text at all."""
    inline = False
    rest = b""
    for chunk in text.chunks():
        piece = rest + chunk
        if b' t="s"' in piece or _SHARED_CELL.search(piece):
            return True
        inline = inline or b"inlineStr" in piece
        rest = piece[-16:]
    return False if inline else None


class Dangling(Exception):
    """Cells show numbers of shared strings that are not there: a new string would come to be seen in them."""


class NewStrings:
    """The shared strings part as a place for new texts. `first` is the number of the first new one."""

    def __init__(self, package: Package, member: Member | None, why: str | None = None) -> None:
        self._package = package
        self.member = member
        self.first = 0
        self.appended: list[str] = []
        self.used: dict[int, str] = {}  # numbers that new cells show, with their texts
        self._numbers: dict[str, int] = {}
        self._data = b""
        self._root = b""
        self._root_start = self._end = 0
        self._prefix = b""
        self._why = why
        self.declined = ""  # why a text that belongs there was put into its cell

    @property
    def empty(self) -> bool:
        """Whether the workbook keeps no text there: no part, or one without an item."""
        return self.member is None or self.why() == "empty"

    def why(self) -> str:
        """Why nothing can be put there (`large`, `empty`, or what was not understood); an empty text where it can."""
        if self._why is None:
            self._why = self._read()
        return self._why

    def note(self) -> Text:
        """What people are told where texts that belong there were put into their cells."""
        zh, en = _WHY.get(self.declined, _UNUSUAL)
        return Text(f"{zh}，新文本写在单元格内", f"{en}, so new texts were written inside their cells")

    def _read(self) -> str:
        if self.member is None:
            return "empty"
        if self.member.packed > PACKED_UP_TO or self.member.size > SIZE_UP_TO:
            return "large"
        data = self._package.read(self.member)
        declared = DECLARED.match(data)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or declared and declared[1].lower() not in (b"utf-8", b"utf8"):
            return "encoding"
        if masked(data) is not data:
            return "comments"
        root = _ROOT.match(data)
        if root is None:
            return "root"
        if b"<" not in data[root.end() :] and root[0].endswith(b"/>"):
            return "empty"
        self._prefix = root[1]
        closing = b"</%ssst" % root[1]
        stop = data.rfind(closing)
        if stop < 0 or re.fullmatch(rb"\s*>\s*", data[stop + len(closing) :]) is None or data.find(closing) != stop:
            return "end"
        end = len(data[:stop].rstrip())
        count = self._count(data)
        if count < 0:
            return "items"
        if end == root.end():
            return "empty"
        if not data.endswith(b"</%ssi>" % root[1], 0, end) and not data.endswith(b"<%ssi/>" % root[1], 0, end):
            return "end"
        self._data, self._root, self._end, self.first = data, data[root.start(1) - 1 : root.end()], end, count
        self._root_start = root.start(1) - 1
        return ""

    def _count(self, data: bytes) -> int:
        """How many items there are; -1 where some are in another namespace."""
        plain = data.count(b"<%ssi>" % self._prefix)
        if (
            plain == data.count(b"<%ssi" % self._prefix)
            and data.count(b":si") == (plain if self._prefix else 0)
            and data.count(b"<si") == (0 if self._prefix else plain)
        ):
            return plain
        own = sum(1 for _ in re.finditer(rb"<" + re.escape(self._prefix) + rb"si(?=[\s/>])", data))
        return own if own == sum(1 for _ in _ANY_ITEM.finditer(data)) else -1

    def vouched(self) -> bool:
        """Whether the part itself says that it has as many items as were counted, so that its writer knew of no more numbers."""
        return attributes(self._root).get(b"uniqueCount") == b"%d" % self.first

    def numbers(self, texts: Iterable[str]) -> dict[str, int]:
        """A number for each text; what is not there yet is planned to be added. Only where `why` has nothing against it."""
        wanted = dict.fromkeys(t for t in texts if t not in self._numbers)
        if wanted:
            found = self._standing(wanted)
            for text in wanted:
                number = found.get(text)
                if number is None:
                    number = self.first + len(self.appended)
                    self.appended.append(text)
                self._numbers[text] = number
                self.used[number] = text
        return self._numbers

    def _item(self, text: str) -> bytes:
        return b"<%ssi>%s</%ssi>" % (self._prefix, text_element(self._prefix, text), self._prefix)

    def _standing(self, wanted: Iterable[str]) -> dict[str, int]:
        """Those that stand there already, as plainly as they would be written here."""
        opening = b"<%ssi>" % self._prefix
        if self._data.count(opening) != self.first:  # items of another form: not counted this way
            return {}
        ends: dict[bytes, str] = {}
        for text in wanted:
            item = self._item(text)[len(opening) :]
            kept = item.replace(b"<%st>" % self._prefix, b'<%st xml:space="preserve">' % self._prefix)
            for form in (item, kept):
                ends[form] = ends[form.replace(b"&quot;", b'"')] = text  # quotes need no escaping there
        out: dict[str, int] = {}
        tight = self._data.count(b"</%ssi>" % self._prefix + opening) == self.first - 1  # nothing stands between the items
        for first, pieces in _sliced(self._data, self._end, opening):
            if not tight:
                pieces = [p.rstrip() for p in pieces]
            for piece in ends.keys() & set(pieces):
                out.setdefault(ends[piece], first + pieces.index(piece))
        return out

    def splices(self, more_cells: int) -> list[Splice]:
        """What adds the new texts. `more_cells` is by how many the cells that show shared strings become more."""
        if not self.appended:
            return []
        out = []
        given = attributes(self._root)
        for name, more in ((b"count", more_cells), (b"uniqueCount", len(self.appended))):
            value = given.get(name, b"")
            span = attribute_span(self._root, name)
            if span and value.isdigit() and more:
                new = b"%d" % max(int(value) + more, 0)
                out.append(Splice(self._root_start + span[0], self._root_start + span[1], new))
        items = b"".join(self._item(t) for t in self.appended)
        return [*out, Splice(self._end, self._end, items)]


def _sliced(data: bytes, stop: int, opening: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """What follows each opening tag, up to the next; in slices, each with the number of its first item."""
    at = data.find(opening, 0, stop)
    first = 0
    while at >= 0:
        end = data.rfind(opening, at + 1, min(at + _SLICE, stop))
        if end < 0:
            end = data.find(opening, at + 1, stop)
        pieces = data[at : end if end >= 0 else stop].split(opening)[1:]
        yield first, pieces
        first += len(pieces)
        at = end
