"""E05: a number of machines or satellites."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E05",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("物联网或卫星号段", "Segment of machines or satellites"),
    message=Text("电话 {found} 属于物联网或卫星号段", "{found} is in a segment of machines or satellites"),
    why=Text("这类号码一般不接听来电。", "Such numbers hardly take calls."),
    fix=Text("请业主提供另一个号码。", "Ask the owner for another number."),
    reasons=("phone-iot", "phone-satellite"),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «1440000012345»
        Y2 | 自然人 | «17400001234»
        Y3 | 自然人 | «13490001234»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | 13800001234
    """,
)
