"""D02: a space inside a name of two characters."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="D02",
    severity="notice",
    stage=Stage.FORM,
    repair="auto",
    title=Text("两字名中间有空格", "Space inside a name of two characters"),
    message=Text("姓名 {found} 中间有空格", "the name {found} has a space inside"),
    why=Text("为了排版加的空格，使同一个人查不到。", "A space put in for looks hides the person from a search."),
    fix=Text("去掉空格。", "Remove the space."),
    reasons=("name-inner-space",),
    wrong="""
        业主: 业主编号 | 姓名
        Y1 | «张\u3000伟»
        Y2 | «张 伟»
    """,
    right="""
        业主: 业主编号 | 姓名
        Y1 | 张伟
        Y2 | John Smith
    """,
)
