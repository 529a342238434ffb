"""补件登记单 and 归档清单 printed, filled in and read back, by the command and through the inbox."""

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from deadline_registers import tables  # noqa: E402
from registers import workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY = "2026-10-31"


@pytest.fixture
def space(tmp_path):
    """House 3 lacks two papers and waits to be arranged; the owner of house 8 left, that of house 7 did and its archiving waits for approval."""
    t = tables()
    t["档案"][2]["档案状态"] = "待整理"
    t["业主"][7] |= {"业主状态": "原业主", "迁出日期": date(2026, 9, 1)}
    t["处置"] = [d for d in t["处置"] if d["处置单号"] != "CZ06"]
    t["档案"][6] |= {"档案状态": "在库", "暂缓处置至": None, "暂缓原因": None}
    plain = {"档号": t["档案"][6]["档号"], "处置方式": "归档", "处置依据": "制度", "处置原因": "过户", "鉴定人": "G002", "鉴定日期": date(2026, 9, 1)}
    t["处置"].append({"处置单号": "CZ30", **plain})
    return workspace(tmp_path / "小区", t)


def sheet(space, name) -> list[dict]:
    rows = list(openpyxl.load_workbook(space / "登记簿.xlsx")[name].iter_rows(values_only=True))
    return [dict(zip(rows[0], r, strict=True)) for r in rows[1:] if r[0]]


def form(space, tmp_path, kind, *more) -> Path:
    path = tmp_path / f"{kind}.xlsx"
    assert main(["form", kind, str(space), "--as-of", DAY, "-o", str(path), *more]) == 0
    return path


def fill(path, tab, row, **cells) -> None:
    book = openpyxl.load_workbook(path)
    heads = {c.value: c.column for c in book[tab][4]}
    for head, value in cells.items():
        book[tab].cell(row, heads[head]).value = value
    book.save(path)


def lines(path, tab) -> list[dict]:
    rows = list(openpyxl.load_workbook(path)[tab].iter_rows(min_row=4, values_only=True))
    return [dict(zip(rows[0], r, strict=True)) for r in rows[1:] if isinstance(r[0], int)]


def filled(space, path, *more) -> int:
    return main(["filled", str(path), "--in", str(space), "--on", DAY, *more])


PAPER = {"形式": "原件", "页数": 2, "份数": 1, "收件日期": date(2026, 10, 30), "收件人": "G001"}


def test_the_list_of_papers_owed_shows_each_once_with_the_owner_masked_and_rows_for_others(space, tmp_path):
    got = lines(form(space, tmp_path, "补件登记单"), "补件登记单")
    owed = [r for r in got if r["档号"]]
    assert [(r["房号"], r["材料类型"]) for r in owed] == [("1-1-301", "购房发票"), ("1-1-301", "隐私告知书")]
    assert all("*" in r["业主"] for r in owed) and len(got) == len(owed) + 12
    assert lines(form(space, tmp_path, "late-papers", "--house", "1-1-401"), "补件登记单")[0]["档号"] is None
    assert main(["form", "补件登记单", str(space), "--house", "9-9-901", "--as-of", DAY]) == 2


def test_papers_that_came_are_written_and_the_file_goes_into_use_once(space, tmp_path, capsys):
    path = form(space, tmp_path, "补件登记单")
    fill(path, "补件登记单", 5, **PAPER)
    fill(path, "补件登记单", 7, 档号="YG-1-1-301-01", 材料类型="装修申请", **PAPER)
    fill(path, "补件登记单", 8, 房号="9-9-901", 材料类型="装修申请", **PAPER)
    before = len(sheet(space, "材料"))
    assert filled(space, path, "--write") == 1
    assert "第 8 行" in capsys.readouterr().err
    assert len(sheet(space, "材料")) == before + 2 and sheet(space, "档案")[2]["档案状态"] == "待整理"
    fill(path, "补件登记单", 6, **PAPER)
    fill(path, "补件登记单", 8, 房号=None, 材料类型=None, **dict.fromkeys(PAPER))
    assert filled(space, path, "--write") == 0
    assert len(sheet(space, "材料")) == before + 3 and sheet(space, "档案")[2]["档案状态"] == "在库"
    as_it_is = (space / "登记簿.xlsx").read_bytes()
    assert filled(space, path, "--write") == 0
    assert (space / "登记簿.xlsx").read_bytes() == as_it_is


def test_an_archiving_goes_by_three_papers_from_the_appraisal_to_the_state_of_the_file(space, tmp_path, capsys):
    path = form(space, tmp_path, "归档清单")
    (due,), (waiting,) = lines(path, "归档清单"), lines(path, "待批准")
    assert (due["档号"], waiting["处置单号"]) == ("YG-1-1-801-01", "CZ30") and lines(path, "待执行") == []
    fill(path, "归档清单", 5, 鉴定意见="归档", 鉴定人="G002", 鉴定日期=date(2026, 10, 30))
    fill(path, "待批准", 5, 批准人="G002", 批准日期=date(2026, 10, 30))
    assert filled(space, path, "--write") == 1
    assert "批准人" in capsys.readouterr().err
    assert len(lines(form(space, tmp_path, "处置批准单"), "待批准")) == 2
    path = form(space, tmp_path, "disposal-approval")
    fill(path, "待批准", 5, 批准人="李三", 批准日期=date(2026, 10, 30))
    assert filled(space, path, "--write") == 0
    path = form(space, tmp_path, "归档清单")
    (ready,) = lines(path, "待执行")
    assert ready["处置单号"] == "CZ30"
    fill(path, "待执行", 5, 执行日期=date(2026, 10, 31))
    assert filled(space, path, "--write") == 0
    assert sheet(space, "档案")[6]["档案状态"] == "已归档"


def test_a_list_in_the_inbox_becomes_a_plan_and_is_written_after_the_yes(space, tmp_path, capsys):
    path = form(space, tmp_path, "补件登记单")
    fill(path, "补件登记单", 5, **PAPER)
    fill(path, "补件登记单", 6, **PAPER)
    (space / "收件箱").mkdir()
    path.rename(space / "收件箱" / "补件.xlsx")
    before = len(sheet(space, "材料"))
    plan = tmp_path / "方案.xlsx"
    assert main(["reconcile", "--in", str(space), "--as-of", DAY, "--out", str(plan)]) in (0, 1)
    assert "填好的清单" in capsys.readouterr().out and len(sheet(space, "材料")) == before
    assert main(["reconcile", "--apply", str(plan), "--by", "G002", "--in", str(space), "--as-of", DAY]) in (0, 1)
    assert len(sheet(space, "材料")) == before + 2 and sheet(space, "档案")[2]["档案状态"] == "在库"
    assert sheet(space, "变更") == []  # the papers themselves tell why the state moved


def test_rectifications_and_verifications_are_signed_on_a_list_and_read_back(space, tmp_path, capsys):
    book = openpyxl.load_workbook(space / "登记簿.xlsx")
    tab = book["审核"]
    heads = {c.value: c.column for c in tab[1]}
    found = {"审核单号": "SH901", "档号": "YG-1-1-301-01", "审核日期": date(2026, 10, 1), "审核人": "G002", "审核类型": "抽查", "审核结果": "不合格"}
    for head, value in (found | {"问题描述": "缺页", "整改期限": date(2026, 10, 31), "整改责任人": "G001"}).items():
        tab.cell(tab.max_row + (head == "审核单号"), heads[head]).value = value
    book.save(space / "登记簿.xlsx")
    path = form(space, tmp_path, "待签办单")
    (line,) = lines(path, "待整改")
    assert (line["审核单号"], line["整改责任人"]) == ("SH901", "G001")
    fill(path, "待整改", 5, 整改完成日期=date(2026, 10, 30))
    assert filled(space, path, "--write") == 0
    path = form(space, tmp_path, "signing")
    assert lines(path, "待整改") == []
    fill(path, "待复核", 5, 复核人="G001", 复核日期=date(2026, 10, 31))
    assert filled(space, path, "--write") == 1
    fill(path, "待复核", 5, 复核人="G002", 复核日期=date(2026, 10, 31))
    assert filled(space, path, "--write") == 0
    assert next(r for r in sheet(space, "审核") if r["审核单号"] == "SH901")["复核人"] == "G002"
