"""XML as bytes: tags and attributes changed in place, so that every other byte stays.

All text here is UTF-8; sheets in other encodings are brought to it and back by `sheet_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ownerbook.workbook.amend.refusal import Stop

REST = rb"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*"""  # of a tag, up to its >
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_ENTITY = re.compile(r"&(?:#[xX]([0-9A-Fa-f]+)|#([0-9]+)|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_XSTRING = re.compile(r"_x([0-9A-Fa-f]{4})_")
LONGEST_TEXT = 32_767  # UTF-16 units a cell holds


class Splice(NamedTuple):
    """Replace the bytes from `start` to `end` of a part; equal offsets insert."""

    start: int
    end: int
    new: bytes


def spliced(chunks: Iterable[bytes], splices: list[Splice]) -> Iterator[bytes]:
    """A stream with its splices applied. They are in order and do not overlap; insertions at one place keep their order."""
    at = 0  # offset of the next byte to come
    skip_to = 0
    queue = iter(splices)
    ahead = next(queue, None)
    for chunk in chunks:
        end = at + len(chunk)
        here = at
        while ahead is not None and ahead.start < end:
            if ahead.start > max(here, skip_to):
                yield chunk[max(here, skip_to) - at : ahead.start - at]
            yield ahead.new
            here, skip_to = max(here, ahead.start), max(skip_to, ahead.end)
            ahead = next(queue, None)
        here = max(here, skip_to)
        if here < end:
            yield chunk[here - at :]
        at = end
    while ahead is not None:
        yield ahead.new
        ahead = next(queue, None)


def occurs(text: bytes, mark: bytes, start: int, stop: int) -> bool:
    """Whether two bytes occur. The second is looked for alone first, which is many times faster where it is rare."""
    at = start
    for _ in range(200):
        at = text.find(mark[1:], at, stop)
        if at < 0:
            return False
        if at > start and text[at - 1] == mark[0]:
            return True
        at += 1
    return text.find(mark, at - 1 if at > start else start, stop) >= 0


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """The attributes of an open tag, raw."""
    return {m[1]: m[2][1:-1] for m in _ATTRIBUTE.finditer(tag, _name_end(tag))}


def _name_end(tag: bytes) -> int:
    found = re.match(rb"<[^\s/>]+", tag)
    return found.end() if found else 1


def attribute_span(tag: bytes, name: bytes) -> tuple[int, int] | None:
    """Where the value of an attribute stands within its tag, without the quotes."""
    for m in _ATTRIBUTE.finditer(tag, _name_end(tag)):
        if m[1] == name:
            return m.start(2) + 1, m.end(2) - 1
    return None


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """The tag with an attribute set; a new one comes last."""
    span = attribute_span(tag, name)
    if span:
        return tag[: span[0]] + value + tag[span[1] :]
    at = len(tag) - (2 if tag.endswith(b"/>") else 1)
    lead = tag[:at].rstrip()
    return lead + b" " + name + b'="' + value + b'"' + tag[len(lead) : at] + tag[at:]


def without_attribute(tag: bytes, name: bytes) -> bytes:
    """The tag without an attribute."""
    for m in _ATTRIBUTE.finditer(tag, _name_end(tag)):
        if m[1] == name:
            return tag[: m.start()] + tag[m.end() :]
    return tag


def masked(text: bytes) -> bytes:
    """The same length with comments and instructions as blanks, and CDATA as full stops: what is left is structure."""
    start = text.find(b"?>", 0, 200) + 2 if text.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")) else 0  # the declaration is no aside
    if not occurs(text, b"<!", start, len(text)) and not occurs(text, b"<?", start, len(text)):
        return text

    def cover(m: re.Match[bytes]) -> bytes:
        return (b"." if m[0].startswith(b"<![") else b" ") * len(m[0])

    return _ASIDE.sub(cover, text)


def unescaped(raw: bytes) -> str:
    """Character data as text: entities and CDATA resolved, line ends as XML reads them."""
    if b"<![CDATA[" in raw:
        pieces = _CDATA.split(raw)
        return "".join(p.decode() if i % 2 else unescaped(p) for i, p in enumerate(pieces))
    text = raw.decode().replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in text:
        return text

    def one(m: re.Match[str]) -> str:
        if m[3]:
            return _NAMED[m[3]]
        number = int(m[1], 16) if m[1] else int(m[2])
        if number > 0x10FFFF:
            raise Stop("structure", m[0])
        return chr(number)

    return _ENTITY.sub(one, text)


def escaped(text: str) -> bytes:
    """Text as character data or inside double quotes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").encode()


def xstring(text: str) -> str:
    """Text as a workbook stores it: what looks like an escape is escaped, a carriage return too (ECMA-376 part 1, 22.9.2.19).

    Raises `Stop` for characters that XML cannot hold and for text that is too long.
    """
    bad = _BAD.search(text)
    if bad:
        raise Stop("control", f"U+{ord(bad[0]):04X}")
    units = len(text) + sum(c > "\uffff" for c in text)
    if units > LONGEST_TEXT:
        raise Stop("too-long", units)
    return _LOOKS_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")


def from_xstring(text: str) -> str:
    """What a stored text means."""
    return _XSTRING.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def text_element(prefix: bytes, text: str) -> bytes:
    """`<t>` with a text, its spaces kept."""
    stored = xstring(text)
    keep = stored != stored.strip() or any(c in stored for c in "\n\t") or "  " in stored
    space = b' xml:space="preserve"' if keep else b""
    return b"<%st%s>%s</%st>" % (prefix, space, escaped(stored), prefix)
