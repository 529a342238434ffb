"""Who may do what, and what an archivist who leaves hands over, on paper."""

from __future__ import annotations

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


def printed(root: Path, kind: str, *more: str) -> openpyxl.Workbook:
    path = root.parent / f"{kind}.xlsx"
    assert main(["form", kind, str(root), "--as-of", DAY, "-o", str(path), *more]) == 0
    return openpyxl.load_workbook(path)


def rows(tab) -> list[dict]:
    heads = [c.value for c in tab[4]]
    return [dict(zip(heads, r, strict=True)) for r in tab.iter_rows(min_row=5, values_only=True) if isinstance(r[0], int)]


def test_every_step_names_who_may_do_it_and_one_that_nobody_may_is_told(tmp_path):
    held = tables()
    for person in held["人员"]:
        person["权限"] = str(person["权限"]).replace("、处置批准", "").replace("处置批准、", "").replace("处置批准", "")
    book = printed(workspace(tmp_path / "小区", held), "权限责任表")
    by = {r["环节"]: r for r in rows(book["权限责任表"])}
    assert by["批准处置"]["缺人"] == "没有人能办" and by["批准处置"]["可以办的人"] is None
    assert by["审批借阅"]["缺人"] in (None, "能办的人即将离职") and "G002" in by["审批借阅"]["可以办的人"] and "孙二" not in str(by)
    assert {r["人员"].split()[0] for r in rows(book["培训情况"])} >= {"G001", "G002"}


def test_the_only_one_who_leaves_within_a_month_is_told(tmp_path):
    held = tables()
    held["人员"][0]["离职日期"] = date(2026, 11, 15)
    by = {r["环节"]: r for r in rows(printed(workspace(tmp_path / "小区", held), "权限责任表")["权限责任表"])}
    assert by["借出、归还"]["缺人"] == "能办的人即将离职"


def test_who_leaves_hands_over_what_is_open_and_every_file_by_its_place(tmp_path):
    root = workspace(tmp_path / "小区", tables())
    book = printed(root, "档案管理交接清单", "--person", "G001")
    matters = rows(book["未了事项"])
    assert {m["编号"] for m in matters if m["事项"] == "借出未还"} == {"JY001", "JY002"}
    assert sum(r["档案数"] for r in rows(book["档案分布"])) == 8 and sum(r["借出"] for r in rows(book["档案分布"])) == 2
    assert any("封存钥匙" in str(c.value) for row in book["钥匙与账号"].iter_rows() for c in row)
    assert not [m for m in rows(printed(root, "档案管理交接清单", "--person", "G002")["未了事项"]) if m["事项"] == "借出未还"]


def test_a_person_whom_nobody_knows_is_one_sentence(tmp_path, capsys):
    root = workspace(tmp_path / "小区", tables())
    assert main(["form", "档案管理交接清单", str(root), "--person", "无名"]) == 2
    assert "请写工号" in capsys.readouterr().err
