"""B01a: a phone has been shortened to a power of ten."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B01a",
    severity="error",
    stage=Stage.DAMAGE,
    repair="hand",
    title=Text("电话变成了科学计数", "Phone turned into a power of ten"),
    message=Text("「{header}」{found} 是科学计数，末几位已丢失", "{header} {found} is a power of ten; its last digits are lost"),
    why=Text("显示成科学计数后再保存为文本，末几位就找不回来。", "Once saved as shown, the last digits are gone."),
    fix=Text("向本人核实后，按文本重新录入。", "Ask the person, and type the number as text."),
    reasons=("scientific",),
    wrong="""
        业主: 业主编号 | 联系电话
        Y1 | «1.38E+10»
        Y2 | «n:1380000123412345678»
    """,
    right="""
        业主: 业主编号 | 联系电话
        Y1 | 13800001234
        Y2 | n:13800001234
    """,
)
