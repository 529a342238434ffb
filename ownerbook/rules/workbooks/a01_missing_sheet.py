"""A01: needed sheet is absent."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A01",
    severity="error",
    stage=Stage.FILE,
    repair="auto",
    title=Text("缺少必需的表", "Needed sheet is absent"),
    message=Text("没有找到「{sheet}」表", "the sheet {sheet} was not found"),
    why=Text("缺了这张表，与它有关的检查都没有做。", "Without it nothing that rests on it can be checked."),
    fix=Text("从模板补上这张表；表在别的工作簿里的，把那本工作簿放进来。", "Add it from the template, or bring the workbook that holds it."),
    facts=("sheet-missing",),
)
