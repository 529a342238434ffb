"""R60: may be a copy of another workbook."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R60",
    severity="warning",
    stage=Stage.FILE,
    repair="hand",
    title=Text("可能是副本", "May be a copy of another workbook"),
    message=Text("发现可能的副本（原件 {original}），没有读取", "this looks like a copy of {original}, and was not read"),
    why=Text("副本和原件各改各的，登记就有了两份。", "When copy and original are both edited, the register is in two minds."),
    fix=Text("确认以哪一份为准，把另一份移出文件夹。", "Decide which one counts, and move the other out of the folder."),
    facts=("conflict-copy",),
)
