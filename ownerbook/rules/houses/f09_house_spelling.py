"""F09: another spelling of a house number."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="F09",
    severity="notice",
    stage=Stage.FORM,
    repair="auto",
    title=Text("房号书写不统一", "Another spelling of a house number"),
    message=Text("房号 {found} 按 {suggestion} 读取", "the house number {found} is read as {suggestion}"),
    why=Text("同一户几种写法，查找和筛选会漏。", "Several spellings of one house slip through a search."),
    fix=Text("改为标准写法。", "Change it to the standard form."),
    reasons=("house-spelling",),
    wrong="""
        房屋: 房号
        «1栋2单元301室»
        «1-02-0302»

        业主: 业主编号 | 房号
        Y1 | «1#2-301»
    """,
    right="""
        房屋: 房号
        1-2-301
        P-B1-088

        业主: 业主编号 | 房号
        Y1 | 1-2-301
    """,
)
