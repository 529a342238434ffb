"""L03: a failed audit without a deadline."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="L03",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("不合格没有整改期限", "Failed audit without a deadline"),
    message=Text("审核不合格，却没有填写整改期限", "the audit failed and no day to rectify by is given"),
    why=Text("没有期限，问题就没有人盯着改。", "Without a deadline nobody follows the problem up."),
    fix=Text("补填整改期限和整改责任人。", "Enter the deadline and who rectifies."),
    needs="audits.result audits.rectify_by",
    wrong="""
        审核: 审核单号 | 审核结果 | 整改期限
        S1 | 不合格 | «»
    """,
    right="""
        审核: 审核单号 | 审核结果 | 整改期限
        S1 | 不合格 | 2026-10-31
        S2 | 合格 |
        S3 | 基本合格 |
        S4 | 不合格 | t:尽快
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Required with 不合格."""
    yield Hit("audits", rows(v.audits.result.is_("不合格") & v.audits.rectify_by.blank), "rectify_by")
