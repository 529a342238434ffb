"""The elements of an XML part with the bytes where they stand, found by expat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.xml_bytes import REST, Splice, attribute_span

_TAG = re.compile(rb"<" + REST + rb">")


@dataclass(slots=True)
class Element:
    """One element: its local name, attributes (`id` for `r:id` too, where nothing else is called so) and byte offsets."""

    name: str
    qname: str
    attributes: dict[str, str]
    start: int
    open_end: int
    parent: Element | None
    close: int = 0  # where the closing tag begins; the end for an empty element
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    @property
    def prefix(self) -> bytes:
        """The prefix with its colon, or nothing."""
        return self.qname.rpartition(":")[0].encode() + b":" if ":" in self.qname else b""

    @property
    def empty(self) -> bool:
        """Whether it is written as one tag."""
        return self.close == self.end

    def all(self, name: str) -> Iterator[Element]:
        """Every element of this name inside, at any depth, in order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)

    def child(self, name: str) -> Element | None:
        """The first direct child of this name."""
        return next((c for c in self.children if c.name == name), None)


class Skeleton:
    """A whole part (or a sheet without its rows) as elements over its bytes. Raises `Stop` where it is not XML."""

    def __init__(self, data: bytes, shift_from: int = 1 << 62, shift: int = 0) -> None:
        """Offsets from `shift_from` on are `shift` bytes further on in the part itself."""
        self.data = data
        self._shift_from, self._shift = shift_from, shift
        parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._finish
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser
        self._stack: list[Element] = []
        self.root = Element("", "", {}, 0, 0, None)
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise Stop("structure", f"XML: {expat.ErrorString(error.code)}") from None
        del self._parser

    def _doctype(self, *_: object) -> None:
        raise Stop("package", "DOCTYPE")

    def _begin(self, qname: str, attributes: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        tag = _TAG.match(self.data, start)
        parent = self._stack[-1] if self._stack else None
        local = {**{k.rpartition(":")[2]: v for k, v in attributes.items() if not k.startswith("xmlns")}, **attributes}
        element = Element(qname.rpartition(":")[2], qname, local, start, tag.end() if tag else start, parent)
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
        self._stack.append(element)

    def _finish(self, _: str) -> None:
        element = self._stack.pop()
        if self.data[element.open_end - 2 : element.open_end] == b"/>":
            element.close = element.end = element.open_end
        else:
            element.close = self._parser.CurrentByteIndex
            element.end = self.data.index(b">", element.close) + 1

    def _characters(self, text: str) -> None:
        if self._stack:
            self._stack[-1].text += text

    def place(self, offset: int) -> int:
        """An offset here as an offset in the part."""
        return offset + self._shift if offset >= self._shift_from else offset

    def raw(self, element: Element) -> bytes:
        """The element as written."""
        return self.data[element.start : element.end]

    def tag(self, element: Element) -> bytes:
        """Its open tag."""
        return self.data[element.start : element.open_end]

    def set_attribute(self, element: Element, name: str, value: str) -> Splice:
        """A splice that sets an attribute (a plain value that needs no escaping)."""
        tag = self.tag(element)
        span = attribute_span(tag, name.encode())
        if span:
            return Splice(self.place(element.start + span[0]), self.place(element.start + span[1]), value.encode())
        lead = len(tag[: -2 if tag.endswith(b"/>") else -1].rstrip())
        place = self.place(element.start + lead)
        return Splice(place, place, b' %s="%s"' % (name.encode(), value.encode()))

    def set_text(self, element: Element, value: str) -> Splice:
        """A splice that sets the text of an element without children (a value that needs no escaping)."""
        return Splice(self.place(element.open_end), self.place(element.close), value.encode())
