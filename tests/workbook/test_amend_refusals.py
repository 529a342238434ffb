"""Complete or refused: every reason is told, at once, and nothing is done."""

from __future__ import annotations

import datetime as dt

import pytest
from amend_builders import book, raw_part, refused, rel, shared_path, sheet, sst, zipped

from ownerbook.workbook.amend import Refused, SetCell, Value, amend

CELL = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'


def formula(f: str, more: str = "") -> bytes:
    return book(sheet(f'<row r="1"><c r="A1">{f}<v>1</v></c><c r="B1"><v>2</v></c>{more}</row>'))


@pytest.mark.parametrize(
    ("data", "cell", "reason"),
    [
        (formula("<f>B1*2</f>"), "A1", "formula"),
        (formula('<f t="shared" ref="A1:A3" si="0">B1</f>'), "A1", "shared-master"),
        (formula('<f t="shared" ref="A1:C1" si="0">B9</f>', '<c r="C1"><f t="shared" si="0"/><v>1</v></c>'), "C1", "formula"),
        (formula('<f t="array" ref="A1:B1">C1:D1</f>'), "B1", "array"),
        (formula('<f t="array" ref="A1:B2">C1:D1</f>'), "B2", "array"),
        (formula('<f t="dataTable" ref="A1:B1" r1="D1"/>'), "B1", "data-table"),
        (formula("<f>DISPIMG(&quot;ID_1&quot;,1)</f>"), "A1", "formula"),
        (book(sheet('<row r="1"><c r="A1" vm="1" t="e"><v>#VALUE!</v></c></row>')), "A1", "rich-value"),
        (book(sheet(CELL, after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>')), "B2", "merged"),
        (book(sheet(CELL, after='<sheetProtection sheet="1"/>')), "A1", "locked"),
        (book(sheet(CELL, after='<sheetProtection sheet="1"/>')), "Z9", "locked"),
        (book(sheet(CELL)), "A0", "reference"),
        (book(sheet(CELL)), "XFE1", "reference"),
    ],
)
def test_a_cell_that_is_not_ours_to_change(data: bytes, cell: str, reason: str) -> None:
    assert refused(data, SetCell("表", cell, 9)) == [reason]


def test_the_anchor_of_a_merge_may_be_written() -> None:
    data = book(sheet(CELL, after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'))
    assert amend(data, [SetCell("表", "A1", 9)]).receipt.changed


@pytest.mark.parametrize(
    "after",
    [
        '<sheetProtection sheet="1"/><protectedRanges><protectedRange sqref="A1:B9" name="r"/></protectedRanges>',
        '<sheetProtection objects="1"/>',
    ],
)
def test_open_cells_of_protected_sheets_may_be_written(after: str) -> None:
    assert amend(book(sheet(CELL, after=after)), [SetCell("表", "A1", 9)]).receipt.changed


def test_an_unlocked_cell_of_a_protected_sheet_may_be_written() -> None:
    data = book(sheet('<row r="1"><c r="A1" s="3"><v>1</v></c></row>', after='<sheetProtection sheet="1"/>'))
    assert amend(data, [SetCell("表", "A1", 9)]).receipt.changed


def test_a_range_opened_by_password_stays_locked() -> None:
    after = '<sheetProtection sheet="1"/><protectedRanges><protectedRange password="CC1A" sqref="A1" name="r"/></protectedRanges>'
    assert refused(book(sheet(CELL, after=after)), SetCell("表", "A1", 9)) == ["locked"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a\x00b", "control"),
        ("a\x1bb", "control"),
        ("\ud800", "control"),
        ("￿", "control"),
        ("字" * 32768, "too-long"),
        (440106198502290016, "number"),
        (float("nan"), "number"),
        (float("inf"), "number"),
        (dt.date(1900, 2, 28), "date"),
        (dt.date(1899, 1, 1), "date"),
        (dt.datetime(2024, 1, 1, tzinfo=dt.UTC), "date"),
        ([1], "value"),
    ],
)
def test_what_a_cell_cannot_hold(value: Value, reason: str) -> None:
    assert refused(book(sheet(CELL)), SetCell("表", "A1", value)) == [reason]


def test_a_long_number_with_few_digits_is_kept() -> None:
    assert amend(book(sheet(CELL)), [SetCell("表", "A1", 10**17)]).receipt.changed


@pytest.mark.parametrize(
    ("expect", "fits"),
    [(1, True), (1.0, True), (2, False), ("1", False), (None, False), (True, False), (dt.date(2024, 1, 1), False)],
)
def test_the_old_value_must_be_what_was_expected(expect: object, fits: bool) -> None:
    if fits:
        assert amend(book(sheet(CELL)), [SetCell("表", "A1", 9, expect)]).receipt.changed
    else:
        assert refused(book(sheet(CELL)), SetCell("表", "A1", 9, expect)) == ["expectation"]


def test_an_empty_cell_may_be_expected() -> None:
    assert amend(book(sheet(CELL)), [SetCell("表", "D1", 9, None)]).receipt.changed
    assert amend(book(sheet(CELL)), [SetCell("表", "D1", 9, "")]).receipt.changed


def test_all_reasons_come_at_once_and_nothing_is_done() -> None:
    edits = [SetCell("表", "A1", 9, 5), SetCell("无", "A1", 1), SetCell("表", "B1", "\x01"), SetCell("表", "C1", 4)]
    with pytest.raises(Refused) as caught:
        amend(book(sheet(CELL)), edits)
    assert {(r.cell, r.reason) for r in caught.value.refusals} == {("表!A1", "expectation"), ("无!A1", "no-sheet"), ("表!B1", "control")}
    assert all(r.zh.endswith("。") and r.en.endswith(".") for r in caught.value.refusals)


def test_one_cell_cannot_be_given_two_values() -> None:
    assert refused(book(sheet(CELL)), SetCell("表", "A1", 8), SetCell("表", "A1", 9)) == ["twice"]
    assert amend(book(sheet(CELL)), [SetCell("表", "A1", 8), SetCell("表", "A1", 8)]).receipt.changed


def test_a_signed_package_is_refused() -> None:
    data = book(sheet(CELL), parts={"_xmlsignatures/sig1.xml": "<Signature/>"})
    assert refused(data, SetCell("表", "A1", 9)) == ["signed"]
    assert refused(shared_path("signed-7bf3c9.xlsx").read_bytes(), SetCell("Sheet1", "A1", 9)) == ["signed"]


def test_a_legacy_shared_workbook_is_refused() -> None:
    made = book(sheet(CELL))
    link = rel("revisionHeaders", "revisions/revisionHeaders.xml", 99)
    rels = raw_part(made, "xl/_rels/workbook.xml.rels").decode().replace("</Relationships>", link + "</Relationships>")
    data = _with(made, "xl/_rels/workbook.xml.rels", rels)
    assert refused(data, SetCell("表", "A1", 9)) == ["shared-workbook"]


def _with(data: bytes, name: str, text: str) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({n: text if n == name else archive.read(n) for n in archive.namelist()})


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), b"%PDF-1.7"])
def test_other_formats_are_refused_by_their_bytes(data: bytes) -> None:
    assert refused(data, SetCell("表", "A1", 9)) == ["format"]


def test_a_binary_workbook_is_refused() -> None:
    assert refused(book(sheet(CELL), kind="sheet.binary.macroEnabled.main"), SetCell("表", "A1", 9)) == ["format"]


@pytest.mark.parametrize("name", ["ext_xls-cd94af.xls", "ext_ods-895dda.ods", "notzip_csv-7e4110.csv", "notzip_xls-66ce3b.xls"])
def test_real_files_of_other_formats_are_refused(name: str) -> None:
    assert refused(shared_path(name).read_bytes(), SetCell("Sheet1", "A1", 9)) == ["format"]


def test_cells_of_a_pivot_table_are_refused() -> None:
    pivot = '<pivotTableDefinition name="透视"><location ref="A5:B9" rowPageCount="1"/></pivotTableDefinition>'
    data = book(sheet(CELL), rels={"xl/worksheets/sheet1.xml": rel("pivotTable", "../pivotTables/p.xml")}, parts={"xl/pivotTables/p.xml": pivot})
    assert refused(data, SetCell("表", "B7", 9)) == ["pivot"]
    assert refused(data, SetCell("表", "A3", 9)) == ["pivot"]
    assert amend(data, [SetCell("表", "A10", 9)]).receipt.changed


def test_cells_of_a_query_table_are_refused() -> None:
    data = book(
        sheet(CELL),
        names='<definedName name="外部_数据" localSheetId="0">\'表\'!$A$1:$B$1</definedName>',
        rels={"xl/worksheets/sheet1.xml": rel("queryTable", "../queryTables/q.xml")},
        parts={"xl/queryTables/q.xml": '<queryTable name="外部 数据" connectionId="1"/>'},
    )
    assert refused(data, SetCell("表", "B1", 9)) == ["query"]
    assert amend(data, [SetCell("表", "C1", 9)]).receipt.changed


def test_what_is_not_understood_between_cells_is_refused() -> None:
    odd = '<row r="1"><mc:AlternateContent xmlns:mc="m"><c r="A1"><v>1</v></c></mc:AlternateContent></row>'
    assert refused(book(sheet(odd)), SetCell("表", "A1", 9)) == ["structure"]
    assert refused(book(sheet('<row r="1"><c r="B1"/><c r="A1"/></row>')), SetCell("表", "A1", 9)) == ["structure"]


def test_a_part_that_is_no_xml_is_refused() -> None:
    assert refused(book(sheet(CELL)[:-12]), SetCell("表", "A1", 9)) == ["structure"]


def test_a_sheet_that_is_no_worksheet_is_refused() -> None:
    made = book({"表": sheet(CELL), "图": "<chartsheet/>"})
    rels = (
        raw_part(made, "xl/_rels/workbook.xml.rels").decode().replace('worksheet" Target="worksheets/sheet2', 'chartsheet" Target="worksheets/sheet2')
    )
    assert refused(_with(made, "xl/_rels/workbook.xml.rels", rels), SetCell("图", "A1", 9)) == ["not-a-worksheet"]


def test_strings_with_a_doctype_are_refused() -> None:
    data = book(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), shared='<!DOCTYPE sst [<!ENTITY a "b">]>' + sst("x"))
    assert refused(data, SetCell("表", "A1", 9)) == ["package"]
