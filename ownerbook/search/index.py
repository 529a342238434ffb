"""The index on disk: a few blocks of text, each under its own digest, read only where an answer needs them.

Layout: magic, length and digest of the head, the head (JSON), then the sections. A section is lines `value⇥tag`; a tag is the number of a
card, a dot, and what in it the value belongs to (`o0` an owner, `m1` of the household, `f0` a file, `l0` who has that file, `h` the house;
a capital for what was so formerly). Cards lie in packed blocks of a few each. A block whose bytes are not those written makes the whole
index void: then the register is read again, and the answer is the same.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, Final

from ownerbook.search.card import Card

MAGIC: Final = b"ownerbook index 1\n"
SECTIONS: Final = ("names", "pinyin", "phones", "ids", "whole_ids", "houses", "keys", "places")
A_BLOCK: Final = 48
"""Cards in a block."""
_DIGEST: Final = 16


class Damaged(Exception):
    """The index is not what was written."""


@dataclass(slots=True)
class Gathered:
    """What an index is made of. lines: by section `(value, tag)`. house_format: as the policy writes 房号."""

    cards: list[Card] = field(default_factory=list)
    lines: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {s: [] for s in SECTIONS})
    house_format: str = ""

    def add(self, section: str, value: str, tag: str) -> None:
        """One more value to be found by."""
        value = value.replace("\n", " ").replace("\t", " ").strip()
        if value:
            self.lines[section].append((value, tag))


def _print(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


def packed(found: Gathered, stamp: Mapping[str, Any]) -> bytes:
    """An index as bytes. stamp: what it was made from, given back by `Index.stamp`."""
    parts: list[bytes] = []
    places: dict[str, list[Any]] = {}
    at = 0

    def put(data: bytes) -> tuple[int, int, str]:
        nonlocal at
        parts.append(data)
        at += len(data)
        return at - len(data), len(data), _print(data).hex()

    for name in SECTIONS:
        lines = dict.fromkeys(found.lines[name])
        text = "".join(f"\n{value}\t{tag}" for value, tag in lines) + "\n"
        places[name] = list(put(text.encode("utf-8", "surrogatepass")))
    blocks = b""
    for first in range(0, len(found.cards), A_BLOCK):
        body = zlib.compress(b"\n".join(c.packed() for c in found.cards[first : first + A_BLOCK]), 6)
        start, length, _ = put(body)
        blocks += start.to_bytes(6, "little") + length.to_bytes(4, "little") + _print(body)
    places["blocks"] = list(put(blocks))
    head = json.dumps({"places": places, "cards": len(found.cards), "house_format": found.house_format, "stamp": stamp}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
    return b"".join([MAGIC, len(head).to_bytes(4, "little"), _print(head), head, *parts])


class Index:
    """An index that was opened. Every access raises Damaged where the bytes are not those written, OSError where they cannot be read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        start = file.read(len(MAGIC) + 4 + _DIGEST)
        if len(start) < len(MAGIC) + 4 + _DIGEST or not start.startswith(MAGIC):
            raise Damaged
        length = int.from_bytes(start[len(MAGIC) : len(MAGIC) + 4], "little")
        if length > 1 << 26:
            raise Damaged
        head = file.read(length)
        if _print(head) != start[-_DIGEST:]:
            raise Damaged
        self._base = len(start) + length
        told = json.loads(head.decode("utf-8", "surrogatepass"))
        self._places: dict[str, list[Any]] = told["places"]
        self.stamp: dict[str, Any] = told["stamp"]
        self.house_format: str = told["house_format"]
        self._cards: int = told["cards"]
        self._known: dict[str, bytes] = {}
        self._blocks: dict[int, list[bytes]] = {}

    @classmethod
    def of(cls, path: Path) -> Index:
        """The index in a file."""
        file = path.open("rb")
        try:
            return cls(file)
        except BaseException:
            file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def section(self, name: str) -> bytes:
        """The lines of a section, each between line breaks."""
        if name not in self._known:
            start, length, print_ = self._places[name]
            self._known[name] = self._read(start, length, bytes.fromhex(print_))
        return self._known[name]

    def card(self, number: int) -> Card:
        """A card."""
        block, within = divmod(number, A_BLOCK)
        if not 0 <= number < self._cards:
            raise Damaged
        if block not in self._blocks:
            row = self.section("blocks")[block * (10 + _DIGEST) : (block + 1) * (10 + _DIGEST)]
            start, length = int.from_bytes(row[:6], "little"), int.from_bytes(row[6:10], "little")
            self._blocks[block] = zlib.decompress(self._read(start, length, row[10:])).split(b"\n")
        return Card.unpacked(self._blocks[block][within])

    def cards(self, numbers: Sequence[int]) -> list[Card]:
        """Several cards."""
        return [self.card(n) for n in numbers]

    def _read(self, start: int, length: int, print_: bytes) -> bytes:
        self._file.seek(self._base + start)
        data = self._file.read(length)
        if len(data) != length or _print(data) != print_:
            raise Damaged
        return data
