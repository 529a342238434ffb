"""A filled 待签办单 as proposals: rectifications done and verified, loans and changes decided, each by who may (register.md 审核, 借阅, 变更).

A line is a row of the register that waits for somebody's name and a day. What is left blank goes on waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines.columns import Columns
from ownerbook.deadlines.filled_audit import at
from ownerbook.deadlines.lending import Desk
from ownerbook.deadlines.signers import Signed, Signers, day_of
from ownerbook.register.declare import AUDIT, LOAN_REVIEW
from ownerbook.register.proposal import NewValue, Proposal
from ownerbook.register.understood import Understood
from ownerbook.schema.words import Text

RECTIFIED, VERIFIED, LOANS, CHANGES = "待整改", "待复核", "借阅待审", "变更待审"
"""The kinds of lines, which are also the tabs of the list."""
DECISIONS = ("同意", "不同意")
_AUDITED, _APPLIED = Text("审核日期", "the day of the audit"), Text("申请日期", "the day of application")
_DONE, _CHECKED, _DECIDED = (
    Text("整改完成日期", "the day of rectification"),
    Text("复核日期", "the day of verification"),
    Text("审核日期", "the day of decision"),
)
_RECTIFIER, _VERIFIER, _REVIEWER = Text("整改责任人", "who rectifies"), Text("复核人", "who verified"), Text("审核人", "the reviewer")


@dataclass(frozen=True, slots=True)
class Signature:
    """A line of the list. place: the line as a person finds it. key: of the row that waits. by: who signs; on: when; decision: of a loan or a change.

    printed_by: the name may have been printed already.
    """

    place: Text
    key: str
    by: str = ""
    on: Signed = Signed()
    decision: str = ""
    printed_by: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in; a name that was printed says nothing."""
        return not (self.on.text or self.decision or (self.by and not self.printed_by))


@dataclass(slots=True)
class _Desk:
    book: Columns
    calendar: WorkCalendar
    today: date
    signers: Signers


def signed_off(book: Columns, calendar: WorkCalendar, lines: Mapping[str, list[Signature]], today: date, signers: Signers) -> Proposal:
    """What the list asks to be written. lines: by kind. Lines left blank and lines entered before are counted."""
    out, desk = Proposal(), _Desk(book, calendar, today, signers)
    takes: Mapping[str, tuple[str, str, Callable[[_Desk, int, Signature], list[NewValue] | Text | None]]] = {
        RECTIFIED: ("audits", "audit_no", _rectified),
        VERIFIED: ("audits", "audit_no", _verified),
        LOANS: ("loans", "loan_no", _loan),
        CHANGES: ("changes", "change_no", _change),
    }
    open_, again = 0, 0
    for kind, mine in lines.items():
        sheet, key, take = takes[kind]
        seen: set[str] = set()
        for line in mine:
            if line.empty:
                open_ += 1
                continue
            row = _row(getattr(getattr(book, sheet), key), book.id_of(line.key)) if book.has(sheet) else -1
            found: list[NewValue] | Text | None
            if row < 0:
                found = Text("登记簿里没有这个单号，或不止一行", "not in the register, or on several rows")
            elif line.key in seen:
                found = Text("单上有两行，只取第一行", "on the list twice; only the first line is taken")
            else:
                found = take(desk, row, line)
            seen.add(line.key)
            if isinstance(found, Text):
                out.against.append(at(line.place, line.key, found))
            elif found is None:
                again += 1
            else:
                out.values += found
    if again:
        out.notes.append(Text(f"{again} 行已登记过，未重复", f"{again} lines were entered before"))
    if open_:
        out.notes.append(Text(f"{open_} 行没有填写，未计入", f"{open_} lines were not filled in"))
    return out


def _row(column: Understood, number: int) -> int:
    rows = np.flatnonzero((column.ids == number) & (number >= 0))
    return int(rows[0]) if len(rows) == 1 else -1


def _known(column: Understood, row: int) -> int | None:
    return int(column.days[row]) if column.ok[row] else None


def _is(column: Understood, row: int, day: date) -> bool:
    return _known(column, row) == day.toordinal() - EPOCH


def _rectified(desk: _Desk, row: int, line: Signature) -> list[NewValue] | Text | None:
    a = desk.book.audits
    day = day_of(_DONE, line.on, desk.today, _known(a.audited_on, row), _AUDITED)
    if isinstance(day, Text):
        return day
    if a.rectified_on.filled[row]:
        return (
            None if _is(a.rectified_on, row, day) else Text("已登记整改完成，日期与单上不同；要改请改「审核」表", "rectified already, on another day")
        )
    if not a.result.is_("不合格")[row]:
        return Text("这笔审核不是不合格，没有整改", "this audit found nothing to rectify")
    named = a.rectify_by_staff.filled[row]
    if named and not line.by:
        return [NewValue("audits", row, "rectified_on", day)]
    by = desk.signers.holding(_RECTIFIER, line.by, "", day)
    if isinstance(by, Text):
        return by
    out = [NewValue("audits", row, "rectified_on", day)]
    if named and int(a.acting("rectify_by_staff").person[row]) != by[1]:
        return Text("整改责任人与登记的不同；换了人的，请先改「审核」表", "rectified by another than registered; change that on 审核 first")
    return out if named else [*out, NewValue("audits", row, "rectify_by_staff", by[0])]


def _verified(desk: _Desk, row: int, line: Signature) -> list[NewValue] | Text | None:
    a = desk.book.audits
    if not a.rectified_on.filled[row]:
        return Text("还没有登记整改完成日期", "not rectified yet")
    day = day_of(_CHECKED, line.on, desk.today, _known(a.rectified_on, row), _DONE)
    if isinstance(day, Text):
        return day
    by = desk.signers.holding(_VERIFIER, line.by, AUDIT, day)
    if isinstance(by, Text):
        return by
    if a.verified_on.filled[row]:
        same = _is(a.verified_on, row, day) and int(a.acting("verified_by").person[row]) == by[1]
        return None if same else Text("已登记复核，与单上不同；要改请改「审核」表", "verified already, and otherwise than here")
    if int(a.acting("rectify_by_staff").person[row]) == by[1]:
        return Text("复核人就是整改责任人，请换人复核", "who verified also rectified")
    return [NewValue("audits", row, "verified_by", by[0]), NewValue("audits", row, "verified_on", day)]


def _decision(line: Signature) -> Text | None:
    if line.decision in DECISIONS:
        return None
    if not line.decision:
        return Text("没有写审核结果", "without a decision")
    return Text(f"审核结果「{line.decision}」应为 同意 或 不同意", "the decision is neither 同意 nor 不同意")


def _loan(desk: _Desk, row: int, line: Signature) -> list[NewValue] | Text | None:
    c = desk.book.loans
    if wrong := _decision(line):
        return wrong
    day = day_of(_DECIDED, line.on, desk.today, _known(c.applied_on, row), _APPLIED)
    if isinstance(day, Text):
        return day
    by = desk.signers.holding(_REVIEWER, line.by, LOAN_REVIEW, day)
    if isinstance(by, Text):
        return by
    if not c.decision.is_("待审")[row]:
        same = c.decision.is_(line.decision)[row] and _is(c.decided_on, row, day)
        return None if same else Text("已登记审核结果，与单上不同；要改请改「借阅」表", "decided already, and otherwise than here")
    if c.borrower_kind.is_("员工")[row] and by[1] in desk.book.persons.candidates(c.borrower.text(row)):
        return Text("审核人就是借阅人，请换人审核", "the reviewer is the borrower")
    if line.decision == "同意":
        lending = Desk(desk.book, desk.calendar, desk.today.toordinal() - EPOCH)
        why = [o.message for a in lending.applications() if a.loan == row for o in lending.against(a) if o.key != "undecided" and o.stops]
        if why:
            return Text(f"现在不能借：{'、'.join(w.zh for w in why)}", f"not to be lent: {', '.join(w.en for w in why)}")
    out = [NewValue("loans", row, "decision", line.decision, "待审"), NewValue("loans", row, "decided_on", day)]
    if not c.reviewer.filled[row] or int(c.acting("reviewer").person[row]) != by[1]:
        out.append(NewValue("loans", row, "reviewer", by[0], c.reviewer.text(row) if c.reviewer.ids is not None else ""))
    return out


def _change(desk: _Desk, row: int, line: Signature) -> list[NewValue] | Text | None:
    c = desk.book.changes
    if wrong := _decision(line):
        return wrong
    by = desk.signers.holding(_REVIEWER, line.by, AUDIT, desk.today)
    if isinstance(by, Text):
        return by
    if not c.decision.is_("待审")[row]:
        same = c.decision.is_(line.decision)[row]
        return None if same else Text("已登记审核结果，与单上不同；要改请改「变更」表", "decided already, and otherwise than here")
    out = [NewValue("changes", row, "decision", line.decision, "待审")]
    if not c.reviewer.filled[row] or int(c.acting("reviewer").person[row]) != by[1]:
        out.append(NewValue("changes", row, "reviewer", by[0], c.reviewer.text(row) if c.reviewer.ids is not None else ""))
    return out
