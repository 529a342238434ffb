"""When the retention of each file ends: N years after the latest 迁出日期 of its ownership period (judging.md §4)."""

from __future__ import annotations

import re

import numpy as np

from ownerbook.calendar import months
from ownerbook.deadlines import periods
from ownerbook.deadlines.columns import FOREVER, Columns, complete, latest, needed, pointed, single
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints

NEEDS = needed(periods.OF_FILES, "files.retention")
DUE_NEEDS = needed(NEEDS, "files.status files.hold_until disposals? disposals.file_no? disposals.kind? disposals.appraised_on?")
KEPT = ("待整理", "在库", "已归档")  # in our hands and in its place: a lent file cannot be appraised


def retention_ends(book: Columns) -> Ints:
    """Per row of 档案 the last day of its retention.

    FOREVER: 永久, or the ownership period has not ended. NO_DAY: it cannot be told (owner or retention unreadable).
    An end on 29 February falls on the 28th where the year has none.
    """
    f = book.files
    kept = f.retention
    ends = np.full(len(f), NO_DAY, np.int32)
    known = periods.ownership_periods(book)
    period = periods.periods_of_files(book, known)
    there = (period >= 0) & kept.ok
    there[there] &= known.known[period[there]]
    ended = np.full(len(f), NO_DAY, np.int32)
    ended[there] = known.ended[period[there]]
    ends[there & (ended == NO_DAY)] = FOREVER
    for option in kept.options:
        mine = kept.is_(option)
        years = re.fullmatch(r"(\d+)年", option)
        if years is None:
            ends[mine] = FOREVER
            continue
        dated = mine & (ended != NO_DAY)
        ends[dated] = months.add_months(ended[dated], 12 * int(years[1]))
    return ends


def on_hold(book: Columns, today: int) -> Bools:
    """Files whose disposal is put off: 暂缓处置至 is 未定 or not past."""
    until = book.files.hold_until
    out: Bools = until.ok & ((until.days == NO_DAY) | (until.days >= today))
    return out


def due_for_appraisal(book: Columns, today: int) -> tuple[Ints, Ints]:
    """Files whose retention has run out and that nobody has appraised since, nor is about to destroy or hand over.

    Gives their rows, and the last day of retention of each. A file on hold waits (M02).
    """
    f = book.files
    ends = retention_ends(book)
    due = (ends != NO_DAY) & (ends < today) & f.status.is_(*KEPT) & single(f, f.file_no) & ~on_hold(book, today)
    if complete(book, "disposals", "file_no", "kind", "appraised_on"):
        d = book.disposals
        at, day = d.ref("file_no").row, d.appraised_on
        due &= latest(at, np.where(day.ok, day.days, NO_DAY), len(f)) <= ends
        due &= ~pointed(at, day.filled & (d.kind.is_("销毁", "移交") | ~d.kind.ok | ~day.ok), len(f))
    rows = np.flatnonzero(due).astype(np.int32)
    return rows, ends[rows]
