"""How each loan stands on a day: applied for, agreed, out, due soon, overdue, returned, damaged or lost (register.md 借阅)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines import loans
from ownerbook.deadlines.columns import Columns, days_of, needed, positions
from ownerbook.deadlines.standing import open_loans
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints

NEEDS = needed(loans.BORROWER_NEEDS, "loans.decision loans.applied_on")


@dataclass(frozen=True, slots=True)
class LoanStatus:
    """One entry a row of 借阅; repeats of a doubled 借阅单号 are nothing.

    due: when each is due. out: lent and not back. days: past the due day (negative before it; NO_DAY where not out or without
    a day). step: reached step of 催还阶梯, -1 for none. late: overdue. soon: out, not late, due within the days asked for.
    blocking: 30 days overdue, so its borrower gets nothing more. pending: 待审. agreed: 同意 and not lent. refused: 不同意.
    damaged, lost: as 归还状态 says.
    """

    due: loans.Due
    out: Bools
    days: Ints
    step: Ints
    late: Bools
    soon: Bools
    blocking: Bools
    pending: Bools
    agreed: Bools
    refused: Bools
    damaged: Bools
    lost: Bools

    def by_lateness(self, mask: Bools) -> Ints:
        """The rows of a mask, the longest overdue first; those without a day last."""
        rows = positions(mask)
        return rows[np.argsort(-self.days[rows].astype(np.int64), kind="stable")]


def loan_status(book: Columns, calendar: WorkCalendar, today: int, within: int = 7) -> LoanStatus:
    """How the loans stand. today: days since 1970-01-01; within: how many days ahead is soon."""
    c = book.loans
    when = loans.due(book, calendar)
    out = open_loans(book) & c.first
    days = np.where(out, loans.days_overdue(book, when, today), NO_DAY).astype(np.int32)
    late = loans.overdue(book, when, today) & out
    unlent = c.lent_on.blank & c.returned_on.blank & c.first
    return LoanStatus(
        due=when,
        out=out,
        days=days,
        step=loans.ladder_step(days, when, book.policy.ladder),
        late=late,
        soon=out & ~late & (days != NO_DAY) & (days >= -within),
        blocking=loans.blocked_now(book, when, today) & out,
        pending=c.decision.is_("待审") & unlent,
        agreed=c.decision.is_("同意") & unlent,
        refused=c.decision.is_("不同意") & c.first,
        damaged=c.condition.is_("缺损") & c.first,
        lost=c.condition.is_("遗失") & c.first,
    )


def lately(days: Ints, since: int) -> Bools:
    """Days on or after another; days that cannot be told are not."""
    out: Bools = (days != NO_DAY) & (days >= since)
    return out


def ended(book: Columns) -> Ints:
    """Per row of 借阅 the day that its 归还状态 is of: 归还日期, else 借出日期 (a lost file has no return)."""
    c = book.loans
    return np.where(c.returned_on.ok, days_of(c.returned_on), days_of(c.lent_on)).astype(np.int32)
