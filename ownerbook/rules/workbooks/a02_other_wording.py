"""A02: header has another wording."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A02",
    severity="warning",
    stage=Stage.FILE,
    repair="auto",
    title=Text("表头用了别的叫法", "Header has another wording"),
    message=Text("表头「{text}」按「{header}」读取", "the header {text} is read as {header}"),
    why=Text("叫法不统一，换人后容易认错列。", "With several wordings the next person may take the wrong column."),
    fix=Text("把表头改为「{header}」。", "Change the header to {header}."),
    facts=("header-other-wording",),
)
