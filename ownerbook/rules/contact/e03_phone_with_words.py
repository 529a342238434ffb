"""E03: a phone with a name or words beside it."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E03",
    severity="warning",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("号码带姓名或说明", "Phone with words beside it"),
    message=Text("电话 {found} 里有姓名或说明", "words stand beside the number in {found}"),
    why=Text("号码旁的文字使查找和拨打都出错。", "Words beside the number spoil searching and dialling."),
    fix=Text("只留号码，文字移到「备注」。", "Keep the number alone, and move the words to 备注."),
    reasons=("phone-text",),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «13800001234 李四»
        Y2 | 自然人 | «李四:13800001234»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | 13800001234
        Y2 | 自然人 | 0755-82345678转801
    """,
)
