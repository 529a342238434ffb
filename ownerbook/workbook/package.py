"""A package (the zip container of an .xlsx) as raw spans: read without trust, copied without recompressing.

The central directory is parsed here and not by `zipfile`, because amending needs what that module hides: where each
member's bytes begin and end, so that a member is copied as it lies, with its data descriptor, extra fields and whatever
compressor made it. The layout is that of APPNOTE.TXT 6.3 (4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3); names of parts,
relationships and content types are those of ECMA-376 part 2.

Nothing is inflated at opening. Reading a member checks its declared size and CRC-32 on the way.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

MOST_MEMBERS = 10_000
MOST_INFLATED = 4 << 30  # bytes; the largest register known has 271 MB
ABSURD_RATIOS = ((32 << 20, 600), (256 << 20, 250))  # from so many bytes on, inflated to packed; rows of equal blank cells reach some 200
LARGEST_TO_AMEND = 1 << 30  # bytes of a part inflated: a million rows of twenty-five columns
LARGEST_TREE = 16 << 20  # bytes of a part that is read as a tree: relationships and content types
LONGEST_PROLOG = 1 << 16  # bytes before the root element in which a DOCTYPE is looked for

_LOCAL, _CENTRAL, _END, _END64, _LOCATOR64 = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_ROOT = re.compile(rb"<[^!?\s<>]")
_DOCTYPE = re.compile(rb"<\s*!\s*DOCTYPE", re.IGNORECASE)
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REASONS: dict[str, str] = {
    "ole2": "an OLE2 container: an encrypted workbook or an .xls",
    "not-a-zip": "no zip directory",
    "broken-directory": "the zip directory does not agree with the file",
    "duplicate-name": "two members of one name",
    "overlap": "members overlap",
    "too-many-members": f"more than {MOST_MEMBERS} members",
    "too-large": "it would inflate beyond all measure",
    "encrypted-member": "a member is encrypted by the zip itself",
    "compression": "a compression that Office does not write",
    "bad-data": "a member's data are damaged",
    "doctype": "a part declares a DOCTYPE",
    "bad-xml": "a part is not well-formed XML",
    "missing": "no such member",
    "no-workbook": "no workbook part",
}


class PackageError(Exception):
    """A package that cannot be trusted or read. `reason` is a key of `REASONS`; `detail` names the member or the place."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{REASONS[reason]}{': ' + detail if detail else ''}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Member:
    """One member: what the directory says of it, and where it lies (offsets into the file, in bytes)."""

    name: str  # as stored, backslashes and leading slash included
    flags: int
    method: int  # 0 stored, 8 deflated
    crc: int
    packed: int  # bytes as stored
    size: int  # bytes inflated
    start: int  # of the local header
    data: int  # of the stored bytes
    end: int  # where the next member or the directory begins: a data descriptor lies before it
    central: bytes = field(repr=False)  # the directory's entry as it stands

    @property
    def key(self) -> str:
        """The name by which parts are looked up."""
        return normalised(self.name)

    @property
    def folder(self) -> bool:
        """Whether this is only an entry for a folder."""
        return self.key.endswith("/")


@dataclass(frozen=True, slots=True)
class Rel:
    """A relationship. The target of an internal one is a part name without leading slash."""

    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type: `worksheet`, `table`; the same for transitional and strict files."""
        return self.type.rsplit("/", 1)[-1]


def normalised(name: str) -> str:
    """A part name as it is compared: slashes forward, none in front, ASCII case ignored (ECMA-376 part 2, 6.2.2)."""
    return name.replace("\\", "/").lstrip("/").lower()


def resolved(base: str, target: str) -> str:
    """The part that `target` names, as seen from the part `base`; without leading slash."""
    target = target.replace("\\", "/").split("#", 1)[0]
    parts = [] if target.startswith("/") else base.replace("\\", "/").lstrip("/").split("/")[:-1]
    for piece in target.split("/"):
        if piece == "..":
            parts = parts[:-1]
        elif piece not in ("", "."):
            parts.append(piece)
    return "/".join(parts)


class Package:
    """The members of one package, in the order in which they lie in the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.shift = 0  # bytes in front of the zip
        self.directory = 0  # where the central directory begins
        self.directory_order: list[Member] = []
        self._sound: set[int] = set()  # where the members begin that were read to the end and found right
        self._parse()
        self.members: list[Member] = sorted(self.directory_order, key=lambda m: m.start)
        self._by_key: dict[str, Member] = {}
        for member in self.members:
            if member.key in self._by_key:
                raise PackageError("duplicate-name", member.name)
            self._by_key[member.key] = member

    @classmethod
    def open(cls, source: str | Path | bytes) -> Package:
        """Open a file or its bytes. Raises `PackageError`; an unreadable path raises `OSError`."""
        return cls(source if isinstance(source, bytes) else Path(source).read_bytes())

    def _end_record(self) -> tuple[int, int, int]:
        """Number of entries, size of the directory, offset where it truly begins."""
        data = self.data
        if data[:8] == OLE2:
            raise PackageError("ole2")
        at = len(data)
        while True:
            at = data.rfind(_END, max(0, len(data) - 22 - 65535), at)
            if at < 0:
                raise PackageError("not-a-zip")
            if at + 22 <= len(data) and at + 22 + struct.unpack_from("<H", data, at + 20)[0] <= len(data):
                break
        disk, first_disk, here, count, size, offset = struct.unpack_from("<4H2L", data, at + 4)
        end = at
        if at >= 20 and data[at - 20 : at - 16] == _LOCATOR64:
            (record,) = struct.unpack_from("<Q", data, at - 12)
            for place in (record, data.rfind(_END64, 0, at - 20)):
                if 0 <= place <= at - 76 and data[place : place + 4] == _END64:
                    here, count, size, offset = struct.unpack_from("<4Q", data, place + 24)
                    end = place
                    break
            else:
                raise PackageError("broken-directory", "zip64")
        elif disk not in (0, 0xFFFF) or first_disk not in (0, 0xFFFF):
            raise PackageError("broken-directory", "several volumes")
        if here != count:
            raise PackageError("broken-directory", "several volumes")
        start = end - size
        if start < 0 or start < offset:
            raise PackageError("broken-directory")
        self.shift = start - offset
        return count, size, start

    def _parse(self) -> None:
        data = self.data
        count, size, start = self._end_record()
        if count > MOST_MEMBERS:
            raise PackageError("too-many-members")
        self.directory = at = start
        found: list[tuple[int, int, int, int, int, int, bytes, bytes]] = []
        for _ in range(count):
            if at + 46 > start + size or data[at : at + 4] != _CENTRAL:
                raise PackageError("broken-directory")
            flags, method, _, crc, packed, inflated, n, e, c = struct.unpack_from("<2HL3L3H", data, at + 8)
            (offset,) = struct.unpack_from("<L", data, at + 42)
            stop = at + 46 + n + e + c
            if stop > start + size:
                raise PackageError("broken-directory")
            raw = data[at + 46 : at + 46 + n]
            packed, inflated, offset = _zip64(data[at + 46 + n : at + 46 + n + e], packed, inflated, offset)
            found.append((offset + self.shift, flags, method, crc, packed, inflated, raw, data[at:stop]))
            at = stop
        if sum(f[5] for f in found) > MOST_INFLATED:
            raise PackageError("too-large")
        starts = sorted(f[0] for f in found) + [start]
        following = dict(zip(starts, starts[1:], strict=False))
        if len(set(starts)) != len(starts):
            raise PackageError("overlap")
        for offset, flags, method, crc, packed, inflated, raw, central in found:
            self.directory_order.append(self._member(offset, flags, method, crc, packed, inflated, raw, central, following[offset]))

    def _member(self, offset: int, flags: int, method: int, crc: int, packed: int, inflated: int, raw: bytes, central: bytes, end: int) -> Member:
        data = self.data
        name = _decoded(raw, flags)
        if offset < 0 or offset + 30 > len(data) or data[offset : offset + 4] != _LOCAL:
            raise PackageError("broken-directory", name)
        n, e = struct.unpack_from("<2H", data, offset + 26)
        begin = offset + 30 + n + e
        if data[offset + 30 : offset + 30 + n] != raw:
            raise PackageError("broken-directory", name)
        if begin + packed > end:
            raise PackageError("overlap", name)
        if flags & 0x41:
            raise PackageError("encrypted-member", name)
        if any(inflated > least and inflated > ratio * max(packed, 1) for least, ratio in ABSURD_RATIOS):
            raise PackageError("too-large", name)
        return Member(name, flags, method, crc, packed, inflated, offset, begin, end, central)

    def find(self, name: str) -> Member | None:
        """The member of this part name, whatever its case and slashes; percent-encoding is tried last."""
        key = normalised(name)
        found = self._by_key.get(key)
        if found is None and "%" in key:
            found = self._by_key.get(normalised(unquote(key)))
        return found

    def _known(self, part: str | Member) -> Member:
        if isinstance(part, Member):
            return part
        member = self.find(part)
        if member is None:
            raise PackageError("missing", part)
        return member

    def read(self, part: str | Member) -> bytes:
        """A member's bytes, inflated and checked."""
        return b"".join(self.stream(part))

    def stream(self, part: str | Member, chunk: int = 1 << 20) -> Iterator[bytes]:
        """A member's bytes in pieces of at most `chunk`; size and CRC are checked, so the last piece may be followed by an error."""
        member = self._known(part)
        guard = member.key.endswith((".xml", ".rels"))
        crc = size = 0
        head = b""
        for piece in self._inflated(member, chunk):
            crc = zlib.crc32(piece, crc)
            size += len(piece)
            if size > member.size:
                raise PackageError("bad-data", member.name)
            if guard:
                head += piece
                guard = not _prolog_is_over(head, member.name)
            yield piece
        if size != member.size or crc != member.crc:
            raise PackageError("bad-data", member.name)
        self._sound.add(member.start)

    def _inflated(self, member: Member, chunk: int) -> Iterator[bytes]:
        view = memoryview(self.data)[member.data : member.data + member.packed]
        if member.method == 0:
            for i in range(0, len(view), chunk):
                yield bytes(view[i : i + chunk])
            return
        if member.method != 8:
            raise PackageError("compression", member.name)
        machine = zlib.decompressobj(-15)
        step = max(chunk // 4, 1 << 12)
        try:
            for i in range(0, len(view), step):
                piece = machine.decompress(view[i : i + step], chunk)
                while piece:
                    yield piece
                    piece = machine.decompress(machine.unconsumed_tail, chunk) if machine.unconsumed_tail else b""
            rest = machine.flush()
        except zlib.error:
            raise PackageError("bad-data", member.name) from None
        if rest:
            yield rest
        if not machine.eof:
            raise PackageError("bad-data", member.name)

    def raw(self, member: Member) -> bytes:
        """The member as it lies in the file, local header and data descriptor included."""
        return self.data[member.start : member.end]

    def packed(self, member: Member) -> bytes:
        """The stored bytes alone."""
        return self.data[member.data : member.data + member.packed]

    def xml(self, part: str | Member) -> ElementTree.Element:
        """A small part as a tree. No DOCTYPE, so no entities but the five."""
        name = part if isinstance(part, str) else part.name
        if self._known(part).size > LARGEST_TREE:
            raise PackageError("too-large", name)
        data = self.read(part)
        _prolog_is_over(data[:LONGEST_PROLOG], name)
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError):
            raise PackageError("bad-xml", name) from None

    def rels(self, part: str) -> dict[str, Rel]:
        """The relationships of a part by id; `""` is the package itself. Empty where there are none."""
        folder, _, base = part.replace("\\", "/").lstrip("/").rpartition("/")
        member = self.find(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        if member is None:
            return {}
        out: dict[str, Rel] = {}
        for element in self.xml(member):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if element.tag.rpartition("}")[2] == "Relationship":
                out[element.get("Id", "")] = Rel(element.get("Type", ""), target if external else resolved(part, target), external)
        return out

    @cached_property
    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        overrides: dict[str, str] = {}
        defaults: dict[str, str] = {}
        for element in self.xml("[Content_Types].xml"):
            kind = element.get("ContentType", "")
            match element.tag.rpartition("}")[2]:
                case "Override":
                    overrides[normalised(element.get("PartName", ""))] = kind
                case "Default":
                    defaults[element.get("Extension", "").lower()] = kind
        return overrides, defaults

    def content_type(self, part: str) -> str:
        """What `[Content_Types].xml` calls a part; empty where it does not say."""
        overrides, defaults = self._types
        key = normalised(part)
        return overrides.get(key) or defaults.get(key.rpartition(".")[2], "")

    @cached_property
    def workbook_part(self) -> str:
        """The name of the workbook part, wherever it lies."""
        for rel in self.rels("").values():
            if rel.kind == "officeDocument" and not rel.external and (member := self.find(rel.target)):
                return member.name.replace("\\", "/").lstrip("/")
        raise PackageError("no-workbook")

    def amendable(self) -> Package:
        """Itself, where every part of XML has a size at which it can be surveyed. Raises `PackageError`."""
        for member in self.members:
            if member.size > LARGEST_TO_AMEND and member.key.endswith((".xml", ".rels")):
                raise PackageError("too-large", member.name)
        return self

    def verify(self) -> None:
        """Inflate and check whatever has not yet been read to its end. Raises `PackageError` at the first damaged member."""
        for member in self.members:
            if member.start in self._sound:
                continue
            for _ in self.stream(member):
                pass


def _decoded(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if flags & 0x800:
            raise PackageError("broken-directory", repr(raw)) from None
        return raw.decode("cp437")


def _zip64(extra: bytes, packed: int, inflated: int, offset: int) -> tuple[int, int, int]:
    """The three numbers, each from the zip64 extra field where the directory itself has no room for it."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            wide = [v for (v,) in struct.iter_unpack("<Q", extra[at + 4 : at + 4 + min(length, 24) // 8 * 8])]
            values = [inflated, packed, offset]
            for i, value in enumerate(values):
                if value == 0xFFFFFFFF:
                    if not wide:
                        raise PackageError("broken-directory", "zip64")
                    values[i] = wide.pop(0)
            return values[1], values[0], values[2]
        at += 4 + length
    return packed, inflated, offset


def _prolog_is_over(head: bytes, name: str) -> bool:
    """Whether the root element has begun. Raises for a DOCTYPE before it, and for a prolog without end."""
    plain = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:4] else head
    root = _ROOT.search(plain)
    if _DOCTYPE.search(plain, 0, root.start() if root else len(plain)):
        raise PackageError("doctype", name)
    if root is None and len(head) > LONGEST_PROLOG:
        raise PackageError("bad-xml", name)
    return root is not None
