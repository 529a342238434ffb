"""Shared strings: their texts by number, and blanking one that an edit leaves without a user."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection

from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.xml_bytes import REST, Splice, from_xstring, masked, unescaped
from ownerbook.workbook.package import Member, Package

_ITEM = re.compile(rb"<((?:[^\s<>/!?:]+:)?)si(?=[\s/>])" + REST + rb">")
_PHONETIC = re.compile(rb"<((?:[^\s<>/!?:]+:)?)rPh(?=[\s/>]).*?</\1rPh\s*>", re.DOTALL)
_TEXT = re.compile(rb"<((?:[^\s<>/!?:]+:)?)t(?=[\s/>])(" + REST + rb")>(.*?)</\1t\s*>|<(?:[^\s<>/!?:]+:)?t(?=[\s/>])" + REST + rb"/>", re.DOTALL)
_STRETCH = 1 << 16  # bytes
_RUN = re.compile(rb"<(?:[^\s<>/!?:]+:)?r(?=[\s/>])")


def item_text(raw: bytes) -> str:
    """The plain text of a string item or inline string: its runs end to end, its phonetics left out."""
    out = []
    for m in _TEXT.finditer(_PHONETIC.sub(b"", raw)):
        if m[3] is not None and not m[2].endswith(b"/"):
            out.append(from_xstring(unescaped(m[3])))
    return "".join(out)


def is_rich(raw: bytes) -> bool:
    """Whether a string has formatted runs."""
    return _RUN.search(raw) is not None


class SharedStrings:
    """The shared strings of a workbook; read once, for the wanted numbers only."""

    def __init__(self, package: Package, member: Member | None) -> None:
        self._package = package
        self.member = member
        self._raw: dict[int, bytes] = {}
        self._span: dict[int, tuple[int, int]] = {}

    def fetch(self, wanted: set[int]) -> None:
        """Have these at hand."""
        wanted = wanted - self._raw.keys()
        if not wanted or self.member is None:
            return
        data = self._package.read(self.member)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Stop("structure", "UTF-16 sharedStrings")
        mask = masked(data)
        for first, start, stop in _stretches(mask, sorted(wanted)):
            for number, m in enumerate(_ITEM.finditer(mask, start, stop), first):
                if number in wanted:
                    close = mask.find(b"</%ssi" % m[1], m.end())
                    end = m.end() if m[0].endswith(b"/>") else mask.find(b">", close) + 1 if close >= 0 else 0
                    if not end:
                        raise Stop("structure", self.member.name)
                    self._raw[number] = data[m.start() : end]
                    self._span[number] = (m.start(), end)

    def text(self, number: int) -> str | None:
        """The text of one that was fetched; None where there is none of this number."""
        raw = self._raw.get(number)
        return None if raw is None else item_text(raw)

    def rich(self, number: int) -> bool:
        """Whether it has formatted runs."""
        return is_rich(self._raw.get(number, b""))

    def blank(self, numbers: Collection[int]) -> list[Splice]:
        """Splices that empty these; their numbers stay taken, so that no other string moves."""
        out = []
        for number in sorted(numbers):
            if number in self._span:
                start, end = self._span[number]
                m = _ITEM.match(self._raw[number])
                assert m is not None
                out.append(Splice(start, end, b"<%ssi><%st></%st></%ssi>" % (m[1], m[1], m[1], m[1])))
        return out


def _stretches(mask: bytes, wanted: list[int]) -> list[tuple[int, int, int]]:
    """Where to look for the wanted items: the number of the first item of each stretch, and its place.

    Items written plainly are counted, which is much faster than finding each; any other and it is one stretch.
    """
    places = range(0, len(mask), _STRETCH)
    counts = [mask.count(b"<si>", at, at + _STRETCH + 3) for at in places]
    if not sum(counts) or sum(counts) != mask.count(b"<si"):
        return [(0, 0, len(mask))]
    out = []
    first = 0
    for at, count in zip(places, counts, strict=True):
        if bisect.bisect_left(wanted, first) != bisect.bisect_left(wanted, first + count):
            out.append((first, at, at + _STRETCH + 3))
        first += count
    return out
