"""K03a: lent although refused, or not yet decided."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K03a",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("未同意而借出", "Lent without consent"),
    message=Text("审核结果是 {decision}，却在 {found} 借出", "the decision is {decision}, yet it was lent on {found}"),
    why=Text("只有审核同意的才可借出。", "Only what was agreed may be lent."),
    fix=Text(
        "核对借阅单的审核结果；确未同意的，追回档案并记违规。",
        "Check the decision on the slip; if there was no consent, get the file back and record the breach.",
    ),
    needs="loans.loan_no loans.decision loans.lent_on",
    wrong="""
        借阅: 借阅单号 | 审核结果 | 借出日期
        J1 | 不同意 | «2026-03-02»
        J2 | 待审 | «2026-03-02»
    """,
    right="""
        借阅: 借阅单号 | 审核结果 | 借出日期
        J1 | 同意 | 2026-03-02
        J2 | 待审 |
        J3 | 不同意 | 无
        J4 | | 2026-03-02
        J5 | 再议 | 2026-03-02
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Told at the lending, not at the decision (judging.md §1)."""
    c = v.loans
    yield Hit("loans", rows(c.decision.is_("待审", "不同意") & c.lent_on.ok), "lent_on", lambda r: {"decision": c.found("decision", r)})
