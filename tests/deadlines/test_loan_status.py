"""How loans stand, on the days that hurt."""

from datetime import date

import pytest

from ownerbook.calendar.months import EPOCH, NO_DAY
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.loan_status import loan_status
from ownerbook.rules.pictures import draw


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - EPOCH


def standing(text: str, today: str, within: int = 7):
    register = draw(text).register()
    return loan_status(Whole(register), register.calendar, day(today), within)


ONE = "今天 2027-03-31\n\n借阅: 借阅单号 | 档号 | 借出日期 | 续借次数\nJ1 | A1 | {} | {}"


@pytest.mark.parametrize(
    ("lent", "renewals", "last_day_in_time"),
    [
        ("2026-01-31", "", "2026-02-28"),  # clamped; a Saturday, but a make-up working day
        ("2026-01-31", "1", "2026-03-31"),  # two months from the loan day, not one from the 28th
        ("2024-01-29", "", "2024-02-29"),
        ("2024-02-29", "", "2024-03-29"),
        ("2025-12-31", "1", "2026-02-28"),
        ("2026-01-16", "", "2026-02-24"),  # the Spring Festival
        ("2026-09-01", "", "2026-10-08"),  # the National Day holiday
        ("2026-08-31", "", "2026-09-30"),
        ("2026-08-20", "", "2026-09-20"),  # a Sunday, but worked
        ("2026-03-10", "", "2026-04-10"),
    ],
)
def test_a_loan_is_late_from_the_day_after_its_due_day(lent, renewals, last_day_in_time):
    picture = ONE.format(lent, renewals)
    last = day(last_day_in_time)
    register = draw(picture).register()
    book = Whole(register)
    on, after = (loan_status(book, register.calendar, d) for d in (last, last + 1))
    assert (on.late.tolist(), on.days.tolist(), on.soon.tolist()) == ([False], [0], [True])
    assert (after.late.tolist(), after.days.tolist()) == ([True], [1])


def test_a_loan_due_in_the_last_days_of_the_known_calendar_waits():
    picture = ONE.format("2026-11-30", "")
    status = standing(picture, "2027-01-05")  # due on 30 December 2026, which the next notice may move
    assert status.due.provisional.tolist() == [True]
    assert (status.late.tolist(), status.soon.tolist(), status.step.tolist()) == ([False], [True], [-1])
    assert standing(picture, "2027-01-09").late.tolist() == [True]  # ten days after it


def test_soon_begins_so_many_days_before():
    picture = ONE.format("2026-03-02", "")  # due 2026-04-02
    assert standing(picture, "2026-03-26", 7).soon.tolist() == [True]
    assert standing(picture, "2026-03-25", 7).soon.tolist() == [False]


def test_each_loan_is_in_the_lists_that_it_belongs_to():
    status = standing(
        """
        借阅: 借阅单号 | 档号 | 审核结果 | 借出日期 | 应还日期 | 归还日期 | 归还状态
        J1 | A1 | 同意 | 2026-03-02 | 2026-04-02 | |
        J2 | A2 | 待审 | | | |
        J3 | A3 | 同意 | | | |
        J4 | A4 | 不同意 | | | |
        J5 | A5 | 同意 | 2026-03-02 | 2026-04-02 | 2026-03-20 | 缺损
        J6 | A6 | 同意 | 2026-03-02 | 2026-04-02 | | 遗失
        J1 | A7 | 同意 | 2026-03-02 | 2026-04-02 | |
        """,
        "2026-05-02",
    )
    lists = {n: [i + 1 for i, x in enumerate(getattr(status, n)) if x] for n in ("out", "late", "blocking", "pending", "agreed", "refused", "damaged", "lost")}
    assert lists == {"out": [1], "late": [1], "blocking": [1], "pending": [2], "agreed": [3], "refused": [4], "damaged": [5], "lost": [6]}
    assert status.days.tolist() == [30, *[NO_DAY] * 6]


def test_the_longest_overdue_comes_first():
    status = standing("借阅: 借阅单号 | 档号 | 借出日期\nJ1 | A1 | 2026-03-02\nJ2 | A2 | 2026-01-05\nJ3 | A3 | 2026-02-02", "2026-06-01")
    assert status.by_lateness(status.late).tolist() == [1, 2, 0]
