"""What is due when: over midnights, months, years, and the hours that clocks leave out or show twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.nights.periods import MONTHLY, NIGHTLY, Known, Timing, due, month_after, month_before, overdue

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
TIMING = Timing(time(2, 0), "Asia/Shanghai")
SINCE = datetime(2026, 7, 31, 12, tzinfo=SHANGHAI)


def at(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def ok(job, period, ended=SINCE):
    return Known(job, period, "ok", ended=ended)


def test_a_night_falls_due_at_its_time_and_not_a_second_earlier():
    before, after = due(at("2026-08-01T01:59:59"), TIMING, [], SINCE), due(at("2026-08-01T02:00:00"), TIMING, [], SINCE)
    assert before.run == [] and (NIGHTLY, "2026-08-01") in after.run


def test_of_missed_nights_the_newest_is_run_and_the_others_are_told():
    found = due(at("2026-08-05T09:00"), TIMING, [ok(NIGHTLY, "2026-08-01")], SINCE)
    assert [p for j, p in found.run if j == NIGHTLY] == ["2026-08-05"]
    assert found.missed == ["2026-08-02", "2026-08-03", "2026-08-04"]


def test_every_missed_month_is_made_oldest_first_after_the_night():
    found = due(at("2026-11-03T09:00"), TIMING, [], SINCE)
    assert found.run == [(NIGHTLY, "2026-11-03"), (MONTHLY, "2026-07"), (MONTHLY, "2026-08"), (MONTHLY, "2026-09"), (MONTHLY, "2026-10")]


def test_nothing_from_before_the_installation_is_made():
    assert due(at("2026-07-31T13:00"), TIMING, [], SINCE).run == []
    first = due(at("2026-08-01T02:00"), TIMING, [], SINCE)
    assert first.run == [(NIGHTLY, "2026-08-01"), (MONTHLY, "2026-07")] and first.missed == []
    later = due(at("2026-08-01T02:00"), TIMING, [], at("2026-08-01T01:00") + timedelta(hours=2))
    assert later.run == []


def test_a_month_falls_due_on_the_day_of_the_settings_also_over_the_year_end():
    timing = Timing(time(2, 0), "Asia/Shanghai", month_day=5)
    assert timing.month(at("2027-01-05T01:59")) == "2026-11" and timing.month(at("2027-01-05T02:00")) == "2026-12"
    assert timing.next_after(MONTHLY, at("2026-12-20T00:00")) == timing.closing("2026-12") == at("2027-01-05T02:00")


def test_the_night_of_new_year_bears_the_new_year():
    assert TIMING.night(at("2027-01-01T02:00")) == date(2027, 1, 1) and TIMING.night(at("2027-01-01T01:00")) == date(2026, 12, 31)


def test_29_february_is_a_night_like_any_other():
    found = due(at("2028-03-01T03:00"), TIMING, [ok(NIGHTLY, "2028-02-28")], at("2028-02-27T00:00"))
    assert found.missed == ["2028-02-29"]


def test_a_time_that_the_clocks_leave_out_comes_at_the_end_of_the_gap():
    timing = Timing(time(2, 30), "America/New_York")
    moment = timing.moment(date(2026, 3, 8))  # 02:00 becomes 03:00
    assert moment == datetime(2026, 3, 8, 7, 30, tzinfo=UTC) and moment.astimezone(NEW_YORK).time() == time(3, 30)
    since = at("2026-03-07T12:00", NEW_YORK)
    assert due(datetime(2026, 3, 8, 7, 29, tzinfo=UTC), timing, [], since).run == []
    assert due(datetime(2026, 3, 8, 7, 30, tzinfo=UTC), timing, [], since).run == [(NIGHTLY, "2026-03-08")]


def test_a_time_that_comes_twice_is_one_night():
    timing = Timing(time(1, 30), "America/New_York")
    since = at("2026-10-31T12:00", NEW_YORK)
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 01:30 EDT; 01:30 EST comes an hour later
    assert timing.moment(date(2026, 11, 1)) == first
    done = ok(NIGHTLY, "2026-11-01", first)
    assert (NIGHTLY, "2026-11-01") in due(first, timing, [], since).run
    assert NIGHTLY not in {j for j, _ in due(first + timedelta(hours=1), timing, [done], since).run}


def test_shanghai_has_no_such_hours():
    nights = [TIMING.moment(date(2026, 1, 1) + timedelta(days=n)) for n in range(366)]
    assert {b - a for a, b in zip(nights, nights[1:], strict=False)} == {timedelta(days=1)}


@pytest.mark.parametrize("state", ["failed", "given_up"])
def test_what_failed_waits_and_is_then_due_again(state):
    now = at("2026-08-02T03:00")
    row = Known(NIGHTLY, "2026-08-02", state, not_before=now + timedelta(minutes=5))
    assert (NIGHTLY, "2026-08-02") not in due(now, TIMING, [row], SINCE).run
    assert (NIGHTLY, "2026-08-02") in due(now + timedelta(minutes=5), TIMING, [row], SINCE).run


def test_what_somebody_is_at_is_theirs_until_the_lease_ends():
    now = at("2026-08-02T03:00")
    row = Known(NIGHTLY, "2026-08-02", "running", lease=now + timedelta(minutes=10))
    assert (NIGHTLY, "2026-08-02") not in due(now, TIMING, [row], SINCE).run
    assert (NIGHTLY, "2026-08-02") in due(now + timedelta(minutes=10), TIMING, [row], SINCE).run


def test_traces_of_a_clock_that_ran_ahead_stop_nothing():
    now, year = at("2026-08-02T03:00"), timedelta(days=400)
    rows = [
        Known(NIGHTLY, "2026-08-02", "missed", ended=now + year),
        Known(MONTHLY, "2026-07", "ok", ended=now + year),
    ]
    assert due(now, TIMING, rows, SINCE).run == [(NIGHTLY, "2026-08-02"), (MONTHLY, "2026-07")]
    held = Known(NIGHTLY, "2026-08-02", "running", lease=now + year)
    waits = Known(MONTHLY, "2026-07", "failed", not_before=now + year)
    assert due(now, TIMING, [held, waits], SINCE).run == [(NIGHTLY, "2026-08-02"), (MONTHLY, "2026-07")]


def test_overdue_is_what_is_not_made_after_its_grace():
    grace = timedelta(hours=3)
    made = [ok(NIGHTLY, "2026-08-01"), ok(MONTHLY, "2026-07")]
    assert overdue(at("2026-08-02T04:59"), TIMING, made, SINCE, grace) == []
    assert overdue(at("2026-08-02T05:01"), TIMING, made, SINCE, grace) == [(NIGHTLY, "2026-08-02")]
    assert overdue(at("2026-08-01T06:00"), TIMING, [ok(NIGHTLY, "2026-08-01")], SINCE, grace) == [(MONTHLY, "2026-07")]


def test_a_night_that_failed_the_day_before_is_still_overdue_when_the_next_falls_due():
    rows = [Known(NIGHTLY, "2026-08-02", "given_up"), ok(MONTHLY, "2026-07")]
    assert overdue(at("2026-08-03T02:30"), TIMING, rows, SINCE, timedelta(hours=3)) == [(NIGHTLY, "2026-08-02")]


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 31)),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(1, 28),
)
def test_the_newest_night_and_month_have_fallen_due_and_the_next_have_not(moment, zone, hour, minute, day):
    timing, now = Timing(time(hour, minute), zone, day), moment.replace(tzinfo=UTC)
    night, month = timing.night(now), timing.month(now)
    assert timing.moment(night) <= now < timing.moment(night + timedelta(days=1)) == timing.next_after(NIGHTLY, now)
    assert timing.closing(month) <= now < timing.closing(month_after(month)) == timing.next_after(MONTHLY, now)
    assert month_before(month_after(month)) == month


@given(st.lists(st.integers(1, 300), max_size=40))
def test_whenever_it_looks_each_night_is_made_or_told_missed_exactly_once(hours):
    now, rows = SINCE, {}
    for gap in hours:
        now += timedelta(hours=gap)
        found = due(now, TIMING, rows.values(), SINCE)
        for night in found.missed:
            assert (NIGHTLY, night) not in rows
            rows[NIGHTLY, night] = Known(NIGHTLY, night, "missed")
        for key in found.run:
            assert key not in rows
            rows[key] = ok(*key, ended=now)
    nights = sorted(p for j, p in rows if j == NIGHTLY)
    last = TIMING.night(now)
    first = date(2026, 8, 1)
    assert nights == [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
