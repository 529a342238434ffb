"""The ladder: each step once, missed nights made up for, nothing after the return."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.ladder import reminders, still_wanted
from ownerbook.rules.pictures import draw

DUE = date(2026, 4, 2)
LOAN = "借阅: 借阅单号 | 档号 | 借出日期 | 应还日期 | 续借次数 | 归还日期\nJ1 | A1 | 2026-03-02 | {due} | {renewals} | {back}"


def night(told: set, today: date, due: str = "2026-04-02", renewals: str = "", back: str = "") -> list[str]:
    """One night's reminders; what they cover is remembered."""
    register = draw(LOAN.format(due=due, renewals=renewals, back=back)).register()
    out = reminders(Whole(register), register.calendar, today.toordinal() - EPOCH, told)
    for r in out:
        told.update(r.covers)
    return [r.step for r in out]


def test_every_night_tells_each_step_once():
    told: set = set()
    said = {n: step for n in range(-10, 45) for step in night(told, DUE + timedelta(days=n))}
    assert said == {-7: "到期前7天", 1: "逾期1天", 7: "逾期7天", 15: "逾期15天", 30: "逾期30天"}


def test_missed_nights_are_made_up_for_by_the_highest_step():
    told: set = set()
    assert night(told, DUE + timedelta(days=-8)) == []
    assert night(told, DUE + timedelta(days=9)) == ["逾期7天"]
    assert night(told, DUE + timedelta(days=10)) == []
    assert night(told, DUE + timedelta(days=16)) == ["逾期15天"]


def test_nothing_is_told_after_the_return():
    assert night(set(), DUE + timedelta(days=40), back="2026-05-01") == []


def test_a_renewal_begins_the_ladder_anew():
    told: set = set()
    assert night(told, DUE + timedelta(days=-3)) == ["到期前7天"]
    assert night(told, DUE + timedelta(days=2), due="2026-05-06", renewals="1") == []
    assert night(told, date(2026, 4, 29), due="2026-05-06", renewals="1") == ["到期前7天"]


def test_the_manager_is_told_from_thirty_days():
    register = draw(LOAN.format(due="2026-04-02", renewals="", back="")).register()
    today = DUE.toordinal() - EPOCH
    managers = {n: [r.manager for r in reminders(Whole(register), register.calendar, today + n, ())] for n in (29, 30)}
    assert managers == {29: [False], 30: [True]}


@given(st.lists(st.integers(-12, 60), max_size=25))
def test_whatever_nights_run_no_step_is_told_twice_and_the_last_one_is_told(nights):
    """Law: over any nights in order, steps are told at most once, in order, and after the last night the reached step has been."""
    told: set = set()
    said = [step for n in sorted(nights) for step in night(told, DUE + timedelta(days=n))]
    ladder = ["到期前7天", "逾期1天", "逾期7天", "逾期15天", "逾期30天"]
    assert said == sorted(set(said), key=ladder.index)
    if nights:
        reached = [s for s, n in zip(ladder, (-7, 1, 7, 15, 30), strict=True) if n <= max(nights)]
        assert (said[-1:] or [None]) == (reached[-1:] or [None])


def test_the_memory_of_loans_that_are_gone_from_the_register_is_dropped():
    register = draw("借阅: 借阅单号 | 借出日期\nJ1 | 2026-03-02").register()
    kept = still_wanted(Whole(register), {("J1", 1, 7), ("J9", 1, 7)})
    assert kept == [("J1", 1, 7)]
    nothing = draw("借阅: 借阅单号 | 借出日期").register()
    assert still_wanted(Whole(nothing), {("J9", 1, 7)}) == [("J9", 1, 7)]
