"""Whose particulars are to be sealed: former owners whose file's retention has ended, or who asked for deletion (judging.md §3)."""

from __future__ import annotations

import re

import numpy as np

from ownerbook.deadlines import periods, retention
from ownerbook.deadlines.columns import Columns, complete, needed, pointed
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools

NEEDS = needed(
    retention.NEEDS,
    "policy requests? requests.owner_no? requests.kind? requests.asked_on? requests.answer_by? requests.answered_on? requests.answer?",
)
_REFUSED = re.compile("不予|不同意|拒绝|驳回|不能|无法")


def due_for_sealing(book: Columns, today: int) -> tuple[Bools, Bools]:
    """Per row of 业主: the retention of the file of their ownership period has ended; they asked for deletion and are to have it.

    Former owners only. A request waits for its answer or the end of its term; a refused one asks for nothing.
    """
    o = book.owners
    former = o.status.is_("原业主") & o.owner_no.ok & ~o.keys.is_doubled(o.owner_no.ids)
    known = periods.ownership_periods(book)
    ends, period = retention.retention_ends(book), periods.periods_of_files(book, known)
    over = np.zeros(len(known.began), bool)
    over[period[(period >= 0) & (ends != NO_DAY) & (ends < today)]] = True
    over[period[(period >= 0) & ~((ends != NO_DAY) & (ends < today))]] = False  # as long as one file of the period is kept
    expired = np.zeros(len(o), bool)
    there = former & (known.of_owner >= 0)
    expired[there] = over[known.of_owner[there]]
    return expired, former & _asked(book, today)


def _asked(book: Columns, today: int) -> Bools:
    if not complete(book, "requests", "owner_no", "kind", "asked_on"):
        return np.zeros(len(book.owners), bool)
    r = book.requests
    term = r.asked_on.ok & r.answered_on.blank
    due = np.full(len(r), NO_DAY, np.int32)
    due[term] = book.policy.request_term.after(r.asked_on.days[term])
    due = np.where(r.answer_by.ok, r.answer_by.days, due)
    answered = r.answered_on.ok | (term & (due < today))
    refused = np.array([bool(_REFUSED.search(r.answer.text(i))) if r.answer.ok[i] else False for i in range(len(r))], bool)
    return pointed(r.ref("owner_no").row, r.kind.is_("删除") & answered & ~refused, len(book.owners))
