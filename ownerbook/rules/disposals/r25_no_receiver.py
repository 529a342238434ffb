"""R25: handed over to nobody."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R25",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("移交没有接收单位", "Transfer without a receiver"),
    message=Text("处置方式是移交，却没有填写接收单位", "the file is handed over and the receiver is blank"),
    why=Text("不写接收单位，移交后就不知档案在谁手里。", "Without it nobody knows who holds the file now."),
    fix=Text("填写接收单位。", "Enter the receiver."),
    needs="disposals.kind disposals.receiver",
    wrong="""
        处置: 处置单号 | 处置方式 | 接收单位
        Z1 | 移交 | «»
    """,
    right="""
        处置: 处置单号 | 处置方式 | 接收单位
        Z1 | 移交 | 业主委员会
        Z2 | 归档 |
        Z3 | 转交 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Required for 移交, executed or not."""
    yield Hit("disposals", rows(v.disposals.kind.is_("移交") & v.disposals.receiver.blank), "receiver")
