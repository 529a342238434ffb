"""People: who acts without an agreement, who leaves or loses a right, who left and is still named, who lacks training (register.md 人员 and 培训)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import FOREVER, Columns, complete
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.standing import open_loans
from ownerbook.deadlines.training import too_little_training
from ownerbook.register.declare import CLERK, RIGHTS
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text

NEEDS = "staff training? loans? audits? changes? requests? incidents?"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something about a member of staff (row of 人员).

    kind: agreement (a right without 保密协议), leaving, right-ends, left (gone and still named), training, no-holder (nobody
    holds a right; person -1). due: the last day in time, NO_DAY where there is none. about: what, in one sentence.
    """

    person: int
    kind: str
    due: int
    about: Text


def people(book: Columns, today: int, within: int = 30) -> list[Matter]:
    """All matters of people on a day, by person. within: how many days ahead an end is told."""
    duties = Duties(book, today)
    if not duties.there:
        return []
    out = [*_agreements(book, duties), *_ends(book, duties, today, within), *_left(book, duties), *_training(book, duties, today, within)]
    out += [
        Matter(-1, "no-holder", int(NO_DAY), Text(f"今天没有人持有「{right}」权限", f"nobody holds {right} today"))
        for right in RIGHTS
        if not duties.holders(right)
    ]
    return sorted(out, key=lambda m: (m.person, m.kind, m.due))


def _agreements(book: Columns, duties: Duties) -> list[Matter]:
    lacking = book.persons.has_right & book.staff.nda_on.blank
    words = Text("有权限，没有签保密协议", "holds a right without a confidentiality agreement")
    return [Matter(p, "agreement", int(NO_DAY), words) for p in map(int, np.flatnonzero(lacking)) if p in duties.employed]


def _ends(book: Columns, duties: Duties, today: int, within: int) -> list[Matter]:
    persons, out = book.persons, []
    for p in sorted(duties.employed):
        left = int(persons.left[p])
        if left <= today + within:
            out.append(Matter(p, "leaving", left, Text("将离职，经手事项要交接", "leaves; what they handle must be handed over")))
        for right in RIGHTS:
            ends = [b for a, b in persons.spans(right)[p] if a <= today <= b]
            if ends and max(ends) != FOREVER and max(ends) <= today + within:
                out.append(Matter(p, "right-ends", max(ends), Text(f"「{right}」权限到期", f"the right {right} ends")))
    return out


def _left(book: Columns, duties: Duties) -> list[Matter]:
    """Who is not employed any more and is still named where something is open."""
    found: dict[tuple[int, str], int] = {}

    def count(sheet: str, field: str, mask: np.ndarray, what: str) -> None:
        named = duties.named(sheet, field)[mask]
        for p, n in zip(*np.unique(named[named >= 0], return_counts=True), strict=True):
            if int(p) not in duties.employed:
                found[int(p), what] = int(n)

    if complete(book, "audits", "audit_no", "result"):
        a = book.audits
        count("audits", "rectify_by_staff", a.result.is_("不合格") & a.rectified_on.blank & a.verified_on.blank & a.first, "整改")
    if complete(book, "loans", "loan_no", "file_no"):
        count("loans", "handled_by", open_loans(book) & book.loans.first, "在借")
    if complete(book, "changes", "change_no", "decision"):
        c = book.changes
        count("changes", "handled_by", c.decision.is_("待审", "同意") & c.done_on.blank & c.first, "变更")
    if complete(book, "requests", "request_no", "asked_on"):
        r = book.requests
        count("requests", "handled_by", r.answered_on.blank & r.first, "权利请求")
    if complete(book, "incidents", "incident_no", "found_on"):
        i = book.incidents
        count("incidents", "staff", i.closed_on.blank & i.first, "事件")
    names = {"权利请求": "requests of owners", "事件": "incidents", "整改": "rectifications", "在借": "loans", "变更": "changes"}
    return [
        Matter(
            p,
            "left",
            int(NO_DAY),
            Text(f"已不在职，仍是 {n} 项{what}的经手人，要改派", f"not employed any more and still named on {n} {names[what]}"),
        )
        for (p, what), n in sorted(found.items())
    ]


def _training(book: Columns, duties: Duties, today: int, within: int) -> list[Matter]:
    if not complete(book, "training", "training_no", "held_on", "hours", "attendees"):
        return []
    wanted, out = float(book.policy.training_hours), []
    year = date.fromordinal(today + EPOCH).year
    for y in (year - 1, year):
        due = date(y, 12, 31).toordinal() - EPOCH
        if due > today + within:
            continue
        short = too_little_training(book, y, today)
        for p in map(int, short.rows):
            if p in duties.holders(CLERK):
                has = f"{short.hours[p]:g}"
                out.append(
                    Matter(p, "training", due, Text(f"{y} 年培训 {has} 学时，应 {wanted:g}", f"{has} hours of training in {y}, {wanted:g} wanted"))
                )
    return out
