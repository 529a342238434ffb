"""A05: total row among the data."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A05",
    severity="warning",
    stage=Stage.FILE,
    repair="auto",
    title=Text("数据中夹有合计行", "Total row among the data"),
    message=Text("「{text}」这一行是合计或签字行，已跳过", "the row beginning {text} sums up or signs, and was skipped"),
    why=Text("合计行会被当成一户或一份档案。", "A total row can be taken for a house or a file."),
    fix=Text("把合计移到别的表，或删去这一行。", "Move the total to another sheet, or delete the row."),
    facts=("total-row",),
)
