"""Calendar months by the Civil Code."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.calendar.months import EPOCH, FOREVER, NO_DAY, add_days, add_months


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-01-31", 2, "2026-03-31"),
        ("2026-01-16", 1, "2026-02-16"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-31", -12, "2025-01-31"),
        ("2026-01-15", 0, "2026-01-15"),
        ("2016-02-29", 360, "2046-02-28"),
        ("9999-12-15", 1, "9999-12-31"),
        ("0001-01-15", -1, "0001-01-01"),
    ],
)
def test_a_month_ends_on_the_corresponding_day_or_the_last(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(st.lists(st.dates(), max_size=20), st.integers(-3000, 3000))
def test_a_column_of_days_says_the_same_as_single_dates(days: list[date], months: int) -> None:
    numbers = np.array([d.toordinal() - EPOCH for d in days], np.int32)
    assert add_months(numbers, months).tolist() == [add_months(d, months).toordinal() - EPOCH for d in days]
    assert add_days(numbers, months).tolist() == [add_days(d, months).toordinal() - EPOCH for d in days]


def test_the_first_and_the_last_day_of_all_are_days() -> None:
    ends = np.array([date.min.toordinal() - EPOCH, date.max.toordinal() - EPOCH], np.int32)
    assert add_months(ends, np.array([1, -1], np.int32)).tolist() == [date(1, 2, 1).toordinal() - EPOCH, date(9999, 11, 30).toordinal() - EPOCH]


def test_no_day_and_forever_stay() -> None:
    numbers = np.array([NO_DAY, FOREVER, 0], np.int32)
    assert add_months(numbers, 1).tolist() == [NO_DAY, FOREVER, 31]
    assert add_days(numbers, 1).tolist() == [NO_DAY, FOREVER, 1]
    assert add_months(numbers, 1).dtype == np.int32


def test_each_day_may_have_its_own_months() -> None:
    numbers = np.array([0, 0, 0], np.int32)
    assert add_months(numbers, np.array([0, 1, 2], np.int32)).tolist() == [0, 31, 59]
    assert add_months(numbers, 10**9).tolist() == [date.max.toordinal() - EPOCH] * 3


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)), st.integers(0, 240))
def test_a_term_lies_in_its_last_month_and_never_after_its_day(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
