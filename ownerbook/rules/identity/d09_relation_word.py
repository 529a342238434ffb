"""D09: another word for a listed relation."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="D09",
    severity="notice",
    stage=Stage.FORM,
    repair="auto",
    title=Text("关系用了口语", "Everyday word for a relation"),
    message=Text("「{header}」的 {found} 按「{suggestion}」读取", "{found} in {header} is read as {suggestion}"),
    why=Text("口语称呼和列表中的关系混用，统计时会漏。", "Everyday words beside the listed ones slip through a count."),
    fix=Text("改为列表中的关系。", "Change it to the listed relation."),
    reasons=("synonym-relation",),
    wrong="""
        家庭成员: 成员编号 | 与业主关系
        M1 | «老公»
        M2 | «女儿»
    """,
    right="""
        家庭成员: 成员编号 | 与业主关系
        M1 | 配偶
        M2 | 邻居
    """,
)
