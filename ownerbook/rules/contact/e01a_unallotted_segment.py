"""E01a: a mobile number in a segment that is not allotted."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E01a",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("号段未分配", "Segment not allotted"),
    message=Text("电话 {found} 的号段在工信部分配表中没有", "the segment of {found} is not on the ministry's list"),
    why=Text("号段表会增加，但多数是录错。", "The list grows, but mostly the number is mistyped."),
    fix=Text("回访业主核实。", "Ask the owner."),
    reasons=("phone-segment",),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «15400001234»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | 13800001234
        Y2 | 自然人 | 19200001234
    """,
)
