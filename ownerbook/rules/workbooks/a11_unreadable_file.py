"""A11: file cannot be read."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A11",
    severity="error",
    stage=Stage.FILE,
    repair="hand",
    title=Text("文件读不了", "File cannot be read"),
    message=Text("{reason}", "{reason}"),
    why=Text("这个文件里的内容没有检查。", "Nothing in this file was checked."),
    fix=Text("{remedy}", "{remedy}"),
    facts=("unreadable",),
)
