"""What stands against lending a file."""

from datetime import date

import pytest

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.lending import Application, Desk
from ownerbook.rules.pictures import draw

REGISTER = """
业主: 业主编号 | 房号 | 姓名 | 迁入日期 | 迁出日期 | 业主状态
Y1 | 1-1-101 | 王芳 | 2018-03-01 | 2024-03-01 | 原业主
Y2 | 1-1-101 | 李雷 | 2024-03-01 | | 现业主

档案: 档号 | 房号 | 业主编号 | 建档日期 | 档案状态
A1 | 1-1-101 | Y2 | 2024-03-05 | 在库
A2 | 1-1-101 | Y2 | 2024-03-05 | 借出
A3 | 1-1-101 | Y2 | 2024-03-05 | 已销毁
A4 | 1-1-101 | Y2 | 2024-03-05 | 遗失
A5 | 1-1-101 | Y2 | 2024-03-05 | 在库

材料: 材料编号 | 档号 | 材料类型
C1 | A1 | 授权委托书
C2 | A2 | 授权委托书

借阅: 借阅单号 | 档号 | 借阅人 | 借阅人身份 | 联系电话 | 申请日期 | 审核人 | 审核结果 | 审核日期 | 借出日期 | 应还日期
J1 | A2 | 赵六 | 业主 | 13900000001 | 2026-01-05 | G2 | 同意 | 2026-01-05 | 2026-01-05 | 2026-02-05
J2 | A1 | 李雷 | 业主 | 13900000002 | 2026-10-30 | G2 | 待审 | | |
J3 | A1 | 王芳 | 业主 | 13900000003 | 2026-10-30 | G2 | 同意 | 2026-10-30 | |

处置: 处置单号 | 档号 | 处置方式 | 执行日期
Z1 | A5 | 移交 | 2026-05-01

人员: 工号 | 姓名 | 权限 | 入职日期 | 离职日期
G1 | 钱一 | 档案经办 | 2020-01-01 |
G2 | 孙二 | 借阅审批、档案经办 | 2020-01-01 |
G3 | 周三 | 借阅审批 | 2020-01-01 | 2026-10-30
"""
TODAY = date(2026, 10, 31).toordinal() - EPOCH


@pytest.fixture
def desk() -> Desk:
    register = draw(REGISTER).register()
    return Desk(Whole(register), register.calendar, TODAY)


def keys(desk: Desk, **changes: object) -> list[str]:
    plain: dict[str, object] = {"file": 0, "borrower": "李雷", "kind": "业主", "phone": "13900000002", "applied": TODAY, "reviewer": 1, "handler": 0}
    return [o.key for o in desk.against(Application(**(plain | changes)))]  # type: ignore[arg-type]


def test_nothing_stands_against_an_owner_of_today(desk):
    assert keys(desk) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"file": -1}, "unknown-file"),
        ({"file": 1}, "file-out"),
        ({"file": 2}, "file-gone"),
        ({"file": 3}, "file-lost"),
        ({"file": 4}, "file-gone"),
        ({"borrower": "赵六", "phone": "13900000001", "kind": "外部单位"}, "blocked"),
        ({"borrower": "王芳"}, "not-owner"),
        ({"kind": "受托人"}, "no-authority"),
        ({"kind": "受托人", "authority": 1}, "other-authority"),
        ({"kind": "员工", "borrower": "郑九"}, "not-staff"),
        ({"kind": "员工", "borrower": "孙二"}, "own-reviewer"),
        ({"reviewer": 1, "handler": 1}, "reviewer-lends"),
        ({"reviewer": 0, "handler": 1}, "no-right"),
        ({"reviewer": 2}, "no-right"),
    ],
)
def test_each_reason_is_found_by_itself(desk, changes, reason):
    assert keys(desk, **changes) == [reason]


def test_a_former_owner_may_borrow_for_the_days_on_which_they_owned(desk):
    then = date(2024, 3, 1).toordinal() - EPOCH
    assert keys(desk, borrower="王芳", applied=then) == []
    assert keys(desk, borrower="王芳", applied=then + 1) == ["not-owner"]


def test_the_paper_of_the_same_file_is_authority_enough(desk):
    assert keys(desk, kind="受托人", borrower="吴七", authority=0) == []


def test_applications_are_read_from_the_register(desk):
    applied = desk.applications()
    assert [(a.loan, a.borrower, a.decision) for a in applied] == [(1, "李雷", "待审"), (2, "王芳", "同意")]
    assert [[o.key for o in desk.against(a)] for a in applied] == [["undecided"], ["not-owner"]]


def test_the_same_name_with_another_phone_is_not_blocked(desk):
    assert keys(desk, borrower="赵六", phone="13900000009", kind="外部单位") == []
