"""R61: the adopted ledger lacks columns of the register."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R61",
    severity="notice",
    stage=Stage.FILE,
    repair="hand",
    title=Text("采用的台账缺少登记簿的列", "The adopted ledger lacks columns of the register"),
    message=Text(
        "这张台账按认定的对照读取，没有这些必填的列：{columns}",
        "this ledger is read through its mapping and has none of these required columns: {columns}",
    ),
    why=Text(
        "缺少的列不逐行报错，要用到这些列的检查没有做。", "Rows are not blamed for columns that are not there; checks that need them were not made."
    ),
    fix=Text(
        "需要这些检查时，在台账里加上这些列并重新运行 ownerbook adopt，或用 ownerbook adopt --convert 转成登记簿。",
        "To have these checks, add the columns and run ownerbook adopt again, or convert with ownerbook adopt --convert.",
    ),
    facts=("adopted-missing",),
)
