"""R42: applied for after it was decided."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R42",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("审核或借出早于申请", "Decided or lent before it was applied for"),
    message=Text("{header} {found} 早于申请日期 {applied}", "{header} {found} lies before the application of {applied}"),
    why=Text("先申请，再审核、借出；日期颠倒说明有一个不对。", "Application comes first; one of the dates is wrong."),
    fix=Text("对照借阅单改正申请日期或后一日期。", "Correct either date from the loan slip."),
    needs="loans.loan_no loans.applied_on loans.decided_on loans.lent_on",
    wrong="""
        借阅: 借阅单号 | 申请日期 | 审核日期 | 借出日期
        J1 | 2026-03-02 | «2026-03-01» | 2026-03-05
        J2 | 2026-03-02 | | «2026-03-01»
        J3 | 2026-03-02 | «2026-03-01» | 2026-03-01
    """,
    right="""
        借阅: 借阅单号 | 申请日期 | 审核日期 | 借出日期
        J1 | 2026-03-02 | 2026-03-02 | 2026-03-02
        J2 | 2026年3月 | 2026-03-01 | 2026-03-01
        J3 | 2026-03-02 | |
        J5 | 2026-03-02 | | 2026-03-02
        J4 | 2026-03-02 | 2026-03-03 | 2026-03-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """At the decision; the lending is compared only where no decision is dated (else with the decision, K03)."""
    c = v.loans
    applied = c.applied_on
    early = applied.ok & c.decided_on.ok & (c.decided_on.days < applied.days)
    yield Hit("loans", rows(early), "decided_on", lambda r: {"applied": iso(applied.days[r])})
    early = applied.ok & c.decided_on.blank & c.lent_on.ok & (c.lent_on.days < applied.days)
    yield Hit("loans", rows(early), "lent_on", lambda r: {"applied": iso(applied.days[r])})
