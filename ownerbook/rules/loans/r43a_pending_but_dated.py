"""R43a: a loan is 待审 although a day of decision is entered."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R43a",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("待审却有审核日期", "Undecided, yet dated"),
    message=Text("审核结果是 {found}，审核日期却是 {day}", "the decision is {found}, yet it is dated {day}"),
    why=Text("不知审了没有，就不知能不能借。", "Nobody can tell whether the file may be lent."),
    fix=Text("已审的填审核结果，未审的清空审核日期。", "Enter the decision, or clear its day if there was none."),
    needs="loans.loan_no loans.decision loans.decided_on loans.lent_on",
    wrong="""
        借阅: 借阅单号 | 审核结果 | 审核日期 | 借出日期
        J1 | «待审» | 2026-03-01 |
    """,
    right="""
        借阅: 借阅单号 | 审核结果 | 审核日期 | 借出日期
        J1 | 待审 | |
        J2 | 同意 | 2026-03-01 |
        J3 | 待审 | 2026-03-01 | 2026-03-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Lent while 待审 is K03a and says all; a reviewer named in advance is no problem."""
    c = v.loans
    wrong = c.decision.is_("待审") & c.decided_on.ok & c.lent_on.blank
    yield Hit("loans", rows(wrong), "decision", lambda r: {"day": iso(c.decided_on.days[r])})
