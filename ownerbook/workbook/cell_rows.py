"""Cells of a sheet row by row, by expat and nothing else: the plain reader that the amender is checked with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from xml.parsers import expat

from ownerbook.workbook.amend.edits import position
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.skeleton import Element, Skeleton
from ownerbook.workbook.amend.xml_bytes import from_xstring
from ownerbook.workbook.number_formats import BUILT_IN
from ownerbook.workbook.package import Member, Package

Style = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell as read: kind (blank text number bool error iso), its value, its formula, and its look in words."""

    kind: str = "blank"
    value: str | float | bool | None = None
    formula: str | None = None
    style: Style = ()

    def __str__(self) -> str:
        shown = "" if self.value is None else f"{self.value:.15g}" if isinstance(self.value, float) else str(self.value)
        return f"={self.formula} → {shown}" if self.formula is not None else shown


BLANK = Seen()


def shared_texts(package: Package, member: Member) -> list[str]:
    """All shared strings as plain texts."""
    out: list[str] = []
    pieces: list[str] = []
    inside = {"t": 0, "rPh": 0}
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            pieces.clear()
        elif local in inside:
            inside[local] += 1

    def finish(name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            out.append(from_xstring("".join(pieces)))
        elif local in inside:
            inside[local] -= 1

    def text(piece: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(piece)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, finish, text
    _feed(parser, package.stream(member), member.name)
    return out


def _feed(parser: expat.XMLParserType, chunks: Iterable[bytes], name: str) -> None:
    def doctype(*_: object) -> None:
        raise Stop("package", f"DOCTYPE: {name}")

    parser.StartDoctypeDeclHandler = doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Stop("structure", f"{name}: {expat.ErrorString(error.code)}") from None
    except (ValueError, LookupError):
        raise Stop("structure", f"{name}: encoding") from None


def formats(package: Package, member: Member) -> list[Style]:
    """The cell formats in words; those that look like the plain one are all the same."""
    data = package.read(member)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return []
    root = Skeleton(data).root
    codes = dict(BUILT_IN)
    numbers = root.child("numFmts")
    for element in numbers.children if numbers else ():
        if element.attributes.get("numFmtId", "").isdecimal():
            codes[int(element.attributes["numFmtId"])] = element.attributes.get("formatCode", "")
    holder = root.child("cellXfs")
    found = [_words(x, codes) for x in holder.children] if holder else []
    return [() if f == found[0] else f for f in found]


def _words(xf: Element, codes: dict[int, str]) -> Style:
    a = xf.attributes
    number = a.get("numFmtId", "0")
    code = codes.get(int(number), number) if number.isdecimal() else number
    inner = tuple((c.name, tuple(sorted(c.attributes.items()))) for c in xf.children if c.name in ("alignment", "protection"))
    return (code, *(a.get(n, "0") for n in ("fontId", "fillId", "borderId", "quotePrefix")), inner)


class Texts(Protocol):
    """Shared strings by number."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int, /) -> str: ...


class SheetRows:
    """Reads one sheet; shared texts and styles are given."""

    def __init__(self, strings: Texts, styles: list[Style]) -> None:
        self._strings, self._styles = strings, styles
        self._ready: list[tuple[int, dict[int, Seen]]] = []
        self._row = self._column = 0
        self._cells: dict[int, Seen] = {}
        self._in_data = False
        self._cell: dict[str, str] | None = None
        self._texts: dict[str, list[str]] = {}
        self._stack: list[str] = []
        self._formula: dict[str, str] | None = None

    def read(self, chunks: Iterable[bytes]) -> Iterator[tuple[int, dict[int, Seen]]]:
        """Rows in the order of the file, empty ones left out. Raises `Stop` for what is not XML."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._begin, self._finish, self._text
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
                yield from self._ready
                self._ready = []
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Stop("structure", expat.ErrorString(error.code)) from None
        except (ValueError, LookupError):  # an encoding that expat does not know
            raise Stop("structure", "encoding") from None
        yield from self._ready
        self._ready = []

    def _begin(self, qname: str, attributes: dict[str, str]) -> None:
        name = qname.rpartition(":")[2]
        if name == "sheetData":
            self._in_data = True
        elif not self._in_data:
            return
        elif self._cell is not None:
            self._stack.append(name)
            if name == "f":
                self._formula = attributes
                self._texts.setdefault("f", [])
        elif name == "row":
            number = attributes.get("r", "").strip()
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._column, self._cells = 0, {}
        elif name == "c":
            self._cell, self._texts, self._formula = attributes, {}, None

    def _text(self, piece: str) -> None:
        if self._cell is None or not self._stack:
            return
        top = self._stack[-1]
        if top in ("v", "f") or top == "t" and "rPh" not in self._stack and "is" in self._stack:
            self._texts.setdefault(top, []).append(piece)

    def _finish(self, qname: str) -> None:
        name = qname.rpartition(":")[2]
        if name == "sheetData":
            self._in_data = False
        elif not self._in_data:
            return
        elif self._cell is not None:
            if self._stack:
                self._stack.pop()
            elif name == "c":
                self._close_cell(self._cell)
                self._cell = None
        elif name == "row" and self._cells:
            self._ready.append((self._row, self._cells))

    def _close_cell(self, attributes: dict[str, str]) -> None:
        where = position(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        if where is None:
            raise Stop("reference", attributes["r"])
        if not self._cells and not self._column:
            self._row = where[0]
        self._column = where[1]
        seen = self._seen(attributes)
        if seen != BLANK:
            self._cells[self._column] = seen

    def _seen(self, attributes: dict[str, str]) -> Seen:
        number = attributes.get("s", "0")
        index = int(number) if number.isdecimal() else 0
        style = self._styles[index] if index < len(self._styles) else ()
        formula = "".join(self._texts["f"]) if "f" in self._texts else None
        if formula == "" and self._formula is not None:
            formula = "#" + self._formula.get("si", self._formula.get("t", ""))  # a member of a shared or array group
        kind, v = attributes.get("t", "n"), "".join(self._texts.get("v", ()))
        if kind == "inlineStr":
            text = from_xstring("".join(self._texts.get("t", ())))
            return Seen("text" if text else "blank", text or None, formula, style)
        if not v:
            return Seen("blank", None, formula, style)
        if kind == "s":
            i = int(v) if v.strip().isdecimal() else -1
            text = self._strings[i] if 0 <= i < len(self._strings) else ""
            return Seen("text" if text else "blank", text or None, formula, style)
        if kind in ("str", "e", "d"):
            return Seen({"str": "text", "e": "error", "d": "iso"}[kind], from_xstring(v), formula, style)
        if kind == "b":
            return Seen("bool", v.strip() in ("1", "true"), formula, style)
        try:
            return Seen("number", float(v), formula, style)
        except ValueError:
            return Seen("text", v, formula, style)
