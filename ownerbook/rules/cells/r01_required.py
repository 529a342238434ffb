"""R01: a required cell is blank."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R01",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("必填项为空", "Required cell is blank"),
    message=Text("「{header}」没有填写", "{header} is blank"),
    why=Text("缺了这一项，这一行说不清是谁、是什么或在何时。", "Without it the row does not say who, what or when."),
    fix=Text("按纸质材料补填「{header}」。", "Fill in {header} from the papers."),
    reasons=("required",),
    wrong="""
        位置: 位置编号 | 档案室 | 柜号 | 层 | 容量
        A01-01-01 | A01 | «» | 01 | 40
    """,
    right="""
        位置: 位置编号 | 档案室 | 柜号 | 层 | 容量
        A01-01-01 | A01 | 01 | 01 | 40
    """,
)
