"""A01a: required column is absent."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A01a",
    severity="error",
    stage=Stage.FILE,
    repair="hand",
    title=Text("缺少必需的列", "Required column is absent"),
    message=Text("表头里没有「{header}」列", "the header has no column {header}"),
    why=Text("这一列整列读不到，与它有关的检查都没有做。", "Nothing that rests on this column can be checked."),
    fix=Text("在表头补上「{header}」列；改过名的，改回原名。", "Add the column {header}, or give it its name back."),
    facts=("column-missing",),
)
