"""R11: 迁出日期 before 迁入日期."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R11",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("迁出早于迁入", "Left before coming"),
    message=Text("迁出日期 {found} 早于迁入日期 {came}", "left on {found}, before coming on {came}"),
    why=Text("产权周期的首尾颠倒，保管期限和借阅权都会算错。", "With the ends reversed, retention and the right to borrow come out wrong."),
    fix=Text("对照过户材料改正迁出日期或迁入日期。", "Correct either date from the papers of the transfer."),
    needs="owners.owned_from owners.owned_to",
    wrong="""
        业主: 业主编号 | 迁入日期 | 迁出日期
        Y1 | 2020-05-01 | «2020-04-30»
    """,
    right="""
        业主: 业主编号 | 迁入日期 | 迁出日期
        Y1 | 2020-05-01 | 2020-05-01
        Y2 | 2020-05-01 |
        Y3 | t:2020-02-30 | 2019-01-01
        Y4 | | 2019-01-01
        Y5 | 2205-01-31 | 2024-01-31
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The later step's cell is the place."""
    came, left = v.owners.owned_from, v.owners.owned_to
    yield Hit("owners", rows(came.ok & left.ok & (left.days < came.days)), "owned_to", lambda r: {"came": iso(came.days[r])})
