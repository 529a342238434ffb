"""F01: a house number that cannot be read."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="F01",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("房号无法解析", "House number cannot be read"),
    message=Text("房号 {found} 看不出是哪一户", "the house number {found} does not tell the house"),
    why=Text("缺栋或缺单元的房号可能是好几户。", "A number without its building may be several houses."),
    fix=Text("按「房号格式」补全栋、单元、室。", "Complete building, unit and room as 房号格式 says."),
    reasons=("house-unreadable",),
    wrong="""
        房屋: 房号
        «1203»
        «n:1203»
        «某某家»
    """,
    right="""
        房屋: 房号
        1-2-301
        1栋2单元302
        3-1501
        S-012
    """,
)
