"""What houses, owners, changes, requests, the store and people put on the agenda."""

from __future__ import annotations

from collections.abc import Iterator

from ownerbook.deadlines.agenda import NONE, Item
from ownerbook.deadlines.columns import Columns, complete, followed
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.house_files import unfiled_houses
from ownerbook.deadlines.other_duties import expiring_documents, open_incidents, open_requests, room_checks
from ownerbook.deadlines.people import people
from ownerbook.deadlines.registrations import open_changes, unregistered_houses
from ownerbook.deadlines.room_checks import found_in, open_measures
from ownerbook.register.declare import AUDIT, CLERK, DISPOSAL_APPROVAL
from ownerbook.schema.words import Text


def items(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    """Everything that is not about a loan or a file."""
    owned = complete(book, "owners", "owner_no", "house_no", "status", "registered_on") and complete(book, "houses", "house_no", "use")
    if owned:
        yield from _registrations(book, duties, today, within)
        yield from _documents(book, duties, today, within)
    if owned and complete(book, "files", "file_no", "house_no", "owner_no", "status"):
        yield from _filing(book, duties, today, within)
    if complete(book, "changes", "change_no", "applied_on", "decision"):
        yield from _changes(book, duties, today, within)
    yield from _requests(book, duties, today, within)
    yield from _store(book, duties, today, within)
    for m in people(book, today, within):
        yield Item("person", m.due, "staff", m.person, m.about, duties.turn(m.person, DISPOSAL_APPROVAL), DISPOSAL_APPROVAL)


def _registrations(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    h = book.houses
    waiting, owned = unregistered_houses(book)
    due = waiting.within(today, within)
    told = set(owned.ownerless(due.rows).tolist())
    for row, day in zip(due.rows.tolist(), due.due.tolist(), strict=True):
        if row in told:
            about = Text("已签约，没有现业主", "sold, and without a registered owner")
            yield Item("registration", day, "houses", row, about, duties.holders(CLERK), CLERK, house=h.house_no.text(row))


def _filing(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    """Houses whose current owner has no file; where the file of an owner who left is still in use, the transfer is to be entered."""
    h, o = book.houses, book.owners
    found = unfiled_houses(book, today + within + 1)
    registrar = duties.named("owners", "registered_by")
    wanted = followed(h.use.ok & ~h.use.is_("车位", "储藏室"), found.houses)
    for house, owner, left in zip(found.houses[wanted].tolist(), found.owners[wanted].tolist(), found.left[wanted].tolist(), strict=True):
        day = int(book.policy.filing_term.after(o.registered_on.days[[owner]])[0])
        about = Text("已登记，还没有档案", "registered, and without a file")
        if left >= 0:
            about = Text("已过户，仍用原业主的档案", "transferred, and the former owner's file is still in use")
        yield Item("filing", day, "houses", house, about, duties.turn(int(registrar[owner]), CLERK), CLERK, house=h.house_no.text(house))


def _documents(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    o, waiting = book.owners, expiring_documents(book).within(today, within)
    for row, day in zip(waiting.rows.tolist(), waiting.due.tolist(), strict=True):
        if day >= today:
            house = o.house_no.text(row) if o.house_no.ok[row] else ""
            about = Text("业主证件到期，请业主更新", "an owner's document runs out")
            yield Item("document", day, "owners", row, about, duties.holders(CLERK), CLERK, house=house)


def _changes(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    c, waiting = book.changes, open_changes(book).within(today, within)
    handler, pending = duties.named("changes", "handled_by"), c.decision.is_("待审")
    reviewer = duties.named("changes", "reviewer")
    for row, day in zip(waiting.rows.tolist(), waiting.due.tolist(), strict=True):
        if pending[row]:
            who, right, about = duties.turn(int(reviewer[row]), AUDIT), AUDIT, Text("变更待审", "change undecided")
        else:
            who, right, about = duties.turn(int(handler[row]), CLERK), CLERK, Text("变更已同意，未更新", "change agreed to and not carried out")
        yield Item("change", day, "changes", row, about, who, right)


def _requests(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    waiting = open_requests(book).within(today, within)
    if len(waiting.rows):
        r, handler = book.requests, duties.named("requests", "handled_by")
        for row, day in zip(waiting.rows.tolist(), waiting.due.tolist(), strict=True):
            kind = r.kind.options[int(r.kind.choice[row])] if r.kind.ok[row] else ""
            about = Text(f"业主{kind}请求未答复", "an owner's request is not answered")
            yield Item("request", day, "requests", row, about, duties.turn(int(handler[row]), CLERK), CLERK)
    incidents = open_incidents(book)
    if len(incidents.rows):
        i, person = book.incidents, duties.named("incidents", "staff")
        for row, day in zip(incidents.rows.tolist(), incidents.due.tolist(), strict=True):
            told = (
                Text("事件未结案", "incident not closed")
                if i.notified_on.filled[row]
                else Text("事件未通知、未结案", "incident not notified and not closed")
            )
            yield Item("incident", day, "incidents", row, told, duties.turn(int(person[row]), CLERK), CLERK)


def _store(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    rooms, waiting = room_checks(book)
    if not rooms:
        return
    checker = duties.named("room_checks", "checked_by")
    for room, row, day in zip(rooms, waiting.rows.tolist(), waiting.due.tolist(), strict=True):
        if row < 0:
            yield Item(
                "room-check",
                NONE,
                "room_checks",
                -1,
                Text(f"档案室 {room} 还没有检查过", f"room {room} was never checked"),
                duties.holders(CLERK),
                CLERK,
            )
        elif day <= today + within:
            about = Text(f"档案室 {room} 定期检查", f"regular check of room {room}")
            yield Item("room-check", day, "room_checks", row, about, duties.turn(int(checker[row]), CLERK), CLERK)
    left = open_measures(book).within(today, within)
    for row, day in zip(left.rows.tolist(), left.due.tolist(), strict=True):
        room, found = book.room_checks.room.text(row) if book.room_checks.room.ok[row] else "", "、".join(found_in(book, row))
        about = Text(f"档案室 {room} {found}异常，处理措施未完成", f"room {room}: {found} not sound, the measure is not done")
        yield Item("room-check", day, "room_checks", row, about, duties.turn(int(checker[row]), CLERK), CLERK)
