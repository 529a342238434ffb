"""D05: a rare character of a name was lost."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="D05",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("生僻字丢失", "Rare character lost"),
    message=Text("姓名 {found} 里有丢失的字", "the name {found} has lost a character"),
    why=Text(
        "生僻字变成问号或方块后，姓名就和证件对不上。",
        "With a question mark or a box in it the name no longer agrees with the document.",
    ),
    fix=Text("按证件重新录入，用 GB 18030 中的字。", "Type it again from the document, with characters of GB 18030."),
    reasons=("name-lost-character",),
    wrong="""
        业主: 业主编号 | 姓名
        Y1 | «张?明»
        Y2 | «李□»
    """,
    right="""
        业主: 业主编号 | 姓名
        Y1 | 张䶮明
        Y2 | 李\U00020bb7
    """,
)
