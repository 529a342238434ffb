"""R63: what else to know of the ledger."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R63",
    severity="notice",
    stage=Stage.FILE,
    repair="hand",
    title=Text("台账里另须留意的地方", "What else to know of the ledger"),
    message=Text("另须留意：{seen}", "to be noted: {seen}"),
    why=Text(
        "合并、隐藏、删除线、底色这些只有看着表的人才懂，软件读取但不猜测含义。",
        "Merges, hidden rows, strike-outs and fills say something only to who looks at the sheet; they are read, not guessed at.",
    ),
    fix=Text("有含义的，加一列写明。", "Where they mean something, add a column that says it."),
    facts=("adopted-seen",),
)
