"""A06: header stands twice."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A06",
    severity="error",
    stage=Stage.FILE,
    repair="confirm",
    title=Text("表头重复", "Header stands twice"),
    message=Text("表头「{text}」前面已有一列，这一列没有读取", "the header {text} stands before; this column was not read"),
    why=Text("两列同名，不知哪一列为准。", "With two columns of one name nobody knows which counts."),
    fix=Text("核对两列内容，留下一列，另一列改名。", "Compare the two, keep one and rename the other."),
    facts=("header-doubled",),
)
