"""Ledgers that are no single list: one column a house, one page a house, owners and houses in different tabs."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import ledgers  # noqa: E402
from ledgers import name, phone, resident  # noqa: E402
from test_adopting import adopt, run, space  # noqa: E402, F401
from test_placing import converted, lost  # noqa: E402

from ownerbook.adopt.arrangement import CARD, TRANSPOSED  # noqa: E402


def transposed(path):
    rows = [["房号", *(f"1-1-{n}01" for n in range(1, 7))], ["业主姓名", *(name(n) for n in range(6))], ["联系电话", *(phone(n) for n in range(6))]]
    rows += [["身份证号", *(resident(n) for n in range(6))], ["建筑面积", *(80.5 + n for n in range(6))], ["交房日期", *(date(2020, 1, n + 1) for n in range(6))]]
    return ledgers.write(path, rows)


def card(path):
    rows = [
        ["业主登记卡"], ["房号", "1-1-101", "建筑面积", 88.5], ["业主姓名", name(1), "性别", "男"], ["身份证号", resident(1), "联系电话", phone(1)],
        ["通讯地址", "某市某区某路12号"], ["紧急联系人", name(2), "电话", phone(2)], ["家庭成员"], ["姓名", "关系", "电话"], [name(3), "配偶", phone(3)], ["备注", None],
    ]  # fmt: skip
    return ledgers.write(path, rows, merges={"A1:D1": "业主登记卡"}, tab="1-1-101")


def relational(path):
    houses = [["房屋编号", "楼栋编号", "单元编号", "建筑面积", "业主编号"]]
    houses += [[f"{n}01", "1", "1", 80 + n, f"K{n:03d}"] for n in range(1, 8)] + [["801", "1", "1", 99, "K001"], ["901", "1", "1", 99, "K999"]]
    owners = [["业主编号", "业主名称", "手机号", "身份证号"], *([f"K{n:03d}", name(n), phone(n), resident(n)] for n in range(1, 9))]
    return ledgers.write(path, houses, tab="房屋信息", more={"业主信息": owners})


@pytest.mark.parametrize(("writer", "why"), [(transposed, TRANSPOSED), (card, CARD)])
def test_what_is_no_list_is_named_with_what_to_do_and_kept_whole(tmp_path, writer, why):
    tabs, out = converted(writer(tmp_path / "a.xlsx"))
    assert [(t.layout.use, t.layout.why) for t in tabs] == [(False, why)]
    assert lost(tabs, out) == set()


def test_owners_in_another_tab_are_joined_by_their_number_when_checked(space):  # noqa: F811
    relational(space / "资料.xlsx")
    adopt(space, "资料.xlsx")
    result = run(space)
    said = {str(f.place): f.say() for f in result.findings if f.code == "R63"}
    assert "8 套房按业主编号与业主表对上，1 套房写的业主编号在业主表里没有（如 K999）" in said["资料.xlsx 房屋信息!E10"]


def test_joined_owners_have_the_houses_that_name_them(space):  # noqa: F811
    from ownerbook.jobs.reading import read_register
    from ownerbook.jobs.workspace import open_workspace

    relational(space / "资料.xlsx")
    adopt(space, "资料.xlsx")
    register = read_register(open_workspace([space], Path.cwd()), date(2026, 11, 25)).register
    owners = register.tables["owners"]
    houses = sorted((owners.found("owner_no", r), owners.found("house_no", r)) for r in range(len(owners)))
    assert houses[:3] == [("K001", "1-1-101"), ("K001", "1-1-801"), ("K002", "1-1-201")]
    assert houses[-1] == ("K008", "")
    assert str(owners.place(0, "name")) == "资料.xlsx 业主信息!B2"
    assert owners.place(0, "house_no").cell is None


def test_before_confirming_staff_are_told_which_tabs_hang_together(tmp_path):
    from ownerbook.jobs.adopt import look_at

    relational(tmp_path / "资料.xlsx")
    book = look_at([Path("资料.xlsx")], tmp_path).books[0]
    assert "与「业主信息」对上" in book.seen[0][0].zh
    assert "从「房屋信息」补上房号" in book.seen[1][0].zh
