"""Until when what is signed must be registered, what is applied for changed, and what is opened arranged (register.md 制度)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns, days_of, positions
from ownerbook.deadlines.ownership import NEEDS as OF_OWNERS
from ownerbook.deadlines.ownership import Ownership
from ownerbook.schema.cells import Ints

REGISTRATION_NEEDS = f"{OF_OWNERS} houses.house_no houses.contract_on houses.status? policy"
CHANGE_NEEDS = "changes.change_no changes.applied_on changes.decision changes.done_on policy"
ARRANGING_NEEDS = "files.created_on files.status policy"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows of a sheet that wait for something to be done, and for each the last day on which that is in time."""

    rows: Ints
    due: Ints

    def late(self, today: int) -> Waiting:
        """Those past their day: late begins the day after."""
        past = self.due < today
        return Waiting(self.rows[past], self.due[past])

    def within(self, today: int, days: int) -> Waiting:
        """Those late, and those due within so many days from today."""
        return self.late(today + days + 1)


def unregistered_houses(book: Columns) -> tuple[Waiting, Ownership]:
    """Houses with a contract and no 现业主, due 登记期限 after 签约日期. A house 未售 contradicts its contract, which F08 tells."""
    h, owned = book.houses, Ownership.of(book)
    house, contract = h.house_no.ids, h.contract_on
    open_ = h.house_no.ok & ~h.keys.is_doubled(house) & ~owned.doubtful(house) & ~owned.owned(house)
    rows = positions(open_ & contract.ok & ~h.status.is_("未售"))
    return Waiting(rows, book.policy.registration_term.after(contract.days[rows])), owned


def open_changes(book: Columns) -> Waiting:
    """Changes 待审, or 同意 without 更新日期, due 变更办理期限 after 申请日期."""
    c = book.changes
    rows = positions(c.decision.is_("待审", "同意") & c.done_on.blank & c.applied_on.ok)
    return Waiting(rows, book.policy.change_term.after(days_of(c.applied_on)[rows]))


def unarranged_files(book: Columns) -> Waiting:
    """Files 待整理, due 登记建档期限 after 建档日期, for they began to wait then."""
    f = book.files
    rows = positions(f.status.is_("待整理") & f.created_on.ok)
    return Waiting(rows, book.policy.filing_term.after(f.created_on.days[rows]))


def by_row(waiting: Waiting) -> dict[int, int]:
    """The day of each row."""
    return dict(zip(np.asarray(waiting.rows).tolist(), np.asarray(waiting.due).tolist(), strict=True))
