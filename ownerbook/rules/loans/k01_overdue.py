"""K01: a loan is overdue."""

from collections.abc import Iterator

from ownerbook.deadlines import loans
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K01",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="auto",
    title=Text("逾期未还", "Overdue loan"),
    message=Text("档案 {file} 应于 {due} 归还，已逾期 {days} 天", "file {file} was due on {due} and is {days} days overdue"),
    why=Text("档案久借不还，容易遗失，别人也借不到。", "A file that stays out gets lost, and nobody else can use it."),
    fix=Text("按催还阶梯催还；已还的补登归还日期。", "Remind by the ladder; if it came back, enter the day."),
    needs=loans.NEEDS + " loans.file_no today",
    wrong=(
        """
        今天 2026-03-01

        借阅: 借阅单号 | 档号 | 借出日期 | 应还日期 | 归还日期
        J1 | A1 | 2026-01-28 | «2026-02-28» |
        J2 | A2 | 2026-01-27 | «» |
        """,
        """
        今天 2027-02-11

        借阅: 借阅单号 | 档号 | 借出日期 | 应还日期
        J1 | A1 | 2026-12-31 | «2027-02-01»
        """,
    ),
    right=(
        """
        今天 2026-02-28

        借阅: 借阅单号 | 档号 | 借出日期 | 应还日期 | 归还日期 | 归还状态 | 备注
        J1 | A1 | 2026-01-28 | 2026-02-28 | | |
        J2 | A2 | 2025-01-27 | 2025-02-27 | 2026-02-27 | 完好 |
        J3 | A3 | 2025-01-27 | 2025-02-27 | | 遗失 | 报失
        J4 | A4 | 2025-01-27 | 一个月后 | | |
        J5 | A5 | 2025-01-27 | 2025-02-27 | 昨天 | |
        J6 | A6 | 2026-02-02 | 2026-02-27 | | |
        J7 | A7 | | 2025-02-27 | | |
        """,
        """
        今天 2027-02-10

        借阅: 借阅单号 | 档号 | 借出日期 | 应还日期
        J1 | A1 | 2026-12-31 | 2027-02-01
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """Late begins the day after. An earlier day that nothing accounts for is K02, not late; a provisional one waits ten days."""
    when = loans.due(v, v.calendar)
    days = loans.days_overdue(v, when, v.today)
    late = rows(loans.overdue(v, when, v.today))
    yield Hit("loans", late, "due_on", lambda r: {"file": v.loans.found("file_no", r), "due": iso(when.day[r]), "days": int(days[r])})
