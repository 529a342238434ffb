"""The problem workbook: every problem with its cell, nothing personal unless asked, ids by which answers come back."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from ownerbook.register.register import Register
from ownerbook.reports import annotated_copy
from ownerbook.reports.finding_id import finding_ids
from ownerbook.reports.pen import KIND_PROPERTY
from ownerbook.reports.problem_list import ANSWER_COLUMN, CHECK_COLUMN, COLUMNS, HEADER_ROW, ID_COLUMN
from ownerbook.reports.problems import problem_workbook, write_problems
from ownerbook.reports.run_info import Fixed, RunInfo, WorkbookRead
from ownerbook.rules.book import cards
from ownerbook.rules.judge import judge
from ownerbook.rules.pictures import draw
from ownerbook.schema.finding import Finding

# openpyxl does not know data bars that begin at zero, which are an extension of the format
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

DAY = date(2026, 10, 31)
NUMBER, PHONE, NAME = "130203197603075213", "13800001234", "欧阳晓明"
DRAWN = f"""
    房屋: 房号 | 楼栋 | 建筑面积 | 房屋用途 | 房屋状态
    3-2-1501 | 3 | 89.5 | 住宅 | 自住
    S-012 | | 40 | 商铺 | 空置
    4-1-101 | 5 | 90 | 住宅 | 自住

    业主: 业主编号 | 房号 | 姓名 | 证件类型 | 证件号码 | 联系电话 | 产权份额 | 业主状态
    Y1 | 3-2-1501 | {NAME} | 居民身份证 | {NUMBER} | {PHONE}5 | 60% | 现业主
    Y2 | 3-2-1501 | 王芳 | 居民身份证 | t:=1+1 | {PHONE} | 30% | 现业主
    Y3 | 9-9-909 | 李雷 | | | | | 现业主

    档案: 档号 | 房号 | 业主编号 | 题名
    YG-3-2-1501-01 | 3-2-1501 | Y1 | {NAME}档案

    借阅: 借阅单号 | 档号 | 借出日期 | 归还日期
    J1 | YG-3-2-1501-01 | 2026-03-10 | 2026-03-01
"""


def drawn() -> tuple[Register, list[Finding]]:
    register = draw(DRAWN).register()
    chosen = [c for c in cards() if c.code in ("D08", "E01", "F02", "K07", "R07", "C01", "C02", "R01")]
    return register, judge(register, chosen)


def rows(path: Path, sheet: str = "问题清单") -> list[dict[str, object]]:
    page = openpyxl.load_workbook(path)[sheet]
    heads = [c.value for c in page[HEADER_ROW]]
    return [dict(zip(heads, (c.value for c in row), strict=True)) for row in page.iter_rows(min_row=HEADER_ROW + 1)]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    register, findings = drawn()
    path = tmp_path_factory.mktemp("检查结果") / "问题清单.xlsx"
    info = RunInfo("示例花园", [WorkbookRead("登记簿.xlsx", "ab" * 32, 9), WorkbookRead("坏.xlsx", trouble="文件设有打开密码")])
    ids = problem_workbook(path, findings, as_of=DAY, register=register, info=info, fixed=[Fixed("K01", "loans", "J9", "应还日期")])
    return path, findings, ids


def test_every_problem_is_a_row_with_its_place_and_the_gravest_come_first(written):
    path, findings, ids = written
    listed = rows(path)
    assert Counter(r["编号"] for r in listed) == Counter(ids)
    assert {(r["规则"].split()[0], r["记录"]) for r in listed} == {(f.code, f.record) for f in findings}
    order = ["错误", "警告", "提示"]
    assert [r["级别"] for r in listed] == sorted((r["级别"] for r in listed), key=order.index)


def test_the_place_is_a_link_that_opens_the_cell(written):
    path, findings, _ = written
    page = openpyxl.load_workbook(path)["问题清单"]
    links = {(cell.hyperlink.target, cell.hyperlink.location) for (cell,) in page.iter_rows(min_row=HEADER_ROW + 1, min_col=4, max_col=4)}
    assert links == {(f"..\\{f.place.workbook}", f"'{f.place.sheet}'!{f.place.cell}") for f in findings}


def test_the_house_is_told_through_file_and_owner(written):
    path, _, _ = written
    houses = {(r["规则"].split()[0], r["记录"]): r["房号"] for r in rows(path)}
    assert houses["K07", "J1"] == "3-2-1501"
    assert houses["F02", "Y3"] == "9-9-909"


def test_answers_are_chosen_from_a_list_and_the_id_is_hidden(written):
    path, findings, _ = written
    page = openpyxl.load_workbook(path)["问题清单"]
    (rule,) = page.data_validations.dataValidation
    letter = openpyxl.utils.get_column_letter(ANSWER_COLUMN)
    assert str(rule.sqref) == f"{letter}{HEADER_ROW + 1}:{letter}{HEADER_ROW + len(findings)}"
    assert rule.formula1 == '"采纳建议,已更正,豁免,待核实"'
    assert page.column_dimensions[openpyxl.utils.get_column_letter(ID_COLUMN)].hidden
    assert sum(w for _, w in COLUMNS[: ID_COLUMN - 1]) <= 175
    assert page.column_dimensions[openpyxl.utils.get_column_letter(CHECK_COLUMN)].hidden


def test_faulty_cells_are_coloured_and_say_what_is_wrong(written):
    path, findings, _ = written
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["概览", "问题清单", "房屋", "业主", "借阅", "已解决"]
    noted = {(s, c.comment.text.split()[0]) for s in ("房屋", "业主", "借阅") for row in book[s].iter_rows() for c in row if c.comment}
    assert noted == {({"houses": "房屋", "owners": "业主", "loans": "借阅"}[f.table], f.code) for f in findings}
    page = book["业主"]
    heads = [c.value for c in page[annotated_copy.HEADER_ROW]]
    share = page.cell(annotated_copy.HEADER_ROW + 1, heads.index("产权份额") + 1)
    assert "D08" in share.comment.text and share.fill.fgColor.rgb == "FFFCE4E1"
    assert page.max_row == annotated_copy.HEADER_ROW + 3


def test_the_number_of_a_row_leads_to_its_annotated_cell(written):
    path, _, _ = written
    book = openpyxl.load_workbook(path)
    for row in book["问题清单"].iter_rows(min_row=HEADER_ROW + 1):
        sheet, _, cell = row[0].hyperlink.location.partition("!")
        assert row[2].value.split()[0] in book[sheet.strip("'")][cell].comment.text


def whole_text(path: Path) -> str:
    with ZipFile(path) as package:
        return "\n".join(package.read(n).decode("utf-8", "replace") for n in package.namelist())


def test_names_and_numbers_are_masked_everywhere_unless_asked(written, tmp_path):
    path, _, _ = written
    masked = whole_text(path)
    assert not [secret for secret in (NUMBER, PHONE, NAME, "王芳", "李雷") if secret in masked]
    register, findings = drawn()
    problem_workbook(tmp_path / "全.xlsx", findings, as_of=DAY, register=register, masked=False)
    assert all(secret in whole_text(tmp_path / "全.xlsx") for secret in (NUMBER, PHONE, NAME))


def test_no_cell_holds_a_formula(written, tmp_path):
    register, findings = drawn()
    problem_workbook(tmp_path / "全.xlsx", findings, as_of=DAY, register=register, masked=False)
    for path in (written[0], tmp_path / "全.xlsx"):
        with ZipFile(path) as package:
            assert not [n for n in package.namelist() if n.startswith("xl/worksheets/sheet") and b"<f>" in package.read(n)]


def test_the_summary_counts_what_is_not_waived(tmp_path):
    register, findings = drawn()
    findings[0].state = "waived"
    problem_workbook(tmp_path / "a.xlsx", findings, as_of=DAY, register=register)
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["概览"]
    counts = Counter(f.severity for f in findings[1:])
    assert [page["A5"].value, page["C5"].value, page["E5"].value] == [counts["error"], counts["warning"], counts["notice"]]
    assert page["L5"].value == 1


def test_of_a_large_sheet_only_the_rows_with_problems_are_copied(monkeypatch, tmp_path):
    monkeypatch.setattr(annotated_copy, "WHOLE_UP_TO", 1)
    register, findings = drawn()
    problem_workbook(tmp_path / "a.xlsx", findings, as_of=DAY, register=register)
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["房屋"]
    assert "只列有问题的" in page["A2"].value
    bad = {f.place.row for f in findings if f.table == "houses"}
    assert page.max_row == annotated_copy.HEADER_ROW + len(bad)


def test_a_problem_file_says_so_and_is_the_same_to_the_byte(written, tmp_path):
    path, findings, _ = written
    assert {p.name: p.value for p in openpyxl.load_workbook(path).custom_doc_props}[KIND_PROPERTY] == "problems"
    register, again = drawn()
    for name in ("a.xlsx", "b.xlsx"):
        problem_workbook(tmp_path / name, again, as_of=DAY, register=register)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_clean_register_gets_a_workbook_that_says_so(tmp_path):
    problem_workbook(tmp_path / "a.xlsx", [], as_of=DAY)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["概览", "问题清单"]
    assert book["问题清单"].cell(HEADER_ROW + 1, 1).value == "没有发现问题。"


def test_ids_stay_when_rows_move_and_differ_for_equal_problems():
    _, findings = drawn()
    before = finding_ids(findings)
    moved = [Finding(f.code, f.severity, f.place.__class__(f.place.workbook, f.place.sheet, (f.place.row or 0) + 7, f.place.column), f.record, f.header,
                     f.message, f.advice, f.values, table=f.table) for f in findings]  # fmt: skip
    assert finding_ids(moved) == before
    assert len(set(finding_ids([*findings, *findings]))) == 2 * len(findings)
    assert not set(finding_ids(findings, secret=b"x")) & set(before)
    assert all(len(i) == 12 for i in before)


@dataclass
class Run:
    """A run, as the job gives it."""

    register: Register
    findings: list[Finding]
    as_of: date = DAY
    workbooks: list[str] = field(default_factory=lambda: ["图"])
    fixed: list[object] = field(default_factory=list)
    fingerprints: dict[str, str] = field(default_factory=dict)


def test_a_run_is_written_with_links_relative_to_where_the_workbooks_lie(tmp_path):
    register, findings = drawn()
    (tmp_path / "检查结果").mkdir()
    path = write_problems(tmp_path / "检查结果" / "清单.xlsx", Run(register, findings), title="示例花园", root=tmp_path)
    cell = openpyxl.load_workbook(path)["问题清单"].cell(HEADER_ROW + 1, 4)
    assert cell.hyperlink.target.startswith("..\\")
    path = write_problems(path, Run(register, findings), title="", root=tmp_path, link_base="\\\\NAS\\登记册")
    cell = openpyxl.load_workbook(path)["问题清单"].cell(HEADER_ROW + 1, 4)
    assert cell.hyperlink.target.startswith("file:///\\\\NAS\\登记册\\")


def test_english_is_english(tmp_path):
    register, findings = drawn()
    problem_workbook(tmp_path / "a.xlsx", findings, as_of=DAY, register=register, lang="en")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[:2] == ["Summary", "Problems"]
    assert book["Problems"].cell(HEADER_ROW, 7).value == "What is wrong"
