"""Loans in time: when each is due, how long it is overdue, which reminder that calls for, and who may borrow nothing more.

../shared/judging.md §4 and §5, register.md 制度. Days are days since 1970-01-01; every array has one entry a row of 借阅.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.terms import loan_due_days
from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines.columns import FOREVER, Columns
from ownerbook.deadlines.standing import open_loans
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints, Longs

NEEDS = "loans.loan_no loans.decided_on loans.lent_on loans.due_on loans.renewals loans.returned_on loans.condition loans.note policy calendar"
_EPOCH = date(1970, 1, 1)
BORROWER_NEEDS = NEEDS + " loans.borrower loans.phone"
BLOCKED_AFTER = 30
"""Days overdue after which a borrower gets no further loan (judging.md §5)."""
PATIENCE = 10
"""Days after a provisional due date before it counts: the schedule may yet move it (judging.md §4)."""


@dataclass(frozen=True, slots=True)
class Due:
    """When loans are due.

    policy: the day by the policy, NO_DAY where it does not follow (nothing lent, a cell that cannot be read).
    provisional: it rests on a schedule that is not published yet.
    judged: 应还日期 must be that day. wrong: it is blank or another, and no 备注 accounts for an earlier one.
    day: the day that counts, NO_DAY where none is known: as entered; by the policy where nothing is entered, or an
    earlier day without a 备注.
    """

    policy: Ints
    provisional: Bools
    judged: Bools
    wrong: Bools
    day: Ints


def due(book: Columns, calendar: WorkCalendar) -> Due:
    """When each loan is due (K02, K12)."""
    loans, policy = book.loans, book.policy
    lent, entered, renewals = loans.lent_on, loans.due_on, loans.renewals
    countable = lent.ok & (renewals.ok | renewals.blank)
    times = np.where(renewals.ok, np.minimum(np.nan_to_num(renewals.numbers), 1200), 0).astype(np.int32)
    start = np.where(countable, lent.days, NO_DAY).astype(np.int32)
    by_policy, unsure = loan_due_days(start, times, policy.loan_term, policy.roll, calendar)
    judged = countable.copy()
    if policy.effective_on is not None:
        judged &= lent.days >= np.int64((policy.effective_on - _EPOCH).days)
    other = entered.ok & (entered.days != by_policy)
    early = entered.ok & (entered.days < by_policy)
    doubted = (times > policy.max_renewals) | out_of_order(book)  # told there, and the due day would only follow
    certain = entered.ok & ~calendar.roll_days(np.where(entered.ok, entered.days, NO_DAY).astype(np.int32))[1]
    wrong = judged & ~unsure & (entered.blank | (other & ~doubted & ~(early & loans.note.filled)))
    day = np.where(entered.ok, np.where(wrong & early, by_policy, entered.days), np.where(entered.blank & judged, by_policy, NO_DAY))
    return Due(by_policy, unsure & countable & ~certain & (entered.ok | entered.blank), judged & ~unsure, wrong, day.astype(np.int32))


def out_of_order(book: Columns) -> Bools:
    """Loans whose day of lending contradicts that of the decision or of the return."""
    loans = book.loans
    lent, decided, returned = loans.lent_on, loans.decided_on, loans.returned_on
    return lent.ok & ((decided.ok & (decided.days > lent.days)) | (returned.ok & (returned.days < lent.days)))


def days_overdue(book: Columns, when: Due, today: int) -> Ints:
    """How many days each open loan is past its day, 0 on it, negative before; NO_DAY for all that are not open or have no day."""
    known = open_loans(book) & (when.day != NO_DAY)
    return np.where(known, today - when.day.astype(np.int64), NO_DAY).astype(np.int32)


def overdue(book: Columns, when: Due, today: int) -> Bools:
    """Loans that are late (K01): from the day after the due day, of a provisional one from ten days after it."""
    days = days_overdue(book, when, today)
    return (days > 0) & ~_too_early(days, when)


def ladder_step(days: Ints, when: Due, ladder: Sequence[tuple[str, int]]) -> Ints:
    """Which step of 催还阶梯 each loan has reached (index into it), -1 for none.

    days: as `days_overdue` gives them. ladder: steps as (words, days after the due day), in order, as the policy reads them.
    """
    reached = np.searchsorted(np.array([n for _, n in ladder], np.int64), days, "right") - 1
    return np.where((days == NO_DAY) | _too_early(days, when), -1, reached).astype(np.int32)


def blocked_by(book: Columns, when: Due) -> Ints:
    """Of each loan the other loan of that borrower that was 30 days overdue on the day of lending, -1 for none (R40).

    A borrower is a 姓名 with a 联系电话. A loan brought back that same day blocks nothing, nor does one lost on an unknown day.
    """
    loans = book.loans
    out = np.full(len(loans), -1, np.int32)
    who = _borrowers(book)
    returned = loans.returned_on
    end = np.where(open_loans(book), FOREVER, np.where(returned.ok, returned.days, NO_DAY)).astype(np.int64)
    start = when.day.astype(np.int64) + BLOCKED_AFTER
    late = np.flatnonzero(loans.first & (who >= 0) & (when.day != NO_DAY) & loans.lent_on.ok & (end > start))
    lent = np.flatnonzero(loans.first & (who >= 0) & loans.lent_on.ok)
    keys = _key(who[lent], loans.lent_on.days[lent])
    order = np.argsort(keys, kind="stable")
    lent, keys = lent[order], keys[order]
    first = np.searchsorted(keys, _key(who[late], start[late]))
    last = np.searchsorted(keys, _key(who[late], end[late]))
    for a, b, row in zip(first.tolist(), last.tolist(), late.tolist(), strict=True):
        out[lent[a:b]] = row
    return out


def blocked_now(book: Columns, when: Due, today: int) -> Bools:
    """Open loans 30 days overdue: their borrowers get nothing more."""
    days = days_overdue(book, when, today)
    return (days >= BLOCKED_AFTER) & ~_too_early(days, when)


def _too_early(days: Ints, when: Due) -> Bools:
    return when.provisional & (days < PATIENCE)


def _borrowers(book: Columns) -> Ints:
    """A number for each borrower, -1 where name or phone cannot be read."""
    name, phone = book.loans.borrower, book.loans.phone
    known = name.ok & phone.ok
    out = np.full(len(known), -1, np.int32)
    out[known] = np.unique(_key(name.ids[known], phone.ids[known]), return_inverse=True)[1]
    return out


def _key(high: Ints, low: Ints | Longs) -> Longs:
    return (high.astype(np.int64) << 32) + low
