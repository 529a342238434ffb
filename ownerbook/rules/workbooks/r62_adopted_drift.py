"""R62: the ledger's header is not as it was confirmed."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R62",
    severity="notice",
    stage=Stage.FILE,
    repair="hand",
    title=Text("台账的表头与认定时不同", "The ledger's header is not as it was confirmed"),
    message=Text("表头与认定时不同：{changes}", "the header is not as it was confirmed: {changes}"),
    why=Text(
        "换了位置和改了名的列已跟着读取；新增的列没有读取，不见了的列读不到。",
        "Columns that moved or were renamed were followed; new ones are not read, and those that are gone cannot be.",
    ),
    fix=Text("核对一遍，再运行 ownerbook adopt 重新认定。", "Look it over, then run ownerbook adopt again and confirm."),
    facts=("adopted-drift",),
)
