"""R37: an incident notified or closed before it was found."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R37",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("事件日期颠倒", "Incident days out of order"),
    message=Text("{header} {found} 早于发现日期 {day}", "{found} is before the incident was found on {day}"),
    why=Text(
        "先发现、再通知、后结案，颠倒就说不清是否及时。", "An incident is found first; with days reversed nobody can tell whether notice was prompt."
    ),
    fix=Text("对照事件记录改正日期。", "Correct the days from the record."),
    needs="incidents.found_on incidents.notified_on incidents.closed_on",
    wrong="""
        事件: 事件编号 | 发现日期 | 通知日期 | 结案日期
        E1 | 2026-03-05 | «2026-03-04» | 2026-03-20
        E2 | 2026-03-05 | 2026-03-06 | «2026-03-04»
    """,
    right="""
        事件: 事件编号 | 发现日期 | 通知日期 | 结案日期
        E1 | 2026-03-05 | 2026-03-05 | 2026-03-05
        E2 | 2026-03-05 | |
        E3 | t:三月 | 2026-03-04 | 2026-03-04
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The later step's cell is the place."""
    found = v.incidents.found_on
    for later in (v.incidents.notified_on, v.incidents.closed_on):
        wrong = rows(found.ok & later.ok & (later.days < found.days))
        yield Hit("incidents", wrong, later.column.field, lambda r: {"day": iso(found.days[r])})
