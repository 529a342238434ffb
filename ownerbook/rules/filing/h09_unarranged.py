"""H09: a file that waits too long to be arranged."""

from collections.abc import Iterator

from ownerbook.deadlines import registrations
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso
from ownerbook.schema.words import Text

CARD = Card(
    code="H09",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("整理超期", "Arranging is late"),
    message=Text(
        "自 {created} 建档至今仍为 {found}，已超过登记建档期限（至 {until}）",
        "opened on {created} and still {found}, past the filing term (until {until})",
    ),
    why=Text("迟迟不整理的档案查不到、也审不了。", "A file that is not arranged can be neither found nor audited."),
    fix=Text("整理后把档案状态改为 在库。", "Arrange it and set its status to 在库."),
    needs=registrations.ARRANGING_NEEDS + " today",
    wrong="""
        今天 2026-10-31

        档案: 档号 | 建档日期 | 档案状态
        YG-1-1-101-01 | 2026-10-15 | «待整理»
    """,
    right="""
        今天 2026-10-31

        档案: 档号 | 建档日期 | 档案状态
        YG-1-1-101-01 | 2026-10-16 | 待整理
        YG-1-1-102-01 | 2026-01-16 | 在库
        YG-1-1-103-01 | t:待查 | 待整理
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Late begins the day after the term."""
    late = registrations.unarranged_files(v).late(v.today)
    until = registrations.by_row(late)
    yield Hit("files", late.rows, "status", lambda r: {"created": iso(v.files.created_on.days[r]), "until": iso(until[r])})
