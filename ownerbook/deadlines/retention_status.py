"""How each file stands towards its end: kept for good, running, over, blocked, appraised, approved (register.md 处置, judging.md §4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines import periods, retention
from ownerbook.deadlines.audits import open_rectifications
from ownerbook.deadlines.columns import FOREVER, Columns, complete, follow, needed, pointed, single
from ownerbook.deadlines.standing import DISPOSAL_NEEDS, LOAN_NEEDS, files_out, last_executed
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints

NEEDS = needed(retention.DUE_NEEDS, LOAN_NEEDS, DISPOSAL_NEEDS, "audits")
GONE = ("已移交", "已销毁")


@dataclass(frozen=True, slots=True)
class RetentionStatus:
    """One entry a row of 档案, over files that are still ours (`ours`).

    ends: last day of retention (FOREVER: 永久 or still owned; NO_DAY: cannot be told). left: the day on which the ownership
    period ended, NO_DAY while it runs or cannot be told. over: retention has run out. soon: it will within the days asked for.
    lent, rectifying, held, lost: what blocks a disposal. unappraised: over, and nobody has appraised it since. closable: the
    owners have left, and the file is not yet 已归档 nor about to be disposed of.
    """

    ends: Ints
    left: Ints
    ours: Bools
    over: Bools
    soon: Bools
    lent: Bools
    rectifying: Bools
    held: Bools
    lost: Bools
    unappraised: Bools
    closable: Bools

    @property
    def blocked(self) -> Bools:
        """Files that may not be disposed of now."""
        return self.lent | self.rectifying | self.held | self.lost

    def by_day(self, mask: Bools) -> Ints:
        """The rows of a mask, the oldest end first."""
        rows = np.flatnonzero(mask).astype(np.int32)
        return rows[np.argsort(self.ends[rows], kind="stable")]


def retention_status(book: Columns, today: int, within: int = 90) -> RetentionStatus:
    """How the files stand towards their end. today: days since 1970-01-01; within: how many days ahead is soon."""
    f, size = book.files, len(book.files)
    ends = retention.retention_ends(book)
    ours = single(f, f.file_no) & f.status.ok & ~f.status.is_(*GONE)
    known = ours & (ends != NO_DAY) & (ends != FOREVER)
    over = known & (ends < today)
    nothing = np.zeros(size, bool)
    lent, rectifying = f.status.is_("借出"), nothing
    if complete(book, "loans", "loan_no", "file_no"):
        lent = lent | (files_out(book) >= 0)
    if complete(book, "audits", "audit_no", "file_no", "audited_on", "result"):
        rows, _ = open_rectifications(book, today)
        rectifying = pointed(book.audits.ref("file_no").row[rows], np.ones(len(rows), bool), size)
    unappraised = nothing.copy()
    unappraised[retention.due_for_appraisal(book, today)[0]] = True
    period = periods.ownership_periods(book)
    left = follow(np.where(period.known, period.ended, NO_DAY).astype(np.int32), periods.periods_of_files(book, period), int(NO_DAY))
    under_way = nothing
    if complete(book, "disposals", "disposal_no", "file_no", "kind"):
        d = book.disposals
        under_way = pointed(d.ref("file_no").row, d.executed_on.blank & d.first, size) | (last_executed(book).row >= 0)
    closable = ours & (left != NO_DAY) & (left < today) & f.status.is_("待整理", "在库") & ~under_way
    return RetentionStatus(
        ends=ends,
        left=left,
        ours=ours,
        over=over,
        soon=known & ~over & (ends <= today + within),
        lent=lent,
        rectifying=rectifying,
        held=retention.on_hold(book, today),
        lost=f.status.is_("遗失"),
        unappraised=unappraised,
        closable=closable,
    )


@dataclass(frozen=True, slots=True)
class Disposals:
    """Disposals under way, one entry each. rows: of 处置. approved: 批准日期 is there, so that only the execution is missing."""

    rows: Ints
    approved: Bools


def open_disposals(book: Columns) -> Disposals:
    """Disposals without 执行日期, in the order of their appraisal."""
    if not complete(book, "disposals", "disposal_no", "file_no", "kind"):
        return Disposals(np.zeros(0, np.int32), np.zeros(0, bool))
    d = book.disposals
    rows = np.flatnonzero(d.executed_on.blank & d.first & d.kind.ok & (d.ref("file_no").row >= 0)).astype(np.int32)
    day = np.where(d.appraised_on.ok, d.appraised_on.days, FOREVER)[rows]
    rows = rows[np.argsort(day, kind="stable")]
    return Disposals(rows, d.approved_on.filled[rows])
