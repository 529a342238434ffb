"""Texts cut from XML: entities, line ends and escaped characters put right, only where there are any."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from ownerbook.schema.cells import Bytes, Longs
from ownerbook.workbook.cell_texts import unescape
from ownerbook.workbook.scan_tags import NotPlain

_ENTITY = re.compile(rb"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}


def resolve(raw: bytes) -> bytes:
    """Character data as a parser would give it. Raises `NotPlain` for an entity that is none of XML's own."""
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"&" not in raw:
        return raw
    if raw.count(b"&") != len(_ENTITY.findall(raw)):
        raise NotPlain("an entity")
    return _ENTITY.sub(_character, raw)


def _character(m: re.Match[bytes]) -> bytes:
    if m[1]:
        return _NAMED[m[1]]
    code = int(m[2]) if m[2] else int(m[3], 16)
    if not (code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000):
        raise NotPlain("a character that XML does not have")
    return chr(code).encode()


def cut(buffer: Bytes, start: Longs, length: Longs) -> bytes:
    """The texts that begin at these places, end to end."""
    before = np.cumsum(length) - length
    at = np.repeat(start - before, length)
    at += np.arange(len(at))
    return buffer.take(at).tobytes()


def plain(data: bytes, lengths: Longs) -> tuple[bytes, Longs]:
    """Texts end to end as they stand in a cell's XML → as they read. Raises `NotPlain` for what is no XML text."""
    ends = np.cumsum(lengths)
    check(data, ends - lengths)
    special = sorted({at for mark in (b"&", b"_x", b"\r") for at in _all(data, mark)})
    if not special:
        return data, lengths
    lengths = lengths.copy()
    pieces: list[bytes] = []
    done = 0
    for i in np.unique(np.searchsorted(ends, special, "right")).tolist():
        end = int(ends[i])
        start = end - int(lengths[i])
        text = unescape(resolve(data[start:end]).decode()).encode("utf-8", "surrogatepass")
        pieces += (data[done:start], text)
        lengths[i] = len(text)
        done = end
    pieces.append(data[done:])
    return b"".join(pieces), lengths


def _all(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)


def check(data: bytes, starts: Longs) -> None:
    """Raises `NotPlain` where there are bytes that no XML text holds, so that the careful reader says what is wrong."""
    buffer = np.frombuffer(data, np.uint8)
    if np.count_nonzero(buffer < 32) != data.count(b"\n") + data.count(b"\t") + data.count(b"\r"):
        raise NotPlain("control characters")
    if b"]]>" in data:
        raise NotPlain("the end of a CDATA section")
    if data.isascii():
        return
    try:
        data.decode()
    except UnicodeDecodeError:
        raise NotPlain("not UTF-8") from None
    if (buffer.take(starts[starts < len(data)]) & 0xC0 == 0x80).any():
        raise NotPlain("not UTF-8")
    if b"\xef\xbf\xbe" in data or b"\xef\xbf\xbf" in data:
        raise NotPlain("characters that XML does not have")
