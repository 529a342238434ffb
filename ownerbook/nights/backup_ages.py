"""Which backups are kept: of the last days, weeks and months the newest each (pure)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Literal

Generation = Literal["day", "week", "month"]


def generations(moments: Collection[datetime], days: int, weeks: int, months: int) -> dict[datetime, tuple[Generation, ...]]:
    """The backups that stay, and for which reason. moments: when good backups were made, in one zone.

    Of each of the last so many days on which there is one the newest stays; so with ISO weeks and calendar months. The newest of all always
    stays. Days without a backup do not use up a place: after a long pause nothing is lost that had been kept.
    """
    out: dict[datetime, tuple[Generation, ...]] = {}
    kinds: tuple[tuple[Generation, int, Callable[[datetime], object]], ...] = (
        ("day", max(days, 1), lambda m: m.date()),
        ("week", weeks, lambda m: m.isocalendar()[:2]),
        ("month", months, lambda m: (m.year, m.month)),
    )
    for name, most, period in kinds:
        newest: dict[object, datetime] = {}
        for moment in sorted(moments):
            newest[period(moment)] = moment
        for moment in sorted(newest.values())[max(len(newest) - most, 0) :]:
            out[moment] = (*out.get(moment, ()), name)
    return out
