"""B14: another sign for yes or no."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B14",
    severity="notice",
    stage=Stage.FORM,
    repair="auto",
    title=Text("是/否写法不一", "Another sign for yes or no"),
    message=Text("「{header}」的 {found} 按「{suggestion}」读取", "{found} in {header} is read as {suggestion}"),
    why=Text("√、有、1、TRUE 混用，统计时会漏。", "Ticks, words and numbers side by side slip through a count."),
    fix=Text("改为列表中的值。", "Change it to the listed value."),
    reasons=("synonym-yes-no",),
    wrong="""
        业主: 业主编号 | 主联系人 | 隐私告知书
        Y1 | «√» | «有»
        Y2 | «b:FALSE» | «n:1»
    """,
    right="""
        业主: 业主编号 | 主联系人 | 隐私告知书
        Y1 | 是 | 已签
        Y2 | 也许 | 未签
    """,
)
