"""The proof for the shared strings: counted and read anew in the new part, which expat finds well-formed.

All bytes outside the planned places have been found equal before. What is left to show is that each string stands at its
number: there are as many as before and as were added, each place written over held one, those blanked and those added are
where they should be, and what the new cells show reads as it was asked for.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Set
from xml.parsers import expat

from ownerbook.workbook.amend.planned import Plan
from ownerbook.workbook.amend.reduction import Cut
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.xml_bytes import REST, from_xstring, occurs
from ownerbook.workbook.package import Package

_NONE_NEW = 1 << 62
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<((?:[^\s<>/!?:]+:)?)sst(?=[\s/>])" + REST + rb">")


class _Items:
    """Counts the strings of a part and keeps the texts of those whose numbers are wanted, or `first` and more."""

    def __init__(self, wanted: Set[int], first: int) -> None:
        self.count = 0
        self.texts: dict[int, str] = {}
        self._wanted, self._first = wanted, first
        self._item = ""
        self._pieces: list[str] = []
        self._inside = {"t": 0, "rPh": 0}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin

    def _begin(self, name: str, _: dict[str, str]) -> None:
        if name == self._item:
            if self.count in self._wanted or self.count >= self._first:
                self._pieces = []
                self.parser.StartElementHandler = self._begin_inside
                self.parser.EndElementHandler = self._finish
                self.parser.CharacterDataHandler = self._text
            self.count += 1
        elif not self._item:  # the root
            self._item = name.removesuffix("sst") + "si"

    def _begin_inside(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in self._inside:
            self._inside[local] += 1
        elif local == "si":
            raise Stop("proof", name)

    def _finish(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in self._inside:
            self._inside[local] -= 1
        elif local == "si":
            self.texts[self.count - 1] = from_xstring("".join(self._pieces))
            self.parser.StartElementHandler = self._begin
            self.parser.EndElementHandler = self.parser.CharacterDataHandler = None

    def _text(self, piece: str) -> None:
        if self._inside["t"] and not self._inside["rPh"]:
            self._pieces.append(piece)


class _Unsure(Exception):
    """The part is not plain enough for its strings to be counted by their tags."""


class _Tags:
    """Counts as `_Items` does, by the tags in the text: sure where expat finds the part well-formed and nothing stands aside."""

    def __init__(self, wanted: Set[int], first: int) -> None:
        self.count = 0
        self.texts: dict[int, str] = {}
        self._wanted, self._first = sorted(wanted), first
        self._form = expat.ParserCreate()
        self._prefix: bytes | None = None
        self._rest = b""

    def take(self, chunk: bytes) -> None:
        """One piece, or nothing at the end. Raises `_Unsure`, and what expat raises."""
        self._form.Parse(chunk, not chunk)
        text = self._rest + chunk
        if self._prefix is None:
            root = _ROOT.match(text)
            if root is None or b"encoding" in root[0] and not re.search(rb"(?i)utf-?8|us-ascii", root[0]):
                raise _Unsure
            self._prefix, text = root[1], text[root.end() :]
            self._item = re.compile(rb"<" + re.escape(root[1]) + rb"si(?=[\s/>])")
        if occurs(text, b"<!", 0, len(text)) or occurs(text, b"<?", 0, len(text)):
            raise _Unsure
        opening = b"<" + self._prefix + b"si"
        stop = text.rfind(opening) if chunk else len(text)
        if stop > 0:
            self._look(text[:stop], opening)
        self._rest = text[max(stop, 0) :]

    def _look(self, text: bytes, opening: bytes) -> None:
        count = text.count(opening + b">")
        if count != text.count(opening):
            count = sum(1 for _ in self._item.finditer(text))
        here = self._wanted[bisect.bisect_left(self._wanted, self.count) : bisect.bisect_left(self._wanted, self.count + count)]
        if here or self.count + count > self._first:
            starts = [m.start() for m in self._item.finditer(text)]
            for number in {*here, *range(max(self._first, self.count), self.count + count)}:
                i = number - self.count
                raw = text[starts[i] : starts[i + 1] if i + 1 < count else len(text)]
                self.texts[number] = _text_of(raw, self._prefix or b"")
        self.count += count


def _text_of(raw: bytes, prefix: bytes) -> str:
    """The text of one string; the last one is followed by the end of the part."""
    closing = b"</%ssst" % prefix
    if closing in raw:
        raw = raw[: raw.index(closing)]
    items = _Items({0}, _NONE_NEW)
    items.parser.Parse(b"<%ssst>%s%s>" % (prefix, raw, closing), True)
    return items.texts[0]


class StringProof:
    """Looks at the shared strings while their part streams past, old and new."""

    def __init__(self, plan: Plan) -> None:
        change = plan.strings if plan.strings and (plan.strings.used or plan.strings.blanked) else None
        self._change = change
        self.member = change.member if change else None
        if change is None:
            return
        self._first = change.first if change.appended else _NONE_NEW
        self._wanted = change.blanked | change.used.keys()
        self._tags = _Tags(self._wanted, self._first)
        self._sure = True
        self._over = [s for s in plan.splices.get(change.member, ()) if s.end > s.start and b"<" in s.new]  # not those of the counts
        self._cut = Cut((), [])

    def watch(self, old: Iterable[bytes], new: Iterable[bytes]) -> tuple[Iterable[bytes], Iterable[bytes]]:
        """The same streams, watched. Raises `Stop` where the new one is not XML."""
        self._cut = Cut(old, [(s.start, s.end) for s in self._over])
        return self._cut, self._fed(new)

    def _fed(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._take(chunk)
            yield chunk
        self._take(b"")

    def _take(self, chunk: bytes) -> None:
        try:
            if self._sure:
                self._tags.take(chunk)
        except _Unsure:
            self._sure = False
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Stop("proof", f"{self.member.name if self.member else ''}: {error}") from None

    def _read(self, new: Package, name: str) -> _Items | _Tags:
        if self._sure and not self._tags.count:  # the part was not written anew: only strings that stood there are used
            for _ in self._fed(new.stream(name)):
                pass
        if self._sure:
            return self._tags
        items = _Items(self._wanted, self._first)
        try:
            for chunk in new.stream(name):
                items.parser.Parse(chunk, False)
            items.parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Stop("proof", f"{name}: {error}") from None
        return items

    def texts(self, new: Package) -> dict[int, str]:
        """The shared strings that new cells show, by number. Raises `Stop` where one is not what was planned."""
        change = self._change
        if change is None:
            return {}
        name = change.member.name
        items = self._read(new, name)
        wanted = dict.fromkeys(change.blanked, "") | dict(enumerate(change.appended, change.first)) | change.used
        if change.appended and items.count != self._first + len(change.appended) or items.texts != wanted:
            raise Stop("proof", name)
        self._one_for_one(name)
        return change.used

    def _one_for_one(self, name: str) -> None:
        """That each place that was written over held one string, so that those behind it keep their numbers."""
        kept, at = self._cut.kept(), 0
        for splice in self._over:
            raw = kept[at : at + splice.end - splice.start]
            at += len(raw)
            prefix = raw[1 : raw.find(b"si")]
            items = _Items(frozenset(), _NONE_NEW)
            try:
                items.parser.Parse(b"<%ssst>%s</%ssst>" % (prefix, raw, prefix), True)
            except (expat.ExpatError, ValueError) as error:
                raise Stop("proof", f"{name}: {error}") from None
            if items.count != 1:
                raise Stop("proof", name)
