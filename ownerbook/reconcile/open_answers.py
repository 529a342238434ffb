"""Answers to problems that hold on: 待核实 until the problem is gone or is answered otherwise, 已更正 while the problem still stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """One answer that holds on.

    id: the problem's, as problem workbooks carry it: nobody can tell a record from it. code and sheet (field name) of the problem. since: the
    first day on which it was answered so; day: the last. book: a mark of the workbook in which it
    stands. who, note, file: as staff wrote them, '' where it was not said or was deleted by law.
    """

    id: str
    answer: Literal["待核实", "已更正"]
    code: str
    sheet: str
    since: date
    day: date
    who: str = ""
    note: str = ""
    file: str = ""
    book: str = ""

    def age(self, today: date) -> int:
        """Days since it was first answered so."""
        return max(0, (today - self.since).days)


def taken_up(known: Iterable[OpenAnswer], came: Sequence[OpenAnswer], over: Collection[str] = ()) -> list[OpenAnswer]:
    """What holds on once new answers have come, the oldest first. over: ids that were answered otherwise.

    The same answer again keeps its first day, and who gave it first where the note is the same; of several in one go the last counts.
    """
    out = {a.id: a for a in known if a.id not in over}
    for a in came:
        old = out.get(a.id)
        if old is not None and old.answer == a.answer:
            note = a.note or old.note
            a = replace(a, since=old.since, note=note, who=old.who if note == old.note else a.who or old.who)
        out[a.id] = a
    return ordered(out.values())


def ordered(answers: Iterable[OpenAnswer]) -> list[OpenAnswer]:
    """The oldest first."""
    return sorted(answers, key=lambda a: (a.since, a.id))


def still_open(
    known: Iterable[OpenAnswer], present: Collection[str], codes: Collection[str] | None = None, unread: Collection[str] = ()
) -> list[OpenAnswer]:
    """Those whose problem still stands. present: ids of the problems that were found, waived ones left out. codes: rules that looked
    everywhere, None for all; unread: marks of workbooks that could not be read. A problem of another rule or there may stand unseen."""
    return [a for a in known if a.id in present or (codes is not None and a.code not in codes) or (a.book and a.book in unread)]
