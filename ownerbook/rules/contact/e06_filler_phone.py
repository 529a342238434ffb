"""E06: a number typed to fill the cell."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E06",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("占位号码", "Filler in place of a phone"),
    message=Text("电话 {found} 像是随手填的占位号码", "{found} looks like a filler"),
    why=Text("占位号码联系不到业主。", "A filler reaches nobody."),
    fix=Text("补录真实号码。", "Fill in the true number."),
    reasons=("phone-placeholder",),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «13000000000»
        Y2 | 自然人 | «13800138000»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | 13800001234
        Y2 | 自然人 | 13800001111
    """,
)
