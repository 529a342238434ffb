"""R40: lent to a borrower who had a loan 30 days overdue."""

from collections.abc import Iterator

from ownerbook.deadlines import loans
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R40",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("借给了停借的借阅人", "Lent to a blocked borrower"),
    message=Text(
        "{found} 在 {day} 又借档案，而 {other} 应于 {due} 归还，当时已逾期 {late} 天",
        "{found} borrowed on {day}, when {other}, due on {due}, was {late} days overdue",
    ),
    why=Text("逾期 30 天的借阅人不再借给（制度「催还阶梯」）。", "Who is 30 days overdue gets no further loan (policy 催还阶梯)."),
    fix=Text("先收回逾期的档案；确已归还的，补登归还日期。", "Get the overdue file back first; if it came back, enter the day."),
    needs=loans.BORROWER_NEEDS,
    wrong="""
        今天 2026-06-01

        借阅: 借阅单号 | 借阅人 | 联系电话 | 借出日期 | 应还日期 | 归还日期
        J1 | 王芳 | 13900000001 | 2026-01-05 | 2026-02-05 | 2026-05-01
        J2 | «王芳» | 139-0000-0001 | 2026-03-09 | 2026-04-09 | 2026-03-20
        J3 | «王芳» | 13900000001 | 2026-04-30 | 2026-06-01 |
        J4 | 李雷 | 13900000002 | 2026-01-05 | 2026-02-05 |
        J5 | «李雷» | 13900000002 | 2026-05-30 | 2026-06-30 |
    """,
    right="""
        今天 2026-06-01

        借阅: 借阅单号 | 借阅人 | 联系电话 | 借出日期 | 应还日期 | 归还日期 | 归还状态
        J1 | 王芳 | 13900000001 | 2026-01-05 | 2026-02-05 | 2026-05-01 |
        J2 | 王芳 | 13900000001 | 2026-03-06 | 2026-04-07 | 2026-03-20 |
        J3 | 王芳 | 13900000001 | 2026-05-01 | 2026-06-01 | |
        J4 | 王芳 | 13900000009 | 2026-04-30 | 2026-06-01 | |
        J5 | 李雷 | 13900000002 | 2026-01-05 | 2026-02-05 | | 遗失
        J6 | 李雷 | 13900000002 | 2026-05-29 | 2026-06-29 | |
        J7 | 韩梅 | 1390000 | 2026-01-05 | 2026-02-05 | |
        J8 | 韩梅 | 1390000 | 2026-05-29 | 2026-06-29 | |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The other loan was still out: one brought back on the day of lending blocks nothing."""
    when, lent = loans.due(v, v.calendar), v.loans.lent_on
    by = loans.blocked_by(v, when)

    def values(row: int) -> dict[str, object]:
        other, day = int(by[row]), lent.days[row]
        due = when.day[other]
        return {"day": iso(day), "other": v.loans.key_text(other), "due": iso(due), "late": int(day - due)}

    yield Hit("loans", rows(by >= 0), "borrower", values)
