"""L04: a rectification past its deadline."""

from collections.abc import Iterator

from ownerbook.deadlines import audits
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="L04",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="auto",
    title=Text("整改逾期", "Rectification overdue"),
    message=Text("整改期限 {found} 已过，至今没有复核", "the deadline {found} has passed and nothing has been verified"),
    why=Text("查出的问题要按期改好并经复核。", "What an audit finds is put right and verified in time."),
    fix=Text("完成整改，由他人复核后填写整改完成日期和复核日期。", "Rectify, have another person verify, and enter both days."),
    needs=audits.RECTIFICATION_NEEDS + " today",
    wrong="""
        今天 2026-10-31

        审核: 审核单号 | 审核结果 | 审核日期 | 整改期限 | 整改完成日期 | 复核日期
        S1 | 不合格 | 2026-09-30 | «2026-10-30» | |
        S2 | 不合格 | 2026-09-30 | «2026-10-30» | 2026-10-20 |
    """,
    right="""
        今天 2026-10-31

        审核: 审核单号 | 审核结果 | 审核日期 | 整改期限 | 整改完成日期 | 复核日期
        S1 | 不合格 | 2026-09-30 | 2026-10-31 | |
        S2 | 不合格 | 2026-01-30 | 2026-02-20 | 2026-03-20 | 2026-03-25
        S3 | 不合格 | 2026-01-30 | | |
        S4 | 合格 | 2026-01-30 | 2026-02-20 | |
        S5 | 不合格 | 2026-01-30 | 2026-02-20 | | t:三月
        S1 | 不合格 | 2026-01-30 | 2026-02-20 | |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A rectification is open until its 复核日期."""
    rows, late = audits.open_rectifications(v, v.today)
    yield Hit("audits", rows[late], "rectify_by")
