"""The Chinese working-day calendar, holidays and made-up working weekends included.

The sheet 日历 overrides everything; then the published years (package chinesecalendar); for other years weekends and statutory
days stand in, and what rests on them is provisional (暂定). So are 29–31 December of the last known year: the notice of the
year after has turned such days before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ownerbook.calendar.months import EPOCH, FIRST_DAY, LAST_DAY, NO_DAY, Ints
from ownerbook.calendar.statutory import statutory_days

Bools = NDArray[np.bool_]

_FIRST = date(1990, 1, 1).toordinal() - EPOCH
_LAST = date(2099, 12, 31).toordinal() - EPOCH
_SPRING = ((1, 20), (2, 28))  # every schedule frees days of the first weeks of the lunar year, which begins in these weeks
_NATIONAL = ((10, 1), (10, 8))


class WorkCalendar:
    """Which days are worked. `corrections` are the rows of 日历: True for 工作日, False for 休息日.

    A year counts as known when it is published, or when 日历 frees days both about the Spring Festival and in the first week
    of October: a single corrected day is no schedule, though that day itself is certain.
    """

    def __init__(self, corrections: Mapping[date, bool] | None = None) -> None:
        self._corrections = dict(corrections or {})

    @property
    def known_until(self) -> date:
        """The last day of the last year, counted without a gap, whose schedule is known."""
        return date(self._last_known, 12, 31)

    def is_known(self, year: int) -> bool:
        """True when the schedule of a year is published or entered on 日历."""
        return year in self._known

    def is_workday(self, day: date) -> tuple[bool, bool]:
        """Whether a day is worked, and whether that is provisional."""
        work, provisional = self._look(np.array([day.toordinal() - EPOCH], np.int32))
        return bool(work[0]), bool(provisional[0])

    def roll(self, day: date) -> tuple[date, bool]:
        """The day itself when it is worked, else the next that is (民法典 203); and whether that is provisional."""
        rolled, provisional = self.roll_days(np.array([day.toordinal() - EPOCH], np.int32))
        return date.fromordinal(int(rolled[0]) + EPOCH), bool(provisional[0])

    def add_workdays(self, day: date, count: int) -> tuple[date, bool]:
        """The last of so many working days after a day, which is not counted itself; and whether that is provisional."""
        last, provisional = self.add_workdays_days(np.array([day.toordinal() - EPOCH], np.int32), count)
        return date.fromordinal(int(last[0]) + EPOCH), bool(provisional[0])

    def roll_days(self, days: Ints) -> tuple[Ints, Bools]:
        """`roll` of day numbers (n,): the days, and which of them are provisional. `NO_DAY` stays, and is not."""
        out, provisional = days.copy(), np.zeros(len(days), bool)
        within = (days >= _FIRST) & (days <= _LAST)
        at = days[within] - _FIRST
        ends = self._next[at]
        out[within] = ends + _FIRST
        provisional[within] = self._unsure[ends + 1] > self._unsure[at]
        far = ~within & (days >= FIRST_DAY) & (days <= LAST_DAY)
        out[far] = np.minimum(days[far] + _to_monday(days[far]), LAST_DAY)
        provisional[far] = True
        return out, provisional

    def add_workdays_days(self, days: Ints, count: int | Ints) -> tuple[Ints, Bools]:
        """`add_workdays` of day numbers (n,), `count` one number or (n,). Days far from our time go by weekdays alone."""
        out, provisional = days.copy(), np.zeros(len(days), bool)
        counts = np.broadcast_to(np.asarray(count, np.int64), days.shape)
        real = (days >= FIRST_DAY) & (days <= LAST_DAY)
        within = real & (days >= _FIRST) & (days <= _LAST)
        wanted = np.where(within, self._worked[np.where(within, days - _FIRST, 0)] + counts, 0)
        within &= (wanted <= self._worked[-1]) & (counts >= 0)
        at = days[within] - _FIRST
        ends = np.where(counts[within] == 0, at, np.searchsorted(self._worked, wanted[within], "left"))
        out[within] = ends + _FIRST
        provisional[within] = self._unsure[ends + 1] > self._unsure[np.minimum(at + 1, ends)]
        far = real & ~within
        if far.any():
            moved = np.busday_offset(days[far].astype("datetime64[D]"), counts[far], roll="backward")
            out[far] = np.where(counts[far] == 0, days[far], np.clip(moved.astype(np.int64), FIRST_DAY, LAST_DAY))
            provisional[far] = True
        return out, provisional

    @cached_property
    def _published(self) -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
        from chinese_calendar.constants import holidays, workdays

        return frozenset(holidays), frozenset(workdays), frozenset(day.year for day in holidays)

    @cached_property
    def _known(self) -> frozenset[int]:
        free = [day for day, worked in self._corrections.items() if not worked]
        entered = {
            year
            for year in {day.year for day in free}
            if any(_between(day, year, _SPRING) for day in free) and any(_between(day, year, _NATIONAL) for day in free)
        }
        return self._published[2] | entered

    @cached_property
    def _last_known(self) -> int:
        year = max(self._published[2])
        while year + 1 in self._known:
            year += 1
        return year

    @cached_property
    def _days(self) -> tuple[Bools, Bools]:
        """Which days of our table are worked, and which of that is provisional."""
        holidays, workdays, published = self._published
        numbers = np.arange(_FIRST, _LAST + 1, dtype=np.int32)
        work = _to_monday(numbers) == 0
        years = numbers.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        provisional = ~np.isin(years, list(self._known))
        guessed = [day for year in range(max(published) + 1, 2100) for day in statutory_days(year)]
        for free, days in ((True, holidays), (True, guessed), (False, workdays)):
            work[[day.toordinal() - EPOCH - _FIRST for day in days]] = not free
        for year in self._known:
            if year + 1 not in self._known:
                end = date(year, 12, 31).toordinal() - EPOCH - _FIRST
                provisional[end - 2 : end + 1] = True
        for day, worked in self._corrections.items():
            at = day.toordinal() - EPOCH - _FIRST
            if 0 <= at < len(work):
                work[at], provisional[at] = worked, False
        return work, provisional

    @cached_property
    def _next(self) -> Ints:
        """For each day of the table the place of the first worked day from it on."""
        work = self._days[0]
        places = np.where(work, np.arange(len(work)), len(work) - 1)
        return np.minimum.accumulate(places[::-1])[::-1].astype(np.int32)

    @cached_property
    def _worked(self) -> NDArray[np.int64]:
        """How many days are worked up to and with each day of the table."""
        return np.cumsum(self._days[0])

    @cached_property
    def _unsure(self) -> NDArray[np.int64]:
        """How many days before each place of the table are provisional; one entry more than there are days."""
        return np.concatenate([[0], np.cumsum(self._days[1])])

    def _look(self, days: Ints) -> tuple[Bools, Bools]:
        within = (days >= _FIRST) & (days <= _LAST)
        at = np.where(within, days - _FIRST, 0)
        return np.where(within, self._days[0][at], _to_monday(days) == 0), np.where(within, self._days[1][at], days != NO_DAY)


def _to_monday(days: Ints) -> Ints:
    """How many days to the next Monday, 0 for the days of the working week."""
    weekday = (days.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday
    return np.where(weekday < 5, 0, 7 - weekday).astype(np.int32)


def _between(day: date, year: int, span: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    return date(year, *span[0]) <= day <= date(year, *span[1])
