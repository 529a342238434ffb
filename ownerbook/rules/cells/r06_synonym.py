"""R06: another word for a listed value."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R06",
    severity="notice",
    stage=Stage.FORM,
    repair="auto",
    title=Text("用了可选值的别称", "Another word for a listed value"),
    message=Text("「{header}」的 {found} 按「{suggestion}」读取", "{found} in {header} is read as {suggestion}"),
    why=Text("同一意思几种写法，筛选时会漏。", "Several words for one thing slip through a filter."),
    fix=Text("改为列表中的值。", "Change it to the listed value."),
    reasons=("synonym",),
    wrong="""
        业主: 业主编号 | 业主类型 | 证件类型 | 证件有效期至
        Y1 | «个人» | «身份证» | «长期有效»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 证件类型 | 证件有效期至
        Y1 | 自然人 | 居民身份证 | 长期
        Y2 | 某类 | 某证 | 某日
    """,
)
