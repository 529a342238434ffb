"""K04a: the reviewer of a loan is the clerk who lent the file."""

from collections.abc import Iterator

from ownerbook.register.persons import FINE
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.people.acts import STAFF_NEEDS
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K04a",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("审核人就是经办人", "Reviewer is the clerk who lends"),
    message=Text(
        "审核人「{found:staff}」与经办人「{clerk:staff}」是同一人（工号 {number}）",
        "reviewer {found:staff} and clerk {clerk:staff} are one person (no. {number})",
    ),
    why=Text("审核与经办由一人包办，借阅就没有第二双眼睛。", "Where one person decides and lends, nobody else has looked."),
    fix=Text(
        "核对借阅单；确由一人包办的，由另一位有借阅审批权限的人重新审核。",
        "Check the slip; if one person did both, have somebody else who holds 借阅审批 decide.",
    ),
    needs=STAFF_NEEDS + " loans.loan_no loans.reviewer loans.decided_on loans.handled_by loans.lent_on",
    wrong="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
        G1 | 王芳 | 档案经办、借阅审批 | 2020-01-01 | 2020-01-01

        借阅: 借阅单号 | 审核人 | 审核日期 | 经办人 | 借出日期
        J1 | «G1» | 2026-03-02 | 王芳 | 2026-03-02
    """,
    right="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 离职日期 | 保密协议签订日期
        G1 | 王芳 | 档案经办、借阅审批 | 2020-01-01 | 2025-12-31 | 2020-01-01
        G2 | 王芳 | 档案经办 | 2020-01-01 | | 2020-01-01

        借阅: 借阅单号 | 审核人 | 审核日期 | 经办人 | 借出日期
        J1 | G1 | 2025-12-31 | 王芳 | 2026-01-01
        J2 | G1 | 2025-12-31 | |
        J3 | G2 | 2026-03-02 | G2 | 2026-03-02
        J4 | G9 | 2026-03-02 | G9 | 2026-03-02
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A reviewer of whom there is more to say is told once."""
    reviewer, clerk = v.loans.acting("reviewer"), v.loans.acting("handled_by")
    same = (reviewer.person >= 0) & (reviewer.person == clerk.person) & (reviewer.trouble == FINE)
    yield Hit(
        "loans",
        rows(same),
        "reviewer",
        lambda r: {"clerk": v.loans.found("handled_by", r), "number": v.staff.key_text(int(clerk.person[r]))},
    )
