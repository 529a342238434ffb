"""A registration form in the inbox: one act over owner, file and papers, or a reason why not."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402
from test_reconciling_rounds import BOOK, choose, round_  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY = date(2026, 10, 31)


def put(tab, label: str, row: int, value: object) -> None:
    """Fill the place beside a label."""
    found = next(c for c in tab[row] if str(c.value or "").startswith(label))
    column = found.column + 1
    while type(tab.cell(row, column)).__name__ == "MergedCell":
        column += 1
    tab.cell(row, column).value = value


def form(root: Path, house: str, clerk: str = "G001") -> None:
    """A form as a new owner fills it in."""
    blank = root.parent / "业主登记表.xlsx"
    assert main(["template", "业主登记表", "--out", str(blank)]) == 0
    book = openpyxl.load_workbook(blank)
    tab = book.active
    rows = {str(c.value): c.row for r in tab.iter_rows(max_col=1) for c in r if c.value}
    put(tab, "房号", rows["房号"], house)
    put(tab, "登记日期", rows["登记日期"], DAY)
    put(tab, "取得日期", rows["登记日期"], DAY)
    put(tab, "姓名", rows["姓名或名称"], "欧阳甲")
    put(tab, "业主类型", rows["姓名或名称"], "自然人")
    put(tab, "证件类型", rows["证件类型"], "护照")
    put(tab, "证件号码", rows["证件类型"], "E12345678")
    put(tab, "联系电话", rows["联系电话"], "13900001234")
    put(tab, "隐私告知书", rows["隐私告知书"], "已签")
    put(tab, "告知日期", rows["隐私告知书"], DAY)
    if clerk:
        put(tab, "登记人", rows["登记人"], clerk)
    (root / "收件箱").mkdir(exist_ok=True)
    book.save(root / "收件箱" / "登记.xlsx")


@pytest.fixture
def root(tmp_path):
    tables = sheets(3)
    tables["房屋"].append(
        {
            "房号": "1-1-401",
            "楼栋": "1",
            "单元": "1",
            "室号": "401",
            "建筑面积": 90.5,
            "房屋用途": "住宅",
            "签约日期": date(2026, 10, 1),
            "房屋状态": "空置",
        }
    )
    return workspace(tmp_path / "小区", tables)


def test_a_new_owner_comes_with_a_file_as_one_act(root):
    form(root, "1-1-401")
    went = round_(root)
    sheets_ = {c.sheet for c in went.found.plan.changes}
    assert {"owners", "files"} <= sheets_ and len({c.bundle for c in went.found.plan.changes}) == 1
    done = choose(root, went)
    assert len(done.taken) == len(went.found.plan.changes) and not done.left
    book = openpyxl.load_workbook(root / BOOK)
    names = [r[2].value for r in book["业主"].iter_rows(min_row=2)]
    assert names.count("欧阳甲") == 1
    assert any(r[0].value == "YG-1-1-401-01" for r in book["档案"].iter_rows(min_row=2))


def test_a_house_that_has_an_owner_or_does_not_exist_is_told_and_nothing_is_planned(root):
    for house in ("1-1-101", "9-9-901"):
        form(root, house)
        went = round_(root)
        assert not went.found.plan.changes
        assert any(house in n.zh for n in (*went.found.notes, *went.notes, *went.found.plan.notes))


def test_a_day_that_cannot_be_read_is_told_and_no_other_day_stands_for_it(root):
    form(root, "1-1-401")
    path = root / "收件箱" / "登记.xlsx"
    book = openpyxl.load_workbook(path)
    tab = book.active
    rows = {str(c.value): c.row for r in tab.iter_rows(max_col=1) for c in r if c.value}
    put(tab, "取得日期", rows["登记日期"], "26/10/31")
    book.save(path)
    went = round_(root)
    assert not went.found.plan.changes and any("取得日期「26/10/31」读不懂" in n.zh for n in went.found.notes)


def test_a_clerk_whom_nobody_knows_is_told_masked_with_the_remedy(root, capsys):
    form(root, "1-1-401", clerk="张三")
    main(["reconcile", "--in", str(root), "--as-of", "2026-10-31"])
    said = "".join(capsys.readouterr())
    assert "张三" not in said and "请写工号" in said
