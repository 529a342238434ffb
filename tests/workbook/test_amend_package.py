"""The container: members that are not touched are copied as they lie, whatever wrote them; what cannot be trusted is refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from amend_builders import amended, book, by_calamine, raw_part, refused, sheet, zipped

from ownerbook.workbook.amend import SetCell
from ownerbook.workbook.package import Package, PackageError, resolved

PLAIN = book(sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), parts={"xl/media/图.bin": bytes(range(256)) * 40})
EDIT = SetCell("表", "A1", 2)


def streamed(data: bytes) -> bytes:
    """The same members, written to a pipe: data descriptors after each."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

        def seek(self, *_: object) -> int:
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def wide(data: bytes) -> bytes:
    """The same members with zip64 fields everywhere, and a zip64 end of directory."""
    out = io.BytesIO()
    directory = b""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        for name in old.namelist():
            content, raw = old.read(name), name.encode()
            machine = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = machine.compress(content) + machine.flush()
            extra = struct.pack("<2H2Q", 1, 16, len(content), len(packed))
            at, crc, most = out.tell(), zlib.crc32(content), 0xFFFFFFFF
            out.write(struct.pack("<4s5H3L2H", b"PK\x03\x04", 45, 0x800, 8, 0, 33, crc, most, most, len(raw), len(extra)) + raw + extra + packed)
            extra = struct.pack("<2H3Q", 1, 24, len(content), len(packed), at)
            head = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 45, 45, 0x800, 8, 0, 33, crc, most, most, len(raw), len(extra), 0, 0, 0, 0, most)
            directory += head + raw + extra
        count = len(old.namelist())
    at = out.tell()
    out.write(directory + struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), at))
    out.write(
        struct.pack("<4sLQL", b"PK\x06\x07", 0, at + len(directory), 1)
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    )
    return out.getvalue()


def stored(data: bytes) -> bytes:
    """The same members, not compressed, with an extra field and a comment each."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = "备注".encode()
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.extra, info.comment = struct.pack("<2H4s", 0x9999, 4, b"abcd"), b"c"
            new.writestr(info, old.read(name))
    return out.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Member names changed in place, to others as long."""
    return data.replace(old, new)


@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        streamed(PLAIN),
        wide(PLAIN),
        stored(PLAIN),
        b"#!/bin/sh\n" + PLAIN,
        renamed(PLAIN, b"xl/worksheets/sheet1.xml", b"xl\\worksheets\\SHEET1.xml"),
    ],
    ids=["plain", "descriptors", "zip64", "stored", "prefix", "backslashes"],
)
def test_untouched_members_are_copied_as_they_lie(data: bytes) -> None:
    result = amended(data, EDIT).data
    old, new = Package(data), Package(result)
    assert [m.name for m in old.members] == [m.name for m in new.members]
    for a, b in zip(old.members, new.members, strict=True):
        if "sheet1" not in a.name.lower():
            assert old.raw(a) == new.raw(b)
    assert data[: old.members[0].start] == result[: new.members[0].start]
    sheet1 = next(m for m in new.members if "sheet1" in m.name.lower())
    assert b"<v>2</v>" in new.read(sheet1)
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert archive.testzip() is None
    if "\\" not in sheet1.name:
        assert by_calamine(result) == [[2]]


def test_the_comment_of_the_archive_and_of_members_stay() -> None:
    with zipfile.ZipFile(io.BytesIO(amended(stored(PLAIN), EDIT).data)) as archive:
        assert archive.comment == "备注".encode()
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        assert (info.comment, info.compress_type, info.date_time, info.extra[:2]) == (b"c", 0, (2024, 5, 6, 7, 8, 10), b"\x99\x99")


def test_a_second_amendment_of_a_streamed_file_is_as_good_as_the_first() -> None:
    once = amended(streamed(PLAIN), EDIT).data
    assert [bool(m.flags & 8) for m in Package(once).members] == ["sheet1" not in m.name for m in Package(once).members]
    assert by_calamine(amended(once, SetCell("表", "A1", 3, 2)).data) == [[3]]


def doubled(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(out, "w") as new:
        for n in old.namelist():
            new.writestr(n, old.read(n))
        new.writestr(name, b"x")
    return out.getvalue()


def test_two_members_of_one_name_are_refused() -> None:
    assert refused(doubled("xl/worksheets/Sheet1.xml"), EDIT) == ["package"]
    with pytest.raises(PackageError, match="two members"):
        Package(doubled("XL\\workbook.xml"))


def test_damage_in_a_part_that_nobody_touches_is_found() -> None:
    at = PLAIN.index("xl/media/图.bin".encode()) + 60
    assert refused(PLAIN[:at] + bytes([PLAIN[at] ^ 255]) + PLAIN[at + 1 :], EDIT) == ["package"]


@pytest.mark.parametrize("cut", [1, 22, 60, 300])
def test_a_truncated_file_is_refused(cut: int) -> None:
    assert refused(PLAIN[:-cut], EDIT) in (["format"], ["package"])


def overlapping() -> bytes:
    """A directory whose two entries name the same bytes."""
    data = bytearray(zipped({"a.xml": b"<a/>" * 10, "b.xml": b"<b/>" * 10}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = struct.pack("<L", 0)
    return bytes(data)


def crowded() -> bytes:
    return zipped({f"f{i}": b"" for i in range(10_001)})


def inflated() -> bytes:
    return zipped({"a.xml": b" " * (40 << 20)})


@pytest.mark.parametrize(("data", "reason"), [(overlapping(), "overlap"), (crowded(), "too-many-members"), (inflated(), "too-large")])
def test_archives_made_to_hurt_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(PackageError) as caught:
        Package(data)
    assert caught.value.reason == reason


def test_a_member_that_inflates_beyond_its_size_is_stopped() -> None:
    data = bytearray(zipped({"a.txt": b"x" * 100_000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 10)
    with pytest.raises(PackageError, match="damaged"):
        Package(bytes(data)).read("a.txt")


@pytest.mark.parametrize(
    "text", ['<!DOCTYPE a [<!ENTITY b "c">]><a/>', "\n<!-- x --><!DOCTYPE a><a/>", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>']
)
def test_no_part_may_declare_entities(text: str) -> None:
    data = text.encode("utf-16" if "UTF-16" in text else "utf-8")
    with pytest.raises(PackageError) as caught:
        Package(zipped({"a.xml": data})).read("a.xml")
    assert caught.value.reason == "doctype"


def test_parts_are_found_whatever_their_case_and_slashes() -> None:
    package = Package(zipped({"XL\\Sheet 1.xml": b"<a/>"}))
    assert package.find("/xl/sheet 1.xml") is package.find("xl/Sheet%201.xml") is package.members[0]
    assert package.find("xl/sheet2.xml") is None


@pytest.mark.parametrize(
    ("base", "target", "part"),
    [
        ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/worksheets/sheet1.xml", "../tables/t.xml", "xl/tables/t.xml"),
        ("xl/workbook.xml", "/xl/a.xml", "xl/a.xml"),
        ("", "xl/workbook.xml", "xl/workbook.xml"),
        ("xl\\workbook.xml", "..\\a.xml#x", "a.xml"),
    ],
)
def test_targets_are_resolved_from_the_part_that_names_them(base: str, target: str, part: str) -> None:
    assert resolved(base, target) == part


def test_raw_bytes_of_a_sheet_part_are_the_only_ones_to_differ() -> None:
    result = amended(PLAIN, EDIT).data
    assert raw_part(result) == raw_part(PLAIN).replace(b"<v>1</v>", b"<v>2</v>")
