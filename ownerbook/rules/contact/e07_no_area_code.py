"""E07: a land line without its area code."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E07",
    severity="notice",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("固话缺区号", "Land line without area code"),
    message=Text("固话 {found} 没有区号", "the land line {found} has no area code"),
    why=Text("没有区号，外地和手机拨不通。", "Without its area code it cannot be dialled from elsewhere."),
    fix=Text("补上区号；制度中填了「区号」的，按建议值。", "Add the area code; with 区号 in 制度 it is suggested."),
    reasons=("phone-no-area",),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «82345678»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | 0755-82345678
        Y2 | 自然人 | 010-82345678
    """,
)
