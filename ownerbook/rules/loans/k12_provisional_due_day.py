"""K12: a loan is due in a year whose working-day calendar is not known."""

from collections.abc import Iterator

from ownerbook.deadlines import loans
from ownerbook.deadlines.standing import open_loans
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K12",
    severity="notice",
    stage=Stage.AGREEMENT,
    repair="auto",
    title=Text("应还日暂定", "Due day provisional"),
    message=Text("应还日 {due} 暂定：那时的放假安排还没有公布", "the due day {due} is provisional: the holidays of that time are not published yet"),
    why=Text("放假安排公布后，遇休息日顺延的应还日可能改变。", "Once the schedule is out, the day may roll to another."),
    fix=Text(
        "安排公布后更新软件，或填在「日历」表，再核对应还日期。",
        "When it is published, update the software or fill in 日历, and check the day again.",
    ),
    needs=loans.NEEDS,
    wrong="""
        今天 2026-12-20

        借阅: 借阅单号 | 借出日期 | 应还日期
        J1 | 2026-12-10 | «2027-01-11»
        J2 | 2026-11-30 | «2026-12-31»
        J3 | 2026-12-11 | «»
    """,
    right=(
        """
        今天 2026-12-20

        借阅: 借阅单号 | 借出日期 | 应还日期 | 归还日期 | 归还状态 | 备注
        J1 | 2026-12-10 | 2027-01-11 | 2026-12-18 | 完好 |
        J2 | 2026-11-24 | 2026-12-24 | | |
        J3 | 2026-12-10 | 2026-12-24 | | | 约定两周
        J4 | 2026-12-10 | 2027-01-11 | | 遗失 | 报失
        J5 | | | | |
        J6 | 2026-12-10 | 一月 | | |
        """,
        """
        今天 2026-12-20

        借阅: 借阅单号 | 借出日期 | 应还日期
        J1 | 2026-12-10 | 2027-01-10

        制度: 参数 | 值
        应还日遇休息日顺延 | 否
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """Of open loans only: what came back is due no more."""
    when = loans.due(v, v.calendar)
    yield Hit("loans", rows(when.provisional & open_loans(v)), "due_on", lambda r: {"due": iso(when.day[r])})
