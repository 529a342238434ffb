"""B10: a spreadsheet's error stands in place of a value."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B10",
    severity="error",
    stage=Stage.DAMAGE,
    repair="hand",
    title=Text("单元格是错误值", "Cell holds a spreadsheet error"),
    message=Text("「{header}」里是错误值 {found}", "{header} holds the error {found}"),
    why=Text("错误值不是内容，原来的值要到纸质材料里去找。", "An error is no value; what stood there must be looked up on paper."),
    fix=Text("清空后按纸质材料补填。", "Clear the cell and fill it in from the papers."),
    reasons=("error-value",),
    wrong="""
        房屋: 房号 | 建筑面积 | 备注
        1-1-101 | «e:#REF!» | «t:#N/A»
        1-1-102 | «t:#VALUE!» |
    """,
    right="""
        房屋: 房号 | 建筑面积 | 备注
        1-1-101 | 89.5 | #1 楼道灯已修
    """,
)
