"""D07: several persons in one cell."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="D07",
    severity="error",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("一格多人", "Several persons in one cell"),
    message=Text("姓名 {found} 是不止一个人", "the name {found} is more than one person"),
    why=Text(
        "一行只能有一个证件号、一份份额，共有人要分行。",
        "A row has one document number and one share; co-owners need rows of their own.",
    ),
    fix=Text("每位共有人一行，各填各的证件号码和份额。", "Give each co-owner a row with their own number and share."),
    reasons=("name-several",),
    wrong="""
        业主: 业主编号 | 姓名 | 业主类型
        Y1 | «张三、李四» | 自然人
        Y2 | «张三⏎李四» | 自然人
    """,
    right="""
        业主: 业主编号 | 姓名 | 业主类型
        Y1 | 张三 | 自然人
        Y2 | 甲、乙合伙企业 | 法人
        Y3 | 甲、乙 | 法人
    """,
)
