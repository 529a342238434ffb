"""Terms, and the day on which a loan is due."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.calendar.months import EPOCH, NO_DAY, add_months
from ownerbook.calendar.terms import Term, UnreadableTerm, loan_due, loan_due_days
from ownerbook.calendar.workdays import WorkCalendar

CALENDAR = WorkCalendar()
MONTH = Term(1, "月")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("1个月", Term(1, "月")),
        ("一个月", Term(1, "月")),
        ("两个月", Term(2, "月")),
        ("１个月", Term(1, "月")),
        (" 12 个月 ", Term(12, "月")),
        ("十二个月", Term(12, "月")),
        ("1月", Term(1, "月")),
        ("30天", Term(30, "天")),
        ("30日", Term(30, "天")),
        ("三十天", Term(30, "天")),
        ("十天", Term(10, "天")),
        ("30个自然日", Term(30, "天")),
        ("10个工作日", Term(10, "工作日")),
        ("10工作日", Term(10, "工作日")),
        ("2周", Term(2, "周")),
        ("两个星期", Term(2, "周")),
        ("2年", Term(2, "年")),
        ("半年", Term(6, "月")),
    ],
)
def test_terms_are_read_as_people_write_them(text: str, term: Term) -> None:
    assert Term.parse(text) == term
    assert Term.parse(str(term)) == term


@pytest.mark.parametrize(
    "text", ["", "30", "月", "一个半月", "半个月", "0天", "-1天", "1.5个月", "永久", "长期", "1个月以内", "十十天", "一二天", "12345天"]
)
def test_what_says_no_term_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTerm):
        Term.parse(text)


@given(st.text(max_size=8) | st.text(alphabet="0123456789一二十半个月天年周工作日", max_size=8))
def test_no_text_troubles_the_reader(text: str) -> None:
    try:
        term = Term.parse(text)
    except UnreadableTerm:
        return
    assert term.amount > 0


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1个月", "2026-01-31", "2026-02-28"),
        ("30天", "2026-01-31", "2026-03-02"),
        ("2周", "2026-01-31", "2026-02-14"),
        ("2年", "2024-02-29", "2026-02-28"),
        ("半年", "2026-08-31", "2027-02-28"),
        ("10个工作日", "2026-03-02", "2026-03-16"),
        ("12个月", "2025-10-31", "2026-10-31"),
    ],
)
def test_a_term_ends_on_its_last_day(text: str, start: str, end: str) -> None:
    term, day = Term.parse(text), date.fromisoformat(start)
    assert term.after(day, CALENDAR) == date.fromisoformat(end)
    several = np.array([day.toordinal() - EPOCH, NO_DAY], np.int32)
    assert term.after(several, CALENDAR).tolist() == [date.fromisoformat(end).toordinal() - EPOCH, NO_DAY]
    assert term.after_days(several, CALENDAR).tolist() == term.after(several, CALENDAR).tolist()


def test_a_term_in_working_days_needs_a_calendar() -> None:
    with pytest.raises(ValueError, match="calendar"):
        Term(10, "工作日").after(date(2026, 3, 2))


def test_several_terms_are_counted_at_once() -> None:
    assert MONTH.after(date(2026, 1, 31), times=2) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("lent", "renewals", "term", "due", "provisional"),
    [
        ("2026-01-31", 0, "1个月", "2026-02-28", False),  # a Saturday, but worked
        ("2026-01-15", 0, "1个月", "2026-02-24", False),
        ("2026-01-16", 0, "1个月", "2026-02-24", False),
        ("2026-09-01", 0, "1个月", "2026-10-08", False),
        ("2026-01-31", 1, "1个月", "2026-03-31", False),  # not 28 March
        ("2026-03-02", 0, "1个月", "2026-04-02", False),
        ("2026-03-02", 0, "30天", "2026-04-01", False),
        ("2026-03-02", 1, "30天", "2026-05-06", False),  # 1 May to 5 May are off
        ("2026-03-02", 0, "10个工作日", "2026-03-16", False),
        ("2026-03-02", 1, "10个工作日", "2026-03-30", False),
        ("2026-11-28", 0, "1个月", "2026-12-28", False),
        ("2026-11-30", 0, "1个月", "2026-12-30", True),
        ("2026-12-01", 0, "1个月", "2027-01-04", True),
        ("2026-12-15", 0, "1个月", "2027-01-15", True),
        ("2026-12-20", 0, "10个工作日", "2027-01-04", True),
    ],
)
def test_a_loan_is_due_on_the_day_that_the_code_says(lent: str, renewals: int, term: str, due: str, provisional: bool) -> None:
    assert loan_due(date.fromisoformat(lent), renewals, Term.parse(term), True, CALENDAR) == (date.fromisoformat(due), provisional)


def test_without_rolling_the_day_is_the_terms_own_and_certain() -> None:
    assert loan_due(date(2026, 1, 16), 0, MONTH, False, CALENDAR) == (date(2026, 2, 16), False)
    assert loan_due(date(2026, 12, 15), 0, MONTH, False, CALENDAR) == (date(2027, 1, 15), False)


def test_three_years_of_loans_are_as_they_were_measured() -> None:
    """The measured figures of the domain's notes, over the working days from 2024-01-01 to 2026-11-25."""
    days = [date(2024, 1, 1) + timedelta(days=i) for i in range((date(2026, 11, 25) - date(2024, 1, 1)).days + 1)]
    lent = [day for day in days if CALENDAR.is_workday(day)[0]]
    ends = [add_months(day, 1) for day in lent]
    due = [loan_due(day, 0, MONTH, True, CALENDAR)[0] for day in lent]

    def next_weekday(day: date) -> date:
        return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day

    assert len(lent) == 721
    assert sum(end != day + timedelta(days=30) for day, end in zip(lent, ends, strict=True)) == 463
    assert sum(end.day != day.day for day, end in zip(lent, ends, strict=True)) == 10
    assert sum(d != end for d, end in zip(due, ends, strict=True)) == 279
    assert sum(d != next_weekday(end) for d, end in zip(due, ends, strict=True)) == 87
    assert max((d - end).days for d, end in zip(due, ends, strict=True)) == 9
    assert sum(end.weekday() >= 5 and d == end for d, end in zip(due, ends, strict=True)) == 21


@given(
    st.lists(st.tuples(st.dates(min_value=date(2004, 1, 1), max_value=date(2028, 12, 31)), st.integers(0, 3)), max_size=12),
    st.sampled_from(["1个月", "30天", "10个工作日", "2周", "2年"]),
    st.booleans(),
)
def test_a_column_says_the_same_as_its_cells(loans: list[tuple[date, int]], text: str, roll: bool) -> None:
    lent = np.array([d.toordinal() - EPOCH for d, _ in loans] + [NO_DAY], np.int32)
    renewals = np.array([n for _, n in loans] + [0], np.int32)
    due, provisional = loan_due_days(lent, renewals, Term.parse(text), roll, CALENDAR)
    assert due[-1] == NO_DAY
    assert not provisional[-1]
    singles = [loan_due(d, n, Term.parse(text), roll, CALENDAR) for d, n in loans]
    assert [(date.fromordinal(d + EPOCH), p) for d, p in zip(due[:-1].tolist(), provisional[:-1].tolist(), strict=True)] == singles
