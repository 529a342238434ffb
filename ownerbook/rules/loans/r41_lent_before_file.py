"""R41: a file was lent before it was opened."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows, take, taken
from ownerbook.schema.words import Text

CARD = Card(
    code="R41",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("借出早于建档", "Lent before the file was opened"),
    message=Text("档案 {file} 在 {found} 借出，而它 {created} 才建档", "file {file} was lent on {found}, but opened only on {created}"),
    why=Text(
        "没有建档就没有可借的档案，借出日期、建档日期或档号有一个不对。",
        "There was no file to lend; one of the dates or the file number is wrong.",
    ),
    fix=Text("核对借阅单的档号和日期，以及建档日期。", "Check file number and date on the slip, and the day the file was opened."),
    needs="loans.loan_no loans.file_no loans.lent_on files.file_no files.created_on",
    wrong="""
        档案: 档号 | 建档日期
        A1 | 2024-03-01

        借阅: 借阅单号 | 档号 | 借出日期
        J1 | A1 | «2024-02-29»
    """,
    right="""
        档案: 档号 | 建档日期
        A1 | 2024-03-01
        A2 | 2024年
        A3 | 2024-03-01
        A3 | 2024-03-01

        借阅: 借阅单号 | 档号 | 借出日期
        J1 | A1 | 2024-03-01
        J2 | A2 | 2020-03-01
        J3 | A3 | 2020-03-01
        J4 | A1 |
        J5 | A9 | 2020-03-01
        J1 | A1 | 2020-03-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """On the day of opening it may be lent."""
    c, f = v.loans, v.files
    at = c.ref("file_no").row
    created = take(f.created_on.days, at)
    wrong = c.first & taken(f.created_on.ok, at) & c.lent_on.ok & (c.lent_on.days < created)
    yield Hit("loans", rows(wrong), "lent_on", lambda r: {"file": c.found("file_no", r), "created": iso(created[r])})
