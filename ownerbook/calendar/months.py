"""Calendar months as the Civil Code counts them (民法典 200–202).

A term ends on the corresponding day of its last month; where that month has none, on its last day. Renewals are counted from
the first day of all: 31 January and one month is 28 February, and two months 31 March.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import overload

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]

NO_DAY = np.iinfo(np.int32).min
"""The day number (days since 1970-01-01) of no date."""
FOREVER = np.iinfo(np.int32).max
"""The day number of 长期 and 永久."""

EPOCH = date(1970, 1, 1).toordinal()
FIRST_DAY, LAST_DAY = date.min.toordinal() - EPOCH, date.max.toordinal() - EPOCH


@overload
def add_months(day: date, months: int) -> date: ...
@overload
def add_months(day: Ints, months: int | Ints) -> Ints: ...
def add_months(day: date | Ints, months: int | Ints) -> date | Ints:
    """The corresponding day so many months later, of one date or of day numbers (n,).

    `NO_DAY` and `FOREVER` stay what they are; a day past the year 9999 is its last.
    """
    if isinstance(day, date):
        return _one(day, int(months))
    real = (day >= FIRST_DAY) & (day <= LAST_DAY)
    days = np.where(real, day, 0).astype("datetime64[D]")
    start = days.astype("datetime64[M]")
    within = (days - start.astype("datetime64[D]")).astype(np.int64)
    # so many months lead from any day to the first or the last there is
    target = start + np.clip(np.asarray(months, np.int64), -120_000, 120_000).astype("timedelta64[M]")
    first = target.astype("datetime64[D]").astype(np.int64)
    length = (target + 1).astype("datetime64[D]").astype(np.int64) - first
    ends = np.clip(first + np.minimum(within, length - 1), FIRST_DAY, LAST_DAY)
    return np.where(real, ends, day).astype(np.int32)


@overload
def add_days(day: date, days: int) -> date: ...
@overload
def add_days(day: Ints, days: int | Ints) -> Ints: ...
def add_days(day: date | Ints, days: int | Ints) -> date | Ints:
    """The day so many days later, of one date or of day numbers (n,); kept within the years 1 to 9999."""
    if isinstance(day, date):
        return date.fromordinal(min(max(day.toordinal() + int(days), 1), date.max.toordinal()))
    real = (day >= FIRST_DAY) & (day <= LAST_DAY)
    later = np.clip(day.astype(np.int64) + days, FIRST_DAY, LAST_DAY)
    return np.where(real, later, day).astype(np.int32)


def _one(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
