"""The package written again: untouched members as they lie, touched ones deflated anew."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from ownerbook.workbook.package import Member, Package

FAST_FROM = 8 << 20  # inflated bytes from which the quicker level is taken
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = b"PK\x05\x06"
_DIRECTORY = b"PK\x01\x02"
_NEW_YEAR_1980 = 0x21  # new members carry no clock


def repack(package: Package, touched: Mapping[Member, Iterable[bytes]], out: BinaryIO, added: Mapping[str, bytes] | None = None) -> None:
    """Write the package with new contents for some members, in the same order; new parts (ASCII names) come last. `out` can be sought."""
    out.write(package.data[: package.members[0].start])
    places: dict[int, int] = {}
    fresh: dict[int, tuple[int, int, int]] = {}
    for member in package.members:
        places[member.start] = out.tell() - package.shift
        content = touched.get(member)
        if content is None:
            out.write(memoryview(package.data)[member.start : member.end])
        else:
            fresh[member.start] = _write(package, member, content, out)
    more = [_add(name, content, out, package.shift) for name, content in (added or {}).items()]
    start = out.tell()
    for member in package.directory_order:
        out.write(_entry(member, places[member.start], fresh.get(member.start)))
    out.write(b"".join(more))
    size = out.tell() - start
    comment = package.data[_end_place(package) + 22 :]
    count = len(package.members) + len(more)
    out.write(struct.pack("<4s4H2LH", _END, 0, 0, count, count, size, start - package.shift, len(comment)) + comment)


def _end_place(package: Package) -> int:
    data = package.data
    at = len(data)
    while True:
        at = data.rfind(_END, 0, at)
        if at + 22 <= len(data) and at + 22 + struct.unpack_from("<H", data, at + 20)[0] <= len(data):
            return at


def _write(package: Package, member: Member, content: Iterable[bytes], out: BinaryIO) -> tuple[int, int, int]:
    """One member: its CRC, packed size and size."""
    name_length, extra_length = struct.unpack_from("<2H", package.data, member.start + 26)
    name = package.data[member.start + 30 : member.start + 30 + name_length]
    extra = _without_zip64(package.data[member.start + 30 + name_length : member.start + 30 + name_length + extra_length])
    version, _, _, clock, day = struct.unpack_from("<5H", package.data, member.start + 4)
    at = out.tell()
    out.write(_LOCAL.pack(b"PK\x03\x04", version, _flags(member), member.method, clock, day, 0, 0, 0, len(name), len(extra)) + name + extra)
    begin = out.tell()
    crc = size = 0
    machine = None
    for piece in content:
        if machine is None and member.method == 8:
            machine = zlib.compressobj(1 if member.size >= FAST_FROM else 6, zlib.DEFLATED, -15)
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        out.write(machine.compress(piece) if machine else piece)
    if machine:
        out.write(machine.flush())
    end = out.tell()
    out.seek(at + 14)
    out.write(struct.pack("<3L", crc, end - begin, size))
    out.seek(end)
    return crc, end - begin, size


def _add(name: str, content: bytes, out: BinaryIO, shift: int) -> bytes:
    """Write a new member; gives the directory's entry."""
    raw, place = name.encode("ascii"), out.tell() - shift
    machine = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = machine.compress(content) + machine.flush()
    common = (20, 0, 8, 0, _NEW_YEAR_1980, zlib.crc32(content), len(packed), len(content), len(raw), 0)
    out.write(_LOCAL.pack(b"PK\x03\x04", *common) + raw + packed)
    return _CENTRAL.pack(_DIRECTORY, 20, *common, 0, 0, 0, 0, place) + raw


def _flags(member: Member) -> int:
    return member.flags & ~0x000E  # no data descriptor follows, and the level is not that of before


def _entry(member: Member, place: int, fresh: tuple[int, int, int] | None) -> bytes:
    """The directory's entry, with the new place and what else is new."""
    raw = member.central
    fields = list(_CENTRAL.unpack_from(raw))
    name = raw[46 : 46 + fields[10]]
    extra = raw[46 + fields[10] : 46 + fields[10] + fields[11]]
    comment = raw[46 + fields[10] + fields[11] :]
    if fresh is not None:
        fields[3] = _flags(member)
        fields[7], fields[8], fields[9] = fresh
        extra = _without_zip64(extra)
    elif fields[8] == 0xFFFFFFFF or fields[9] == 0xFFFFFFFF or fields[16] == 0xFFFFFFFF:
        fields[8], fields[9] = member.packed, member.size
        extra = _without_zip64(extra)
    fields[11] = len(extra)
    fields[16] = place
    return _CENTRAL.pack(*fields) + name + extra + comment


def _without_zip64(extra: bytes) -> bytes:
    out = b""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != 1:
            out += extra[at : at + 4 + length]
        at += 4 + length
    return out + extra[at:]
