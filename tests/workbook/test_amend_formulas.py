"""Formulas that depend on a changed cell lose their stored result; all others keep theirs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from amend_builders import MAIN, amended, book, by_calamine, by_openpyxl, part, raw_part, rel, sheet

from ownerbook.workbook.amend import AppendRow, SetCell
from ownerbook.workbook.amend.references import filled_on, references

ROW = '<row r="{0}"><c r="A{0}"><v>{1}</v></c><c r="B{0}"><f>{2}</f><v>{3}</v></c></row>'


def rows(*formulas: str) -> str:
    return "".join(ROW.format(i, i, f, 10 * i) for i, f in enumerate(formulas, 1))


def left(data: bytes, name: str = "表") -> list[int]:
    """The rows whose formula in column B still has its result."""
    return [c.row for c in by_openpyxl(data, name, results=True)["B"] if c.value is not None]


@pytest.mark.parametrize(
    ("formulas", "stay"),
    [
        (("A1*2", "A2*2", "B1+1"), [2]),  # directly, and through another
        (("SUM(A1:A3)", "SUM($A$2:A3)", "1+1"), [2, 3]),
        (("SUM(A:A)", "SUM(2:2)", "SUM(1:1)"), [2]),
        (("表!A1", "'表'!A1", "别!A1"), [3]),
        (("INDIRECT(&quot;A&quot;&amp;1)", "OFFSET(A2,0,0)", "A2"), [3]),
        (("A2:INDEX(A:A,1)", "&quot;A1&quot;", "A11"), [2, 3]),
        (("名", "其他名", "TRUE"), [2, 3]),
        (("LOG10(A2)", "IF(A1&gt;1,&quot;A&quot;,A2)", "{1,2;3,4}"), [1, 3]),
    ],
)
def test_dependents_lose_their_results_and_nothing_else_does(formulas: tuple[str, ...], stay: list[int]) -> None:
    names = '<definedName name="名">表!$A$1:$A$9</definedName><definedName name="其他名">表!$A$2</definedName>'
    data = book({"表": sheet(rows(*formulas)), "别": sheet("")}, names=names)
    result = amended(data, SetCell("表", "A1", 77))
    assert left(result.data) == stay
    assert 'fullCalcOnLoad="1"' in part(result.data, "xl/workbook.xml")
    assert [f.value for f in by_openpyxl(result.data)["B"]] == [f.value for f in by_openpyxl(data)["B"]]


def test_a_change_that_no_formula_depends_on_leaves_the_workbook_part_alone() -> None:
    data = book(sheet(rows("A1", "A1")))
    result = amended(data, SetCell("表", "A2", 5)).data
    assert raw_part(result, "xl/workbook.xml") == raw_part(data, "xl/workbook.xml")
    assert left(result) == [1, 2]


def test_formulas_on_other_sheets_are_followed() -> None:
    other = '<row r="1"><c r="B1" t="str"><f>表!A1&amp;"x"</f><v>1x</v></c></row><row r="2"><c r="B2"><f>A1</f><v>3</v></c></row>'
    data = book({"表": sheet(rows("1")), "别": sheet(other), "三": sheet("")})
    result = amended(data, SetCell("表", "A1", 5)).data
    assert left(result, "别") == [2]
    assert '<c r="B1"><f>表!A1&amp;"x"</f></c>' in part(result, "xl/worksheets/sheet2.xml")
    assert raw_part(result, "xl/worksheets/sheet3.xml") == raw_part(data, "xl/worksheets/sheet3.xml")


def test_sheets_between_two_names_are_meant() -> None:
    data = book({"表": sheet(rows("SUM(表:三!A5)", "SUM(别:三!A5)")), "别": sheet(""), "三": sheet("")})
    assert left(amended(data, SetCell("别", "A5", 5)).data) == []
    assert left(amended(data, SetCell("表", "A5", 5)).data) == [2]


def test_shared_formulas_are_followed_cell_by_cell() -> None:
    text = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1+$D$9</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    assert left(amended(book(sheet(text)), SetCell("表", "A2", 5)).data) == [1, 3]
    assert left(amended(book(sheet(text)), SetCell("表", "D9", 5)).data) == []


def test_all_results_of_an_array_go() -> None:
    text = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="array" ref="B1:B2">A1:A2</f><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    assert left(amended(book(sheet(text)), SetCell("表", "A2", 5)).data) == []
    assert left(amended(book(sheet(text)), SetCell("表", "C2", 5)).data) == [1, 2]


def test_table_columns_are_followed() -> None:
    text = (
        '<row r="1"><c r="D1" t="str"><v>甲</v></c><c r="E1" t="str"><v>乙</v></c></row><row r="2"><c r="B2"><f>SUM(T[甲])</f><v>1</v></c>'
        '<c r="D2"><v>1</v></c><c r="E2"><v>1</v></c></row><row r="3"><c r="B3"><f>SUM(T[乙])</f><v>1</v></c><c r="D3"><v>1</v></c></row>'
    )
    table = (
        f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="D1:E3"><tableColumns count="2"><tableColumn id="1" name="甲"/>'
        '<tableColumn id="2" name="乙"/></tableColumns></table>'
    )
    made = book(sheet(text), rels={"xl/worksheets/sheet1.xml": rel("table", "../tables/t.xml")}, parts={"xl/tables/t.xml": table})
    assert left(amended(made, SetCell("表", "D2", 5)).data) == [3]
    assert left(amended(made, SetCell("表", "E3", 5)).data) == [2]
    assert left(amended(made, AppendRow("表", {"E": 5})).data) == [2]


def test_a_long_chain_is_followed_to_its_end() -> None:
    chain = "".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="B{i}"><f>B{i - 1}+A{i}</f><v>{i}</v></c></row>' for i in range(2, 3000))
    assert left(amended(book(sheet(chain)), SetCell("表", "A100", 5)).data) == list(range(2, 100))


def test_the_calculation_chain_stays_as_it_is() -> None:
    parts = {"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="B1" i="1"/></calcChain>'}
    data = book(sheet(rows("A1")), parts=parts)
    assert raw_part(amended(data, SetCell("表", "A1", 5)).data, "xl/calcChain.xml") == raw_part(data, "xl/calcChain.xml")


@pytest.mark.parametrize(
    ("calc", "after"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/></workbook>'),
        ('<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="1" fullCalcOnLoad="0"></calcPr>', 'fullCalcOnLoad="1"'),
        ("<pivotCaches/>", '<calcPr fullCalcOnLoad="1"/><pivotCaches/>'),
    ],
)
def test_calculation_on_opening_is_asked_for_in_its_place(calc: str, after: str) -> None:
    assert after in part(amended(book(sheet(rows("A1")), calc=calc), SetCell("表", "A1", 5)).data, "xl/workbook.xml")


def test_manual_calculation_is_said() -> None:
    assert amended(book(sheet(rows("A1")), calc='<calcPr calcMode="manual"/>'), SetCell("表", "A1", 5)).receipt.notes


def test_a_formula_moved_down() -> None:
    assert (
        filled_on('A1+$A1+A$1+表!B2&"A1"+T[[#This Row],[A1]]+SUM(3:4)+LOG10(C9)', 2)
        == 'A3+$A3+A$1+表!B4&"A1"+T[[#This Row],[A1]]+SUM(5:6)+LOG10(C11)'
    )


def test_other_workbooks_are_not_ours() -> None:
    assert references("[1]表!A1+'[2]别 表'!B2").areas == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_calculates_what_lost_its_result_and_keeps_the_edit(tmp_path: Path) -> None:
    data = book(sheet(rows("A1*2", "B1+A2", "A3")))
    (tmp_path / "a.xlsx").write_bytes(amended(data, SetCell("表", "A1", 100), SetCell("表", "C3", "<房&号>")).data)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/p",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "o"),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    cells = by_calamine((tmp_path / "o" / "a.xlsx").read_bytes())
    assert [r[1] for r in cells] == [200, 202, 30]  # the third kept its stored result
    assert cells[0][0] == 100 and cells[2][2] == "<房&号>"
