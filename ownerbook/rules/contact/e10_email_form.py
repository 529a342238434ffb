"""E10: an e-mail address of a wrong form."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E10",
    severity="warning",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("邮箱格式错误", "E-mail address of a wrong form"),
    message=Text("电子邮箱 {found} 的格式不对", "the e-mail address {found} is not well formed"),
    why=Text("写错的邮箱收不到信。", "No letter reaches a mistyped address."),
    fix=Text("核对后改正。", "Check and correct it."),
    reasons=("email",),
    wrong="""
        业主: 业主编号 | 电子邮箱
        Y1 | «zhang@@example.com»
        Y2 | «zhang@example。com»
        Y3 | «zhang.example.com»
    """,
    right="""
        业主: 业主编号 | 电子邮箱 | 业主状态
        Y1 | zhang.san@mail.example.com |
        Y2 | 无 |
        Y3 | 已封存 | 原业主
    """,
)
