"""R22: a failed audit that does not say what was found."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R22",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("不合格没有问题描述", "Failed audit without a finding"),
    message=Text("审核不合格，却没有填写问题描述", "the audit failed and does not say what was found"),
    why=Text("不写问题，就不知道要改什么。", "Without it nobody knows what to put right."),
    fix=Text("补填问题描述。", "Enter what was found."),
    needs="audits.result audits.finding",
    wrong="""
        审核: 审核单号 | 审核结果 | 问题描述
        S1 | 不合格 | «»
        S2 | 不合格 | «无»
    """,
    right="""
        审核: 审核单号 | 审核结果 | 问题描述
        S1 | 不合格 | 页数不符
        S2 | 合格 |
        S3 | 不合格 | e:#REF!
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Required with 不合格."""
    yield Hit("audits", rows(v.audits.result.is_("不合格") & v.audits.finding.blank), "finding")
