"""R03a: a number outside the bounds of its column."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R03a",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("数值超出范围", "Number out of bounds"),
    message=Text("「{header}」的 {found} 超出了允许的范围", "{found} is out of bounds for {header}"),
    why=Text("这样的数值不可能成立。", "Such a number cannot be."),
    fix=Text("对照原件改正。", "Correct it from the papers."),
    reasons=("bounds",),
    wrong="""
        房屋: 房号 | 建筑面积
        1-1-101 | «0»
        1-1-102 | «-3»

        材料: 材料编号 | 页数 | 份数
        C1 | «0» | «n:1.5»

        业主: 业主编号 | 产权份额
        Y1 | «n:120»
        Y2 | «3/2»
    """,
    right="""
        房屋: 房号 | 建筑面积
        1-1-101 | 0.5

        材料: 材料编号 | 页数 | 份数
        C1 | 1 | 1

        业主: 业主编号 | 产权份额
        Y1 | n:100
        Y2 | 100%
    """,
)
