"""The tutorial is followed to the letter: every command of it runs in its order, and the screen shows what it says."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ownerbook.cli.main import main

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
PAGE = Path(__file__).parents[1] / "docs" / "tutorial.md"
STEP = re.compile(r"^```(sh|text)\n(.*?)^```|^<!-- 手工：(.*?) -->", re.M | re.S)
REGISTER, LEDGER = "业主档案登记簿.xlsx", "档案管理台账.xlsx"


def _type(book: str, sheet: str, *rows: dict[str, object]) -> None:
    opened = openpyxl.load_workbook(book)
    tab = opened[sheet]
    heads = [c.value for c in tab[1]]
    for row in rows:
        at = next(r for r in range(2, tab.max_row + 2) if not tab.cell(r, 1).value or tab.cell(r, 1).value == next(iter(row.values())))
        for header, value in row.items():
            tab.cell(at, heads.index(header) + 1).value = value
    opened.save(book)


def staff_and_shelves() -> None:
    since = date(2025, 12, 1)
    people = (("G001", "钱一", "档案经办"), ("G002", "孙二", "借阅审批、审核"), ("G003", "李三", "处置批准、审核"))
    _type(LEDGER, "人员", *({"工号": n, "姓名": name, "岗位": "物业", "权限": r, "入职日期": since, "保密协议签订日期": since} for n, name, r in people))
    _type(LEDGER, "制度", {"参数": "项目代码", "值": "YG"}, {"参数": "制度版本", "值": "V1"})
    shelves = ({"位置编号": f"A01-01-01-{b:02d}", "档案室": "A01", "柜号": "01", "层": "01", "盒号": f"{b:02d}", "容量": 4} for b in (1, 2, 3))
    _type(REGISTER, "位置", *shelves)


def handover_list() -> None:
    path = next(Path("检查结果").glob("开发商交房清单*.xlsx"))
    book = openpyxl.load_workbook(path)
    tab = book.active
    head = {"开发商": "阳光置业", "登记人": "G001", "登记日期": date(2026, 1, 10), "取得日期": date(2026, 1, 8), "核对人": "G001"}
    for label, value in head.items():
        cell = next(c for row in tab.iter_rows(max_row=5) for c in row if c.value == label)
        tab.cell(cell.row, next((m.max_col + 1 for m in tab.merged_cells.ranges if cell.coordinate in m), cell.column + 1)).value = value
    top = next(r for r in range(1, 12) if str(tab.cell(r, 1).value or "").startswith("房号"))
    heads = {str(c.value).split("\n")[0]: c.column for c in tab[top] if c.value}
    for n in range(1, 6):
        values: dict[str, object] = {"房号": f"1-1-{n}01", "房屋用途": "住宅", "建筑面积": 90 + n, "套内面积": 75 + n, "签约日期": date(2025, 11, 3)}
        values |= {"交房日期": date(2026, 1, 8), "业主姓名": "赵" + "甲乙丙丁戊"[n - 1], "业主类型": "自然人", "证件类型": "护照", "证件号码": f"E1234000{n}"}
        values |= {"联系电话": f"1390000000{n}", "告知书签订": "已签", "材料：身份证件复印件": 1, "材料：购房合同": 12}
        values |= {f"材料：{p}": 2 for p in ("业主登记表", "购房发票", "房屋交接验收单", "隐私告知书") if (n, p) != (3, "购房发票")}
        for header, value in values.items():
            tab.cell(top + n, heads[header]).value = value
    book.save(Path("收件箱") / path.name)


def plan_taken() -> None:
    path = next(Path("检查结果").glob("变更方案*.xlsx"))
    book = openpyxl.load_workbook(path)
    tab = book["变更方案"]
    top = next(r for r in range(1, 15) if "处理" in [c.value for c in tab[r]])
    heads = [c.value for c in tab[top]]
    for row in range(top + 1, tab.max_row + 1):
        if tab.cell(row, heads.index("编号") + 1).value:
            tab.cell(row, heads.index("处理") + 1).value, tab.cell(row, heads.index("采用人") + 1).value = "采用", "G003"
    book.save(Path("收件箱") / path.name)


def phone(text: str) -> Callable[[], None]:
    def typed() -> None:
        owners = openpyxl.load_workbook(REGISTER)["业主"]
        second = next(r[0].value for r in owners.iter_rows(min_row=2) if r[1].value == "1-1-201")
        _type(REGISTER, "业主", {"业主编号": second, "联系电话": text})

    return typed


BY_HAND: dict[str, Callable[[], None]] = {
    "人员和位置": staff_and_shelves,
    "交房清单": handover_list,
    "采用方案": plan_taken,
    "电话少一位": phone("1390000000"),
    "电话改对": phone("13900000002"),
}


class Keyboard(io.StringIO):
    """Somebody at the terminal who answers what is asked."""

    def isatty(self) -> bool:
        return True


def test_every_step_of_the_tutorial_works(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-02-01T09:00:00")
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "state"))
    told, commands = "", 0
    steps = STEP.findall(PAGE.read_text("utf-8"))
    assert {hand for _, _, hand in steps if hand} == set(BY_HAND)
    for language, body, hand in steps:
        if hand:
            BY_HAND[hand]()
            continue
        if language == "text":
            for line in body.strip().splitlines():
                assert line.strip() in told, f"the screen does not show: {line}\n{told}"
            continue
        told = ""
        for line in body.strip().splitlines():
            command, _, remark = line.partition("#")
            words = shlex.split(command)
            if words[0] == "cd":
                monkeypatch.chdir(words[1])
                continue
            assert words[0] == "ownerbook", line
            if answers := re.search("回答：(.*)", remark):
                monkeypatch.setattr("sys.stdin", Keyboard(answers[1].replace("、", "\n") + "\n"))
            capsys.readouterr()
            status = main(words[1:])
            out, err = capsys.readouterr()
            told += out + err
            commands += 1
            assert status == 1 if "退出码 1" in remark else status in (0, 1), f"{line}: {status}\n{out}{err}"
    assert commands > 15
