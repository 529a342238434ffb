"""The ladder of reminders with a memory: each step once, missed nights made up for, nothing after the return (policy 催还阶梯)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines.columns import Columns
from ownerbook.deadlines.loan_status import loan_status
from ownerbook.deadlines.loans import BLOCKED_AFTER

Key = tuple[str, int, int]
"""借阅单号, due day, and how many days after it the step stands: a renewal moves the due day and begins the ladder anew."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that is due and was not given. row: of 借阅. step: as the policy words it. covers: the steps that it settles,
    its own and those that missed nights left behind. days: past the due day. manager: it is for the manager too."""

    row: int
    step: str
    days: int
    due: int
    covers: tuple[Key, ...]
    manager: bool


def reminders(book: Columns, calendar: WorkCalendar, today: int, told: Collection[Key]) -> list[Reminder]:
    """What is to be told now, the longest overdue first. `told`: the steps given before.

    A loan that climbed several steps since is told the highest only, and the lower ones count as given. A loan that is back,
    lost, or due on a provisional day that has not passed by ten days is told nothing.
    """
    ladder = book.policy.ladder
    if not ladder:
        return []
    status = loan_status(book, calendar, today)
    rows = status.by_lateness(status.out & (status.step >= 0) & book.loans.loan_no.ok)
    given = told if isinstance(told, set | frozenset) else set(told)
    out = []
    for row in map(int, rows):
        number, due = book.loans.loan_no.text(row), int(status.due.day[row])
        reached = int(status.step[row])
        keys = tuple((number, due, after) for _, after in ladder[: reached + 1])
        if keys[-1] in given:
            continue
        words, after = ladder[reached]
        covers = tuple(k for k in keys if k not in given)
        out.append(Reminder(row, words, int(status.days[row]), due, covers, after >= BLOCKED_AFTER))
    return out


def still_wanted(book: Columns, told: Collection[Key]) -> list[Key]:
    """The part of a memory worth keeping: steps of loans that 借阅 still holds. Without any row of 借阅 nothing is dropped."""
    c = book.loans
    if not len(c):
        return sorted(told)
    known = {c.loan_no.text(int(r)) for r in np.flatnonzero(c.loan_no.ok)}
    return sorted(k for k in told if k[0] in known)
