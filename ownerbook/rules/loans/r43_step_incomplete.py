"""R43: a step of a loan was taken, and what belongs to it is blank."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R43",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("借阅步骤缺项", "Step of a loan incomplete"),
    message=Text("{step}，「{header}」没有填写", "{step}, but {header} is blank"),
    why=Text("审核、借出各要留下人和日期，否则查不清经过。", "Each step leaves a person and a day, or nobody can tell later what happened."),
    fix=Text("按借阅单补填「{header}」。", "Fill in {header} from the loan slip."),
    needs="loans.loan_no loans.decision loans.reviewer loans.decided_on loans.lent_on loans.handled_by loans.returned_on",
    wrong="""
        借阅: 借阅单号 | 审核人 | 审核结果 | 审核日期 | 借出日期 | 经办人 | 归还日期
        J1 | «» | 同意 | 2026-03-01 | | |
        J2 | G2 | 不同意 | «» | | |
        J3 | G2 | 同意 | 2026-03-01 | 2026-03-02 | «» |
        J4 | G2 | 同意 | 2026-03-01 | «» | | 2026-03-09
    """,
    right="""
        借阅: 借阅单号 | 审核人 | 审核结果 | 审核日期 | 借出日期 | 经办人 | 归还日期
        J1 | | 待审 | | | |
        J2 | G2 | 同意 | 2026-03-01 | 2026-03-02 | G1 | 2026-03-09
        J3 | | 同意 | | 2026-03-02 | G1 |
        J4 | G2 | 同意 | 2026-03-01 | 2026年 | G1 | 2026-03-09
        J5 | | | | | |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Agreed and lent without reviewer or day is K03; an 应还日期 that is blank is K02, a return that is, K09."""
    c = v.loans
    decided = c.decision.is_("不同意") | (c.decision.is_("同意") & c.lent_on.blank & c.returned_on.blank)
    for column, field in ((c.reviewer, "reviewer"), (c.decided_on, "decided_on")):
        yield Hit("loans", rows(decided & column.blank), field, lambda r: {"step": Text(f"审核结果是 {c.found('decision', r)}", "it was decided")})
    yield Hit("loans", rows(c.lent_on.ok & c.handled_by.blank), "handled_by", lambda r: {"step": Text("已借出", "it was lent")})
    yield Hit("loans", rows(c.returned_on.ok & c.lent_on.blank), "lent_on", lambda r: {"step": Text("已归还", "it was returned")})
