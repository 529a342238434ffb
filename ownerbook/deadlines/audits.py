"""Which files are due for audit and when, and which rectifications are open (register.md 审核, judging.md §4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines import standing
from ownerbook.deadlines.columns import FOREVER, Columns, complete, latest, needed, pointed, single
from ownerbook.register.understood import NO_DAY, REJECTED
from ownerbook.schema.cells import Bools, Ints

LAST_NEEDS = "files.file_no files.audited_on audits.file_no audits.audited_on"
NEEDS = needed(
    LAST_NEEDS,
    "files.created_on files.confidentiality files.status policy",
    "loans? loans.file_no? loans.lent_on? loans.returned_on?",
    "disposals? disposals.disposal_no? disposals.file_no? disposals.kind? disposals.executed_on?",
)
RECTIFICATION_NEEDS = "audits.audit_no audits.result audits.audited_on audits.rectify_by audits.verified_on"
REPEATED_NEEDS = "audits.audit_no audits.file_no audits.result audits.finding files.file_no"
DUE = ("待整理", "在库", "已归档")
_NOISE = re.compile(r"[\s,.;:!、，。；：！]+")
_OFTEN = 3


@dataclass(slots=True)
class LastAudits:
    """Per row of 档案: `day` of the latest row on 审核 (NO_DAY for none), `sure` whether every row that names the file can be read."""

    day: Ints
    sure: Bools


def last_audits(book: Columns) -> LastAudits:
    """The latest audit of each file, as 审核 has it."""
    a, size = book.audits, len(book.files)
    at, day = a.ref("file_no").row, a.audited_on
    sure = ~pointed(at, ~day.ok | ~a.first, size)
    return LastAudits(latest(at, np.where(day.ok & a.first, day.days, NO_DAY), size), sure)


def cycle_ends(book: Columns) -> Ints:
    """Per row of 档案 the last day on which its next audit is in time, were it in its place; NO_DAY where it cannot be told.

    The first audit is due the first cycle after 建档日期, every other one cycle after the latest (敏感 has its own cycle).
    A file that was out when it fell due is due on its return.
    """
    f, policy = book.files, book.policy
    last = last_audits(book)
    written = np.where(f.audited_on.ok, f.audited_on.days, NO_DAY)
    day = np.maximum(last.day, written)
    due = np.full(len(f), NO_DAY, np.int32)
    created = f.created_on
    never = (day == NO_DAY) & created.ok
    due[never] = policy.first_audit.after(created.days[never])
    sensitive = f.confidentiality.is_("敏感")
    for mine, cycle in (((day != NO_DAY) & sensitive, policy.sensitive_cycle), ((day != NO_DAY) & ~sensitive, policy.audit_cycle)):
        due[mine] = cycle.after(day[mine])
    due[~last.sure | (f.audited_on.state == REJECTED)] = NO_DAY
    due[~single(f, f.file_no)] = NO_DAY
    return _on_return(book, due)


def next_audits(book: Columns) -> Ints:
    """`cycle_ends` of the files that can be audited; FOREVER where none falls due: a file that is out now is not due.

    Nor is one that was destroyed or handed over, whatever its status still says (R17 tells that).
    """
    status = book.files.status
    due = cycle_ends(book)
    due[status.ok & ~status.is_(*DUE)] = FOREVER
    if complete(book, "disposals", "disposal_no", "file_no", "kind", "executed_on"):
        due[standing.last_executed(book).is_(book.disposals.kind.is_("销毁", "移交"))] = FOREVER
    due[~status.ok] = NO_DAY
    return due


def _on_return(book: Columns, due: Ints) -> Ints:
    if not complete(book, "loans", "file_no"):
        return due
    loans = book.loans
    at, lent, back = loans.ref("file_no").row, loans.lent_on, loans.returned_on
    out = np.flatnonzero((at >= 0) & lent.ok & back.ok)
    out = out[np.argsort(lent.days[out], kind="stable")]  # in the order of lending: one loan may follow on another
    for row in out[(back.days[out] > due[at[out]]) & (due[at[out]] != NO_DAY)]:
        file = at[row]
        if lent.days[row] <= due[file] < back.days[row]:
            due[file] = back.days[row]
    return due


def overdue_audits(book: Columns, today: int) -> tuple[Ints, Ints]:
    """Files whose audit is late (L01): their rows, and the day that each should have been audited by."""
    due = next_audits(book)
    rows = np.flatnonzero((due != NO_DAY) & (due < today)).astype(np.int32)
    return rows, due[rows]


def open_rectifications(book: Columns, today: int) -> tuple[Ints, Bools]:
    """Rows of 审核 whose rectification is open: 不合格 and without a 复核日期; and whether each is past its 整改期限 (L04)."""
    a = book.audits
    rows = np.flatnonzero(a.result.is_("不合格") & a.verified_on.blank & a.first).astype(np.int32)
    by = a.rectify_by
    return rows, by.ok[rows] & (by.days[rows] < today)


def repeated_findings(book: Columns) -> dict[int, Ints]:
    """The same 问题描述 found three times or more in one file (L07): first row of 审核 → all rows of the group.

    Blanks and stops do not make a text another.
    """
    a = book.audits
    at, text = a.ref("file_no").row, a.finding
    mine = np.flatnonzero((at >= 0) & a.first & a.result.is_("不合格") & text.ok)
    distinct, inverse = np.unique(text.ids[mine], return_inverse=True)
    plain = [_NOISE.sub("", book.text_of(int(i))) for i in distinct]
    same = np.unique(np.array(plain, object), return_inverse=True)[1] if plain else np.zeros(0, np.int64)
    key = at[mine].astype(np.int64) << 32 | same[inverse.reshape(-1)]
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    size = np.diff(np.append(starts, len(order)))
    picked = zip(starts[size >= _OFTEN], size[size >= _OFTEN], strict=True)
    return {int(mine[order[s]]): mine[order[s : s + n]].astype(np.int32) for s, n in picked}
