"""K05b: who borrowed as 员工 is not on 人员."""

from collections.abc import Iterator

import numpy as np

from ownerbook.register.persons import UNKNOWN
from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.people.acts import STAFF_NEEDS
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K05b",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("借阅员工不在人员表", "Borrowing employee not on 人员"),
    message=Text("借阅人 {found} 按员工登记，「人员」表里没有", "borrower {found} is entered as 员工, but is not on 人员"),
    why=Text("员工借阅只限「人员」表上的人。", "Only people on 人员 borrow as staff."),
    fix=Text("核对借阅人和借阅人身份。", "Check the borrower and what they are."),
    needs=STAFF_NEEDS + " loans.borrower loans.borrower_kind",
    wrong="""
        人员: 工号 | 姓名 | 入职日期
        G1 | 王芳 | 2020-01-01

        借阅: 借阅单号 | 借阅人 | 借阅人身份
        J1 | «李雷» | 员工
    """,
    right="""
        人员: 工号 | 姓名 | 入职日期
        G1 | 王芳 | 2020-01-01
        G2 | 韩梅 | 2020-01-01
        G3 | 韩梅 | 2020-01-01

        借阅: 借阅单号 | 借阅人 | 借阅人身份
        J1 | 王芳 | 员工
        J2 | 韩梅 | 员工
        J3 | 李雷 | 业主
        J4 | 待补 | 员工
        J5 | | 员工
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Being on 人员 is enough."""
    c = v.loans
    mine = rows(c.borrower_kind.is_("员工") & c.borrower.ok)
    _, trouble = v.persons.resolve([c.borrower.text(int(r)) for r in mine], np.full(len(mine), NO_DAY, np.int32))
    yield Hit("loans", mine[trouble == UNKNOWN], "borrower")
