"""Whether archivists had their hours of training in a year (policy 年度培训学时)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Columns, positions
from ownerbook.register.declare import CLERK
from ownerbook.register.persons import FINE
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Floats, Ints

NEEDS = (
    "staff staff.staff_no staff.rights staff.joined_on staff.left_on training.training_no training.held_on training.hours training.attendees policy"
)


@dataclass(frozen=True, slots=True)
class Short:
    """Rows of 人员 that fall short, and per row of 人员 the hours that they had."""

    rows: Ints
    hours: Floats


def too_little_training(book: Columns, year: int, today: int) -> Short:
    """Who held 档案经办 all through a year, is still employed, and had fewer hours than policy asks (O03).

    Whose days of employment are missing, unreadable or contradict each other is not judged.

    A training whose people or hours cannot all be read may be the missing one. The running year is judged by its trainings
    so far, for who held the right from its first day and holds it today.
    """
    persons, training, wanted = book.persons, book.training, float(book.policy.training_hours)
    first, last = (date(year, *end).toordinal() - EPOCH for end in ((1, 1), (12, 31)))
    held = training.held_on
    that_year = held.ok & (held.days >= first) & (held.days <= last)
    clear = that_year & training.hours.ok
    hours = np.where(clear, np.nan_to_num(training.hours.numbers), 0.0)
    named = training.named("attendees")
    known = (named.trouble == FINE) & (named.person >= 0)
    has = np.zeros(len(book.staff))
    np.add.at(has, named.person[known], hours[named.row[known]])
    loose = _loose(training.attendees.ok, named.row[~known])
    spare = float(hours[loose].sum())
    doubtful = np.zeros(len(book.staff), bool)
    doubtful[named.person[known & ~clear[named.row] & (~held.ok[named.row] | that_year[named.row])]] = True
    if (loose & ~clear & (~held.ok | that_year)).any():
        return Short(np.zeros(0, np.int32), has)
    end = min(last, today)
    through = (persons.joined != NO_DAY) & (persons.joined <= first) & (persons.left >= max(end, today))
    through &= np.array([any(a <= first and end <= b for a, b in spans) for spans in persons.spans(CLERK)], bool)
    return Short(positions(through & book.staff.first & book.staff.staff_no.ok & ~doubtful & (has + spare < wanted)), has)


def _loose(readable: Bools, unknown: Ints) -> Bools:
    """Trainings of which it cannot be told who all took part."""
    out = ~readable
    out[unknown] = True
    return out
