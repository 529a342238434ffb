"""The shared strings of a workbook, brought into the pool, and which of them are in several formats or struck out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from ownerbook.schema.cells import Bools, Bytes, Flag, Pool
from ownerbook.workbook.cell_texts import unescape
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xml_parts import Attributes, main_name, parse, true

LONGEST_TEXT = 16 << 20  # characters, as far as the scanner goes; a cell of Excel holds 32,767
_AT_ONCE = 1 << 16  # texts that are held as Python objects before they go into the pool

_RICH, _STRIKE = int(Flag.RICH), int(Flag.STRIKE)


@dataclass(frozen=True, slots=True)
class SharedStrings:
    """String i of the workbook has code `first + i` in the pool; `flag` and `empty` are by i."""

    first: int
    flag: Bytes
    empty: Bools
    plain: bool  # none is empty, none flagged

    @classmethod
    def of(cls, first: int, flag: Bytes, empty: Bools) -> SharedStrings:
        """From flags and emptiness by i."""
        return cls(first, flag, empty, not (empty.any() or flag.any()))

    def __len__(self) -> int:
        return len(self.flag)

    @classmethod
    def none(cls) -> SharedStrings:
        """Of a workbook without any."""
        return cls.of(0, np.zeros(0, np.uint8), np.zeros(0, bool))


class RichText:
    """Gathers the text of one `si` or `is`: runs joined, phonetic guides left out."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Start a new text."""
        self.pieces: list[str] = []
        self.flag = 0
        self._length = 0
        self._guide = 0
        self._taking = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element inside the text."""
        if tag == "rPh" or self._guide:
            self._guide += 1
        elif tag == "t":
            self._taking = True
        elif tag == "r":
            self.flag |= _RICH
        elif tag == "strike" and true(attributes.get("val", "1")):
            self.flag |= _STRIKE

    def text(self, data: str) -> None:
        """Characters inside the text. Raises `Trouble` (`bomb`) beyond `LONGEST_TEXT`."""
        if self._taking:
            self.pieces.append(data)
            self._length += len(data)
            if self._length > LONGEST_TEXT:
                raise Trouble("bomb", f"a text of more than {LONGEST_TEXT >> 20} million characters")

    def end(self, tag: str) -> None:
        """The end of an element inside the text."""
        if self._guide:
            self._guide -= 1
        elif tag == "t":
            self._taking = False

    def whole(self) -> str:
        """The text, with escaped characters put back."""
        return unescape("".join(self.pieces))


def read_shared_strings(chunks: Iterable[bytes], pool: Pool) -> SharedStrings:
    """Read the part with expat, whatever it is made of. Raises `Trouble`."""
    first = len(pool)
    empty: list[Bools] = []

    def put(texts: list[str]) -> None:
        pool.extend_texts(texts)
        empty.append(np.fromiter((not t for t in texts), bool, len(texts)))

    rest, flags = collect(chunks, put)
    put(rest)
    return SharedStrings.of(first, np.frombuffer(flags, np.uint8), np.concatenate(empty))


def collect(chunks: Iterable[bytes], put: Callable[[list[str]], None] | None = None) -> tuple[list[str], bytearray]:
    """The texts of a part and their flags (`Flag.RICH`, `Flag.STRIKE`). put: takes texts whenever there are many; the last ones are returned."""
    rich = RichText()
    texts: list[str] = []
    flags = bytearray()
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        tag = main_name(name)
        if inside:
            rich.start(tag, attributes)
        elif tag == "si":
            inside = True
            rich.begin()

    def end(name: str) -> None:
        nonlocal inside
        tag = main_name(name)
        if inside and tag == "si":
            inside = False
            texts.append(rich.whole())
            flags.append(rich.flag)
            if put is not None and len(texts) >= _AT_ONCE:
                put(texts)
                texts.clear()
        elif inside:
            rich.end(tag)

    def text(data: str) -> None:
        if inside:
            rich.text(data)

    parse(chunks, start, end, text)
    return texts, flags
