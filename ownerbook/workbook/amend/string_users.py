"""Which cells show a shared string: asked before one is blanked, and before a number is given to a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.sheet_text import SheetText
from ownerbook.workbook.amend.xml_bytes import occurs

_SHARED = re.compile(rb"""\st\s*=\s*["']s["']""")
_SIGHT = 1 << 17  # bytes in which a cell must begin before its value
_ROOT = re.compile(rb"<((?:[^\s<>/!?:]+:)?)sheetData[\s/>]")


class Users:
    """Counts the cells that show strings of a set. Feed it every sheet, then ask `count`."""

    def __init__(self, numbers: set[int]) -> None:
        self.count = dict.fromkeys(numbers, 0)
        self._digits = rb"0*(" + _trie([str(n).encode() for n in numbers]) + rb")\s*</"

    def sheet(self, text: SheetText) -> None:
        """Count the cells of a sheet."""
        for _ in self.watched(text, text.chunks()):
            pass

    def watched(self, text: SheetText, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks of a sheet passed on, and counted by the time they are through. Raises `Stop` where it is not XML."""
        before = dict(self.count)
        plain = bool(self.count)
        find: re.Pattern[bytes] | None = None
        rest = b""
        for chunk in chunks:
            yield chunk
            piece = rest + chunk
            plain = plain and not occurs(piece, b"<!", 0, len(piece)) and not occurs(piece, b"&#", 0, len(piece))
            if not plain:
                continue
            if find is None:
                root = _ROOT.search(piece)
                find = re.compile(rb"<" + re.escape(root[1]) + rb"v[^<>]*>\s*" + self._digits) if root else None
            # what is left for the next round begins with a whole cell: a cell cut in two would go uncounted
            cut = piece.rfind(b"</") if find else 0
            cut = _cell_before(piece, cut) if cut > 0 else 0
            cut = max(piece.rfind(b"<", 0, cut + 1), 0)
            if find and cut:
                self._look(piece, find, cut)
            rest = piece[cut:]
        if plain and find:
            self._look(rest, find, len(rest))
        elif self.count and not plain:  # asides or references, which may lie within a number
            self.count = before
            self._by_expat(text)

    def _look(self, piece: bytes, find: re.Pattern[bytes], stop: int) -> None:
        for m in find.finditer(piece):
            if m.start() >= stop:
                break
            begin = _cell_before(piece, m.start())
            tag = piece[begin : m.start()] if begin >= 0 else b""
            # where the cell's start is not in sight it counts: a text too many is kept, never one too few
            if begin < 0 or _SHARED.search(tag):
                self.count[int(m[1])] += 1

    def _by_expat(self, text: SheetText) -> None:
        parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        pieces: list[str] = []
        state = {"shared": False, "value": False}

        def begin(name: str, attributes: dict[str, str]) -> None:
            local = name.rpartition(":")[2]
            if local == "c":
                state["shared"] = attributes.get("t", "").strip() == "s"
            state["value"] = local == "v" and state["shared"]
            pieces.clear()

        def finish(name: str) -> None:
            said = "".join(pieces).strip()
            if state["value"] and said.isdecimal() and int(said) in self.count:
                self.count[int(said)] += 1
            state["value"] = False

        def take(piece: str) -> None:
            if state["value"]:
                pieces.append(piece)

        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, finish, take
        try:
            for chunk in text.chunks():
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Stop("structure", f"{text.member.name}: {error}") from None


def _cell_before(piece: bytes, stop: int) -> int:
    """Where the last cell before a place begins, its bracket or the colon of its prefix; -1 where none is in sight."""
    start = max(stop - _SIGHT, 0)
    return max(piece.rfind(mark, start, stop) for mark in (b"<c ", b":c ", b"<c>", b":c>"))


def _trie(words: list[bytes]) -> bytes:
    """An expression that matches exactly these digits strings, branching once a digit."""
    tree: dict[bytes, dict[bytes, object]] = {}
    for word in words:
        node = tree
        for i in range(len(word)):
            node = node.setdefault(word[i : i + 1], {})  # type: ignore[assignment]
        node[b""] = {}
    return _branch(tree)


def _branch(node: dict[bytes, dict[bytes, object]]) -> bytes:
    options = [key + _branch(child) for key, child in node.items() if key]  # type: ignore[arg-type]
    if not options:
        return b""
    joined = options[0] if len(options) == 1 and b"" not in node else b"(?:" + b"|".join(options) + b")"
    return joined + b"?" if b"" in node else joined
