"""A07a: hidden columns."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A07a",
    severity="notice",
    stage=Stage.FILE,
    repair="auto",
    title=Text("有隐藏的列", "Hidden columns"),
    message=Text("{columns} 列被隐藏，已照常检查", "the columns {columns} are hidden; they were checked all the same"),
    why=Text("看不见的列容易漏改。", "What is out of sight is easily forgotten."),
    fix=Text("取消隐藏后再编辑。", "Unhide before editing."),
    facts=("hidden-columns",),
)
