"""D01: the dot inside a name is another sign."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="D01",
    severity="notice",
    stage=Stage.FORM,
    repair="auto",
    title=Text("间隔号不统一", "Another dot inside a name"),
    message=Text("姓名 {found} 的间隔号应为 ·", "the dot inside the name {found} should be ·"),
    why=Text("间隔号写法不同，同一个人查不到。", "With another dot the same person is not found."),
    fix=Text("统一为 ·(U+00B7)。", "Use · (U+00B7)."),
    reasons=("name-dot",),
    wrong="""
        业主: 业主编号 | 姓名
        Y1 | «买买提•艾力»
        Y2 | «买买提.艾力»
    """,
    right="""
        业主: 业主编号 | 姓名
        Y1 | 买买提·艾力
        Y2 | J. Smith
    """,
)
