"""A row appended: it looks like the row above, and what covered the rows covers it too."""

from __future__ import annotations

import datetime as dt

import pytest
from amend_builders import ID_NEW, MAIN, amended, book, by_calamine, by_openpyxl, part, refused, rel, sheet

from ownerbook.workbook.amend import AppendRow, SetCell

ROWS = (
    '<row r="1"><c r="A1" t="str"><v>房号</v></c><c r="B1" t="str"><v>日期</v></c><c r="C1" t="str"><v>电话</v></c></row>'
    '<row r="2" spans="1:4" ht="21" customHeight="1" hidden="1"><c r="A2" t="str" s="2"><v>1-1</v></c><c r="B2" s="1"><v>45356</v></c>'
    '<c r="C2" s="3"><v>1</v></c><c r="D2" s="2"/></row>'
)
NEW = AppendRow("表", {"A": "1-2", "B": dt.date(2024, 3, 9)})


def table(extra: str = "", columns: str = "", attributes: str = "", ref: str = "A1:C2") -> dict[str, object]:
    body = columns or '<tableColumn id="1" name="房号"/><tableColumn id="2" name="日期"/><tableColumn id="3" name="电话"/>'
    text = (
        f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="{ref}" {attributes}>{extra}<tableColumns count="3">{body}</tableColumns></table>'
    )
    return {"rels": {"xl/worksheets/sheet1.xml": rel("table", "../tables/table1.xml")}, "parts": {"xl/tables/table1.xml": text}}


def test_a_row_goes_under_the_last_one_and_looks_like_it() -> None:
    result = part(amended(book(sheet(ROWS)), NEW).data)
    assert (
        '<row r="3" spans="1:4" ht="21" customHeight="1"><c r="A3" s="2" t="inlineStr"><is><t>1-2</t></is></c><c r="B3" s="1"><v>45360</v></c>'
        '<c r="C3" s="3"/><c r="D3" s="2"/></row></sheetData>'
    ) in result


def test_several_rows_follow_each_other() -> None:
    result = by_calamine(amended(book(sheet(ROWS)), NEW, AppendRow("表", {"A": "1-3"})).data)
    assert [r[0] for r in result] == ["房号", "1-1", "1-2", "1-3"]


def test_blank_rows_at_the_end_are_used() -> None:
    data = book(sheet(ROWS + '<row r="3"><c r="A3" s="2"/><c r="C3" s="3"/></row><row r="5"/>'))
    result = part(amended(data, NEW).data)
    assert (
        '<c r="A3" s="2" t="inlineStr"><is><t>1-2</t></is></c><c r="B3" s="1"><v>45360</v></c><c r="C3" s="3"/><c r="D3" s="2"/></row><row r="5"/>'
        in result
    )


def test_the_first_row_of_an_empty_sheet() -> None:
    assert by_calamine(amended(book(sheet("")), NEW).data)[0][0] == "1-2"


def test_identifiers_of_a_new_row_are_text() -> None:
    result = amended(book(sheet(ROWS)), AppendRow("表", {"A": "x", "C": ID_NEW}, frozenset("C"))).data
    cell = by_openpyxl(result)["C3"]
    assert (cell.value, cell.number_format) == (ID_NEW, "@")


def test_the_dimension_and_everything_that_ends_on_the_last_row_grows() -> None:
    x14 = (
        '<extLst><ext xmlns:x14="x"><x14:dataValidations xmlns:xm="m"><x14:dataValidation><xm:sqref>C2</xm:sqref></x14:dataValidation>'
        '</x14:dataValidations><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="m"><xm:sqref>A1:A2 Z9</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
    )
    after = (
        '<autoFilter ref="A1:C2"/><conditionalFormatting sqref="B2"><cfRule type="expression" priority="1"><formula>1</formula></cfRule>'
        '</conditionalFormatting><dataValidations count="3"><dataValidation type="list" sqref="A2"/><dataValidation type="list" sqref="B2:B900"/>'
        '<dataValidation type="list" sqref="D1:D1"/></dataValidations><ignoredErrors><ignoredError sqref="A1:C2" numberStoredAsText="1"/></ignoredErrors>'
    ) + x14
    names = (
        '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">表!$A$1:$C$2</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">\'表\'!$A$1:$C$2</definedName>'
        '<definedName name="_xlnm.Print_Titles" localSheetId="0">表!$1:$1</definedName><definedName name="房号们">表!$A$2:$A$2</definedName>'
    )
    result = amended(book(sheet(ROWS, before='<dimension ref="A1:D2"/>', after=after), names=names), NEW)
    text, workbook = part(result.data), part(result.data, "xl/workbook.xml")
    assert '<dimension ref="A1:D3"/>' in text
    assert '<autoFilter ref="A1:C3"/>' in text
    assert 'conditionalFormatting sqref="B2:B3"' in text
    assert 'dataValidation type="list" sqref="A2:A3"' in text
    assert 'sqref="B2:B900"' in text and 'sqref="D1:D1"' in text
    assert 'ignoredError sqref="A1:C3"' in text
    assert "<xm:sqref>C2:C3</xm:sqref>" in text and "<xm:sqref>A1:A3 Z9</xm:sqref>" in text
    assert 'hidden="1">表!$A$1:$C$3<' in workbook and "'表'!$A$1:$C$3<" in workbook and "表!$1:$1<" in workbook and "表!$A$2:$A$2<" in workbook
    assert any("房号们" in n.zh for n in result.receipt.notes)


def test_what_covers_the_headings_only_does_not_grow() -> None:
    after = '<conditionalFormatting sqref="A1:C1"><cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>'
    head = ROWS[: ROWS.index('<row r="2"')]
    assert after in part(amended(book(sheet(head, after=after)), NEW).data)


def test_a_sparkline_stays_in_its_cell() -> None:
    line = '<extLst><ext xmlns:x14="x" xmlns:xm="m"><x14:sparkline><xm:f>表!A2:C2</xm:f><xm:sqref>D2</xm:sqref></x14:sparkline></ext></extLst>'
    assert line in part(amended(book(sheet(ROWS, after=line)), NEW).data)


def test_a_filter_in_force_is_said() -> None:
    after = '<autoFilter ref="A1:C2"><filterColumn colId="0"/></autoFilter>'
    assert amended(book(sheet(ROWS, after=after)), NEW).receipt.notes


def test_a_table_takes_the_row() -> None:
    result = amended(book(sheet(ROWS), **table('<autoFilter ref="A1:C2"/>')), NEW).data  # type: ignore[arg-type]
    text = part(result, "xl/tables/table1.xml")
    assert 'ref="A1:C3"' in text and '<autoFilter ref="A1:C3"/>' in text
    assert by_calamine(result)[2][0] == "1-2"


def test_a_table_that_waits_for_its_first_row() -> None:
    head = ROWS[: ROWS.index('<row r="2"')]
    result = amended(book(sheet(head), **table(attributes='insertRow="1"')), NEW).data  # type: ignore[arg-type]
    assert 'insertRow="0"' in part(result, "xl/tables/table1.xml") and 'ref="A1:C2"' in part(result, "xl/tables/table1.xml")
    assert by_calamine(result)[1][0] == "1-2"


def test_a_calculated_column_is_filled_in() -> None:
    columns = (
        '<tableColumn id="1" name="房号"/><tableColumn id="2" name="日期"/><tableColumn id="3" name="电话">'
        "<calculatedColumnFormula>T[[#This Row],[日期]]+1</calculatedColumnFormula></tableColumn>"
    )
    result = amended(book(sheet(ROWS), **table(columns=columns)), NEW)  # type: ignore[arg-type]
    assert '<c r="C3" s="3"><f>T[[#This Row],[日期]]+1</f></c>' in part(result.data)
    assert 'fullCalcOnLoad="1"' in part(result.data, "xl/workbook.xml")


def test_a_calculated_column_with_cells_moves_on_by_a_row() -> None:
    rows = ROWS.replace('<c r="C2" s="3"><v>1</v></c>', '<c r="C2" s="3"><f>B2*$D$1</f><v>1</v></c>')
    columns = '<tableColumn id="1" name="a"/><tableColumn id="2" name="b"/><tableColumn id="3" name="c"><calculatedColumnFormula>B2*$D$1</calculatedColumnFormula></tableColumn>'
    assert "<f>B3*$D$1</f>" in part(amended(book(sheet(rows), **table(columns=columns)), NEW).data)  # type: ignore[arg-type]


def test_a_totals_row_is_in_the_way() -> None:
    assert refused(book(sheet(ROWS), **table(attributes='totalsRowCount="1"')), NEW) == ["totals"]  # type: ignore[arg-type]


def test_a_table_beside_the_row_does_not_grow() -> None:
    data = book(sheet(ROWS), **table(ref="F1:H2"))  # type: ignore[arg-type]
    assert part(amended(data, NEW).data, "xl/tables/table1.xml") == part(data, "xl/tables/table1.xml")


@pytest.mark.parametrize("below", ['<row r="3"><c r="B3"><v>1</v></c></row>', '<row r="9"><c r="A9" t="str"><v>合计</v></c></row>'])
def test_content_below_is_never_overwritten(below: str) -> None:
    assert refused(book(sheet(ROWS + below)), AppendRow("表", NEW.values, after=2)) == ["content-below"]


def test_a_block_beside_another_grows_on_its_own() -> None:
    rows = ROWS + '<row r="3"><c r="H3"><v>7</v></c></row><row r="4"><c r="H4"><v>8</v></c></row>'
    result = by_calamine(amended(book(sheet(rows)), AppendRow("表", NEW.values, after=2)).data)
    assert result[2][0] == "1-2" and result[2][7] == 7 and result[3][7] == 8


def test_a_merge_that_begins_with_the_last_row_goes_with_it() -> None:
    data = book(sheet(ROWS, after='<mergeCells><mergeCell ref="A2:A4"/></mergeCells>'))
    assert by_calamine(amended(data, NEW).data)[4][0] == "1-2"


def test_a_row_goes_under_an_array_that_reaches_below_the_content() -> None:
    rows = '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f><v>1</v></c></row>'
    assert by_calamine(amended(book(sheet(rows)), NEW).data)[3][0] == "1-2"


def test_an_edit_and_a_row_at_once() -> None:
    result = by_calamine(amended(book(sheet(ROWS)), NEW, SetCell("表", "A2", "改", "1-1")).data)
    assert [r[0] for r in result] == ["房号", "改", "1-2"]


def test_the_last_row_of_a_sheet_is_the_end() -> None:
    rows = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    assert refused(book(sheet(rows)), NEW) == ["full"]


def test_a_heading_of_a_table_is_renamed_with_its_column() -> None:
    data = book(sheet(ROWS), **table())  # type: ignore[arg-type]
    result = amended(data, SetCell("表", "A1", "房号&室")).data
    assert 'name="房号&amp;室"' in part(result, "xl/tables/table1.xml")
    quoted = book(sheet(ROWS), **table(columns="<tableColumn id='1' name='房号'/><tableColumn id='2' name='b'/><tableColumn id='3' name='c'/>"))  # type: ignore[arg-type]
    assert by_calamine(amended(quoted, SetCell("表", "A1", "户'主\"")).data)[0][0] == "户'主\""
    assert refused(data, SetCell("表", "A1", "电话")) == ["table-header"]
    assert refused(data, SetCell("表", "A1", 5)) == ["table-header"]


def test_a_heading_that_formulas_name_is_refused() -> None:
    rows = ROWS + '<row r="9"><c r="F9"><f>COUNTA(T[房号])</f><v>1</v></c></row>'
    data = book(sheet(rows), **table())  # type: ignore[arg-type]
    assert refused(data, SetCell("表", "A1", "室号")) == ["table-header"]
    assert amended(data, SetCell("表", "B1", "室号")).receipt.changed


@pytest.mark.parametrize("formula", ["[[#This Row],房号]&amp;1", "[房号]", "T[@房号]"])
def test_a_heading_named_without_its_table_is_refused_too(formula: str) -> None:
    rows = ROWS.replace('<c r="C2" s="3"><v>1</v></c>', f'<c r="C2" s="3"><f>{formula}</f><v>1</v></c>')
    data = book(sheet(rows), **table())  # type: ignore[arg-type]
    assert refused(data, SetCell("表", "A1", "室号")) == ["table-header"]
    assert amended(data, SetCell("表", "B1", "室号")).receipt.changed
