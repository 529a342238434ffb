"""K04: the reviewer of a loan is its borrower."""

from collections.abc import Iterator

import numpy as np

from ownerbook.register.persons import FINE
from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.people.acts import STAFF_NEEDS
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K04",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("审核人就是借阅人", "Reviewer is the borrower"),
    message=Text("审核人「{found}」就是借阅人（工号 {number}）", "reviewer {found} is the borrower (no. {number})"),
    why=Text("自己批准自己借阅，审核形同虚设。", "Who decides on their own loan decides nothing."),
    fix=Text("由另一位有借阅审批权限的人重新审核。", "Have somebody else who holds 借阅审批 decide."),
    needs=STAFF_NEEDS + " loans.borrower loans.borrower_kind loans.applied_on loans.reviewer loans.decided_on",
    wrong="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
        G1 | 王芳 | 借阅审批 | 2020-01-01 | 2020-01-01

        借阅: 借阅单号 | 借阅人 | 借阅人身份 | 申请日期 | 审核人 | 审核日期
        J1 | 王芳 | 员工 | 2026-03-01 | «G1» | 2026-03-02
    """,
    right="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
        G1 | 王芳 | 借阅审批 | 2020-01-01 | 2020-01-01
        G2 | 李雷 | 借阅审批 | 2020-01-01 | 2020-01-01
        G3 | 韩梅 | | 2020-01-01 | 2020-01-01

        借阅: 借阅单号 | 借阅人 | 借阅人身份 | 申请日期 | 审核人 | 审核日期
        J1 | 王芳 | 员工 | 2026-03-01 | G2 | 2026-03-02
        J2 | 王芳 | 业主 | 2026-03-01 | G1 | 2026-03-02
        J3 | 韩梅 | 员工 | 2026-03-01 | G3 | 2026-03-02
        J4 | 王芳 | 员工 | 2026-03-01 | | 2026-03-02
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Persons are compared, not spellings; a borrower is staff only as 员工. A reviewer of whom there is more to say is told once."""
    c = v.loans
    acting = c.acting("reviewer")
    mine = rows(c.borrower_kind.is_("员工") & c.borrower.ok & (acting.person >= 0) & (acting.trouble == FINE))
    applied = np.where(c.applied_on.ok, c.applied_on.days, NO_DAY).astype(np.int32)
    who, _ = v.persons.resolve([c.borrower.text(int(r)) for r in mine], applied[mine])
    same = mine[who == acting.person[mine]]
    yield Hit("loans", same, "reviewer", lambda r: {"number": v.staff.key_text(int(acting.person[r]))})
