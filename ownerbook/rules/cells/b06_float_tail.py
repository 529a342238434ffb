"""B06: a number typed as text has the tail .0."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B06",
    severity="notice",
    stage=Stage.DAMAGE,
    repair="auto",
    title=Text("号码带小数尾", "Number has a decimal tail"),
    message=Text("「{header}」{found} 带小数尾 .0", "{header} {found} ends in .0"),
    why=Text("从别的系统导出的号码常带 .0，查找时对不上。", "Exports leave a .0, and searches no longer match."),
    fix=Text("去掉 .0。", "Drop the .0."),
    reasons=("float-tail",),
    wrong="""
        业主: 业主编号 | 联系电话
        Y1 | «13800001234.0»
    """,
    right="""
        业主: 业主编号 | 联系电话 | 备注
        Y1 | 13800001234 | 版本 2.0
        Y2 | 138000012.0 |
    """,
)
