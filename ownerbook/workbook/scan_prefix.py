"""Parts whose elements all carry a prefix (`<x:row>`, as some libraries write them), given on without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ownerbook.workbook.scan_tags import NotPlain

_LONGEST_PROLOG = 65536
_ROOT = re.compile(rb"<([A-Za-z_][A-Za-z0-9_.-]*):(?:worksheet|sst)(?=[ \t\r\n>])([^<>]*)>")
_OPENING = re.compile(rb"<[A-Za-z_]")
# Elements that must not stand there without the prefix: they would be taken for the prefixed ones.
_BARE = (b"<row", b"<c ", b"<c>", b"<v>", b"<f>", b"<is>", b"<t>", b"<t ", b"<si>", b"<r>")


def without_prefix(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks of a worksheet or of shared strings, prefixed or not, with the main namespace as the default one.

    Raises `NotPlain` where a prefix is used in another way than that.
    """
    rest = iter(chunks)
    head = b""
    while _OPENING.search(head) is None or b">" not in head[_opening(head) :]:
        piece = next(rest, None)
        if piece is None or len(head) > _LONGEST_PROLOG:
            break
        head += piece
    root = _ROOT.match(head, _opening(head))
    if root is None:
        yield head
        yield from rest
        return
    prefix, attributes = root[1], root[2]
    declared = b"xmlns:" + prefix + b'="'
    if b"xmlns=" in attributes or attributes.count(declared) != 1:
        raise NotPlain("the namespaces")
    name = root[0].removeprefix(b"<" + prefix + b":").removesuffix(attributes + b">")
    yield head[: root.start()] + b"<" + name + attributes.replace(declared, b'xmlns="') + b">"
    yield from _bare(head[root.end() :], rest, prefix)


def _opening(head: bytes) -> int:
    found = _OPENING.search(head)
    return found.start() if found else len(head)


def _bare(held: bytes, rest: Iterator[bytes], prefix: bytes) -> Iterator[bytes]:
    while True:
        piece = next(rest, None)
        held += piece or b""
        cut = len(held) if piece is None else max(held.rfind(b"<"), 0)
        whole, held = held[:cut], held[cut:]
        if b"xmlns:" + prefix + b"=" in whole or any(bare in whole for bare in _BARE):
            raise NotPlain("the namespaces")
        if whole:
            yield whole.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")
        if piece is None:
            return
