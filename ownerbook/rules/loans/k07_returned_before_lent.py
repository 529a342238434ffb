"""K07: returned before it was lent."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K07",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("归还早于借出", "Returned before lent"),
    message=Text("归还日期 {found} 早于借出日期 {lent}", "returned on {found}, before it was lent on {lent}"),
    why=Text("先借后还；日期颠倒，逾期就算不对。", "A file is lent before it comes back; with dates reversed no deadline is right."),
    fix=Text("对照借阅单改正归还日期或借出日期。", "Correct either date from the loan slip."),
    needs="loans.lent_on loans.returned_on",
    wrong="""
        借阅: 借阅单号 | 借出日期 | 归还日期
        J1 | 2026-01-31 | «2026-01-01»
    """,
    right="""
        借阅: 借阅单号 | 借出日期 | 归还日期
        J1 | 2026-01-31 | 2026-01-31
        J2 | 2026-01-31 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The later step's cell is the place."""
    lent, returned = v.loans.lent_on, v.loans.returned_on
    wrong = lent.ok & returned.ok & (returned.days < lent.days)
    yield Hit("loans", rows(wrong), "returned_on", lambda r: {"lent": iso(lent.days[r])})
