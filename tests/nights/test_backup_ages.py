"""Which backups stay: the newest of each day, week and month, and never none."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ownerbook.nights.backup_ages import generations

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 25, 2, tzinfo=ZONE)


def nights(count):
    return [NIGHT - timedelta(days=n) for n in range(count)]


def test_a_year_of_nights_leaves_fourteen_days_eight_weeks_and_the_newest_of_each_month():
    stay = generations(nights(365), 14, 8, 24)
    assert [m for m in nights(14) if m not in stay] == []
    by_reason = {why: {m for m, reasons in stay.items() if why in reasons} for why in ("day", "week", "month")}
    assert (len(by_reason["day"]), len(by_reason["week"]), len(by_reason["month"])) == (14, 8, 13)
    assert datetime(2026, 2, 28, 2, tzinfo=ZONE) in by_reason["month"] and datetime(2026, 2, 27, 2, tzinfo=ZONE) not in stay


def test_of_two_backups_of_a_day_the_later_one_stays():
    morning, noon = NIGHT, NIGHT + timedelta(hours=10)
    assert set(generations([noon, morning], 14, 8, 24)) == {noon}


def test_a_long_pause_uses_up_no_places():
    old = [m - timedelta(days=300) for m in nights(14)]
    assert set(old[:13]) <= set(generations([NIGHT, *old], 14, 0, 0))


@given(st.lists(st.integers(0, 24 * 900), max_size=60), st.integers(1, 20), st.integers(0, 10), st.integers(0, 30))
def test_the_newest_always_stays_and_ageing_twice_is_ageing_once(hours, days, weeks, months):
    moments = [NIGHT - timedelta(hours=h) for h in hours]
    stay = generations(moments, days, weeks, months)
    assert set(stay) <= set(moments) and (not moments or max(moments) in stay)
    assert generations(list(stay), days, weeks, months) == stay
