"""Why a file cannot be read is always one of the reasons, each with its remedy in both languages."""

from __future__ import annotations

import contextlib
import os
import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from read_builders import MAIN, shared_file, sheet, strings, workbook, zipped

from ownerbook.schema.cells import Pool, Styles
from ownerbook.workbook import other_formats
from ownerbook.workbook.book import Unreadable
from ownerbook.workbook.reading import REASONS, read_book
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xlsx_book import MOST_OF_A_PART
from ownerbook.workbook.xml_parts import parse


def reason(path: Path, password: str | None = None) -> tuple[str, str]:
    """Why this file cannot be read."""
    with pytest.raises(Unreadable) as caught:
        read_book(path, pool=Pool(), styles=Styles(), password=password)
    assert caught.value.reason in REASONS
    assert caught.value.path == path
    return caught.value.reason, caught.value.detail


def written(folder: Path, data: bytes, name: str = "登记簿.xlsx") -> Path:
    """The file on disk."""
    path = folder / name
    path.write_bytes(data)
    return path


def test_every_reason_says_in_both_languages_what_to_do() -> None:
    for zh, en in REASONS.values():
        assert zh.count("。") >= 2
        assert en.count(".") >= 2
        assert "!" not in zh + en and "！" not in zh + en


GOOD = workbook(sheet('<row r="1"><c r="A1"><v>1</v></c></row>'))


@pytest.mark.parametrize("data", [b"", b"\0" * 4096, b"\r\n  "])
def test_nothing_in_it(tmp_path: Path, data: bytes) -> None:
    assert reason(written(tmp_path, data))[0] == "empty"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_half_a_file(tmp_path: Path, share: float) -> None:
    assert reason(written(tmp_path, GOOD[: int(len(GOOD) * share)]))[0] == "damaged"


def test_one_byte_that_has_changed(tmp_path: Path) -> None:
    at = GOOD.index(b"xl/worksheets/sheet1.xml") + 60
    assert reason(written(tmp_path, GOOD[:at] + bytes([GOOD[at] ^ 255]) + GOOD[at + 1 :]))[0] == "damaged"


def test_a_part_that_is_missing(tmp_path: Path) -> None:
    data = workbook(sheet(""), relations="").replace(b"worksheets/sheet1.xml", b"worksheets/sheet9.xml")
    assert reason(written(tmp_path, data))[0] == "damaged"


@pytest.mark.parametrize("part", ["sheet", "strings", "workbook", "late"])
def test_a_document_type_anywhere_is_refused(tmp_path: Path, part: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    shared = strings("<si><t>&b;</t></si>").replace("\n", bomb, 1) if part == "strings" else strings("<si><t>x</t></si>")
    table = sheet(rows).replace(b"\n", bomb.encode(), 1) if part == "sheet" else sheet(rows)
    if part == "late":
        table = table.replace(b"?>\n", b"?>\n<!-- " + b"x" * 5000 + b" -->" + bomb.encode(), 1)
    extra = {"xl/workbook.xml": f'<?xml version="1.0"?>{bomb}<workbook xmlns="{MAIN}"><sheets/></workbook>'} if part == "workbook" else None
    assert reason(written(tmp_path, workbook(table, shared, parts=extra)))[0] == "bomb"


def test_a_part_that_would_unfold_beyond_measure_is_refused_before_it_does(tmp_path: Path) -> None:
    data = bytearray(GOOD)
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<L", data, at + 24, 0x70000000)
    assert reason(written(tmp_path, bytes(data)))[0] == "bomb"


def test_a_part_of_more_than_one_and_a_half_gibibytes_is_refused_even_if_it_packs_badly(tmp_path: Path) -> None:
    part = sheet("", before=f"<!-- {random.Random(1).randbytes(8_000_000).hex()} -->")
    data = bytearray(workbook(part))
    struct.pack_into("<L", data, data.rindex(b"xl/worksheets/sheet1.xml") - 46 + 24, MOST_OF_A_PART + 1)
    assert reason(written(tmp_path, bytes(data))) == ("bomb", "xl/worksheets/sheet1.xml: 1536 MiB")


def test_a_document_type_is_refused_wherever_xml_is_read() -> None:
    with pytest.raises(Trouble) as caught:
        parse([b"<!DOCTYPE x><x/>"], lambda *_: None)
    assert caught.value.reason == "bomb"


def test_a_fault_of_a_handler_is_not_taken_for_damage() -> None:
    def faulty(*_: object) -> None:
        raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        parse([b"<x/>"], faulty)


def test_more_parts_than_any_workbook_has(tmp_path: Path) -> None:
    assert reason(written(tmp_path, zipped({f"{i}": b"" for i in range(10_001)})))[0] == "bomb"


@pytest.mark.parametrize(
    ("data", "seems"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (zipped({"word.txt": b"x"}), "ZIP"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "application/vnd.oasis.opendocument.text"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML 2003"),
        (b"\x07Staff  " + bytes([32]) * 47 + b"\x07\x00" + "Staff".encode("utf-16-le") + bytes(98), "~$"),
        ("只是一些文字\n".encode(), "text"),
        (bytes(range(256)) * 4, "other"),
    ],
)
def test_what_is_no_spreadsheet_is_called_what_it_seems_to_be(tmp_path: Path, data: bytes, seems: str) -> None:
    assert reason(written(tmp_path, data)) == ("not_spreadsheet", seems)


def test_a_word_document_under_another_name(tmp_path: Path) -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    data = workbook(sheet(""), parts={"[Content_Types].xml": types})
    assert reason(written(tmp_path, data)) == ("not_spreadsheet", "Word")


@pytest.mark.parametrize("data", [b"<html><p>1</p></html>", b"\xef\xbb\xbf<!DOCTYPE html>\n<html>", b"<table border=1>"])
def test_a_web_page_without_a_table_saved_as_xls(tmp_path: Path, data: bytes) -> None:
    assert reason(written(tmp_path, data, "导出.xls"))[0] == "html"


def test_a_workbook_of_charts_alone_has_no_worksheet(tmp_path: Path) -> None:
    chart = '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="worksheets/sheet1.xml"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{chart}</Relationships>'
    data = workbook(sheet(""), parts={"xl/_rels/workbook.xml.rels": rels})
    assert reason(written(tmp_path, data))[0] == "no_worksheet"


def test_a_file_that_is_gone_and_a_folder_in_its_place(tmp_path: Path) -> None:
    assert reason(tmp_path / "没有.xlsx")[0] == "vanished"
    assert reason(tmp_path)[0] == "cannot_open"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    path.chmod(0)
    assert reason(path)[0] == "cannot_open"


def test_a_text_file_in_no_known_encoding(tmp_path: Path) -> None:
    assert reason(written(tmp_path, b"a,b\n\xff\xff,1\n", "表.csv"))[0] == "encoding"


def test_a_parser_that_takes_too_long_is_ended() -> None:
    with pytest.raises(Trouble) as caught:
        other_formats.read_in_child(GOOD, Pool(), Styles(), patience=0.0)
    assert caught.value.reason == "parser_died"


def test_a_parser_that_runs_out_of_memory_does_not_take_us_along() -> None:
    """A cell at the last row and column of an OpenDocument sheet makes the library fill the whole area."""
    row = '<table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="x">'
        f'{row}<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>{row}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<m/>", "content.xml": content})
    with pytest.raises(Trouble) as caught:
        other_formats.read_in_child(data, Pool(), Styles())
    assert caught.value.reason == "parser_died"


def test_a_reason_passes_through_a_context_manager(tmp_path: Path) -> None:
    @contextlib.contextmanager
    def around() -> Iterator[None]:
        yield

    with pytest.raises(Unreadable), around():
        read_book(tmp_path / "没有.xlsx", pool=Pool(), styles=Styles())


def test_a_bad_checksum_in_a_public_file_is_damage() -> None:
    assert reason(shared_file("xlsx", "notzip_xlsx-f7239e.xlsx"))[0] == "damaged"


def test_a_checksum_is_checked_even_when_the_rest_of_the_part_is_well_formed(tmp_path: Path) -> None:
    part = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    other = sheet('<row r="1"><c r="A1"><v>2</v></c></row>')
    assert zlib.crc32(part) != zlib.crc32(other)
    data = bytearray(workbook(part))
    crc = struct.pack("<L", zlib.crc32(part))
    data = data.replace(crc, struct.pack("<L", zlib.crc32(other)))
    assert reason(written(tmp_path, bytes(data)))[0] == "damaged"
