"""G04a: 交房日期 after the day of the check though the house is handed over."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="G04a",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("交房日期在未来", "Hand-over in the future"),
    message=Text("房屋状态是 {status}，交房日期 {found} 却在检查日之后", "the house is {status}, yet its hand-over {found} lies ahead"),
    why=Text("只有未售、未交房的房屋可以填将来的交房日期。", "Only a house that is 未售 or 未交房 may have its hand-over ahead."),
    fix=Text("核对交接单，改正交房日期；尚未交房的，改房屋状态。", "Correct the date from the hand-over slip, or else the status."),
    needs="houses.handover_on houses.status today",
    wrong="""
        今天 2026-10-31

        房屋: 房号 | 交房日期 | 房屋状态
        1-1-101 | «2026-11-01» | 自住
        1-1-102 | «2205-01-31» | 空置
    """,
    right="""
        今天 2026-10-31

        房屋: 房号 | 交房日期 | 房屋状态
        1-1-101 | 2026-10-31 | 自住
        1-1-102 | 2027-06-30 | 未交房
        1-1-103 | 2027-06-30 | 未售
        1-1-104 | 2027-06-30 |
        1-1-105 | 2027-06-30 | 在建
        1-1-106 | t:2027-02-30 | 自住
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Without a readable status nothing is concluded."""
    h = v.houses
    early = h.handover_on.ok & (h.handover_on.days > v.today) & h.status.ok & ~h.status.is_("未售", "未交房")
    yield Hit("houses", rows(early), "handover_on", lambda r: {"status": h.found("status", r)})
