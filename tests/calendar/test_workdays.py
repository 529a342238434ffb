"""The working-day calendar."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.calendar.months import EPOCH, FOREVER, NO_DAY
from ownerbook.calendar.statutory import statutory_days
from ownerbook.calendar.workdays import WorkCalendar

PLAIN = WorkCalendar()
SCHEDULE_2027 = {
    **{date(2027, 1, d): False for d in (1, 2, 3)},
    **{date(2027, 2, d): False for d in range(5, 12)},
    **{date(2027, 10, d): False for d in range(1, 8)},
    date(2027, 2, 13): True,
    date(2027, 10, 9): True,
}


def numbers(*days: date) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array([d.toordinal() - EPOCH for d in days], np.int32)


def test_published_years_are_as_the_package_has_them() -> None:
    day = date(2004, 1, 1)
    while day.year < 2027:
        work, provisional = PLAIN.is_workday(day)
        assert work == chinese_calendar.is_workday(day), day
        assert provisional == (day.year == 2026 and day.month == 12 and day.day >= 29), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        ("2026-02-28", "2026-02-28"),  # a Saturday that is worked
        ("2026-02-16", "2026-02-24"),
        ("2026-02-15", "2026-02-24"),
        ("2026-10-01", "2026-10-08"),
        ("2026-03-01", "2026-03-02"),
        ("2026-03-02", "2026-03-02"),
    ],
)
def test_a_last_day_off_moves_to_the_next_working_day(day: str, rolled: str) -> None:
    assert PLAIN.roll(date.fromisoformat(day)) == (date.fromisoformat(rolled), False)


def test_the_years_end_before_an_unknown_year_is_provisional() -> None:
    assert PLAIN.known_until == date(2026, 12, 31)
    assert PLAIN.roll(date(2026, 12, 28)) == (date(2026, 12, 28), False)
    assert PLAIN.roll(date(2026, 12, 29)) == (date(2026, 12, 29), True)
    assert PLAIN.roll(date(2026, 12, 31)) == (date(2026, 12, 31), True)
    assert PLAIN.roll(date(2025, 12, 31)) == (date(2025, 12, 31), False)
    assert PLAIN.roll(date(2027, 1, 1)) == (date(2027, 1, 4), True)
    assert PLAIN.roll(date(2027, 2, 6)) == (date(2027, 2, 9), True)
    assert not PLAIN.is_known(2027)


def test_corrections_override_everything() -> None:
    calendar = WorkCalendar({date(2026, 3, 3): False, date(2026, 3, 7): True})
    assert calendar.roll(date(2026, 3, 3)) == (date(2026, 3, 4), False)
    assert calendar.roll(date(2026, 3, 7)) == (date(2026, 3, 7), False)
    assert PLAIN.roll(date(2026, 3, 7)) == (date(2026, 3, 9), False)


def test_a_schedule_entered_by_hand_makes_its_year_known() -> None:
    calendar = WorkCalendar(SCHEDULE_2027)
    assert calendar.known_until == date(2027, 12, 31)
    assert calendar.roll(date(2027, 2, 6)) == (date(2027, 2, 12), False)
    assert calendar.roll(date(2027, 2, 13)) == (date(2027, 2, 13), False)
    assert calendar.roll(date(2026, 12, 31)) == (date(2026, 12, 31), False)
    assert calendar.roll(date(2027, 12, 30))[1]


def test_a_single_corrected_day_is_certain_but_makes_no_schedule() -> None:
    calendar = WorkCalendar({date(2027, 3, 5): False, date(2027, 3, 8): True, date(2026, 12, 31): True})
    assert calendar.known_until == date(2026, 12, 31)
    assert calendar.is_workday(date(2027, 3, 5)) == (False, False)
    assert calendar.is_workday(date(2027, 3, 8)) == (True, False)
    assert calendar.roll(date(2027, 3, 5)) == (date(2027, 3, 8), True)  # the weekend between may yet be worked
    assert calendar.roll(date(2026, 12, 31)) == (date(2026, 12, 31), False)


def test_a_gap_between_known_years_stays_unknown() -> None:
    calendar = WorkCalendar({day.replace(year=2028): work for day, work in SCHEDULE_2027.items()})
    assert calendar.is_known(2028)
    assert calendar.known_until == date(2026, 12, 31)
    assert calendar.roll(date(2027, 6, 1))[1]
    assert not calendar.roll(date(2028, 6, 1))[1]


def test_working_days_are_counted_from_the_day_after() -> None:
    assert PLAIN.add_workdays(date(2026, 3, 2), 5) == (date(2026, 3, 9), False)
    assert PLAIN.add_workdays(date(2026, 2, 13), 3) == (date(2026, 2, 25), False)  # 14 February is worked, then eight days off
    assert PLAIN.add_workdays(date(2026, 3, 7), 1) == (date(2026, 3, 9), False)
    assert PLAIN.add_workdays(date(2026, 3, 7), 0) == (date(2026, 3, 7), False)
    assert PLAIN.add_workdays(date(2026, 12, 25), 10)[1]


def test_the_table_of_days_has_no_seam() -> None:
    for edge in (date(1990, 1, 1), date(2099, 12, 31)):
        for shift in range(-9, 10):
            day = edge + timedelta(days=shift)
            rolled, provisional = PLAIN.roll(day)
            assert provisional
            assert 0 <= (rolled - day).days <= 4
            assert PLAIN.is_workday(rolled)[0]


def test_days_far_from_our_time_go_by_weekdays() -> None:
    assert PLAIN.roll(date(1899, 12, 30)) == (date(1900, 1, 1), True)
    assert PLAIN.roll(date(2205, 1, 31)) == (date(2205, 1, 31), True)
    assert PLAIN.roll(date.max) == (date.max, True)
    assert PLAIN.add_workdays(date(2205, 1, 31), 1) == (date(2205, 2, 1), True)
    assert PLAIN.is_workday(date(2205, 2, 2)) == (False, True)


@given(st.lists(st.dates(min_value=date(2003, 1, 1), max_value=date(2030, 12, 31)), max_size=20), st.integers(0, 60))
def test_columns_are_what_counting_day_by_day_gives(days: list[date], count: int) -> None:
    calendar = WorkCalendar({**SCHEDULE_2027, date(2026, 3, 3): False})

    def step(day: date, left: int, counted: bool) -> tuple[date, bool]:
        sure = True
        if not counted:
            day += timedelta(days=1)
        while True:
            work, provisional = calendar.is_workday(day)
            sure &= not provisional
            left -= work
            if left <= 0 and work:
                return day, not sure
            day += timedelta(days=1)

    rolled, provisional = calendar.roll_days(numbers(*days))
    assert [(date.fromordinal(r + EPOCH), p) for r, p in zip(rolled.tolist(), provisional.tolist(), strict=True)] == [step(d, 1, True) for d in days]
    if count:
        ends, provisional = calendar.add_workdays_days(numbers(*days), count)
        assert [(date.fromordinal(r + EPOCH), p) for r, p in zip(ends.tolist(), provisional.tolist(), strict=True)] == [
            step(d, count, False) for d in days
        ]


@given(st.lists(st.dates(), max_size=5), st.integers(-100, 1000))
def test_no_day_troubles_the_calendar(days: list[date], count: int) -> None:
    for day in days:
        rolled, _ = PLAIN.roll(day)
        assert rolled >= day
        PLAIN.is_workday(day)
        PLAIN.add_workdays(day, count)


def test_no_day_stays_no_day() -> None:
    days = np.array([NO_DAY, FOREVER], np.int32)
    for out, provisional in (PLAIN.roll_days(days), PLAIN.add_workdays_days(days, 3)):
        assert out.tolist() == [NO_DAY, FOREVER]
        assert provisional.tolist() == [False, False]


def test_statutory_days_of_a_year_without_schedule() -> None:
    assert len(set(statutory_days(2027))) == 13
    assert date(2027, 2, 5) in set(statutory_days(2027))
    assert set(statutory_days(2050)) == {date(2050, m, d) for m, d in [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]}
