"""R19: a hold without its reason."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R19",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("暂缓处置没有原因", "Hold without a reason"),
    message=Text("暂缓处置至 {until}，却没有填写暂缓原因", "held until {until} without a reason"),
    why=Text("暂缓处置要说得出理由，否则该处置的档案会一直留着。", "A hold needs its reason, or what should go is kept for ever."),
    fix=Text("填写暂缓原因，不再暂缓的清空暂缓处置至。", "Enter the reason, or clear the hold."),
    needs="files.hold_until files.hold_reason",
    wrong="""
        档案: 档号 | 暂缓处置至 | 暂缓原因
        YG-1-1-101-01 | 未定 | «»
        YG-1-1-102-01 | 2027-01-01 | «»
    """,
    right="""
        档案: 档号 | 暂缓处置至 | 暂缓原因
        YG-1-1-101-01 | 未定 | 诉讼
        YG-1-1-102-01 | |
        YG-1-1-103-01 | t:等通知 |
        YG-1-1-104-01 | 2027-01-01 | e:#REF!
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A hold that cannot be read is told by itself."""
    f = v.files
    yield Hit("files", rows(f.hold_until.ok & f.hold_reason.blank), "hold_reason", lambda r: {"until": v.files.found("hold_until", r)})
