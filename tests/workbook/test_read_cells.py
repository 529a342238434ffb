"""What is kept of a cell and of a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from read_builders import MAIN, PACKAGE, RELATIONS, cells, read, seen, sheet, strings, styles, workbook

from ownerbook.schema.cells import Flag, Kind, Pool, Style, Styles
from ownerbook.workbook.reading import read_book

DATES = styles(combined='<xf/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="20"/><xf numFmtId="9"/>')


def one(content: str, shared: str | None = None, style: str | None = None, extra: str = "") -> tuple[Kind, str, Style, Flag]:
    """The single cell of a sheet."""
    book, pool, known = read(workbook(sheet(f'<row r="1"><c r="A1"{content}</row>'), shared, style, extra))
    ((_, _, kind, value, shown, flag),) = seen(book.tabs[0], pool, known)
    return kind, value, shown, flag


def test_a_number_in_a_date_format_is_a_date_with_its_serial() -> None:
    assert one(' s="1"><v>45356</v></c>', style=DATES)[:2] == (Kind.DATE, "45356.0")


def test_the_chinese_built_in_format_31_is_a_date_and_is_spelled_out() -> None:
    kind, value, shown, _ = one(' s="2"><v>45356</v></c>', style=DATES)
    assert (kind, value, shown.number_format, shown.date) == (Kind.DATE, "45356.0", 'yyyy"年"m"月"d"日"', True)


def test_a_time_of_day_and_a_percentage_are_numbers_with_their_format() -> None:
    assert one(' s="3"><v>0.5</v></c>', style=DATES)[:3] == (Kind.NUMBER, "0.5", Style("h:mm"))
    assert one(' s="4"><v>0.5</v></c>', style=DATES)[:3] == (Kind.NUMBER, "0.5", Style("0%"))


def test_a_house_number_shown_with_leading_zeros_keeps_its_format() -> None:
    style = styles('<numFmt numFmtId="164" formatCode="000000"/>', combined='<xf/><xf numFmtId="164"/>')
    assert one(' s="1"><v>101</v></c>', style=style)[:3] == (Kind.NUMBER, "101.0", Style("000000"))


@pytest.mark.parametrize(("extra", "serial"), [("", "45356.25"), ('<workbookPr date1904="1"/>', "43894.25")])
def test_an_iso_date_becomes_a_serial_of_the_workbooks_own_system(extra: str, serial: str) -> None:
    assert one(' t="d"><v>2024-03-05T06:00:00</v></c>', extra=extra)[:2] == (Kind.DATE, serial)


def test_a_formula_with_a_result_is_its_result() -> None:
    assert one("><f>1+1</f><v>2</v></c>")[1::2] == ("2.0", Flag.FORMULA)


def test_a_formula_without_a_result_is_kept_as_blank_with_its_text() -> None:
    book, pool, known = read(workbook(sheet('<row r="2"><c r="B2"><f>SUM(A1:A9)</f></c></row>')))
    assert [(c[0], c[1], c[2], c[5]) for c in seen(book.tabs[0], pool, known)] == [(2, 2, Kind.BLANK, Flag.FORMULA | Flag.NO_CACHE)]
    assert book.tabs[0].formulas == {(2, 2): "SUM(A1:A9)"}


def test_a_formula_whose_result_is_an_empty_text_has_a_result() -> None:
    assert one(' t="str"><f>A2</f><v></v></c>')[::3] == (Kind.BLANK, Flag.FORMULA)


def test_an_error_keeps_its_text_and_its_formula() -> None:
    book, pool, known = read(workbook(sheet('<row r="1"><c r="A1" t="e"><f>VLOOKUP(1,B:B,1,0)</f><v>#N/A</v></c></row>')))
    ((_, _, kind, value, _, _),) = seen(book.tabs[0], pool, known)
    assert (kind, value, book.tabs[0].formulas) == (Kind.ERROR, "#N/A", {(1, 1): "VLOOKUP(1,B:B,1,0)"})


@pytest.mark.parametrize(
    ("formula", "external"),
    [
        ("[1]表!A1", True),
        ("'[2]业 主'!A1+1", True),
        ("[1]!名称", True),
        ("'C:\\夹\\[登记.xlsx]业主'!A1", True),
        ("表1[面积]", False),
        ("SUM(表1[[#This Row],[1]])", False),
        ('"[1]a!"&amp;B1', False),
    ],
)
def test_only_a_reference_to_another_workbook_is_external(formula: str, external: bool) -> None:
    assert bool(one(f"><f>{formula}</f><v>1</v></c>")[3] & Flag.EXTERNAL) is external


@pytest.mark.parametrize("scan", [True, False])
def test_cells_that_share_an_external_formula_are_external_too(scan: bool) -> None:
    rows = '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="3">[1]S!A1</f><v>1</v></c></row>'
    rows += '<row r="2"><c r="A2"><f t="shared" si="3"/><v>1</v></c></row>'
    book, pool, known = read(workbook(sheet(rows)), scan)
    assert [c[5] for c in seen(book.tabs[0], pool, known)] == [Flag.FORMULA | Flag.EXTERNAL] * 2


def test_a_picture_in_a_cell_is_marked() -> None:
    assert one(' t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>')[3] == Flag.FORMULA | Flag.PICTURE


def test_struck_through_text_is_marked_whole_or_in_part() -> None:
    fonts = styles(fonts="<font/><font><strike/></font><font><strike val='0'/></font>", combined='<xf/><xf fontId="1"/><xf fontId="2"/>')
    shared = strings("<si><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></si>")
    assert one(' s="1"><v>1</v></c>', style=fonts)[3] == Flag.STRIKE
    assert one(' s="2"><v>1</v></c>', style=fonts)[3] == Flag(0)
    assert one(' t="s"><v>0</v></c>', shared) == (Kind.TEXT, "旧新", Style(), Flag.RICH | Flag.STRIKE)


def test_phonetic_guides_are_no_part_of_the_text() -> None:
    assert one(' t="s"><v>0</v></c>', strings('<si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si>'))[1] == "東京"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a_x000D_\nb", "a\r\nb"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xD83D__xDE00_", "😀"),
        ("_x00G1_", "_x00G1_"),
        ("a\r\nb&#13;", "a\nb\r"),
        ("&lt;&#x4E1A;&gt;", "<业>"),
    ],
)
def test_escaped_characters_are_put_back_in_shared_inline_and_formula_texts(written: str, text: str) -> None:
    assert one(' t="s"><v>0</v></c>', strings(f"<si><t>{written}</t></si>"))[1] == text
    assert one(f' t="inlineStr"><is><t>{written}</t></is></c>')[1] == text
    assert one(f' t="str"><f>A2</f><v>{written}</v></c>')[1] == text


def test_empty_texts_and_styled_blanks_are_not_kept() -> None:
    blanks = '<c r="A1" s="1"/><c r="B1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t></t></is></c><c r="D1"><v></v></c>'
    rows = f'<row r="1">{blanks}<c r="E1"><v>1</v></c></row>'
    assert cells(workbook(sheet(rows), strings("<si><t/></si>"), DATES)) == {"E1": (Kind.NUMBER, "1.0")}


def test_solid_fills_are_told_by_colour_theme_and_palette() -> None:
    def fill(colour: str) -> str | None:
        fills = f'<fill/><fill><patternFill patternType="solid"><fgColor {colour}/></patternFill></fill>'
        dark, accent = '<a:sysClr val="windowText" lastClr="000000"/>', '<a:srgbClr val="4472C4"/>'
        theme = f'<a:theme xmlns:a="u"><a:clrScheme><a:dk1>{dark}</a:dk1><a:accent1>{accent}</a:accent1></a:clrScheme></a:theme>'
        relation = f'<Relationship Id="rIdTheme" Type="{RELATIONS}/theme" Target="theme/theme1.xml"/>'
        style = styles(fills=fills, combined='<xf/><xf fillId="1"/>')
        data = workbook(sheet('<row r="1"><c r="A1" s="1"><v>1</v></c></row>'), None, style, parts={"xl/theme/theme1.xml": theme}, relations=relation)
        book, _, known = read(data)
        return known[int(book.tabs[0].cells.style[0])].fill

    assert fill('rgb="ffFFFF00"') == "FFFFFF00"
    assert fill('indexed="10"') == fill('indexed="2"') == "FFFF0000"
    assert fill('theme="4"') == "FF4472C4"
    assert fill('theme="1" tint="0.5"') == "FF808080"
    assert fill('auto="1"') is None


def test_what_is_hidden_merged_and_filtered_is_known() -> None:
    part = sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="3" hidden="1"/><row r="5" ht="3" hidden="true"><c r="A5"><v>1</v></c></row>',
        '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols>',
        '<autoFilter ref="A1:B5"><filterColumn colId="0"/></autoFilter><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C3:C3"/></mergeCells>',
    )
    tab = read(workbook(part))[0].tabs[0]
    assert (tab.hidden_rows.tolist(), tab.hidden_columns.tolist()) == ([3, 5], [2, 3])
    assert (tab.merges, tab.filtered) == ([(1, 1, 2, 2), (3, 3, 3, 3)], True)


def test_a_filter_that_filters_nothing_is_not_in_force() -> None:
    assert not read(workbook(sheet("", after='<autoFilter ref="A1:B5"/>')))[0].tabs[0].filtered


def test_the_last_cell_of_a_sheet_costs_no_memory() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert cells(workbook(sheet(rows))) == {"A1": (Kind.NUMBER, "1.0"), "XFD1048576": (Kind.NUMBER, "2.0")}


def test_properties_links_macros_and_hidden_tabs_belong_to_the_book() -> None:
    kind = '<property name="ownerbook.kind" pid="2"><vt:lpwstr>检查结果</vt:lpwstr></property>'
    parts: dict[str, bytes | str] = {
        "docProps/custom.xml": '<Properties xmlns="p" xmlns:vt="v">' + kind + "</Properties>",
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{RELATIONS}" r:id="rId1"/></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/externalLinkPath" Target="面积.xlsx" TargetMode="External"/></Relationships>',
        "xl/vbaProject.bin": b"-",
    }
    relations = (
        f'<Relationship Id="rIdL" Type="{RELATIONS}/externalLink" Target="externalLinks/externalLink1.xml"/>'
        '<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    )
    links = '<externalReferences><externalReference r:id="rIdL"/></externalReferences>'
    data = workbook(sheet(""), parts=parts, relations=relations, workbook_extra=links)
    book = read(data)[0]
    assert (book.properties, book.external, book.macros) == ({"ownerbook.kind": "检查结果"}, {1: "面积.xlsx"}, True)
    assert set(book.parts) >= {"xl/workbook.xml", "docProps/custom.xml", "xl/vbaProject.bin"}
    assert not book.tabs[0].hidden


def test_two_workbooks_read_into_one_pool_keep_their_texts_apart(tmp_path: Path) -> None:
    pool, known = Pool(), Styles()
    books = []
    for name in ("甲", "乙"):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(workbook(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings(f"<si><t>{name}</t></si>")))
        books.append(read_book(path, pool=pool, styles=known))
    assert [seen(b.tabs[0], pool, known)[0][3] for b in books] == ["甲", "乙"]
    assert books[0].fingerprint != books[1].fingerprint
