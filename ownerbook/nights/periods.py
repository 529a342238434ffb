"""Which nights and months are due: a pure function of a moment, the timing and what the ledger knows.

A night bears the name of the day on which it falls due (2026-11-25), a month its own (2026-10). Missed nights are made up
for by one run, since a run looks at the register as it is now; missed months are all made, oldest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

NIGHTLY: Final = "nightly"
MONTHLY: Final = "monthly"
State = Literal["running", "ok", "failed", "given_up", "missed"]
_SKEW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timing:
    """When work falls due: at this time of the day in this zone; a month on this day (1 to 28) of the month after it."""

    at: time = time(2, 0)
    zone: str = "Asia/Shanghai"
    month_day: int = 1

    def moment(self, day: date) -> datetime:
        """The moment of a day's run, in UTC. A time that the clocks leave out is the moment after the gap; of one that comes twice, the first."""
        return datetime.combine(day, self.at, ZoneInfo(self.zone)).astimezone(UTC)

    def day(self, now: datetime) -> date:
        """The day of a moment in this zone."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def night(self, now: datetime) -> date:
        """The newest night that has fallen due."""
        day = self.day(now)
        return day if self.moment(day) <= now else day - timedelta(days=1)

    def closing(self, month: str) -> datetime:
        """When a month falls due."""
        year, number = int(month[:4]), int(month[5:7])
        return self.moment(date(year + number // 12, number % 12 + 1, self.month_day))

    def month(self, now: datetime) -> str:
        """The newest month that has fallen due."""
        day = self.day(now)
        month = month_before(f"{day:%Y-%m}")
        return month if self.closing(month) <= now else month_before(month)

    def due_at(self, job: str, period: str) -> datetime:
        """When a period of a job falls due. Raises ValueError for what is no period."""
        return self.closing(period) if job == MONTHLY else self.moment(date.fromisoformat(period))

    def next_after(self, job: str, now: datetime) -> datetime:
        """When the next period of a job falls due."""
        if job == MONTHLY:
            return self.closing(month_after(self.month(now)))
        return self.moment(self.night(now) + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of a period. lease: until when its holder has it; not_before: not tried again before; ended: when it was done."""

    job: str
    period: str
    state: State
    lease: datetime | None = None
    not_before: datetime | None = None
    ended: datetime | None = None

    def done(self, now: datetime) -> bool:
        """Whether it was made. What was made at a moment yet to come is the trace of a clock that was wrong, and counts for nothing."""
        return self.state == "ok" and (self.ended is None or self.ended <= now + _SKEW)

    def held(self, now: datetime, longest: timedelta) -> bool:
        """Whether somebody is at it. A lease further ahead than any may be was written by a clock that was wrong."""
        return self.state == "running" and self.lease is not None and now < self.lease <= now + longest + _SKEW

    def waits(self, now: datetime) -> bool:
        """Whether it failed so lately that it is not tried again yet."""
        return self.state in ("failed", "given_up") and self.not_before is not None and now < self.not_before <= now + timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Due:
    """run: what is to be run now, in order. missed: nights that nothing made and that the run of a later one makes up for."""

    run: list[tuple[str, str]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def month_before(month: str) -> str:
    """The month before, as 2026-10."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{year - 1:04d}-12" if number == 1 else f"{year:04d}-{number - 1:02d}"


def month_after(month: str) -> str:
    """The month after, as 2026-10."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + 1:04d}-01" if number == 12 else f"{year:04d}-{number + 1:02d}"


def due(now: datetime, timing: Timing, known: Iterable[Known], since: datetime, *, longest: timedelta = timedelta(hours=1)) -> Due:
    """What is due at a moment: of the nights the newest, then every closed month that is not made, oldest first.

    since: when the work was set up; nothing older is made. longest: the longest lease there is. Nothing is due that is done, held or waits.
    """
    rows = {(k.job, k.period): k for k in known}
    out = Due()

    def free(job: str, period: str) -> bool:
        row = rows.get((job, period))
        return row is None or not (row.done(now) or row.held(now, longest) or row.waits(now))

    newest = timing.night(now)
    if timing.moment(newest) > since:
        if free(NIGHTLY, newest.isoformat()):
            out.run.append((NIGHTLY, newest.isoformat()))
        night = newest - timedelta(days=1)
        while timing.moment(night) > since and (NIGHTLY, night.isoformat()) not in rows:
            out.missed.append(night.isoformat())
            night -= timedelta(days=1)
        out.missed.reverse()
    out.run.extend((MONTHLY, m) for m in months_since(now, timing, since) if free(MONTHLY, m))
    return out


def months_since(now: datetime, timing: Timing, since: datetime) -> list[str]:
    """Every month that fell due after `since`, oldest first."""
    out = []
    month = timing.month(now)
    while timing.closing(month) > since:
        out.append(month)
        month = month_before(month)
    return out[::-1]


def overdue(now: datetime, timing: Timing, known: Sequence[Known], since: datetime, grace: timedelta) -> list[tuple[str, str]]:
    """Periods that should have been made by now: the newest night past its grace (before that, the one before), and every month past it."""
    rows = {(k.job, k.period): k for k in known}

    def lacking(job: str, period: str) -> bool:
        row = rows.get((job, period))
        at = timing.due_at(job, period)
        return at > since and now > at + grace and (row is None or not row.done(now))

    night = timing.night(now)
    out = []
    for day in (night, night - timedelta(days=1)):
        row = rows.get((NIGHTLY, day.isoformat()))
        if lacking(NIGHTLY, day.isoformat()):
            out.append((NIGHTLY, day.isoformat()))
            break
        if row is not None and row.done(now):
            break
    return out + [(MONTHLY, m) for m in months_since(now, timing, since) if lacking(MONTHLY, m)]
