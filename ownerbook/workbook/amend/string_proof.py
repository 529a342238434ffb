"""The proof for the shared strings: as expat counts and reads them in the new part.

All bytes outside the planned places have been found equal before. What is left to show is that each string stands at its
number: there are as many as before and as were added, those blanked and those added are where they should be, and what
the new cells show reads as it was asked for.
"""

from __future__ import annotations

from collections.abc import Set
from xml.parsers import expat

from ownerbook.workbook.amend.planned import Plan
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.xml_bytes import from_xstring
from ownerbook.workbook.package import Package


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


def proved_strings(plan: Plan, new: Package) -> dict[int, str]:
    """The shared strings that new cells show, by number. Raises `Stop` where one is not what was planned."""
    change = plan.strings
    if change is None or not change.used:
        return {}
    name = change.member.name
    items = _Items(change.blanked | change.used.keys(), change.first)
    try:
        for chunk in new.stream(name):
            items.parser.Parse(chunk, False)
        items.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Stop("proof", f"{name}: {error}") from None
    wanted = dict.fromkeys(change.blanked, "") | dict(enumerate(change.appended, change.first)) | change.used
    if items.count != change.first + len(change.appended) or items.texts != wanted:
        raise Stop("proof", name)
    return change.used
