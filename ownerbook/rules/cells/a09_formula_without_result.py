"""A09: a formula that keeps no result."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A09",
    severity="error",
    stage=Stage.DAMAGE,
    repair="hand",
    title=Text("公式没有保存结果", "Formula without a stored result"),
    message=Text("「{header}」是公式，文件里没有它的结果", "{header} is a formula whose result is not in the file"),
    why=Text("没有结果的公式，软件读不到值。", "Without a stored result there is no value to read."),
    fix=Text("在 Excel 中重新计算并保存，或改填为值。", "Recalculate and save in Excel, or type the value."),
    reasons=("no-cache",),
    wrong="""
        业主: 业主编号 | 联系电话
        Y1 | «c:»
    """,
    right="""
        业主: 业主编号 | 联系电话
        Y1 | 13800001234
    """,
)
