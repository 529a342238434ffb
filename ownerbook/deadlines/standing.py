"""Where each file stands by its loans and disposals: out, lost, archived, handed over, destroyed (register.md 处置)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns, needed, pointed
from ownerbook.register.understood import NO_DAY, REJECTED
from ownerbook.schema.cells import Bools, Ints

LOAN_NEEDS = "files.file_no loans.loan_no loans.file_no loans.lent_on loans.returned_on loans.condition"
DISPOSAL_NEEDS = "files.file_no disposals.disposal_no disposals.file_no disposals.kind disposals.executed_on"
NEEDS = needed(LOAN_NEEDS, DISPOSAL_NEEDS)


@dataclass(slots=True)
class Last:
    """Per row of 档案 the latest row of another sheet that counts (-1 for none), and whether nothing about it is in doubt."""

    row: Ints
    sure: Bools

    def day(self, days: Ints) -> Ints:
        """The day of that row, NO_DAY for none."""
        out = np.full(len(self.row), NO_DAY, np.int32)
        there = self.row >= 0
        out[there] = days[self.row[there]]
        return out

    def is_(self, mask: Bools) -> Bools:
        """Whether that row is one of `mask`."""
        out = np.zeros(len(self.row), bool)
        there = self.row >= 0
        out[there] = mask[self.row[there]]
        return out


def _last(at: Ints, counts: Bools, days: Ints, size: int, doubtful: Bools) -> Last:
    rows = np.flatnonzero(counts & (at >= 0)).astype(np.int32)
    order = rows[np.argsort(days[rows], kind="stable")]
    row = np.full(size, -1, np.int32)
    row[at[order]] = order  # of equal places the last one written stays
    return Last(row, ~pointed(at, doubtful, size))


def open_loans(book: Columns) -> Bools:
    """Loans that are out: 借出日期, no 归还日期, 归还状态 not 遗失 (judging.md §5)."""
    loans = book.loans
    out: Bools = loans.lent_on.ok & loans.returned_on.blank & ~loans.condition.is_("遗失") & (loans.condition.state != REJECTED)
    return out


def last_loans(book: Columns) -> Last:
    """The latest loan of each file. A loan of which it cannot be told whether it is out leaves its file in doubt."""
    loans = book.loans
    at = loans.ref("file_no").row
    unread = (loans.lent_on.state == REJECTED) | (loans.returned_on.state == REJECTED) | (loans.condition.state == REJECTED)
    doubtful = (unread & ~loans.returned_on.ok) | ~loans.first
    return _last(at, loans.lent_on.ok & loans.first, loans.lent_on.days, len(book.files), doubtful)


def files_out(book: Columns) -> Ints:
    """Per row of 档案 the loan on which it is out, -1 for none."""
    loans = book.loans
    at = loans.ref("file_no").row
    rows = np.flatnonzero(open_loans(book) & (at >= 0) & loans.first)
    out = np.full(len(book.files), -1, np.int32)
    out[at[rows]] = rows
    return out


def last_executed(book: Columns) -> Last:
    """The last executed disposal of each file; one whose kind or day cannot be read leaves its file in doubt."""
    d = book.disposals
    at = d.ref("file_no").row
    executed = d.executed_on
    doubtful = (executed.filled & (~d.kind.ok | ~executed.ok)) | ~d.first
    return _last(at, executed.ok & d.kind.ok & d.first, executed.days, len(book.files), doubtful)
