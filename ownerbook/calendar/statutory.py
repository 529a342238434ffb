"""The statutory days of years whose schedule is not published yet (全国年节及纪念日放假办法, as of 2025).

They only stand in until the schedule is known, and every day of such a year is provisional: which weekends will be worked
nobody knows. Lunar dates are astronomical facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
# year: first day of the lunar year (its eve and three days), 清明, 端午, 中秋
_MOVING = {
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
    2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
    2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
    2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
    2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
    2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
}


def statutory_days(year: int) -> Iterator[date]:
    """The statutory holidays of a year, as far as they are known."""
    for month, day in _FIXED:
        yield date(year, month, day)
    if year in _MOVING:
        spring, *others = (date(year, month, day) for month, day in _MOVING[year])
        for shift in (-1, 0, 1, 2):
            yield spring + timedelta(days=shift)
        yield from others
