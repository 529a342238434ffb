"""C01a: a document number whose order number is 000."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C01a",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("顺序码为 000", "Order number is 000"),
    message=Text("证件号码 {found} 的顺序码是 000", "the order number of {found} is 000"),
    why=Text("顺序码从 001 起，000 多为编造或录错。", "Order numbers begin with 001; 000 is mostly made up or mistyped."),
    fix=Text("对照证件复印件核对。", "Check it against the copy."),
    reasons=("document-order",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «132101199001010002»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
    """,
)
