"""A10: a formula that reaches into another workbook."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A10",
    severity="warning",
    stage=Stage.DAMAGE,
    repair="confirm",
    title=Text("公式引用了别的工作簿", "Formula reaches into another workbook"),
    message=Text("「{header}」的值取自别的工作簿", "{header} takes its value from another workbook"),
    why=Text(
        "那个工作簿改名、移走或没有打开时，这里的值就会变成错误或旧值。",
        "When that workbook moves, the value turns stale or into an error.",
    ),
    fix=Text("把公式改成现在的值。", "Replace the formula by its present value."),
    reasons=("external",),
    wrong="""
        业主: 业主编号 | 联系电话
        Y1 | «x:13800001234»
    """,
    right="""
        业主: 业主编号 | 联系电话
        Y1 | 13800001234
    """,
)
