"""R33: a request answered before it was made."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R33",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("答复早于提出", "Answered before it was asked"),
    message=Text("答复日期 {found} 早于提出日期 {asked}", "answered on {found}, before it was asked on {asked}"),
    why=Text("日期颠倒，是否按期答复就无从说起。", "With days reversed nobody can tell whether it was answered in time."),
    fix=Text("对照请求的记录改正日期。", "Correct either day from the record of the request."),
    needs="requests.asked_on requests.answered_on",
    wrong="""
        权利请求: 请求编号 | 提出日期 | 答复日期
        Q1 | 2026-03-05 | «2026-03-04»
    """,
    right="""
        权利请求: 请求编号 | 提出日期 | 答复日期
        Q1 | 2026-03-05 | 2026-03-05
        Q2 | 2026-03-05 |
        Q3 | t:三月 | 2026-03-04
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The later step's cell is the place."""
    asked, answered = v.requests.asked_on, v.requests.answered_on
    yield Hit("requests", rows(asked.ok & answered.ok & (answered.days < asked.days)), "answered_on", lambda r: {"asked": iso(asked.days[r])})
