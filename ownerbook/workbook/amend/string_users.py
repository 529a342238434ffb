"""Which cells show a shared string: asked before one is blanked, and before a number is given to a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.sheet_text import SheetText
from ownerbook.workbook.amend.xml_bytes import occurs

_SHARED = re.compile(rb"""\st\s*=\s*["']s["']""")
_FAR = 4 << 20  # bytes without the start of a cell that are held
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
        opening = rest = b""
        for chunk in chunks:
            yield chunk
            piece = rest + chunk
            plain = plain and not occurs(piece, b"<!", 0, len(piece)) and not occurs(piece, b"&#", 0, len(piece))
            if not plain:
                continue
            if find is None:
                root = _ROOT.search(piece)
                find = re.compile(rb"<" + re.escape(root[1]) + rb"v[^<>]*>\s*" + self._digits) if root else None
                opening = b"<%sc" % root[1] if root else b""
            # what is left for the next round begins with a whole cell: a cell cut in two would go uncounted
            close = max(piece.rfind(b"</"), 0) if find else 0
            cut = _last_cell(piece, opening, 0, close) if find else 0
            if cut <= 0 and len(piece) > _FAR:
                cut = piece.rfind(b"<", 0, close)
            if find and cut > 0:
                self._look(piece, find, opening, cut)
            rest = piece[max(cut, 0) :]
        if plain and find:
            self._look(rest, find, opening, len(rest))
        elif self.count and not plain:  # asides or references, which may lie within a number
            self.count = before
            self._by_expat(text)

    def _look(self, piece: bytes, find: re.Pattern[bytes], opening: bytes, stop: int) -> None:
        before = 0
        for m in find.finditer(piece):
            if m.start() >= stop:
                break
            begin = _last_cell(piece, opening, before, m.start())
            before = m.end()
            # where the cell's start is not in sight it counts: a text too many is kept, never one too few
            if begin < 0 or _SHARED.search(piece, begin, m.start()):
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


def _last_cell(piece: bytes, opening: bytes, start: int, stop: int) -> int:
    """Where the last cell before `stop` opens; -1 where none does from `start` on."""
    at = piece.rfind(opening, start, stop)
    while at >= 0 and piece[at + len(opening)] not in b" \t\r\n>":
        at = piece.rfind(opening, start, at)
    return at


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
