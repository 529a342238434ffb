"""Personal data that has outlived its purpose: of owners who left, of people who moved out (PIPL arts. 19 and 47).

Only particulars are named, never who owned what and when: those the register keeps for its own reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ownerbook.deadlines.columns import Columns, needed
from ownerbook.deadlines.sealing import NEEDS as SEALING
from ownerbook.deadlines.sealing import due_for_sealing

Why = Literal["expired", "asked", "need", "moved"]
PARTICULARS = ("id_no", "phone", "phone2", "address", "email")
"""Fields of 业主 for which 已封存 and 已删除 may stand (judging.md §3)."""
NEED = ("service_need", "need_consent_on")
OF_MEMBER = ("id_type", "id_no", "phone")
NEEDS = needed(SEALING, "owners household? policy")


@dataclass(frozen=True, slots=True)
class Outlived:
    """One person's particulars. sheet, row: of 业主 or 家庭成员. fields: those that hold something.

    why: `expired` the file's retention has run out; `asked` deletion was asked for and not refused; `need` what a former owner
    had asked for, whose consent ended with the ownership; `moved` who no longer lives here.
    """

    sheet: str
    row: int
    fields: tuple[str, ...]
    why: Why


def outlived(book: Columns, today: int) -> Iterator[Outlived]:
    """All of it, owners first, in the order of the rows. today: days since 1970-01-01."""
    o = book.owners
    expired, asked = due_for_sealing(book, today)
    former = o.status.is_("原业主") & o.owner_no.ok & o.first
    for row in np.flatnonzero(expired | asked).tolist():
        fields = tuple(f for f in PARTICULARS if book.has(f"owners.{f}") and getattr(o, f).ok[row])
        if fields:
            yield Outlived("owners", row, fields, "expired" if expired[row] else "asked")
    if book.has("owners.service_need"):
        for row in np.flatnonzero(former & o.service_need.filled).tolist():
            fields = tuple(f for f in NEED if book.has(f"owners.{f}") and getattr(o, f).filled[row])
            yield Outlived("owners", row, fields, "need")
    if book.has("household"):
        m = book.household
        if not (book.has("household.member_no") and book.has("household.status")):
            return
        held = [(f, getattr(m, f).filled) for f in OF_MEMBER if book.has(f"household.{f}")]
        for row in np.flatnonzero(m.status.is_("迁出") & m.member_no.ok & m.first).tolist():
            fields = tuple(f for f, filled in held if filled[row])
            if set(fields) - {"id_type"}:
                yield Outlived("household", row, fields, "moved")
