"""PDF (ISO 32000-1): how many pages, and whether it is whole and open. Never rendered, nothing in it is run.

Objects are found by looking for `n g obj`, as readers do with a file whose table of places is broken: so files with and without a good
table are read alike, a table that loops cannot hold us, and the last writing of an object wins. Streams of objects are loosened within a
budget for the whole file.
"""

from __future__ import annotations

import mmap
import re
import zlib
from typing import IO, Final

from ownerbook.scans.look import Trouble
from ownerbook.scans.pdf_password import opens_without, string_at

_MOST: Final = 512 * 1024 * 1024
_BUDGET: Final = 64 * 1024 * 1024
_MOST_OBJECTS: Final = 500_000
_MOST_PAGES: Final = 50_000
_DICT: Final = 256 * 1024
_OBJECT = re.compile(rb"(?<![0-9])(\d{1,10})[ \t\r\n]{1,8}(\d{1,5})[ \t\r\n]{1,8}obj\b")
_REF = re.compile(rb"(\d{1,10})\s{1,8}\d{1,5}\s{1,8}R\b")
_TYPE = re.compile(rb"/Type\s{0,8}/(Pages|Page|Catalog|ObjStm)\b")
_END = re.compile(rb"endobj|stream\r?\n")


def pages(file: IO[bytes], size: int) -> tuple[int | None, Trouble]:
    """Pages of a PDF, and what is wrong with it. Raises OSError."""
    file.seek(max(0, size - 64 * 1024))
    if b"%%EOF" not in file.read(64 * 1024):
        return None, "cut"
    if size > _MOST:
        return None, ""  # whole by its ends; to look for its pages would take too long
    try:
        data: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (ValueError, AttributeError, OSError):
        file.seek(0)
        data = file.read(_MOST)
    try:
        return _counted(data)
    finally:
        if isinstance(data, mmap.mmap):
            data.close()


def _counted(data: mmap.mmap | bytes) -> tuple[int | None, Trouble]:
    guarded = re.search(rb"/Encrypt\s{0,8}(?:(\d{1,10})\s|<<)", data)
    if guarded and not _opens(data, guarded):
        return None, "locked"
    objects, packed = _objects(data)
    if guarded:
        packed = []  # streams are encrypted; the objects outside them are not
    budget = _BUDGET
    for start in packed:
        body = _loosened(data, start, budget)
        budget -= len(body)
        for number, inside in _inside(data[start : start + 4096], body):
            objects.setdefault(number, inside)
        if budget <= 0:
            return None, ""
    roots = [body for body in objects.values() if _kind(body) == b"Catalog"]
    for root in reversed(roots):
        top = re.search(rb"/Pages\s{0,8}(\d{1,10})\s", root)
        if top and int(top[1]) in objects:
            count = _walked(objects, int(top[1]))
            if count:
                return count, ""
    loose = sum(_kind(body) == b"Page" for body in objects.values())
    return (loose, "") if loose else (None, "" if guarded else "damaged")


def _opens(data: mmap.mmap | bytes, guarded: re.Match[bytes]) -> bool:
    """Whether an encrypted file opens without a password."""
    at = guarded.end()
    if guarded[1]:
        found = re.search(rb"(?<![0-9])" + guarded[1] + rb"\s{1,8}\d{1,5}\s{1,8}obj\b", data)
        if found is None:
            return False
        at = found.end()
    first = re.search(rb"/ID\s{0,8}\[\s{0,8}(?=[<(])", data)
    id_ = string_at(bytes(data[first.end() : first.end() + 600]), 0) if first else b""
    return opens_without(bytes(data[at : at + 4096]), id_)


def _objects(data: mmap.mmap | bytes) -> tuple[dict[int, bytes], list[int]]:
    """Number → dictionary of the objects that have to do with pages; and where the streams of objects begin."""
    out: dict[int, bytes] = {}
    packed: list[int] = []
    long = _BUDGET
    for n, m in enumerate(_OBJECT.finditer(data)):
        if n >= _MOST_OBJECTS:
            break
        body = bytes(data[m.end() : m.end() + 1024])
        kind = _kind(body)
        if kind == b"ObjStm":
            packed.append(m.start())
        elif kind or body.lstrip()[:2] == b"<<":
            end = _END.search(body)
            if end is None and kind in (b"Pages", b"Catalog") and long > 0:
                body = bytes(data[m.end() : m.end() + _DICT])
                long -= len(body)  # long ones are few in a true file; a made-up one must not have us read it over and over
                end = _END.search(body)
            body = body[: end.start()] if end else body
            if _kind(body) or b"/Kids" in body:
                out[int(m[1])] = body
            else:
                out.pop(int(m[1]), None)
    return out, packed


def _kind(body: bytes) -> bytes:
    m = _TYPE.search(body[:_DICT])
    end = _END.search(body)
    return m[1] if m and (end is None or m.start() < end.start()) else b""


def _loosened(data: mmap.mmap | bytes, start: int, budget: int) -> bytes:
    head = bytes(data[start : start + 4096])
    begin = re.search(rb"stream\r?\n", head)
    if begin is None or b"/FlateDecode" not in head[: begin.start()]:
        return b""
    loosen, out, place = zlib.decompressobj(), bytearray(), start + begin.end()
    try:
        while len(out) < budget and not loosen.eof:
            piece = loosen.unconsumed_tail or bytes(data[place : (place := place + 65536)])
            if not piece:
                break
            out += loosen.decompress(piece, 1 << 20)
    except zlib.error:
        pass  # what came loose before the damage is looked at all the same
    return bytes(out[:budget])


def _inside(head: bytes, body: bytes) -> list[tuple[int, bytes]]:
    count, first = (re.search(rb"/" + k + rb"\s{0,8}(\d{1,9})", head) for k in (b"N", b"First"))
    if not count or not first:
        return []
    places = [int(w) for w in body[: int(first[1])].split()[: 2 * min(int(count[1]), _MOST_OBJECTS)] if w.isdigit() and len(w) < 11]
    pairs = list(zip(places[::2], places[1::2], strict=False))
    base = int(first[1])
    ends = [base + p for _, p in pairs[1:]] + [len(body)]
    out, before = [], -1
    for (number, at), end in zip(pairs, ends, strict=False):
        if at <= before:  # they stand in order; others would have us read the same bytes again and again
            continue
        before = at
        inside = body[base + at : min(end, base + at + _DICT)]
        if _kind(inside) or b"/Kids" in inside:
            out.append((number, inside))
    return out


def _walked(objects: dict[int, bytes], top: int) -> int:
    """Leaves of the page tree; 0 where it is none. Each node is visited once, so a tree that loops ends."""
    seen, open_, leaves = {top}, [top], 0
    while open_ and leaves <= _MOST_PAGES:
        body = objects.get(open_.pop(), b"")
        kids = body.find(b"/Kids")
        if kids < 0:
            leaves += 1
            continue
        below = [int(m[1]) for m in _REF.finditer(body, kids, max(body.find(b"]", kids), kids))]
        fresh = [n for n in below if n not in seen and n in objects]
        seen.update(fresh)
        open_ += fresh
    return leaves if _kind(objects.get(top, b"")) != b"Page" else 0
