"""E02: several phones in one cell."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E02",
    severity="warning",
    stage=Stage.FORM,
    repair="auto",
    title=Text("一格多个号码", "Several phones in one cell"),
    message=Text("电话 {found} 里不止一个号码", "{found} is more than one phone"),
    why=Text("一格多个号码不能核对，也不能直接拨打。", "Several numbers in a cell can be neither checked nor dialled."),
    fix=Text("第一个留在「联系电话」，第二个移到「备用电话」。", "Leave the first in 联系电话, and move the second to 备用电话."),
    reasons=("phone-several",),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «13800001234/13900001234»
        Y2 | 自然人 | «13800001234⏎13900001234»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | 13800001234
        Y2 | 自然人 | 138 0000 1234
    """,
)
