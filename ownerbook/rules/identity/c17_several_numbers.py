"""C17: several document numbers in one cell."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C17",
    severity="error",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("一格多个证件号", "Several document numbers in one cell"),
    message=Text("证件号码 {found} 里不止一个号码", "{found} holds more than one number"),
    why=Text("一格一个号码才能核对。", "Only one number a cell can be checked."),
    fix=Text("每位共有人一行，各填各的号码。", "Give each co-owner a row with their own number."),
    reasons=("document-several",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «132101199001011232/132101198506152044»
        Y2 | 居民身份证 | «132101199001011232⏎132101198506152044»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
        Y2 | 居民身份证 | 132101 19900101 1232
    """,
)
