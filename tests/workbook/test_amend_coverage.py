"""What does not take in an appended row is said, and stays as it is."""

from __future__ import annotations

from amend_builders import MAIN, REL, amended, book, part, raw_part, refused, rel, sheet

from ownerbook.workbook.amend import AppendRow, SetCell

HEAD = '<row r="1"><c r="A1" t="str"><v>房号</v></c><c r="B1" t="str"><v>面积</v></c></row>'
ROWS = HEAD + "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>1-{n}</v></c><c r="B{n}"><v>{n}</v></c></row>' for n in range(2, 6))
NEW = AppendRow("表", {"A": "1-9", "B": 80})
CACHE = f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet"><worksheetSource {{}} sheet="表"/></cacheSource></pivotCacheDefinition>'


def said(data: bytes, *edits: SetCell | AppendRow) -> str:
    return "\n".join(n.zh + "|" + n.en for n in amended(data, *edits).receipt.notes)


def with_formulas(*formulas: str) -> bytes:
    cells = "".join(f'<c r="A{i}"><f>{f}</f><v>1</v></c>' for i, f in enumerate(formulas, 1))
    rows = "".join(f'<row r="{i}">{c}</row>' for i, c in enumerate(cells.split("</c>")[:-1], 1)).replace("</row>", "</c></row>")
    return book({"表": sheet(ROWS), "汇总": sheet(rows)})


def test_formulas_whose_ranges_end_above_the_new_row_are_named() -> None:
    notes = said(with_formulas("SUM(表!B2:B5)", "SUM(表!B:B)", "SUM(表!B2:B900)", "SUM(表!D2:D5)", "表!B5", "COUNTA(表!$A$2:$A$5)"), NEW)
    assert "2 个公式的范围止于新行之上，不含新行：汇总!A1、汇总!A6" in notes
    assert "do not cover it, 2: 汇总!A1, 汇总!A6" in notes


def test_a_change_of_a_cell_says_nothing_of_it() -> None:
    assert said(with_formulas("SUM(表!B2:B5)"), SetCell("表", "B3", 7)) == ""


def test_many_formulas_are_counted_and_some_named() -> None:
    notes = said(with_formulas(*["SUM(表!B2:B5)"] * 9), NEW)
    assert "9 个公式" in notes and "汇总!A6……" in notes and "汇总!A7" not in notes


def test_the_ranges_of_a_chart_are_said_and_stay() -> None:
    chart = '<c:chartSpace xmlns:c="c"><c:cat><c:f>表!$A$2:$A$5</c:f></c:cat><c:val><c:numRef><c:f>表!$B$2:$B$5</c:f></c:numRef></c:val><c:f>别!$A$1:$A$5</c:f></c:chartSpace>'
    types = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    data = book(sheet(ROWS), parts={"xl/charts/chart1.xml": chart})
    whole = raw_part(data, "[Content_Types].xml").decode()
    data = book(
        sheet(ROWS),
        parts={
            "xl/charts/chart1.xml": chart,
            "[Content_Types].xml": whole.replace("</Types>", f'<Override PartName="/xl/charts/chart1.xml" ContentType="{types}"/></Types>'),
        },
    )
    notes = said(data, NEW)
    assert "图表 xl/charts/chart1.xml 的数据范围不含新行：表!$A$2:$A$5、表!$B$2:$B$5|" in notes
    assert part(amended(data, NEW).data, "xl/charts/chart1.xml") == chart


def pivot(source: str) -> bytes:
    data = book(sheet(ROWS))
    links = raw_part(data, "xl/_rels/workbook.xml.rels").decode()
    links = links.replace("</Relationships>", f'<Relationship Id="p" Type="{REL}/pivotCacheDefinition" Target="pivotCache/p1.xml"/></Relationships>')
    return book(sheet(ROWS), parts={"xl/_rels/workbook.xml.rels": links, "xl/pivotCache/p1.xml": CACHE.format(source)})


def test_the_source_of_a_pivot_table_is_said() -> None:
    assert "数据来源 表!A1:B5 不含新行" in said(pivot('ref="A1:B5"'), NEW)
    assert said(pivot('ref="A1:B500"'), NEW).count("请刷新") == 1
    assert said(pivot('ref="D1:E5"'), NEW) == ""
    assert "请刷新|" in said(pivot('ref="A1:B5"'), SetCell("表", "B3", 7))
    assert said(pivot('name="表一"'), SetCell("表", "B3", 7)) == ""


def pivot_at(ref: str, pages: str = "") -> dict[str, object]:
    text = f'<pivotTableDefinition xmlns="{MAIN}" name="透视"><location ref="{ref}" {pages}/></pivotTableDefinition>'
    return {"rels": {"xl/worksheets/sheet1.xml": rel("pivotTable", "../pivotTables/p1.xml")}, "parts": {"xl/pivotTables/p1.xml": text}}


def test_no_row_goes_right_under_a_pivot_table() -> None:
    assert refused(book(sheet(ROWS), **pivot_at("A1:B5")), NEW) == ["pivot-below"]  # type: ignore[arg-type]
    assert amended(book(sheet(ROWS), **pivot_at("D1:E5")), NEW).receipt.changed  # type: ignore[arg-type]


def test_the_rows_of_the_page_fields_belong_to_the_pivot_table() -> None:
    data = book(sheet(ROWS), **pivot_at("D3:G5", 'rowPageCount="1" colPageCount="1"'))  # type: ignore[arg-type]
    assert [refused(data, SetCell("表", cell, 1)) for cell in ("D1", "G2", "F3")] == [["pivot"]] * 3
    assert amended(data, SetCell("表", "H1", 1)).receipt.changed
