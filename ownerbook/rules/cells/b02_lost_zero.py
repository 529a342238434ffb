"""B02: a land line has lost its leading zero."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B02",
    severity="warning",
    stage=Stage.DAMAGE,
    repair="confirm",
    title=Text("固话丢失前导 0", "Land line has lost its leading zero"),
    message=Text("「{header}」{found} 少了区号前的 0", "{header} {found} lacks the 0 of its area code"),
    why=Text("没有前面的 0，这个号码拨不通。", "Without its 0 the number cannot be dialled."),
    fix=Text("核对后按建议值补 0，并设为文本格式。", "Check it, put the 0 back and set the cell to text."),
    reasons=("lost-zero",),
    wrong="""
        业主: 业主编号 | 联系电话
        Y1 | «n:75582345678»
        Y2 | «755-82345678»
    """,
    right="""
        业主: 业主编号 | 联系电话
        Y1 | 0755-82345678
        Y2 | n:13800001234
    """,
)
