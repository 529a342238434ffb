"""How the audits stand on a day: per file the next one, and the rectifications that are open (register.md 审核, judging.md §4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines import audits
from ownerbook.deadlines.columns import FOREVER, Columns, days_of, needed
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints

NEEDS = needed(audits.NEEDS, audits.RECTIFICATION_NEEDS, "audits.rectified_on")


@dataclass(frozen=True, slots=True)
class AuditStatus:
    """One entry a row of 档案.

    last: the latest audit, NO_DAY for none. due: the last day in time (FOREVER: none falls due, NO_DAY: cannot be told).
    late: past it. soon: due within the days asked for. first: never audited. out: lent, and due by then: to be audited on return.
    """

    last: Ints
    due: Ints
    late: Bools
    soon: Bools
    first: Bools
    out: Bools

    def by_day(self, mask: Bools) -> Ints:
        """The rows of a mask, the oldest day first."""
        rows = np.flatnonzero(mask).astype(np.int32)
        return rows[np.argsort(self.due[rows], kind="stable")]


def audit_status(book: Columns, today: int, within: int = 30) -> AuditStatus:
    """How the audits of the files stand. today: days since 1970-01-01; within: how many days ahead is soon."""
    f = book.files
    ends = audits.cycle_ends(book)
    here, lent = f.status.is_(*audits.DUE), f.status.is_("借出")
    due = np.where(here, ends, np.where(f.status.ok, FOREVER, NO_DAY)).astype(np.int32)
    last = np.maximum(audits.last_audits(book).day, days_of(f.audited_on)).astype(np.int32)
    known = (due != NO_DAY) & (due != FOREVER)
    late = known & (due < today)
    return AuditStatus(
        last=last,
        due=due,
        late=late,
        soon=known & ~late & (due <= today + within),
        first=last == NO_DAY,
        out=lent & (ends != NO_DAY) & (ends <= today + within),
    )


@dataclass(frozen=True, slots=True)
class Rectifications:
    """Open rectifications, the gravest first: one entry each.

    rows: of 审核. age: days since 审核日期 (NO_DAY where unknown). by: 整改期限 (NO_DAY where none). late: past it.
    done: 整改完成日期 is filled, so that only the re-check is missing.
    """

    rows: Ints
    age: Ints
    by: Ints
    late: Bools
    done: Bools


def rectifications(book: Columns, today: int) -> Rectifications:
    """The open rectifications: 不合格 and without a 复核日期, the earliest 整改期限 first, those without any last."""
    a = book.audits
    rows, late = audits.open_rectifications(book, today)
    by = days_of(a.rectify_by)[rows]
    audited = days_of(a.audited_on)[rows]
    age = np.where(audited == NO_DAY, NO_DAY, today - audited.astype(np.int64)).astype(np.int32)
    order = np.argsort(np.where(by == NO_DAY, FOREVER, by), kind="stable")
    return Rectifications(rows[order], age[order], by[order], late[order], a.rectified_on.filled[rows][order])
