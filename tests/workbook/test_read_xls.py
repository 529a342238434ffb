"""An old workbook (.xls, .et) shows what an .xlsx would, except for the texts of its formulas."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from read_builders import sheet, workbook
from xls_builders import END, PLAIN, begin, book, font, form, formula, look, number, opened, record, said, seen, wide, words

from ownerbook.schema.cells import Flag, Kind, Pool, Style, Styles
from ownerbook.workbook import other_formats
from ownerbook.workbook.book import Unreadable
from ownerbook.workbook.xls_records import read_records

ONE = struct.pack("<d", 1.0)
TEXT_FOLLOWS, NO_TEXT = b"\0\0\0\0\0\0\xff\xff", b"\3\0\0\0\0\0\xff\xff"


def test_kinds_places_and_tabs(tmp_path: Path) -> None:
    cells = words(2, 1, "张三") + number(2, 2, 7) + said(2, 3, 1, False) + said(2, 4, 0x17, True) + said(3, 256, 0x2A, True)
    found, pool, known = opened(tmp_path, book({"业主": cells, "图": b"", "旧": words(1, 1, "x")}, PLAIN, hidden=("旧",), charts=("图",)))
    assert not found.values_only
    assert (found.format, [(t.name, t.hidden) for t in found.tabs]) == ("xls", [("业主", False), ("旧", True)])
    assert [c[:4] for c in seen(found.tabs[0], pool, known)] == [
        (2, 1, Kind.TEXT, "张三"),
        (2, 2, Kind.NUMBER, "7.0"),
        (2, 3, Kind.BOOL, "1.0"),
        (2, 4, Kind.ERROR, "#REF!"),
        (3, 256, Kind.ERROR, "#N/A"),
    ]
    assert seen(found.tabs[1], pool, known)[0][3] == "x"


def test_number_formats_strike_through_and_fills(tmp_path: Path) -> None:
    heads = font() * 4 + font(struck=True) + form(164, 'm"月"d"日"') + form(165, "000000")
    heads += look() + look(key=164) + look(key=165) + look(key=14) + look(key=31) + look(5) + look(colour=10)
    cells = b"".join(number(1, n + 1, 45356, n) for n in range(7))
    found, pool, known = opened(tmp_path, book({"业主": cells}, heads))
    day, plain = Kind.DATE, Kind.NUMBER
    assert [(c[2], c[4], c[5]) for c in seen(found.tabs[0], pool, known)] == [
        (plain, Style(), 0),
        (day, Style('m"月"d"日"', True), 0),
        (plain, Style("000000"), 0),
        (day, Style("yyyy/m/d", True), 0),
        (day, Style('yyyy"年"m"月"d"日"', True), 0),
        (plain, Style(strike=True), Flag.STRIKE),
        (plain, Style(fill="FFFF0000"), 0),
    ]


def test_merges_hidden_rows_and_columns_and_a_filter(tmp_path: Path) -> None:
    hidden = record(0x7D, struct.pack("<HHHHHH", 2, 3, 2000, 0, 1, 0)) + record(0x208, struct.pack("<HHHHHHL", 4, 0, 3, 255, 0, 0, 0x20))
    merged = record(0xE5, struct.pack("<HHHHH", 1, 1, 3, 0, 1))
    tabs = {"业主": hidden + words(2, 1, "101") + words(5, 1, "x") + merged + record(0x9B), "旧": words(1, 1, "x")}
    tab, other = opened(tmp_path, book(tabs, PLAIN))[0].tabs
    assert (tab.merges, tab.hidden_rows.tolist(), tab.hidden_columns.tolist(), tab.filtered) == ([(2, 1, 4, 2)], [5], [3, 4], True)
    assert (other.merges, other.hidden_rows.tolist(), other.filtered) == ([], [], False)


def test_the_date_system_of_1904_is_the_files_own(tmp_path: Path) -> None:
    found, pool, known = opened(tmp_path, book({"业主": number(1, 1, 1, 1)}, PLAIN + look(key=14) + record(0x22, b"\1\0")))
    assert found.date1904
    assert seen(found.tabs[0], pool, known)[0][2:4] == (Kind.DATE, "1.0")


def external() -> bytes:
    """The records that name another file and two external sheets: one of this file, one of that."""
    other = record(0x1AE, struct.pack("<H", 1) + wide("\x01\x01D旧\x03业主.xls") + wide("一栋"))
    return record(0x1AE, struct.pack("<HH", 1, 0x401)) + other + record(0x17, struct.pack("<H6H", 2, 0, 0, 0, 1, 0, 0))


def ref(number_: int) -> bytes:
    """The token of a reference to A1 of an external sheet."""
    return b"\x5a" + struct.pack("<HHH", number_, 0, 0)


def test_cells_with_formulas_are_known_and_those_that_reach_elsewhere(tmp_path: Path) -> None:
    text, function = b"\x17\x02\x01" + "[0".encode("utf-16-le"), b"\x19\x40\x00\x01" + b"\x42\x02\x01\x00"
    cells = (
        number(1, 1, 1)
        + formula(1, 2, b"\x1e\1\0" * 2 + b"\x03", ONE)
        + formula(1, 3, ref(0), ONE)
        + formula(1, 4, text + ref(1) + function, TEXT_FOLLOWS)
        + record(0x207, wide("李四"))
        + formula(1, 5, text, NO_TEXT)
        + formula(1, 6, b"\x18" + ref(1), ONE)
    )
    found, pool, known = opened(tmp_path, book({"业主": cells}, PLAIN + external()))
    assert [(c[1], c[2], c[3], c[5]) for c in seen(found.tabs[0], pool, known)] == [
        (1, Kind.NUMBER, "1.0", 0),
        (2, Kind.NUMBER, "1.0", Flag.FORMULA),
        (3, Kind.NUMBER, "1.0", Flag.FORMULA),
        (4, Kind.TEXT, "李四", Flag.FORMULA | Flag.EXTERNAL),
        (5, Kind.BLANK, "0.0", Flag.FORMULA),
        (6, Kind.NUMBER, "1.0", Flag.FORMULA),  # a token that nobody knows: what follows is not guessed
    ]
    assert found.external == {1: "D:/旧/业主.xls"}


def test_formulas_after_a_sheet_that_is_a_chart_are_those_of_their_own_sheet(tmp_path: Path) -> None:
    data = book({"图": formula(1, 2, b"", ONE), "业主": formula(1, 1, b"\x1e\1\0", ONE) + number(1, 2, 1)}, PLAIN, charts=("图",))
    found, pool, known = opened(tmp_path, data)
    assert [(c[:2], c[5]) for t in found.tabs for c in seen(t, pool, known)] == [((1, 1), Flag.FORMULA), ((1, 2), 0)]


def test_records_of_a_chart_inside_a_sheet_are_not_the_sheets_own() -> None:
    chart = begin(32) + formula(9, 9, b"", ONE) + END
    found = read_records(book({"业主": chart + formula(1, 1, b"", ONE), "旧": b""}, PLAIN))
    assert [s.formulas for s in found.sheets] == [{(1, 1): 0}, {}]


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_records_that_are_cut_off_end_the_walk(cut: int) -> None:
    read_records(book({"业主": formula(1, 1, ref(1), ONE)}, PLAIN + external())[:-cut])


def test_a_text_in_several_fonts_is_struck_where_one_of_them_is(tmp_path: Path) -> None:
    runs = b"\x02\x00\x09" + struct.pack("<H", 1) + "张李".encode("utf-16-le") + struct.pack("<HH", 1, 5)
    heads = font() * 4 + font(struck=True) + look() + record(0xFC, struct.pack("<LL", 1, 1) + runs)
    found, pool, known = opened(tmp_path, book({"业主": record(0xFD, struct.pack("<HHHL", 0, 0, 0, 0))}, heads))
    assert [(c[3], c[5]) for c in seen(found.tabs[0], pool, known)] == [("张李", Flag.RICH | Flag.STRIKE)]


def test_where_one_library_refuses_the_other_is_asked() -> None:
    data = workbook(sheet('<row r="1"><c r="B1" t="inlineStr"><is><t>张三</t></is></c></row>'))
    pool, known = Pool(), Styles()
    found = other_formats.read_xls(data, pool, known)
    assert [c[:4] for c in seen(found.tabs[0], pool, known)] == [(1, 2, Kind.TEXT, "张三")]
    assert found.values_only


def test_an_encrypted_old_workbook_is_not_handed_on(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        opened(tmp_path, book({"业主": b""}, record(0x2F, b"\1\0" * 3)))
    assert caught.value.reason == "encrypted"


def test_an_old_workbook_that_is_cut_off_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        opened(tmp_path, book({"业主": words(1, 1, "x")}, PLAIN)[:60])
    assert caught.value.reason in ("damaged", "parser_died", "no_worksheet")
