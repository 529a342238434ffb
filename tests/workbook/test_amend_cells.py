"""One cell changes, rightly written; every other byte of its sheet stays."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from amend_builders import ID_NEW, ID_OLD, MAIN, STRICT, amended, book, by_calamine, by_openpyxl, part, raw_part, refused, sheet, sst, zipped

from ownerbook.workbook.amend import SetCell, Value

ROWS = (
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="3" spans="1:3" ht="20"><c r="A3" s="2" t="s"><v>2</v></c><c r="B3"><v>80.5</v></c><c r="C3" s="1"><v>45356</v></c></row>'
)
STRINGS = sst("房号", "面积", ID_OLD)


def plain(rows: str = ROWS, **more: object) -> bytes:
    return book(sheet(rows), shared=STRINGS, **more)  # type: ignore[arg-type]


def test_only_the_bytes_of_the_cell_differ() -> None:
    data = plain()
    before, after = part(data), part(amended(data, SetCell("表", "B3", 91)).data)
    assert after == before.replace("<v>80.5</v>", "<v>91</v>")


@pytest.mark.parametrize("text", ["<&\"'>", " 两端有空格 ", "第一行\n第二行", "制\t表", "_x0041_", "]]>", "𠮷野", "a\rb", "x" * 32767, "=1+1", "007"])
def test_a_text_is_read_back_as_it_was_given(text: str) -> None:
    result = amended(plain(), SetCell("表", "A1", text)).data
    assert by_calamine(result)[0][0] == text
    if "_x" not in text and "\r" not in text:  # which openpyxl does not decode
        assert by_openpyxl(result)["A1"].value == text


def test_a_number_leaves_the_shared_strings_alone() -> None:
    data = plain()
    result = amended(data, SetCell("表", "B3", 5), SetCell("表", "A1", 7)).data
    assert raw_part(result, "xl/sharedStrings.xml") == raw_part(data, "xl/sharedStrings.xml")


def test_the_style_of_the_cell_stays() -> None:
    assert '<c r="C3" s="1"><v>45357</v></c>' in part(amended(plain(), SetCell("表", "C3", dt.date(2024, 3, 6))).data)


def test_a_day_in_a_plain_cell_gets_the_date_format_of_the_workbook() -> None:
    result = amended(plain(), SetCell("表", "B3", dt.date(2024, 3, 6))).data
    assert by_openpyxl(result)["B3"].number_format == 'yyyy"年"m"月"d"日"'
    assert by_calamine(result)[2][1] == dt.date(2024, 3, 6)


def test_the_1904_system_is_kept() -> None:
    result = amended(plain(properties='<workbookPr date1904="1"/>'), SetCell("表", "C3", dt.date(2024, 3, 6))).data
    assert by_calamine(result)[2][2] == dt.date(2024, 3, 6)
    assert "<v>43895</v>" in part(result)


def test_a_cell_with_an_iso_date_gets_an_iso_date() -> None:
    rows = '<row r="1"><c r="A1" s="1" t="d"><v>2024-03-05</v></c></row>'
    assert '<c r="A1" s="1" t="d"><v>2024-03-06</v></c>' in part(amended(book(sheet(rows)), SetCell("表", "A1", dt.date(2024, 3, 6))).data)


def test_a_moment_keeps_its_time() -> None:
    moment = dt.datetime(2024, 3, 6, 18, 30)
    assert by_openpyxl(amended(plain(), SetCell("表", "B3", moment)).data)["B3"].value == moment


@pytest.mark.parametrize(
    ("value", "stored"), [(True, '<c r="B3" t="b"><v>1</v></c>'), (3, '<c r="B3"><v>3</v></c>'), (0.1, "<v>0.1</v>"), (-2.0, "<v>-2</v>")]
)
def test_bools_and_numbers(value: Value, stored: str) -> None:
    assert stored in part(amended(plain(), SetCell("表", "B3", value)).data)


def test_an_emptied_cell_keeps_its_place_and_style() -> None:
    result = part(amended(plain(), SetCell("表", "C3", None)).data)
    assert '<c r="C3" s="1"/>' in result


def test_an_identifier_is_text_in_the_text_format() -> None:
    result = amended(plain(), SetCell("表", "B3", ID_NEW, identifier=True)).data
    cell = by_openpyxl(result)["B3"]
    assert (cell.value, cell.number_format, cell.data_type) == (ID_NEW, "@", "s")


def test_an_identifier_given_as_a_number_is_written_as_text() -> None:
    assert by_calamine(amended(plain(), SetCell("表", "B3", 13800001234, identifier=True)).data)[2][1] == "13800001234"


def test_a_second_identifier_uses_the_same_new_style() -> None:
    result = amended(plain(), SetCell("表", "B3", "1", identifier=True), SetCell("表", "B1", "2", identifier=True)).data
    assert part(result, "xl/styles.xml").count("<xf ") == part(plain(), "xl/styles.xml").count("<xf ") + 1
    assert '<cellXfs count="5">' in part(result, "xl/styles.xml")


def test_an_old_identifier_does_not_stay_behind() -> None:
    result = amended(plain(), SetCell("表", "A3", ID_NEW, ID_OLD, identifier=True))
    assert ID_OLD.encode() not in raw_part(result.data, "xl/sharedStrings.xml")
    assert result.receipt.scrubbed == 1
    assert by_calamine(result.data)[0][:2] == ["房号", "面积"]


def test_an_old_identifier_that_another_cell_shows_stays() -> None:
    other = '<row r="9"><c r="A9" t="s"><v>2</v></c></row>'
    data = book({"表": sheet(ROWS), "别": sheet(other)}, shared=STRINGS)
    result = amended(data, SetCell("表", "A3", ID_NEW, identifier=True))
    assert by_calamine(result.data, "别")[8][0] == ID_OLD
    assert result.receipt.scrubbed == 0


def test_a_number_that_looks_like_its_index_is_no_user_of_a_string() -> None:
    result = amended(plain(ROWS + '<row r="4"><c r="B4"><v>2</v></c></row>'), SetCell("表", "A3", ID_NEW, identifier=True))
    assert result.receipt.scrubbed == 1


def test_other_texts_stay_in_the_shared_strings_unless_asked() -> None:
    assert amended(plain(), SetCell("表", "A1", "新")).receipt.scrubbed == 0
    assert "房号" not in part(amended(plain(), SetCell("表", "A1", "新"), scrub=True).data, "xl/sharedStrings.xml")


def test_an_absent_cell_takes_the_style_of_its_row_or_column() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" s="2" customFormat="1"><c r="A2"><v>1</v></c></row>'
    data = book(sheet(rows, before='<dimension ref="A1:A2"/><cols><col min="3" max="3" width="9" style="1"/></cols>'))
    result = part(amended(data, SetCell("表", "C1", 5), SetCell("表", "B2", 6)).data)
    assert '<c r="C1" s="1"><v>5</v></c>' in result
    assert '<c r="B2" s="2"><v>6</v></c>' in result
    assert '<dimension ref="A1:C2"/>' in result


def test_absent_rows_go_where_they_belong() -> None:
    result = part(amended(plain(), SetCell("表", "D2", 1), SetCell("表", "A9", 2), SetCell("表", "B2", 3)).data)
    assert [result.index(f'<row r="{n}"') for n in (1, 2, 3, 9)] == sorted(result.index(f'<row r="{n}"') for n in (1, 2, 3, 9))
    assert '<row r="2"><c r="B2"><v>3</v></c><c r="D2"><v>1</v></c></row>' in result


def test_a_cell_before_others_in_its_row_and_the_spans() -> None:
    rows = '<row r="1" spans="2:3"><c r="B1"><v>1</v></c></row>'
    result = part(amended(book(sheet(rows)), SetCell("表", "A1", 0), SetCell("表", "E1", 9)).data)
    assert '<row r="1" spans="1:5"><c r="A1"><v>0</v></c><c r="B1"><v>1</v></c><c r="E1"><v>9</v></c></row>' in result


@pytest.mark.parametrize("rows", ["", '<row r="2"/>', '<row r="2" />', '<row r="2"></row>'])
def test_empty_rows_and_sheets(rows: str) -> None:
    assert by_calamine(amended(book(sheet(rows)), SetCell("表", "B2", 7)).data)[1][1] == 7


def test_sheet_data_written_as_one_tag() -> None:
    data = book(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')
    assert by_calamine(amended(data, SetCell("表", "A1", "x")).data) == [["x"]]


def test_rows_and_cells_without_names_are_counted() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    data = book(sheet(rows))
    result = part(amended(data, SetCell("表", "B1", 9), SetCell("表", "B2", 8), SetCell("表", "A4", 7)).data)
    assert "<row><c><v>1</v></c><c><v>9</v></c></row><row><c><v>3</v></c>" in result
    assert by_calamine(amended(data, SetCell("表", "B2", 8)).data)[1] == [3, 8]


def test_rows_out_of_order_are_left_so() -> None:
    rows = '<row r="5"><c r="A5"><v>5</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    result = part(amended(book(sheet(rows)), SetCell("表", "A2", 22), SetCell("表", "A5", 55)).data)
    assert result.index('r="A5"') < result.index('r="A2"')
    assert by_openpyxl(amended(book(sheet(rows)), SetCell("表", "A7", 1)).data)["A7"].value == 1


def test_a_row_that_stands_twice_is_refused() -> None:
    rows = '<row r="2"><c r="A2"><v>2</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    assert refused(book(sheet(rows)), SetCell("表", "A2", 1)) == ["structure"]


@pytest.mark.parametrize("root", [f'xmlns="{STRICT}"', f'xmlns="{MAIN}"'])
def test_strict_and_transitional(root: str) -> None:
    data = book(sheet(ROWS, root=root), shared=STRINGS)
    assert "<v>91</v>" in part(amended(data, SetCell("表", "B3", 91)).data)


def test_prefixed_elements() -> None:
    text = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    result = part(amended(book(text), SetCell("表", "A1", "新"), SetCell("表", "B1", 2), SetCell("表", "A2", 3)).data)
    assert '<x:c r="A1" t="inlineStr"><x:is><x:t>新</x:t></x:is></x:c><x:c r="B1"><x:v>2</x:v></x:c>' in result
    assert '<x:row r="2"><x:c r="A2"><x:v>3</x:v></x:c></x:row>' in result


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "gb18030", "utf-8-sig", "iso-8859-1"])
def test_other_encodings_come_back_as_they_were(encoding: str) -> None:
    declared = {"utf-16-be": "UTF-16", "utf-8-sig": "UTF-8"}.get(encoding, encoding.upper())
    note = "" if encoding == "iso-8859-1" else "单元"
    text = f'<?xml version="1.0" encoding="{declared}"?>' + sheet(f'<row r="1"><c r="A1" t="str"><v>{note}</v></c><c r="B1"><v>1</v></c></row>')
    raw = (b"\xfe\xff" if encoding == "utf-16-be" else b"") + text.encode(encoding)
    data = book(raw)
    if encoding == "gb18030":  # expat, which the proof reads with, knows no such encoding
        assert refused(data, SetCell("表", "B1", 2)) == ["structure"]
        return
    result = raw_part(amended(data, SetCell("表", "B1", 2), SetCell("表", "C1", "新")).data)
    assert result.decode(encoding if encoding != "utf-16-be" else "utf-16").startswith(text[:40])
    assert result[:2] == raw[:2]


def test_comments_instructions_and_cdata_among_the_rows() -> None:
    rows = (
        '<!-- <row r="1"><c r="A1"/></row> --><row r="1"><!--<c r="A1">--><c r="A1" t="str"><v><![CDATA[</c></row>]]></v></c>'
        '<?x <c r="B1"/>?></row><row r="2"><c r="A2"><v>1</v></c></row>'
    )
    data = book(sheet(rows))
    result = part(amended(data, SetCell("表", "A2", 2)).data)
    assert result == part(data).replace("<v>1</v>", "<v>2</v>")
    assert by_calamine(amended(data, SetCell("表", "A1", "a", "</c></row>")).data)[0][0] == "a"


def test_alternate_content_outside_the_rows_stays() -> None:
    after = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14">'
        "<controls/></mc:Choice></mc:AlternateContent>"
    )
    data = book(sheet(ROWS, after=after), shared=STRINGS)
    assert after in part(amended(data, SetCell("表", "A9", 1)).data)


def test_attributes_in_single_quotes_and_with_signs() -> None:
    rows = "<row r='1' x='a>b'><c s='1' r='A1' y='>'><v>1</v></c></row>"
    assert "<c s='1' r='A1' y='>'><v>2</v></c>" in part(amended(book(sheet(rows)), SetCell("表", "A1", 2)).data)


def test_rich_text_is_replaced_and_said() -> None:
    rich = "<r><t>李</t></r><r><rPr><strike/></rPr><t>雷</t></r><rPh sb='0' eb='1'><t>li</t></rPh>"
    data = book(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), shared=sst(rich))
    assert amended(data, SetCell("表", "A1", "李雷")).data == data
    assert amended(data, SetCell("表", "A1", "韩梅梅", "李雷")).receipt.notes


def test_a_value_that_is_there_already_changes_nothing() -> None:
    data = plain()
    result = amended(
        data, SetCell("表", "A1", "房号"), SetCell("表", "B3", 80.5), SetCell("表", "C3", dt.date(2024, 3, 5)), SetCell("表", "Z9", None)
    )
    assert result.data is data
    assert not result.receipt.changed


def test_a_workbook_without_styles_still_takes_identifiers() -> None:
    result = amended(plain(styles=None), SetCell("表", "B3", ID_NEW, identifier=True))
    assert by_calamine(result.data)[2][1] == ID_NEW
    assert result.receipt.notes


def test_a_workbook_part_in_another_width_is_read_and_not_written() -> None:
    """As some telephones write it."""
    data = book(sheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c><c r="C1"><v>7</v></c></row>'))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + bytes(parts["xl/workbook.xml"]).decode()).encode("utf-16")  # type: ignore[arg-type]
    data = zipped(parts | {"xl/workbook.xml": wide})
    assert by_openpyxl(amended(data, SetCell("表", "C1", 8)).data)["C1"].value == 8
    assert refused(data, SetCell("表", "A1", 2)) == ["structure"]  # the part would have to ask for a calculation
