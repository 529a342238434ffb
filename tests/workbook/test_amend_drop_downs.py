"""A new value that the drop-down list of its cell does not offer is said, and written all the same."""

from __future__ import annotations

import datetime as dt

import pytest
from amend_builders import MAIN, amended, book, by_calamine, sheet, sst

from ownerbook.workbook.amend import AppendRow, SetCell, Value

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>5</v></c></row>'
OPTIONS = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>'
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def ruled(formula: str, sqref: str = "A2:A9", names: str = "") -> bytes:
    """A workbook with a list over some cells, and a second sheet with the options 自住, 出租 and 3."""
    rule = f'<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="{sqref}"><formula1>{formula}</formula1></dataValidation></dataValidations>'
    return book({"表": sheet(ROWS, after=rule), "选 项": sheet(OPTIONS)}, shared=sst("自住", "出租"), names=names)


def said(data: bytes, *edits: SetCell | AppendRow) -> list[str]:
    """The cells that the receipt's notes name."""
    return [n.zh.partition(":")[0] for n in amended(data, *edits).receipt.notes if "下拉列表" in n.zh]


@pytest.mark.parametrize("formula", ['"自住, 出租,3"', "'选 项'!$A$1:$A$3", "'选 项'!$A:$A", "用途"], ids=["written out", "range", "column", "name"])
@pytest.mark.parametrize(
    ("value", "offered"), [("出租", True), ("空置", False), (3, True), (4, False), ("3", True), (None, True), (dt.date(2024, 3, 5), True)]
)
def test_a_value_that_is_not_offered_is_said(formula: str, value: Value, offered: bool) -> None:
    data = ruled(formula, names="<definedName name=\"用途\">'选 项'!$A$1:$A$3</definedName>")
    assert said(data, SetCell("表", "A2", value)) == ([] if offered else ["表!A2"])


def test_it_is_written_all_the_same() -> None:
    assert by_calamine(amended(ruled('"自住,出租"'), SetCell("表", "A2", "空置")).data)[1][0] == "空置"


def test_cells_outside_the_list_are_not_judged() -> None:
    assert said(ruled('"自住,出租"'), SetCell("表", "B2", "空置"), SetCell("表", "A10", "空置")) == []


@pytest.mark.parametrize("formula", ["INDIRECT($B$1)", "'选 项'!A1:A3", "'选 项'!$A$1:$B$3", "没有的名称", '"', "'没有'!$A$1", "#REF!"])
def test_lists_that_cannot_be_told_are_not_judged(formula: str) -> None:
    assert said(ruled(formula), SetCell("表", "A2", "空置")) == []


def test_leading_noughts_and_doubled_quotes_in_a_list() -> None:
    data = ruled('"001,a""b"')
    assert said(data, SetCell("表", "A2", "001"), SetCell("表", "A3", 'a"b'), SetCell("表", "A4", "01")) == ["表!A4"]


def test_a_list_of_the_2009_extension() -> None:
    after = (
        f'<extLst><ext xmlns:x14="{X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        "<x14:dataValidation type=\"list\"><x14:formula1><xm:f>'选 项'!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>A2:A9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    data = book({"表": sheet(ROWS, after=after, root=f'xmlns="{MAIN}"'), "选 项": sheet(OPTIONS)}, shared=sst("自住", "出租"))
    assert said(data, SetCell("表", "A2", "空置"), SetCell("表", "A3", "自住")) == ["表!A2"]


def test_an_option_added_by_the_same_edits_is_offered() -> None:
    data = ruled("'选 项'!$A$1:$A$9")
    assert said(data, SetCell("表", "A2", "空置"), SetCell("选 项", "A5", "空置"), SetCell("选 项", "A2", None), SetCell("表", "A3", "出租")) == [
        "表!A3"
    ]


def test_a_row_appended_under_the_list_is_judged() -> None:
    assert said(ruled('"自住,出租"', "A2:A2"), AppendRow("表", {"A": "空置", "B": "空置"})) == ["表!A3"]


def test_many_are_summed_up() -> None:
    notes = said(ruled('"自住"', "A1:Z99"), *(SetCell("表", f"C{r}", f"值{r}") for r in range(1, 31)))
    assert len(notes) == 13
    assert notes[-1].startswith("另有 18 格")
