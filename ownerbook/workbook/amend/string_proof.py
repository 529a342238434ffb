"""The proof for the shared strings: as expat counts and reads them in the new part.

All bytes outside the planned places have been found equal before. What is left to show is that each string stands at its
number: there are as many as before and as were added, each place written over held one, those blanked and those added are
where they should be, and what the new cells show reads as it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from xml.parsers import expat

from ownerbook.workbook.amend.planned import Plan
from ownerbook.workbook.amend.reduction import Cut
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.xml_bytes import from_xstring
from ownerbook.workbook.package import Package

_NONE_NEW = 1 << 62


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


class StringProof:
    """Looks at the shared strings while their part streams past, old and new."""

    def __init__(self, plan: Plan) -> None:
        change = plan.strings if plan.strings and (plan.strings.used or plan.strings.blanked) else None
        self._change = change
        self.member = change.member if change else None
        if change is None:
            return
        self._first = change.first if change.appended else _NONE_NEW
        self._items = _Items(change.blanked | change.used.keys(), self._first)
        self._over = [s for s in plan.splices.get(change.member, ()) if s.end > s.start and b"<" in s.new]  # not those of the counts
        self._cut = Cut((), [])

    def watch(self, old: Iterable[bytes], new: Iterable[bytes]) -> tuple[Iterable[bytes], Iterable[bytes]]:
        """The same streams, watched. Raises `Stop` where the new one is not XML."""
        self._cut = Cut(old, [(s.start, s.end) for s in self._over])
        return self._cut, self._fed(new)

    def _fed(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        assert self._change is not None
        try:
            for chunk in chunks:
                self._items.parser.Parse(chunk, False)
                yield chunk
            self._items.parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Stop("proof", f"{self._change.member.name}: {error}") from None

    def texts(self, new: Package) -> dict[int, str]:
        """The shared strings that new cells show, by number. Raises `Stop` where one is not what was planned."""
        change = self._change
        if change is None:
            return {}
        name, items = change.member.name, self._items
        if not items.count:  # the part was not written anew: only strings that stood there are used
            for _ in self._fed(new.stream(name)):
                pass
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
