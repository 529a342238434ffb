"""K03: lent before the decision, or on a decision of which reviewer or day is missing."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K03",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("未审批先借出", "Lent before it was decided"),
    message=Text("借出日期 {lent}，{decided}", "lent on {lent}, {decided}"),
    why=Text("业主档案先审后借，事后补审等于没有审。", "A file is lent only once somebody has decided on it."),
    fix=Text(
        "对照借阅单核对审核人、审核日期和借出日期；确为先借后审的，记违规。",
        "Check reviewer and both dates on the slip; if it was lent first, record the breach.",
    ),
    needs="loans.loan_no loans.reviewer loans.decision loans.decided_on loans.lent_on",
    wrong="""
        借阅: 借阅单号 | 审核人 | 审核结果 | 审核日期 | 借出日期
        J1 | G2 | 同意 | 2026-03-03 | «2026-03-02»
        J2 | «» | 同意 | 2026-03-01 | 2026-03-02
        J3 | G2 | 同意 | «» | 2026-03-02
    """,
    right="""
        借阅: 借阅单号 | 审核人 | 审核结果 | 审核日期 | 借出日期
        J1 | G2 | 同意 | 2026-03-02 | 2026-03-02
        J2 | | 同意 | 2026-03-01 |
        J3 | | 待审 | | 2026-03-02
        J4 | | 不同意 | | 2026-03-02
        J5 | G2 | 同意 | 2026年3月 | 2026-03-02
        J6 | G2 | 同意 | 2026-03-03 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Lent although refused or still open is K03a; a decision on the day of lending is in time."""
    c = v.loans
    decided, lent = c.decided_on, c.lent_on
    late = decided.ok & lent.ok & (decided.days > lent.days)
    yield Hit("loans", rows(late), "lent_on", lambda r: _said(v, r, f"晚至 {iso(decided.days[r])} 才审核", f"but decided on {iso(decided.days[r])}"))
    agreed = c.decision.is_("同意") & lent.ok
    for column, field in ((c.reviewer, "reviewer"), (decided, "decided_on")):
        header = column.column.header
        told = (f"「{header.zh}」没有填写", f"but {header.en} is blank")
        yield Hit("loans", rows(agreed & column.blank), field, lambda r, told=told: _said(v, r, *told))  # type: ignore[misc]


def _said(v: View, row: int, zh: str, en: str) -> dict[str, object]:
    return {"lent": iso(v.loans.lent_on.days[row]), "decided": Text(zh, en)}
