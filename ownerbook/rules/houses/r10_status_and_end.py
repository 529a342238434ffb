"""R10: 业主状态 and 迁出日期 contradict each other."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R10",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("业主状态与迁出日期矛盾", "Status contradicts the day of leaving"),
    message=Text("业主状态是 {status}，迁出日期{end}", "the owner is {status}, and 迁出日期 {end}"),
    why=Text(
        "保管期限从迁出日期起算；状态与日期不符，谁是现业主也说不清。", "Retention starts on the day of leaving; who owns a house must be plain."
    ),
    fix=Text("已过户的，状态填 原业主 并填迁出日期；未过户的，状态填 现业主、迁出日期留空。", "原业主 has 迁出日期, 现业主 has none."),
    needs="owners.status owners.owned_to",
    wrong="""
        业主: 业主编号 | 业主状态 | 迁出日期
        Y1 | 原业主 | «»
        Y2 | «现业主» | 2024-03-01
    """,
    right="""
        业主: 业主编号 | 业主状态 | 迁出日期
        Y1 | 原业主 | 2024-03-01
        Y2 | 现业主 |
        Y3 | 现业主 | —
        Y4 | 已过户 | 2024-03-01
        Y5 | | 2024-03-01
        Y6 | 原业主 | t:2024-02-30
        Y7 | 现业主 | 2205-01-31
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The status is the place, but 迁出日期 where that is what is missing."""
    status, end = v.owners.status, v.owners.owned_to
    lacking = {"status": "原业主", "end": Text("没有填写", "is blank")}
    yield Hit("owners", rows(status.is_("原业主") & end.blank), "owned_to", lambda r: lacking)
    there = rows(status.is_("现业主") & end.ok)
    yield Hit("owners", there, "status", lambda r: {"status": "现业主", "end": Text(f"是 {iso(end.days[r])}", f"is {iso(end.days[r])}")})
