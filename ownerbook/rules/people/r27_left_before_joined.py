"""R27: left before they joined."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R27",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("离职早于入职", "Left before they joined"),
    message=Text("离职日期 {found} 早于入职日期 {joined}", "left on {found}, before joining on {joined}"),
    why=Text("日期颠倒，就判不了谁在何时有权办理。", "With days reversed nobody can tell who might act when."),
    fix=Text("核对两个日期，改正错的一个。", "Check both days and correct whichever is wrong."),
    needs="staff.joined_on staff.left_on",
    wrong="""
        人员: 工号 | 入职日期 | 离职日期
        G001 | 2020-03-01 | «2020-02-29»
    """,
    right="""
        人员: 工号 | 入职日期 | 离职日期
        G001 | 2020-03-01 | 2020-03-01
        G002 | 2020-03-01 |
        G003 | t:三月 | 2020-02-29
        G004 | 2020-03-01 | 2027-02-28
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The later step's cell is the place."""
    joined, left = v.staff.joined_on, v.staff.left_on
    yield Hit("staff", rows(joined.ok & left.ok & (left.days < joined.days)), "left_on", lambda r: {"joined": iso(joined.days[r])})
