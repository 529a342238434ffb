"""The proof that nothing shows a blanked shared string: every sheet of the result is read again, to its end.

Nothing is taken from the plan but the numbers. Which parts are sheets is asked of the parts themselves, and their cells are
found by expat; in a long sheet of plain UTF-8 by the digits that stand before a closing tag, all columns of a stretch at
once, which is as fast as the sheet can be inflated. Where such digits say a blanked number, the cell they stand in is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from typing import TYPE_CHECKING
from xml.parsers import expat

from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.xml_bytes import occurs
from ownerbook.workbook.package import Member, Package

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PLAINLY_UP_TO = 1 << 20  # inflated bytes of a sheet that expat reads
_ROOTS = ("worksheet", "macrosheet", "dialogsheet")
_STRETCH = 1 << 18  # bytes looked at together
_SIGHT = 1 << 14  # bytes before a number in which its cell must begin
_CELL = re.compile(rb"<(?:[^\s<>/!?:]+:)?c(?=[\s>])[^<>]*>")
_VALUE = re.compile(rb"<(?:[^\s<>/!?:]+:)?v(?=[\s>])[^<>]*>")
_UTF8 = re.compile(rb"(?i)utf-?8")
_TYPE = re.compile(rb"""\st\s*=\s*["']\s*([^"']*?)\s*["']""")


class _Unsure(Exception):
    """The sheet is not plain enough for a look at its digits."""


class Unshown:
    """The look at all sheets of the result; those that stream past anyway may be watched meanwhile."""

    def __init__(self, new: Package, blanked: Set[int]) -> None:
        self._new, self._blanked = new, blanked
        self._seen: set[str] = set()

    def watching(self, member: Member) -> Callable[[Iterable[bytes], Iterable[bytes]], tuple[Iterable[bytes], Iterable[bytes]]]:
        """What gives the same two streams of a sheet, the new one watched."""

        def watch(old: Iterable[bytes], new: Iterable[bytes]) -> tuple[Iterable[bytes], Iterable[bytes]]:
            return old, self._watched(member, new) if self._blanked and member.size > PLAINLY_UP_TO else new

        return watch

    def _watched(self, member: Member, chunks: Iterable[bytes]) -> Iterator[bytes]:
        digits = _Digits(member, self._blanked)
        sure = True
        for chunk in chunks:
            sure = sure and digits.take(chunk)
            yield chunk
        if sure and digits.take():
            self._seen.add(member.key)

    def prove(self) -> None:
        """Raises `Stop` where a cell of any sheet refers to one of these strings."""
        for member in _sheets(self._new) if self._blanked else ():
            if member.key in self._seen:
                continue
            if member.size > PLAINLY_UP_TO:
                for _ in self._watched(member, self._new.stream(member)):
                    pass
                if member.key in self._seen:
                    continue
            _by_expat(self._new, member, self._blanked)


def _sheets(package: Package) -> list[Member]:
    """The sheets among the parts that the workbook names, told by their root elements."""
    parts = {m.key: m for r in package.rels(package.workbook_part).values() if not r.external and (m := package.find(r.target))}
    return [m for m in parts.values() if not m.folder and _root(package, m) in _ROOTS]


def _root(package: Package, member: Member) -> str:
    names: list[str] = []
    parser = expat.ParserCreate()

    def begin(name: str, _: dict[str, str]) -> None:
        names.append(name.rpartition(":")[2])
        parser.StartElementHandler = None

    parser.StartElementHandler = begin
    try:
        for chunk in package.stream(member, 1 << 12):
            parser.Parse(chunk, False)
            if names:
                break
    except (expat.ExpatError, ValueError, LookupError):
        pass  # a picture, or a part that another look finds damaged
    return names[0] if names else ""


def _found(member: Member, number: int) -> Stop:
    return Stop("proof", f"{member.name}: sharedStrings {number}")


def _by_expat(package: Package, member: Member, blanked: Set[int]) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    pieces: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            shared = attributes.get("t", "").strip() == "s"
            parser.EndElementHandler = finish if shared else None
        elif local == "v":
            pieces.clear()
            parser.CharacterDataHandler = pieces.append if parser.EndElementHandler else None

    def finish(name: str) -> None:
        if name.rpartition(":")[2] == "v":
            parser.CharacterDataHandler = None
            number = _whole("".join(pieces))
            if number in blanked:
                raise _found(member, number)

    parser.StartElementHandler = begin
    try:
        for chunk in package.stream(member):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Stop("proof", f"{member.name}: {error}") from None


def _whole(text: str) -> int:
    """The number a cell says, however it is written; -1 for what is none."""
    try:
        number = float(text)
    except ValueError:
        return -1
    return int(number) if 0 <= number < 1 << 31 and number == int(number) else -1


class _Digits:
    """Takes a sheet piece by piece, as long as no number can be written in a way that its digits do not show."""

    def __init__(self, member: Member, blanked: Set[int]) -> None:
        import numpy as np

        self._member, self._blanked = member, blanked
        self._table = np.zeros(max(blanked) + 1, bool)
        self._table[list(blanked)] = True
        self._sight = b""
        self._held: list[bytes] = []
        self._size = 0

    def take(self, chunk: bytes = b"") -> bool:
        """One piece, or nothing at the end; whether all is plain so far. Raises `Stop` where a cell shows one of the strings."""
        self._held.append(chunk)
        self._size += len(chunk)
        try:
            if self._size >= _STRETCH or not chunk:
                self._look()
        except _Unsure:
            return False
        return True

    def _look(self) -> None:
        import numpy as np

        text = self._sight + b"".join(self._held)
        self._held, self._size = [], 0
        if not self._sight and (text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"encoding" in text[:200] and not _UTF8.search(text[:200])):
            raise _Unsure
        if occurs(text, b"<!", 0, len(text)) or occurs(text, b"&#", 0, len(text)):
            raise _Unsure
        marks = np.frombuffer(text, np.uint8)
        first = max(len(self._sight) - 1, 0)
        opening = np.flatnonzero(marks[first:-1] == 60) + first
        last = opening[marks[opening + 1] == 47] - 1
        for at in _candidates(last[last > 0], marks, self._table):
            number = _number_of_shared(text, at + 1)
            if number in self._blanked:
                raise _found(self._member, number)
        self._sight = text[-_SIGHT:]


def _candidates(last: NDArray[np.int64], marks: NDArray[np.uint8], table: NDArray[np.bool_]) -> list[int]:
    """Those places before a closing tag at which the digits may say a number of the table."""
    import numpy as np

    at = last
    while (blank := (marks[at] <= 32) & (at > 0)).any():
        at = at - blank
    digit = marks[at] - np.uint8(48)  # what is no digit wraps round to a large number
    last, at = last[digit < 10], at[digit < 10]
    number = np.zeros(len(at), np.int64)
    more = np.ones(len(at), bool)
    for place in range(len(str(len(table)))):
        digit = marks[at] - np.uint8(48)
        more &= digit < 10
        number += np.where(more, digit, 0).astype(np.int64) * 10**place
        at = np.maximum(at - 1, 0)
    longer = more & (marks[at] > 48) & (marks[at] < 58)  # one that begins with noughts is looked at
    fits = (number < len(table)) & ~longer
    found: list[int] = last[fits][table[number[fits]]].tolist()
    return found


def _number_of_shared(text: bytes, stop: int) -> int:
    """The shared string that the cell shows whose value ends at `stop`; -1 where it shows none."""
    begin = text.rfind(b">", 0, stop) + 1
    at = text.rfind(b"<", 0, begin)
    if _VALUE.match(text, at) is None:
        return -1
    opening = None
    while at > 0 and opening is None:
        at = text.rfind(b"<", max(begin - _SIGHT, 0), at)
        opening = _CELL.match(text, at) if at >= 0 else None
    if opening is None:
        raise _Unsure
    kind = _TYPE.search(opening[0])
    return _whole(text[begin:stop].decode("latin-1")) if kind and kind[1] == b"s" else -1
