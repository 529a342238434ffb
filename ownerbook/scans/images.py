"""Images: walked by their own lengths from one part to the next, never decoded.

JPEG: ITU-T T.81; PNG: W3C PNG; TIFF 6.0 and BigTIFF; GIF89a; BMP, WebP and HEIC by the sizes that they name.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import IO, Final

from ownerbook.scans.look import Trouble

Found = tuple[int | None, Trouble]
_MOST_PARTS: Final = 200_000
_MOST_PAGES: Final = 2_000
_MOST_ENTRIES: Final = 512
_MOST_BLOCKS: Final = 2_000_000
_MOST_STRIPS: Final = 4096
_TAIL: Final = 64 * 1024
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}


def pages(kind: str, file: IO[bytes], size: int) -> Found:
    """Pages of an image, and what is wrong with it. Raises OSError."""
    readers: dict[str, Callable[[IO[bytes], int], Found]] = {
        "JPEG": _jpeg, "PNG": _png, "TIFF": _tiff, "GIF": _gif, "BMP": _bmp, "WebP": _webp, "HEIC": _heic,
    }  # fmt: skip
    try:
        return readers[kind](file, size)
    except struct.error:  # a part that ends before its own length
        return None, "cut"


def _at(file: IO[bytes], place: int, form: str) -> tuple[int, ...]:
    file.seek(place)
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _jpeg(file: IO[bytes], size: int) -> Found:
    place, framed = 2, False
    for _ in range(_MOST_PARTS):
        (mark, kind) = _at(file, place, ">BB")
        if mark != 0xFF:
            return None, "damaged"
        if kind == 0xFF:  # fill bytes
            place += 1
            continue
        if kind == 0xD9:
            return None, "damaged"  # ends before any picture
        (length,) = _at(file, place + 2, ">H")
        if length < 2:
            return None, "damaged"
        framed = framed or (0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC))
        place += 2 + length
        if place > size:
            return None, "cut"
        if kind == 0xDA:
            break
    else:
        return None, "damaged"
    if not framed:
        return None, "damaged"
    file.seek(max(place, size - _TAIL))
    if b"\xff\xd9" in file.read(_TAIL):
        return 1, ""
    file.seek(place)  # a camera may add much behind the picture
    before, left = b"", 1 << 28
    while left > 0 and (piece := file.read(1 << 20)):
        if b"\xff\xd9" in before + piece:
            return 1, ""
        before, left = piece[-1:], left - len(piece)
    return None, "cut"


def _png(file: IO[bytes], size: int) -> Found:
    place, pictured = 8, False
    for n in range(_MOST_PARTS):
        length, kind = struct.unpack(">I4s", _read(file, place, 8))
        if n == 0 and (kind != b"IHDR" or length != 13):
            return None, "damaged"
        if not kind.isalpha():
            return None, "damaged"
        place += 12 + length
        if place > size:
            return None, "cut"
        pictured = pictured or kind == b"IDAT"
        if kind == b"IEND":
            return (1, "") if pictured else (None, "damaged")
    return None, "damaged"


def _read(file: IO[bytes], place: int, count: int) -> bytes:
    file.seek(place)
    return file.read(count)


def _tiff(file: IO[bytes], size: int) -> Found:
    head = _read(file, 0, 16)
    order, big = ("<" if head[:2] == b"II" else ">"), 43 in (head[2], head[3])
    (place,) = struct.unpack(order + ("Q" if big else "I"), head[8:16] if big else head[4:8])
    seen: set[int] = set()
    count = 0
    while place:
        if place in seen or len(seen) >= _MOST_PAGES:
            return None, "damaged"
        seen.add(place)
        if place + 2 > size:
            return None, "cut"
        (entries,) = _at(file, place, order + ("Q" if big else "H"))
        width, start = (20, 8) if big else (12, 2)
        if entries > _MOST_ENTRIES:
            return None, "damaged"
        body = _read(file, place + start, entries * width)
        if len(body) < entries * width:
            return None, "cut"
        tags = {}
        for n in range(entries):
            tag, kind = struct.unpack_from(order + "HH", body, n * width)
            (many,) = struct.unpack_from(order + ("Q" if big else "I"), body, n * width + 4)
            tags[tag] = (kind, many, body[n * width + (12 if big else 8) : (n + 1) * width])
        small = _numbers(file, order, big, tags.get(254))
        if not (small and small[0] & 1):  # a thumbnail is no page
            count += 1
        for where, lengths in ((273, 279), (324, 325)):
            offsets, counts = (_numbers(file, order, big, tags.get(t)) for t in (where, lengths))
            if any(o + c > size for o, c in zip(offsets, counts, strict=False)):
                return None, "cut"
        (place,) = _at(file, place + start + entries * width, order + ("Q" if big else "I"))
    return (count, "") if count else (None, "damaged")


def _numbers(file: IO[bytes], order: str, big: bool, tag: tuple[int, int, bytes] | None) -> list[int]:
    if tag is None or tag[0] not in (3, 4, 16):
        return []
    kind, many, value = tag
    letter, many = {3: "H", 4: "I", 16: "Q"}[kind], min(many, _MOST_STRIPS)
    need = _SIZES[kind] * many
    if need > len(value):
        (place,) = struct.unpack(order + ("Q" if big else "I"), value)
        value = _read(file, place, need)
        many = len(value) // _SIZES[kind]
    return list(struct.unpack_from(f"{order}{many}{letter}", value))


def _gif(file: IO[bytes], size: int) -> Found:
    *_, packed = _at(file, 6, "<HHB")
    place = 13 + (3 << ((packed & 7) + 1) if packed & 0x80 else 0)
    pictured, blocks = False, _MOST_BLOCKS
    while blocks > 0:
        if place >= size:
            return None, "cut"
        mark = _read(file, place, 1)
        if mark == b";":
            return (1, "") if pictured else (None, "damaged")
        if mark == b"!":
            place += 2
        elif mark == b",":
            *_, packed = _at(file, place + 1, "<HHHHB")
            place += 10 + (3 << ((packed & 7) + 1) if packed & 0x80 else 0) + 1
            pictured = True
        else:
            return None, "damaged"
        while blocks > 0:
            blocks -= 1
            (length,) = _at(file, place, "B")
            place += 1 + length
            if length == 0:
                break
    return None, "damaged"


def _bmp(file: IO[bytes], size: int) -> Found:
    said, _, start = _at(file, 2, "<III")
    if start < 26 or start > said > 0:
        return None, "damaged"
    return (None, "cut") if max(said, start) > size else (1, "")


def _webp(file: IO[bytes], size: int) -> Found:
    (said,) = _at(file, 4, "<I")
    kind = _read(file, 12, 4)
    if kind not in (b"VP8 ", b"VP8L", b"VP8X"):
        return None, "damaged"
    return (None, "cut") if said + 8 > size else (1, "")


def _heic(file: IO[bytes], size: int) -> Found:
    """Boxes (ISO/IEC 14496-12): `meta` and `mdat` are there, and the last one ends with the file."""
    place = 0
    seen: set[bytes] = set()
    for _ in range(_MOST_PARTS):
        if place == size:
            return (1, "") if {b"meta", b"mdat"} <= seen else (None, "damaged")
        length, kind = struct.unpack(">I4s", _read(file, place, 8))
        if length == 1:
            (length,) = _at(file, place + 8, ">Q")
        elif length == 0:
            length = size - place
        if length < 8:
            return None, "damaged"
        seen.add(kind)
        place += length
        if place > size:
            return None, "cut"
    return None, "damaged"
