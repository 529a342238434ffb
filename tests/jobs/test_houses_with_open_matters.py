"""Houses are divided, joined and renumbered while their files are lent, on hold or being put right; and a renumbering is taken back."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace, write  # noqa: E402
from registration_pages_filled import row, rows  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
YES = ["--yes", "--by", "G001", "--agreed", "G002"]
DIVIDE = ["house", "divide", "1-1-101", "1-1-101", "1-1-102", "--area", "50,40.5"]
JOIN = ["house", "join", "1-1-101", "1-1-102", "--into", "1-1-101", "--evidence", "CL0010"]
MATTERS = ("借阅", "整改", "暂缓处置")


def loan(file: str) -> dict[str, object]:
    made = {"借阅单号": "JY001", "档号": file, "借阅人": "赵乙", "借阅人身份": "业主", "联系电话": "13900000001", "借阅事由": "核对"}
    made |= {"申请日期": date(2026, 10, 28), "审核人": "G002", "审核结果": "同意", "审核日期": date(2026, 10, 28), "借出日期": date(2026, 10, 29)}
    return made | {"经办人": "G001", "应还日期": date(2026, 11, 13)}


def audit(file: str) -> dict[str, object]:
    made = {"审核单号": "SH001", "档号": file, "审核日期": date(2026, 10, 20), "审核人": "G002", "审核类型": "定期", "审核结果": "不合格"}
    return made | {"问题描述": "缺页", "整改责任人": "G001", "整改期限": date(2026, 11, 10)}


def built(tmp_path: Path, *, file: str = "YG-1-1-101-01", first: tuple[str, ...] = MATTERS) -> Path:
    made = sheets(3)
    if "借阅" in first:
        made["借阅"].append(loan(file))
        made["档案"][0]["档案状态"] = "借出"
    if "整改" in first:
        made["审核"].append(audit(file))
    if "暂缓处置" in first:
        made["档案"][0] |= {"暂缓处置至": date(2027, 1, 31), "暂缓原因": "诉讼"}
    return workspace(tmp_path / "小区", made)


def ask(root: Path, *argv: str) -> int:
    return main([*argv, "--in", str(root), "--as-of", "2026-10-31"])


def test_a_division_tells_each_open_matter_and_leaves_it_as_it_was(tmp_path, capsys):
    root = built(tmp_path)
    before = rows(root, "借阅"), rows(root, "审核"), row(root, "档案", "YG-1-1-101-01")
    assert ask(root, *DIVIDE, *YES) == 0
    said = capsys.readouterr().out
    assert all(f"! {label}：YG-1-1-101-01" in said for label in MATTERS)
    assert (rows(root, "借阅"), rows(root, "审核"), row(root, "档案", "YG-1-1-101-01")) == before
    new = row(root, "档案", "YG-1-1-102-01")
    assert new["档案状态"] in ("在库", "待整理") and new["暂缓处置至"] is None


@pytest.mark.parametrize("matter", MATTERS)
def test_a_file_with_an_open_matter_is_not_archived_when_its_house_is_joined_to_another(tmp_path, capsys, matter):
    root = built(tmp_path, first=())
    assert ask(root, *DIVIDE, *YES) == 0
    assert ask(root, "house", "join", "1-1-101", "1-1-102", "--into", "1-1-102", "--dry-run") == 0
    assert "! 归档" in capsys.readouterr().out  # with nothing open the old file is to be archived
    tables = {name: rows(root, name) for name in sheets()}
    file = next(r for r in tables["档案"] if r["档号"] == "YG-1-1-101-01")
    if matter == "借阅":
        tables["借阅"] = [loan("YG-1-1-101-01")]
        file["档案状态"] = "借出"
    elif matter == "整改":
        tables["审核"] = [audit("YG-1-1-101-01")]
    else:
        file |= {"暂缓处置至": date(2027, 1, 31), "暂缓原因": "诉讼"}
    write(root, tables)
    assert ask(root, "house", "join", "1-1-101", "1-1-102", "--into", "1-1-102", "--evidence", "CL0010", *YES) == 0
    said = capsys.readouterr().out
    assert f"! {matter}：原档案 YG-1-1-101-01" in said and "! 归档" not in said
    assert not rows(root, "处置") and row(root, "业主", "Y001")["业主状态"] == "原业主"


def test_a_renumbering_is_taken_back_on_every_sheet(tmp_path, capsys):
    root = built(tmp_path)
    before = {name: rows(root, name) for name in ("房屋", "业主", "档案", "材料", "借阅")}
    assert ask(root, "house", "renumber", "1-1-101", "1-1-111", "--yes", "--by", "G002") == 0
    assert row(root, "业主", "Y001")["房号"] == "1-1-111"
    number = next(e.number for e in Journal(root).backwards("applied"))
    assert ask(root, "undo", str(number)) == 0
    plan = next((root / "检查结果").glob("撤销方案*.xlsx"))
    book = openpyxl.load_workbook(plan)
    tab = book["变更方案"]
    heads = {c.value: c.column for c in tab[4]}
    for at in range(5, tab.max_row + 1):
        if tab.cell(at, 1).value:
            tab.cell(at, heads["处理"]).value, tab.cell(at, heads["采用人"]).value = "采用", "G002"
    filled = root.parent / "撤销.xlsx"
    book.save(filled)
    assert ask(root, "reconcile", "--apply", str(filled), "--by", "G002") == 0
    assert {name: rows(root, name) for name in before} == before


def test_houses_whose_owner_has_no_status_are_neither_divided_nor_joined(tmp_path, capsys):
    made = sheets(3)
    made["业主"][0]["业主状态"] = None
    root = workspace(tmp_path / "小区", made)
    assert ask(root, *DIVIDE, *YES) == 1
    assert ask(root, "house", "join", "1-1-101", "1-1-201", "--into", "1-1-201", "--evidence", "CL0010", *YES) == 1
    assert capsys.readouterr().err.count("没有写业主状态") == 2


def test_a_renumbering_leaves_a_building_as_staff_write_it(tmp_path):
    made = sheets(3)
    made["房屋"][0] |= {"楼栋": "1栋", "单元": "1单元"}
    root = workspace(tmp_path / "小区", made)
    assert ask(root, "house", "renumber", "1-1-101", "1-1-111", "--yes", "--by", "G002") == 0
    house = row(root, "房屋", "1-1-111")
    assert (house["楼栋"], house["单元"], house["室号"]) == ("1栋", "1单元", "111")
