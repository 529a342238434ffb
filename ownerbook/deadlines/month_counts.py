"""What happened in a month, counted from the register: files, papers, changes, loans, audits, disposals, training, requests.

Events count by their own dates, states by the day of the register. A sheet that is not there gives None, never 0. Of a doubled key only the
first row counts (../shared/judging.md §1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines.audits import open_rectifications
from ownerbook.deadlines.columns import Whole, complete, days_of, pointed, positions
from ownerbook.deadlines.loan_status import loan_status
from ownerbook.deadlines.month import Month
from ownerbook.deadlines.registrations import open_changes
from ownerbook.deadlines.standing import last_executed
from ownerbook.register.persons import FINE
from ownerbook.register.understood import NO_DAY, Understood
from ownerbook.schema.cells import Bools

Counts = dict[str, int | None]
NEEDS: Mapping[str, tuple[str, ...]] = {
    "files": ("opening", "opened", "gone", "closing", "arranging", "stored", "lent_out", "archived_now", "lost_now"),
    "documents": ("papers_in", "papers"),
    "changes": ("changes_asked", "changes_done", "changes_late", "changes_open"),
    "loans": ("applied", "lent", "returned", "renewed", "refused", "out", "overdue"),
    "audits": ("audited", "passed", "failed", "rectified", "rectifying", "rectifying_late"),
    "disposals": ("archived", "destroyed", "handed_over"),
    "training": ("sessions", "training_hours", "trained"),
    "requests": ("requests_asked", "requests_answered", "requests_open"),
    "incidents": ("incidents", "incidents_open"),
    "room_checks": ("room_checks", "room_checks_bad"),
    "satisfaction": ("survey_asked", "survey_answered", "survey_satisfied", "complaints"),
}
"""The counts by the sheet that they come from."""


@dataclass(frozen=True, slots=True)
class Held:
    """Which files are in our hands on a day. rows: mask over 档案; gone: last executed 销毁 or 移交 (NO_DAY for none)."""

    rows: Bools
    gone: np.ndarray


def held_files(book: Whole, day: int) -> Held:
    """Files opened by a day and not destroyed or handed over by it; one without a readable 建档日期 has always been there.

    A file that 档案状态 calls gone without an executed disposal counts as gone all along: 处置 would know the day.
    """
    f = book.files
    gone = np.full(len(f), NO_DAY, np.int32)
    if complete(book, "disposals", "disposal_no", "file_no", "kind", "executed_on"):
        last = last_executed(book)
        leaving = last.is_(book.disposals.kind.is_("销毁", "移交"))
        gone = np.where(leaving, last.day(days_of(book.disposals.executed_on)), NO_DAY).astype(np.int32)
        to_come = pointed(book.disposals.ref("file_no").row, _to_come(book.disposals.executed_on), len(f))
    else:
        to_come = np.zeros(len(f), bool)
    never = f.status.is_("已移交", "已销毁") & (gone == NO_DAY) & ~to_come
    created = days_of(f.created_on)
    rows = f.first & f.file_no.ok & ~never & ~_to_come(f.created_on) & (created <= day) & ((gone == NO_DAY) | (gone > day))
    return Held(np.asarray(rows, bool), gone)


def _to_come(column: Understood) -> Bools:
    """Cells whose date lies after the day of the register: what they tell had not happened."""
    out = np.zeros(len(column.state), bool)
    for remark in column.remarks:
        if remark.reason == "date-future":
            out[remark.rows] = True
    return out


def month_counts(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    """The counts of a month. today: the day of the register, days since 1970-01-01."""
    out: Counts = {name: None for names in NEEDS.values() for name in names}
    for sheet, act in _COUNTERS.items():
        if book.has(sheet):
            out |= act(book, calendar, month, today)
    return out


def _files(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    f = book.files
    before, after = held_files(book, month.first - 1), held_files(book, min(month.last, max(today, month.first)))
    out: Counts = {
        "opening": int(before.rows.sum()),
        "opened": int((~before.rows & after.rows).sum()),
        "gone": int((before.rows & ~after.rows).sum()),
        "closing": int(after.rows.sum()),
    }
    came_and_went = f.first & f.file_no.ok & month.holds(f.created_on) & (after.gone >= month.first) & (after.gone <= month.last)
    both = int((came_and_went & ~after.rows & ~before.rows).sum())  # opened and gone within the month
    out["opened"] = int(out["opened"] or 0) + both
    out["gone"] = int(out["gone"] or 0) + both
    for name, status in (("arranging", "待整理"), ("stored", "在库"), ("lent_out", "借出"), ("archived_now", "已归档"), ("lost_now", "遗失")):
        out[name] = int((f.first & f.status.is_(status)).sum())
    return out


def _documents(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    d = book.documents
    return {"papers_in": int((d.first & month.holds(d.received_on)).sum()), "papers": int((d.first & ~d.status.is_("待补")).sum())}


def _changes(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    c = book.changes
    done = c.first & month.holds(c.done_on)
    term = book.policy.change_term.after(days_of(c.applied_on))
    late = done & c.applied_on.ok & (days_of(c.done_on) > term)
    open_ = open_changes(book).rows
    return {
        "changes_asked": int((c.first & month.holds(c.applied_on)).sum()),
        "changes_done": int(done.sum()),
        "changes_late": int(late.sum()),
        "changes_open": int(c.first[open_].sum()),
    }


def _loans(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    c = book.loans
    lent, back = days_of(c.lent_on), days_of(c.returned_on)
    during = c.first & c.lent_on.ok & (lent <= month.last) & (~c.returned_on.ok | (back >= month.first))
    status = loan_status(book, calendar, today)
    return {
        "applied": int((c.first & month.holds(c.applied_on)).sum()),
        "lent": int((c.first & month.holds(c.lent_on)).sum()),
        "returned": int((c.first & month.holds(c.returned_on)).sum()),
        "renewed": int((during & c.renewals.ok & (np.nan_to_num(c.renewals.numbers) > 0)).sum()),
        "refused": int((c.first & c.decision.is_("不同意") & month.holds(c.decided_on)).sum()),
        "out": int(status.out.sum()),
        "overdue": int(status.late.sum()),
    }


def _audits(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    a = book.audits
    mine = a.first & month.holds(a.audited_on)
    rows, late = open_rectifications(book, today)
    return {
        "audited": int(mine.sum()),
        "passed": int((mine & a.result.is_("合格")).sum()),
        "failed": int((mine & a.result.is_("不合格")).sum()),
        "rectified": int((a.first & month.holds(a.rectified_on)).sum()),
        "rectifying": len(rows),
        "rectifying_late": int(late.sum()),
    }


def _disposals(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    d = book.disposals
    mine = d.first & month.holds(d.executed_on)
    kinds = (("archived", "归档"), ("destroyed", "销毁"), ("handed_over", "移交"))
    return {name: int((mine & d.kind.is_(kind)).sum()) for name, kind in kinds}


def _training(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    t = book.training
    mine = t.first & month.holds(t.held_on)
    people: set[int] = set()
    if book.has("staff"):
        named = t.named("attendees")
        good = (named.trouble == FINE) & (named.person >= 0)
        people = {int(p) for row, p in zip(named.row[good], named.person[good], strict=True) if mine[row]}
    hours = float(np.nan_to_num(t.hours.numbers)[mine & t.hours.ok].sum())
    return {"sessions": int(mine.sum()), "training_hours": round(hours), "trained": len(people)}


def _requests(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    r = book.requests
    return {
        "requests_asked": int((r.first & month.holds(r.asked_on)).sum()),
        "requests_answered": int((r.first & month.holds(r.answered_on)).sum()),
        "requests_open": int((r.first & r.answered_on.blank).sum()),
    }


def _incidents(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    i = book.incidents
    return {"incidents": int((i.first & month.holds(i.found_on)).sum()), "incidents_open": int((i.first & i.closed_on.blank).sum())}


def _room_checks(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    r = book.room_checks
    mine = r.first & month.holds(r.checked_on)
    bad = mine & (r.lock.is_("异常") | r.fire.is_("异常") | r.damp.is_("异常") | r.pests.is_("异常"))
    return {"room_checks": int(mine.sum()), "room_checks_bad": int(bad.sum())}


def _satisfaction(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Counts:
    s = book.satisfaction
    rows = [int(r) for r in positions(s.first & s.month.ok) if s.month.text(int(r)) == month.name]
    out: Counts = {}
    for name, column in (("survey_asked", s.asked), ("survey_answered", s.answered), ("survey_satisfied", s.satisfied), ("complaints", s.complaints)):
        out[name] = int(column.numbers[rows[0]]) if rows and column.ok[rows[0]] else None
    return out


_COUNTERS = {
    "files": _files,
    "documents": _documents,
    "changes": _changes,
    "loans": _loans,
    "audits": _audits,
    "disposals": _disposals,
    "training": _training,
    "requests": _requests,
    "incidents": _incidents,
    "room_checks": _room_checks,
    "satisfaction": _satisfaction,
}
