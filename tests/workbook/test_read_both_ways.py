"""The scanner and the careful reader give the same of every workbook."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from read_builders import MAIN, picture, read, shared_files, sheet, strings, styles, workbook

from ownerbook.schema.cells import Kind
from ownerbook.workbook import xlsx_book
from ownerbook.workbook.package import PackageError
from ownerbook.workbook.password import BUILT_IN, decrypt
from ownerbook.workbook.sniff import OLE, sniff
from ownerbook.workbook.trouble import Trouble

ROWS: list[list[Any]] = [
    ["房号", "姓名", "建筑面积", "签约日期", "备注"],
    ["1-1-101", "测试甲", 89.99999999999999, dt.datetime(2019, 3, 5), " 前后有空格 "],
    ["1-1-102", "测试乙 <&>", -0.5, dt.datetime(1900, 1, 1), "两行\n文字"],
    ["", None, 1e-7, dt.datetime(2024, 2, 29, 12, 30), "_x0041_"],
    [110101199001010014, True, 12345678901.25, 0, "𠀀"],
]


def outcome(data: bytes, scan: bool) -> Any:
    """All that was read, or what was wrong."""
    try:
        return picture(*read(data, scan))
    except Trouble as e:
        return e.reason
    except PackageError as e:
        return e.reason


def by_openpyxl(write_only: bool) -> bytes:
    """Rows as openpyxl writes them."""
    book = openpyxl.Workbook(write_only=write_only)
    tab = book.create_sheet("登记") if write_only else book.active
    for row in ROWS:
        tab.append(row)
    if not write_only:
        tab["F2"] = "=SUM(C2:C5)"
        tab["F3"] = '=HYPERLINK("http://a.example")'
        tab.merge_cells("A4:B4")
        tab.row_dimensions[3].hidden = True
        tab.column_dimensions["E"].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(**options: Any) -> bytes:
    """Rows as XlsxWriter writes them."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of texts that are split
        with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd", "nan_inf_to_errors": True, **options}) as book:
            tab = book.add_worksheet("登记")
            struck = book.add_format({"font_strikeout": True, "bg_color": "#FFFF00"})
            for i, row in enumerate(ROWS):
                for j, value in enumerate(row):
                    tab.write(i, j, value, struck if i == 2 else None)
            tab.write_formula(6, 0, "=1/0", None, "#DIV/0!")
            tab.write_formula(7, 0, '=""', None, "")
            tab.write_formula(8, 0, "=A1&B1", None, "房号姓名")
            tab.write_number(9, 16383, float("nan"))
            if not options.get("constant_memory"):  # else it would be written as inline text in several formats
                tab.write_rich_string(10, 1, "平", struck, "划掉", "平")
            tab.set_row(6, None, None, {"hidden": True})
            tab.merge_range(12, 0, 13, 1, "合并")
            tab.autofilter(0, 0, 5, 3)
            tab.filter_column(0, "x == 1-1-101")
    return out.getvalue()


def test_both_readers_agree_on_every_public_workbook() -> None:
    files = shared_files("xlsx", "workbooks")
    if not files:
        pytest.skip("../shared is not there")
    compared = 0
    for path in files:
        data = path.read_bytes()
        if data.startswith(OLE) and BUILT_IN.encode("utf-16-le") not in data:
            try:
                data = decrypt(data, None)
            except Trouble:
                continue
        if sniff(data)[0] == "zip" and b"opendocument" not in data[:200]:
            assert outcome(data, True) == outcome(data, False), path.name
            compared += 1
    assert compared > 60


@pytest.mark.parametrize(
    "data",
    [
        by_openpyxl(False),
        by_openpyxl(True),
        by_xlsxwriter(),
        by_xlsxwriter(constant_memory=True),
        by_xlsxwriter(date_1904=True),
    ],
    ids=["openpyxl", "openpyxl write-only", "xlsxwriter", "xlsxwriter constant memory", "xlsxwriter 1904"],
)
def test_both_readers_agree_on_what_libraries_write_and_nothing_falls_back(data: bytes) -> None:
    book, pool, known = read(data)
    assert book.careful == []
    assert picture(book, pool, known) == outcome(data, False)
    assert len(book.tabs[0].cells.row) > 20


UNUSUAL = {
    "prefix": (f'xmlns:x="{MAIN}"', '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>', False),
    "strict": ('xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"', '<row r="1"><c r="A1"><v>7</v></c></row>', False),
    "space around the equals sign": ("", '<row r="1"><c r="A1" t ="n"><v>7</v></c></row>', False),
    "white space between elements": ("", '\n <row r="1">\n  <c r="A1">\n<v>7</v>\n</c>\n</row>\n', False),
    "no references": ("", "<row><c><v>7</v></c></row>", True),
    "single quotes": ("", "<row r='1'><c r='A1'><v>7</v></c></row>", True),
    "another order of attributes": ("", '<row r="1"><c s="0" r="A1"><v>7</v></c></row>', True),
    "CDATA": ("", '<row r="1"><c r="A1"><v><![CDATA[7]]></v></c></row>', True),
    "a comment": ("", '<row r="1"><!-- <row r="9"> --><c r="A1"><v>7</v></c></row>', True),
    "a character reference": ("", '<row r="1"><c r="A1"><v>&#55;</v></c></row>', True),
    "an entity in an attribute": ("", '<row r="1"><c r="A&#49;"><v>7</v></c></row>', True),
    "cells out of order": ("", '<row r="1"><c r="B1"/><c r="A1"><v>7</v></c></row>', True),
    "a cell twice": ("", '<row r="1"><c r="A1"><v>6</v></c><c r="A1"><v>7</v></c></row>', True),
    "rows out of order": ("", '<row r="2"><c r="A2"/></row><row r="1"><c r="A1"><v>7</v></c></row>', True),
    "rows out of order, far apart": ("", f'<row r="2"><c r="A2"/></row>{" " * 300}<row r="1"><c r="A1"><v>7</v></c></row>', True),
    "a reference to another row": ("", '<row r="2"><c r="A1"><v>7</v></c></row>', True),
    "a comment that looks like the rows": ("", '<row r="1"><c r="A1"><v>7</v></c></row>', True),
    "a prefix declared again": (f'xmlns:x="{MAIN}"', f'<x:row r="1"><x:c r="A1" xmlns:x="{MAIN}"><x:v>7</x:v></x:c></x:row>', True),
    "a default namespace beside the prefix": (f'xmlns:x="{MAIN}" xmlns="other"', '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>', True),
    "lower-case reference": ("", '<row r="1"><c r="a1"><v>7</v></c></row>', True),
    "an element of another kind": ("", '<row r="1"><c r="A1"><v>7</v><extLst/></c></row>', True),
}


@pytest.mark.parametrize("chunk", [64, 1 << 20])
@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_xml_reads_the_same_and_falls_back_only_where_it_must(name: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_book, "CHUNK", chunk)
    root, rows, careful = UNUSUAL[name]
    part = sheet(rows, "<!-- <sheetData/> -->" if "looks like" in name else "", root=root or f'xmlns="{MAIN}"')
    if root.startswith("xmlns:x"):
        part = re.sub(rb"<(/?)(worksheet|sheetData)", rb"<\1x:\2", part)
    data = workbook(part)
    book, pool, known = read(data)
    assert picture(book, pool, known) == outcome(data, False)
    cells = book.tabs[0].cells
    assert (cells.row.tolist(), cells.col.tolist(), cells.kind.tolist(), cells.value.tolist()) == ([1], [1], [Kind.NUMBER], [7.0])
    assert book.careful == (["表"] if careful else [])


def test_a_sheet_in_utf_16_is_read_with_care() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + sheet('<row r="1"><c r="A1" t="str"><v>业主</v></c></row>').decode().partition("?>")[2]
    data = workbook(text.encode("utf-16"))
    book, pool, known = read(data)
    assert book.careful == ["表"]
    assert [c[3] for c in picture(book, pool, known)[0][1]] == ["业主"]


def test_a_sheet_in_a_western_encoding_is_read_with_care() -> None:
    part = sheet('<row r="1"><c r="A1" t="str"><v>Ã©</v></c></row>').decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")
    book, pool, known = read(workbook(part))
    assert book.careful == ["表"]
    assert [c[3] for c in picture(book, pool, known)[0][1]] == ["Ã©"]


SHARED_STRINGS = strings(
    '<si><t>文本</t></si><si><t xml:space="preserve"> a&amp;b </t></si><si/><si><t/></si>'
    '<si><r><rPr><b/><rFont val="宋体"/></rPr><t>平</t></r><r><rPr><strike/></rPr><t>划</t></r></si>'
    '<si><r><t>两</t></r><r><rPr><i/></rPr><t xml:space="preserve"> 种</t></r></si>'
    '<si><t>音</t><rPh sb="0" eb="1"><t>yin</t></rPh><phoneticPr fontId="1" type="noConversion"/></si>'
    '<si><t>_x000D_\r\n&#x4E1A;</t><phoneticPr fontId="1" type="noConversion"/></si>'
)
STYLES = styles(
    '<numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/>',
    "<font/><font><strike/></font>",
    '<fill/><fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill>',
    '<xf/><xf numFmtId="170"/><xf numFmtId="31"/><xf fontId="1" fillId="1"/>',
)
CONTENTS = [
    *(f' t="s"><v>{i}</v></c>' for i in range(8)),
    *(f"><v>{n}</v></c>" for n in ("1", "45356", "12.5", "-3", "1e5", "0.1", "-0", "5.", ".5", "+5", "0.30000000000000004", "9007199254740993")),
    *(f"><v>{n}</v></c>" for n in ("110101199001010014", "1234567.12345678", "00012", " 12 ", "abc", "nan", "1_0", "", "12345678", "123456789")),
    "/>", "></c>", "><v/></c>", ' t="b"><v>1</v></c>', ' t="b"><v>true</v></c>', ' t="d"><v>2024-03-05T06:00:00</v></c>', ' t="d"><v>06:00</v></c>',
    ' t="e"><f>1/0</f><v>#DIV/0!</v></c>', ' t="str"><f>A1&amp;"x"</f><v>a&lt;b</v></c>', ' t="str"><f>A1</f><v></v></c>', ' t="str"><f>A1</f></c>',
    "><f>[1]S!A1</f><v>5</v></c>", "><f>T[列]</f><v>5</v></c>", "><f>HYPERLINK(A1)</f><v>5</v></c>", "><f>SUM(A1)</f></c>",
    ' t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
    '><f t="shared" ref="A1:A3" si="0">[1]S!A1</f><v>5</v></c>', '><f t="shared" si="0"/><v>5</v></c>',
    '><f ca="1">NOW()</f><v>5</v></c>', "><f/><v>5</v></c>",
    ' t="inlineStr"><is><t>行</t></is></c>', ' t="inlineStr"><is><t xml:space="preserve"> &amp; </t></is></c>', ' t="inlineStr"><is><t></t></is></c>',
    ' t="inlineStr"><is><r><rPr><strike/></rPr><t>划</t></r></is></c>',
    ' t="inlineStr"></c>', ' t="inlineStr"><v>旧</v></c>', ' t="n" cm="1"><v>3</v></c>',
]  # fmt: skip


def some_rows(rng: random.Random) -> str:
    """Rows of a few cells of every kind, most of them written in the usual way."""
    out, row = [], 0
    for _ in range(rng.randrange(1, 12)):
        row += rng.choice((1, 1, 1, 2, 90))
        columns = sorted(rng.sample((1, 2, 3, 26, 27, 52, 702, 703, 16384), rng.randrange(6)))
        inside = "".join(f'<c r="{_letters(c)}{row}"{rng.choice(("", STYLE_1, STYLE_3, STYLE_99))}{rng.choice(CONTENTS)}' for c in columns)
        attributes = rng.choice(("", ' spans="1:9"', ' hidden="1"', ' ht="15.75" hidden="false" customHeight="1"', ' hidden="true" ht="3"'))
        out.append(f'<row r="{row}"{attributes}>{inside}</row>' if inside or rng.random() < 0.5 else f'<row r="{row}"{attributes}/>')
    return "".join(out)


STYLE_1, STYLE_3, STYLE_99 = ' s="1"', ' s="3"', ' s="99"'


def _letters(n: int) -> str:
    out = ""
    while n:
        n, rest = divmod(n - 1, 26)
        out = chr(65 + rest) + out
    return out


@pytest.mark.parametrize("chunk", [64, 257, 1 << 20])
def test_both_readers_agree_on_sheets_made_of_every_content_wherever_the_pieces_are_cut(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_book, "CHUNK", chunk)
    rng = random.Random(chunk)
    scanned = 0
    for _ in range(120):
        rows = some_rows(rng)
        data = workbook(sheet(rows, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'), SHARED_STRINGS, STYLES)
        book, pool, known = read(data)
        assert picture(book, pool, known) == outcome(data, False), rows
        scanned += not book.careful
    assert scanned > 20


DAMAGED = {
    "a string that is not there": '<row r="1"><c r="A1" t="s"><v>8</v></c></row>',
    "a string without number": '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
    "a column beyond the last": '<row r="1"><c r="XFE1"><v>1</v></c></row>',
    "a row beyond the last": '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
    "a row without a number": '<row r="x"/>',
    "an end without beginning": '<row r="1"></c></row>',
    "a cell in a cell": '<row r="1"><c r="A1"><c r="B1"/></row>',
    "a control character": '<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>',
    "not UTF-8": b'<row r="1"><c r="A1" t="str"><v>\xc4\xe3</v></c></row>',
    "an unknown entity": '<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>',
}


@pytest.mark.parametrize("name", DAMAGED)
def test_both_readers_call_the_same_sheets_damaged(name: str) -> None:
    data = workbook(sheet(DAMAGED[name]), SHARED_STRINGS)
    assert outcome(data, True) == outcome(data, False) == "damaged"


def test_the_corpus_helper_looks_beside_the_repository() -> None:
    assert all(isinstance(p, Path) for p in shared_files("xlsx"))
