"""The pen raises where the library below only warns, and what it writes is safe to open."""

from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest

from ownerbook.reports.palette import LINK
from ownerbook.reports.pen import KIND_PROPERTY, LISTS_SHEET, MOST_LINKS, CannotWrite, Pen, PenError, sheet_name
from ownerbook.reports.widths import column_width, cut, pad, row_height, terminal_cells

DAY = date(2026, 10, 31)


def pen(path, **more):
    return Pen(path, as_of=DAY, title="试", **more)


def test_a_row_out_of_range_is_an_error(tmp_path):
    with pytest.raises(PenError), pen(tmp_path / "a.xlsx") as p:
        p.page("页").text(1_048_577, 1, "x")


def test_what_the_library_warns_of_is_an_error(tmp_path):
    with pytest.raises(PenError), pen(tmp_path / "a.xlsx") as p:
        p.page("页").check(2, 1, 9, 1, {"validate": "list", "source": ["选项" * 200]})


def test_a_failed_workbook_leaves_nothing_behind(tmp_path):
    with pytest.raises(RuntimeError), pen(tmp_path / "a.xlsx") as p:
        p.page("页").text(1, 1, "x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told_with_the_file_name(tmp_path):
    with pytest.raises(CannotWrite, match="b.xlsx"), pen(tmp_path / "无" / "b.xlsx") as p:
        p.page("页")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@a"])
def test_text_that_begins_like_a_formula_stays_text(tmp_path, text):
    with pen(tmp_path / "a.xlsx") as p:
        page = p.page("页")
        page.text(1, 1, text)
        page.across(2, 1, 3, text)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["页"]
    for cell in (sheet["A1"], sheet["A2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert b"<f>" not in ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml")


def test_a_long_list_goes_to_a_hidden_sheet(tmp_path):
    values = [f"第{n}种材料的名称" for n in range(60)]
    with pen(tmp_path / "a.xlsx") as p:
        page = p.page("页")
        page.choices(2, 1, 9, 1, values)
        page.choices(2, 2, 9, 2, ["是", "否"])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book[LISTS_SHEET].sheet_state == "hidden"
    assert [c.value for c in book[LISTS_SHEET]["A"]] == values
    rules = {str(v.sqref): v.formula1 for v in book["页"].data_validations.dataValidation}
    assert rules == {"A2:A9": f"'{LISTS_SHEET}'!$A$1:$A$60", "B2:B9": '"是,否"'}


def test_links_beyond_the_most_become_text(tmp_path):
    with pen(tmp_path / "a.xlsx") as p:
        page = p.page("页")
        page.links = MOST_LINKS - 1
        page.link(1, 1, "internal:'页'!A1", "甲", LINK)
        page.link(2, 1, "internal:'页'!A1", "乙", LINK)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["页"]
    assert sheet["A1"].hyperlink and not sheet["A2"].hyperlink and sheet["A2"].value == "乙"


def test_a_file_of_ours_says_what_it_is(tmp_path):
    with pen(tmp_path / "a.xlsx", kind="problems", properties={"ownerbook.as_of": "2026-10-31"}) as p:
        p.page("页")
    properties = {x.name: x.value for x in openpyxl.load_workbook(tmp_path / "a.xlsx").custom_doc_props}
    assert properties == {KIND_PROPERTY: "problems", "ownerbook.as_of": "2026-10-31"}


def test_sheet_names_are_made_fit():
    taken = set()
    for wanted, fit in [("业主/登记[1]", "业主-登记-1-"), ("'x'", "x"), ("长" * 40, "长" * 31), ("长" * 40, "长" * 28 + "(2)"), ("", "表")]:
        assert sheet_name(wanted, taken) == fit
        taken.add(fit.lower())


def test_widths_follow_the_measured_rule():
    assert column_width(["欧阳晓明"]) == 9.5
    assert column_width(["x"], header="处理", filtered=True) == 8.5
    assert column_width(["长" * 50]) == 40
    assert column_width([]) == 6
    assert row_height([("一二三四五六", 7.5)]) == row_height([("x\ny", 20)])


def test_a_terminal_column_counts_chinese_twice():
    assert terminal_cells(pad("房号", 8)) == 8
    assert cut("建筑面积大于", 7) == "建筑面…"
    assert cut("abc", 3) == "abc"


def test_a_form_counts_its_widths_in_a_font_that_every_office_has(tmp_path):
    from ownerbook.reports.forms.paper import Paper, form_pen

    with form_pen(tmp_path / "f.xlsx", "试", "试", as_of=date(2026, 10, 31), workspace="试") as pen:
        paper = Paper(pen.page("试"))
        paper.title("标题")
        paper.finish()
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert book._fonts[0].name == "Arial"
    assert book.worksheets[0]["A1"].font.name == "微软雅黑"


def test_the_font_is_ours_and_not_the_theme_of_the_office_program(tmp_path):
    import zipfile

    path = tmp_path / "a.xlsx"
    with Pen(path, title="t", as_of=date(2026, 10, 31)) as pen:
        pen.page("甲").text(1, 1, "张")
    styles = zipfile.ZipFile(path).read("xl/styles.xml").decode()
    assert "微软雅黑" in styles and "<scheme" not in styles
