"""A07: hidden or filtered rows."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A07",
    severity="notice",
    stage=Stage.FILE,
    repair="auto",
    title=Text("有隐藏或被筛选掉的行", "Hidden or filtered rows"),
    message=Text(
        "从这一行起有 {count} 行被隐藏或筛选，已照常检查", "{count} rows from here on are hidden or filtered; they were checked all the same"
    ),
    why=Text("在筛选后的表里粘贴，会把看不见的行改坏。", "Pasting over a filtered view damages the rows out of sight."),
    fix=Text("取消筛选或隐藏后再编辑。", "Clear the filter or unhide before editing."),
    facts=("hidden-rows",),
)
