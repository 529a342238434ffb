"""The remaining terms: requests of owners, checks of the store, incidents, documents that run out, holds that end (register.md)."""

from __future__ import annotations

import numpy as np

from ownerbook.deadlines.columns import FOREVER, Columns, complete, days_of
from ownerbook.deadlines.registrations import Waiting
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints

NEEDS = "requests? room_checks? locations? incidents? owners files policy"


def open_requests(book: Columns) -> Waiting:
    """权利请求 without 答复日期, due 答复期限 or 权利请求答复期限 after 提出日期."""
    if not complete(book, "requests", "request_no", "asked_on"):
        return _none()
    r = book.requests
    rows = np.flatnonzero(r.answered_on.blank & r.asked_on.ok & r.first).astype(np.int32)
    due = np.where(r.answer_by.ok[rows], r.answer_by.days[rows], book.policy.request_term.after(days_of(r.asked_on)[rows]))
    return Waiting(rows, due.astype(np.int32))


def open_incidents(book: Columns) -> Waiting:
    """事件 without 结案日期, due on the day they were found: they wait for nothing."""
    if not complete(book, "incidents", "incident_no", "found_on"):
        return _none()
    i = book.incidents
    rows = np.flatnonzero(i.closed_on.blank & i.found_on.ok & i.first).astype(np.int32)
    return Waiting(rows, i.found_on.days[rows])


def room_checks(book: Columns) -> tuple[list[str], Waiting]:
    """Rooms of 位置 (their names), and for each the row of its latest check (-1 for none) and when the next is due (NO_DAY for none).

    A community that keeps no sheet 库房检查 is asked for nothing.
    """
    if not complete(book, "room_checks", "check_no", "checked_on", "room") or not complete(book, "locations", "location_no", "room"):
        return [], _none()
    places, checks = book.locations, book.room_checks
    rooms = [book.text_of(int(i)) for i in np.unique(places.room.ids[places.room.ok])]
    rows, due = [], []
    for room in rooms:
        mine = np.flatnonzero(checks.room.ok & (checks.room.ids == book.id_of(room)) & checks.checked_on.ok)
        last = int(mine[np.argmax(checks.checked_on.days[mine])]) if len(mine) else -1
        rows.append(last)
        due.append(int(book.policy.room_check_cycle.after(checks.checked_on.days[[last]])[0]) if last >= 0 else int(NO_DAY))
    return rooms, Waiting(np.array(rows, np.int32), np.array(due, np.int32))


def expiring_documents(book: Columns) -> Waiting:
    """证件有效期至 of 现业主, those that are 长期 left out."""
    o = book.owners
    dated: Bools = o.id_until.ok & (o.id_until.days != NO_DAY) & (o.id_until.days != FOREVER) & o.status.is_("现业主") & o.first
    rows = np.flatnonzero(dated).astype(np.int32)
    return Waiting(rows, o.id_until.days[rows])


def ending_holds(book: Columns) -> Waiting:
    """暂缓处置至 of files that are still ours: the day on which the hold must be thought over."""
    f = book.files
    mine = f.hold_until.ok & (f.hold_until.days != NO_DAY) & f.status.ok & ~f.status.is_("已移交", "已销毁") & f.first
    rows: Ints = np.flatnonzero(mine).astype(np.int32)
    return Waiting(rows, f.hold_until.days[rows])


def _none() -> Waiting:
    none = np.zeros(0, np.int32)
    return Waiting(none, none)
