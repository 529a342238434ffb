"""Dates in every form that people and spreadsheets write."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import dates
from ownerbook.identifiers.verdict import Status

D = date(2024, 3, 5)
CERTAIN = [
    ("2024-03-05", ""),
    ("2024/3/5", ""),
    ("2024-3-5", ""),
    ("2024/03/05", ""),
    (" 2024-03-05 ", ""),
    ("2024-03-05 10:30", ""),
    ("2024-03-05 00:00:00", ""),
    ("2024-03-05T10:30:00.000Z", ""),
    ("2024-03-05T10:30:00+08:00", ""),
    ("2024/3/5 下午3:20", ""),
    ("2024/3/5 3:20:01 PM", ""),
    ("2024.3.5", "written"),
    ("2024.03.05", "written"),
    ("2024年3月5日", "written"),
    ("2024年03月05日", "written"),
    ("2024 年 3 月 5 日", "written"),
    ("2024年3月5号", "written"),
    ("2024年3月5", "written"),
    ("2024年3月5日 10:30", "written"),
    ("2024年3月5日10时30分", "written"),
    ("2024年3月5日上午9点", "written"),
    ("2024年3月5日 星期二", "written"),
    ("2024年3月5日（周二）", "written"),
    ("二〇二四年三月五日", "written"),
    ("二零二四年三月五日", "written"),
    ("2024—3—5", "written"),
    ("2024–3–5", "written"),
    ("2024 3 5", "written"),
    ("2024,3,5", "written"),
    ("2024。3。5", "written"),
    ("2024-3.5", "written"),
    ("5-Mar-2024", "written"),
    ("5 March 2024", "written"),
    ("20240305", "digits"),
    ("20240305.0", "digits"),
    ("45356", "serial"),
]
UNCERTAIN = [
    ("25-1-31", "two-digit", [date(2025, 1, 31), date(2031, 1, 25)]),
    ("25.1.31", "two-digit", [date(2025, 1, 31), date(2031, 1, 25)]),
    ("25年1月31日", "two-digit", [date(2025, 1, 31)]),
    ("98/3/5", "two-digit", [date(1998, 3, 5)]),
    ("69年3月5日", "two-digit", [date(1969, 3, 5)]),
    ("68年3月5日", "two-digit", [date(2068, 3, 5)]),
    ("01-02-03", "two-digit", [date(2001, 2, 3), date(2003, 2, 1), date(2003, 1, 2)]),
    ("5-Mar-24", "two-digit", [D]),
    ("240305", "two-digit", [D]),
    ("01/02/2025", "ambiguous", [date(2025, 1, 2), date(2025, 2, 1)]),
    ("1-2-2025", "ambiguous", [date(2025, 1, 2), date(2025, 2, 1)]),
]
UNREADABLE = [
    ("2025-02-30", "impossible"),
    ("2019-02-30", "impossible"),
    ("2025年2月29日", "impossible"),
    ("2025.13.1", "impossible"),
    ("2025-00-10", "impossible"),
    ("20250230", "impossible"),
    ("20251301", "impossible"),
    ("1824-03-05", "impossible"),
    ("0024-03-05", "impossible"),
    ("31/31/2025", "impossible"),
    ("99-99-99", "impossible"),
    ("2025年2月", "no-day"),
    ("2025年2月份", "no-day"),
    ("2024.03", "no-day"),
    ("2024-10", "no-day"),
    ("2024/3", "no-day"),
    ("202403", "no-day"),
    ("2024年", "no-day"),
    ("2024", "no-day"),
    ("二〇二四年三月", "no-day"),
    ("2024-13", "impossible"),
    ("待定", "format"),
    ("", "format"),
    ("长期", "format"),
    ("2024-3-5至2024-4-5", "format"),
    ("2024-3-5、2024-4-5", "format"),
    ("三月五日", "format"),
    ("3月5日", "format"),
    ("10:30", "format"),
    ("13800001234", "format"),
    ("12345", "format"),
    ("2024-3-155", "format"),
    ("5-Xxx-2024", "format"),
]


@pytest.mark.parametrize(("text", "reason"), CERTAIN)
def test_every_written_form_of_a_day_is_read(text: str, reason: str) -> None:
    verdict = dates.check(text)
    assert (verdict.status, verdict.reason, verdict.canonical) == (Status.VALID, reason, "2024-03-05")
    assert verdict.suggestion == ("2024-03-05" if reason else None)
    assert dates.day_of(text) == D
    assert dates.check(text) == verdict
    assert dates.parse(text) == dates.day_of(text)


@pytest.mark.parametrize(("text", "reason", "days"), UNCERTAIN)
def test_a_text_of_two_readings_is_told_with_its_candidates(text: str, reason: str, days: list[date]) -> None:
    verdict = dates.check(text)
    assert (verdict.status, verdict.reason, verdict.canonical) == (Status.SUSPECT, reason, "")
    assert list(dates.candidates(text)) == days
    assert verdict.suggestion == (days[0].isoformat() if len(days) == 1 else None)
    assert dates.day_of(text) is None


@pytest.mark.parametrize(("text", "reason"), UNREADABLE)
def test_what_is_no_day_says_why(text: str, reason: str) -> None:
    verdict = dates.check(text)
    assert (verdict.status, verdict.reason, verdict.canonical, verdict.suggestion) == (Status.INVALID, reason, "", None)
    assert dates.candidates(text) == ()


def test_a_day_in_the_other_order_that_has_one_reading_is_read() -> None:
    assert dates.check("13/02/2025").canonical == "2025-02-13"
    assert dates.check("02/13/2025").canonical == "2025-02-13"
    assert dates.check("02/02/2025").canonical == "2025-02-02"


def test_candidates_after_the_last_possible_day_are_struck_out() -> None:
    assert dates.check("25-1-31", not_after=date(2026, 10, 31)).suggestion == "2025-01-31"
    assert dates.check("01/02/2025", not_after=date(2025, 1, 15)).suggestion == "2025-01-02"
    assert dates.check("01/02/2025", not_after=date(2026, 1, 15)).suggestion is None


def test_long_term_counts_only_where_it_may_stand() -> None:
    assert dates.check("长期", long_term=True).canonical == "长期"
    assert dates.check("长期", long_term=True).reason == ""
    assert dates.check("长期有效", long_term=True).suggestion == "长期"
    assert dates.check("长期").status is Status.INVALID


@pytest.mark.parametrize(
    ("value", "reason", "canonical"),
    [
        (20240305.0, "digits", "2024-03-05"),
        (45356.0, "serial", "2024-03-05"),
        (45356.5, "serial", "2024-03-05"),
        (20000.0, "serial", "1954-10-03"),
        (60000.0, "serial", "2064-04-08"),
        (19999.0, "format", ""),
        (60001.0, "format", ""),
        (2024.03, "no-day", ""),
        (2024.1, "no-day", ""),
        (2024.0, "no-day", ""),
        (202403.0, "no-day", ""),
        (2024.5, "format", ""),
        (2024.13, "format", ""),
        (1899.03, "format", ""),
        (20250230.0, "impossible", ""),
        (-5.0, "format", ""),
        (float("nan"), "format", ""),
        (float("inf"), "format", ""),
        (1e18, "format", ""),
    ],
)
def test_plain_numbers_in_a_date_column(value: float, reason: str, canonical: str) -> None:
    verdict = dates.check_number(value)
    assert (verdict.reason, verdict.canonical) == (reason, canonical)


def test_serials_know_both_systems_and_the_day_that_never_was() -> None:
    assert dates.from_serial(45356) == D
    assert dates.from_serial(45356 - 1462, date1904=True) == D
    assert dates.from_serial(1) == date(1900, 1, 1)
    assert dates.from_serial(59) == date(1900, 2, 28)
    assert dates.from_serial(60) is None
    assert dates.from_serial(61) == date(1900, 3, 1)
    assert dates.from_serial(0.5) is None
    assert dates.from_serial(-1) is None
    assert dates.from_serial(0, date1904=True) == date(1904, 1, 1)
    assert dates.from_serial(2958465) == date.max
    assert dates.from_serial(2958466) is None
    assert dates.from_serial(float("nan")) is None
    assert dates.from_serial(float("inf")) is None
    assert dates.from_serial(45356.99) == D
    assert dates.from_serial(45355.99999999999) == D


@given(st.dates(min_value=date(1904, 1, 1)), st.booleans())
def test_a_day_survives_the_way_to_a_serial_and_back(day: date, date1904: bool) -> None:
    assert dates.from_serial(float(dates.serial_of(day, date1904)), date1904) == day


@given(st.dates())
def test_a_day_survives_the_way_to_a_day_number_and_back(day: date) -> None:
    assert dates.date_of(dates.days_of(day)) == day
    assert dates.days_of(day) == int(np.datetime64(day, "D").astype(np.int64))


@given(st.dates(min_value=date(1900, 1, 1)))
def test_canonical_forms_are_read_as_themselves(day: date) -> None:
    assert dates.check(day.isoformat()) == dates.check(f"{day.year:04d}/{day.month}/{day.day}")
    assert dates.check(day.isoformat()).canonical == day.isoformat()


def test_columns_of_serials_agree_with_single_ones() -> None:
    values = np.array([1, 59, 60, 61, 0, -3, 45356, 45356.7, 2958465, 2958466, np.nan, np.inf, 1e300], np.float64)
    for date1904 in (False, True):
        days = dates.serials_to_days(values, date1904)
        assert days.dtype == np.int32
        singles = [dates.from_serial(v, date1904) for v in values.tolist()]
        assert [dates.NO_DAY if d is None else dates.days_of(d) for d in singles] == days.tolist()


def test_a_column_says_the_same_as_its_cells() -> None:
    texts = [row[0] for row in CERTAIN + UNCERTAIN + UNREADABLE] * 2 + ["长期有效"]
    statuses, codes, days = dates.check_column(texts, long_term=True)
    verdicts = [dates.check(t, long_term=True) for t in texts]
    assert statuses.tolist() == [v.status for v in verdicts]
    assert [dates.REASONS[c] for c in codes.tolist()] == [v.reason for v in verdicts]
    assert days.tolist() == [dates.days_of_iso(v.canonical) for v in verdicts]
    assert days[-1] == dates.FOREVER


@given(st.text(max_size=20) | st.from_regex(r"\A[0-9一二〇年月日/.\- :T]{1,20}\Z"))
def test_no_text_troubles_the_reader(text: str) -> None:
    verdict = dates.check(text, long_term=True, not_after=date(2026, 10, 31))
    assert verdict.reason in dates.REASONS
    if verdict.suggestion:
        assert dates.check(verdict.suggestion, long_term=True).reason == ""


@given(st.floats())
def test_no_number_troubles_the_reader(value: float) -> None:
    assert dates.check_number(value).reason in dates.REASONS
    assert dates.check_number(value, date1904=True).reason in dates.REASONS


def test_a_time_of_day_never_moves_the_day() -> None:
    start = date(2024, 2, 28)
    for shift in range(4):
        day = start + timedelta(days=shift)
        assert dates.day_of(f"{day.isoformat()} 23:59:59") == day
