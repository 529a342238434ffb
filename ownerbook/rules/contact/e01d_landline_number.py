"""E01d: a land line whose number begins with 0 or 1."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E01d",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("固话号码少见", "Unusual land line"),
    message=Text("固话 {found} 区号后的号码以 0 或 1 开头", "after its area code {found} goes on with 0 or 1"),
    why=Text("固话号码一般不以 0、1 开头。", "Land lines hardly begin with 0 or 1."),
    fix=Text("回访业主核实。", "Ask the owner."),
    reasons=("phone-number",),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «0755-12345679»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | 0755-82345678
    """,
)
