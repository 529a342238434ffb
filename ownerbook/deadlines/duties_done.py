"""Who did what in a month, by the columns that name staff and the days that date their acts (register.md 人员)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ownerbook.deadlines.columns import Whole, complete, positions
from ownerbook.deadlines.month import Month
from ownerbook.schema.words import Text

ACTS: tuple[tuple[str, Text, tuple[tuple[str, str, str], ...]], ...] = (
    ("registered", Text("登记", "registered"), (("owners", "registered_by", "registered_on"),)),
    ("filed", Text("建档", "filed"), (("files", "created_by", "created_on"),)),
    ("received", Text("收件", "papers in"), (("documents", "received_by", "received_on"),)),
    ("changed", Text("办变更", "changes"), (("changes", "handled_by", "done_on"),)),
    ("lent", Text("借出", "lent"), (("loans", "handled_by", "lent_on"),)),
    ("returned", Text("收还", "taken back"), (("loans", "received_by", "returned_on"),)),
    ("decided", Text("审批", "decided"), (("loans", "reviewer", "decided_on"), ("disposals", "approved_by", "approved_on"))),
    ("audited", Text("审核", "audited"), (("audits", "auditor", "audited_on"), ("audits", "verified_by", "verified_on"))),
)  # fmt: skip
"""Kinds of acts: the columns that name who did them, and the columns that date them."""


@dataclass(slots=True)
class Duty:
    """A person on 人员. row: there; acts: how many of each kind in the month; trainings: attended in the month."""

    row: int
    employed: bool
    signed: bool
    acts: Counter[str] = field(default_factory=Counter)
    trainings: int = 0


def duties_done(book: Whole, month: Month, today: int) -> list[Duty]:
    """Everybody who was employed in the month or acted in it, in the order of 人员."""
    if not complete(book, "staff", "staff_no", "name"):
        return []
    persons, staff = book.persons, book.staff
    day = min(today, month.last)
    out = {
        r: Duty(r, bool(persons.joined[r] <= day <= persons.left[r]), bool(persons.agreement[r] <= day))
        for r in positions(staff.first & staff.staff_no.ok).tolist()
    }
    for key, _, columns in ACTS:
        for sheet, who, when in columns:
            if not book.has(f"{sheet}.{who}") or not book.has(f"{sheet}.{when}"):
                continue
            part = getattr(book, sheet)
            person = part.acting(who).person
            mine = part.first & month.holds(getattr(part, when)) & (person >= 0)
            for p in person[mine].tolist():
                if p in out:
                    out[p].acts[key] += 1
    if complete(book, "training", "training_no", "held_on", "attendees"):
        held = month.holds(book.training.held_on)
        named = book.training.named("attendees")
        for row, p in zip(named.row.tolist(), named.person.tolist(), strict=True):
            if held[row] and p in out:
                out[p].trainings += 1
    return [d for d in out.values() if d.acts or d.trainings or (d.employed and persons.left[d.row] >= month.first)]
