"""I04: a file number unlike the policy's form."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="I04",
    severity="warning",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("档号格式不符", "File number of another form"),
    message=Text("档号 {found} 不合制度规定的格式", "the file number {found} is not of the policy's form"),
    why=Text("格式不一的档号不能排序，也看不出是哪一户。", "Numbers of other forms do not sort, and do not show their house."),
    fix=Text(
        "按「档号格式」规范书写；已经用过的号要同步改引用它的表。",
        "Write it as 档号格式 says, and change the rows that refer to it.",
    ),
    reasons=("file-format",),
    wrong="""
        档案: 档号
        «xhy—1—2—301—1»
        «YG-1-2-301-1»
        «XX-1-2-301-01»
    """,
    right="""
        档案: 档号
        YG-1-2-301-01
        YG-01-02-0301-02
        YG-S-012-01
    """,
)
