"""借阅期限: what is on loan, late, due, applied for, blocked, damaged or refused, as lists."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole, days_of, positions
from ownerbook.deadlines.lending import Desk
from ownerbook.deadlines.loan_status import LoanStatus, ended, lately, loan_status
from ownerbook.deadlines.loans import BLOCKED_AFTER
from ownerbook.register.register import Register
from ownerbook.register.understood import NO_DAY
from ownerbook.reports.listing import Cell, Field, Figure, Line, Listing, Report, Tone
from ownerbook.reports.naming import Naming, a_day
from ownerbook.schema.words import Personal, Text

_LOAN = (
    Field("loan_no", Text("借阅单号", "Loan no.")),
    Field("file_no", Text("档号", "File no.")),
    Field("house_no", Text("房号", "House")),
    Field("borrower", Text("借阅人", "Borrower")),
    Field("borrower_kind", Text("身份", "Is"), "center"),
    Field("phone", Text("联系电话", "Phone")),
)
_DUE = Field("due_on", Text("应还日期", "Due"), "day")
_LENT = Field("lent_on", Text("借出日期", "Lent"), "day")
_CLERK = Field("handled_by", Text("经办人", "Lent by"))


class _Rows:
    """The rows of 借阅 as lines."""

    def __init__(self, register: Register, book: Whole) -> None:
        self.name, self.c = Naming(register), book.loans
        self.file = book.loans.ref("file_no").row

    def head(self, row: int) -> tuple[Cell, ...]:
        """What every list says of a loan first."""
        n = self.name
        return (
            n.key("loans", row),
            n.found("loans", "file_no", row),
            n.house("files", int(self.file[row])),
            n.person("loans", "borrower", row),
            n.found("loans", "borrower_kind", row),
            n.phone("loans", "phone", row),
        )

    def line(self, row: int, cells: Iterable[Cell], tone: Tone = "") -> Line:
        """A line with what it may be filtered by."""
        n, house = self.name, self.name.house("files", int(self.file[row]))
        people = tuple(t for t in (n.found("loans", "borrower", row), n.found("loans", "handled_by", row), n.found("loans", "reviewer", row)) if t)
        return Line((*self.head(row), *cells), tone, n.building(house), house, people, n.workbook("loans", row))


def tell_loans(register: Register, *, workspace: str = "", within: int = 7, since: int = 365) -> Report:
    """The loans on the register's day. within: days ahead that count as soon; since: for how many days back returns and refusals are told."""
    today = register.today.toordinal() - EPOCH
    out = Report("loans", Text("借阅期限", "Loans"), register.today, workspace, str(register.policy.version or ""))
    if not {"loans", "files"} <= register.tables.keys():
        out.notes.append(Text("没有「借阅」或「档案」表", "there is no sheet 借阅 or 档案"))
        return out
    book = Whole(register)
    status, rows = loan_status(book, register.calendar, today, within), _Rows(register, book)
    out.listings = [
        _late(status, rows, register),
        _soon(status, rows),
        _out(status, rows),
        _applications(book, register, today, rows),
        _blocked(status, rows),
        _returned(book, status, rows, today - since),
        _refused(book, status, rows, today - since),
    ]
    out.figures = [
        Figure("out", Text("在借", "on loan"), value=int(status.out.sum())),
        Figure("late", Text("逾期", "overdue"), "late", bad=True),
        Figure("soon", Text(f"{within} 天内到期", f"due within {within} days"), "soon"),
        Figure("applications", Text("待审待借", "applications"), "applications"),
        Figure("blocked", Text("停借的借阅人", "blocked borrowers"), "blocked", bad=True),
        Figure("damaged", Text("缺损或遗失", "damaged or lost"), "damaged"),
    ]
    provisional = int((status.due.provisional & status.out).sum())
    if provisional:
        words = f"{provisional} 笔应还日期为暂定：{register.calendar.known_until.isoformat()} 之后的放假安排尚未公布，不催还"
        out.notes.append(
            Text(words, f"{provisional} due days are provisional: the schedule after {register.calendar.known_until.isoformat()} is not published")
        )
    return out


def _late(status: LoanStatus, rows: _Rows, register: Register) -> Listing:
    out = Listing(
        "late",
        Text("逾期未还", "Overdue"),
        (*_LOAN, _LENT, _DUE, Field("days", Text("逾期天数", "Days late"), "count"), Field("step", Text("催还阶梯", "Step"), "center"), _CLERK),
        note=Text("从应还日期次日起算逾期；借阅人须立即归还", "late begins the day after the due day"),
        ask=Text("催还情况", "Reminded"),
    )
    ladder = register.policy.ladder
    for r in map(int, status.by_lateness(status.late)):
        step = ladder[int(status.step[r])][0] if status.step[r] >= 0 else ""
        cells = (
            rows.name.day("loans", "lent_on", r),
            a_day(int(status.due.day[r])),
            int(status.days[r]),
            step,
            rows.name.written_staff("loans", "handled_by", r),
        )
        out.lines.append(rows.line(r, cells, "late"))
    return out


def _soon(status: LoanStatus, rows: _Rows) -> Listing:
    out = Listing(
        "soon",
        Text("即将到期", "Due soon"),
        (
            *_LOAN,
            _LENT,
            _DUE,
            Field("left", Text("剩余天数", "Days left"), "count"),
            Field("provisional", Text("暂定", "Provisional"), "center"),
            _CLERK,
        ),
        note=Text("暂定：放假安排未公布，日期可能后移", "provisional: the schedule is not published, the day may move"),
    )
    for r in map(int, status.by_lateness(status.soon)):
        out.lines.append(_running(status, rows, r))
    return out


def _out(status: LoanStatus, rows: _Rows) -> Listing:
    out = Listing(
        "out",
        Text("其余在借", "Other loans"),
        (
            *_LOAN,
            _LENT,
            _DUE,
            Field("left", Text("剩余天数", "Days left"), "count"),
            Field("provisional", Text("暂定", "Provisional"), "center"),
            _CLERK,
        ),
    )
    for r in map(int, status.by_lateness(status.out & ~status.late & ~status.soon)):
        out.lines.append(_running(status, rows, r))
    return out


def _running(status: LoanStatus, rows: _Rows, r: int) -> Line:
    days = int(status.days[r])
    provisional = Text("暂定", "yes") if status.due.provisional[r] else None
    tone: Tone = "" if days == NO_DAY else "today" if days == 0 else "soon" if status.soon[r] else ""
    cells = (
        rows.name.day("loans", "lent_on", r),
        a_day(int(status.due.day[r])),
        None if days == NO_DAY else -days,
        provisional,
        rows.name.written_staff("loans", "handled_by", r),
    )
    return rows.line(r, cells, tone)


def _applications(book: Whole, register: Register, today: int, rows: _Rows) -> Listing:
    out = Listing(
        "applications",
        Text("待审与待借出", "Applications"),
        (
            *_LOAN,
            Field("applied_on", Text("申请日期", "Applied"), "day"),
            Field("waited", Text("已等天数", "Waited"), "count"),
            Field("decision", Text("审核结果", "Decision"), "center"),
            Field("against", Text("不能借出的原因", "Against lending"), "wrap"),
        ),
        note=Text("原因一栏为空的可以借出", "where nothing stands against it, the file may be lent"),
    )
    desk, n = Desk(book, register.calendar, today), rows.name
    for a in desk.applications():
        reasons = [o for o in desk.against(a) if o.key != "undecided"]
        against = Text("、".join(o.message.zh for o in reasons), ", ".join(o.message.en for o in reasons)) if reasons else None
        waited = None if a.applied == NO_DAY else today - a.applied
        cells = (n.day("loans", "applied_on", a.loan), waited, n.found("loans", "decision", a.loan), against)
        out.lines.append(rows.line(a.loan, cells, "late" if any(o.stops for o in reasons) else ""))
    return out


def _blocked(status: LoanStatus, rows: _Rows) -> Listing:
    out = Listing(
        "blocked",
        Text("停借的借阅人", "Blocked borrowers"),
        (
            Field("borrower", Text("借阅人", "Borrower")),
            Field("phone", Text("联系电话", "Phone")),
            Field("loans", Text("未还笔数", "Loans"), "count"),
            Field("loan_nos", Text("借阅单号", "Loan nos."), "wrap"),
            Field("days", Text("最长逾期天数", "Days late"), "count"),
        ),
        note=Text(f"逾期满 {BLOCKED_AFTER} 天，归还之前不再借给", f"{BLOCKED_AFTER} days overdue: nothing more until it is back"),
    )
    groups: dict[tuple[str, str], list[int]] = {}
    for r in map(int, status.by_lateness(status.blocking)):
        groups.setdefault((rows.name.found("loans", "borrower", r), rows.name.found("loans", "phone", r)), []).append(r)
    for (name, phone), mine in groups.items():
        numbers = "、".join(rows.name.key("loans", r) for r in mine)
        cells = (Personal(name, "name"), Personal(phone, "phone"), len(mine), numbers, int(status.days[mine[0]]))
        house = rows.name.house("files", int(rows.file[mine[0]]))
        out.lines.append(Line(cells, "late", rows.name.building(house), house, (name,), rows.name.workbook("loans", mine[0])))
    return out


def _returned(book: Whole, status: LoanStatus, rows: _Rows, since: int) -> Listing:
    out = Listing(
        "damaged",
        Text("缺损与遗失", "Damaged or lost"),
        (
            *_LOAN,
            _LENT,
            Field("returned_on", Text("归还日期", "Returned"), "day"),
            Field("condition", Text("归还状态", "Condition"), "center"),
            Field("received_by", Text("接收人", "Received by")),
            Field("note", Text("备注", "Note"), "wrap"),
        ),
    )
    when, n = ended(book), rows.name
    wanted = positions((status.damaged | status.lost) & lately(when, since))
    for r in map(int, wanted[np.argsort(-when[wanted].astype(np.int64), kind="stable")]):
        note = Personal(n.found("loans", "note", r), "hidden")
        cells = (
            n.day("loans", "lent_on", r),
            n.day("loans", "returned_on", r),
            n.found("loans", "condition", r),
            n.written_staff("loans", "received_by", r),
            note,
        )
        out.lines.append(rows.line(r, cells))
    return out


def _refused(book: Whole, status: LoanStatus, rows: _Rows, since: int) -> Listing:
    out = Listing(
        "refused",
        Text("不同意的申请", "Refused"),
        (
            *_LOAN,
            Field("applied_on", Text("申请日期", "Applied"), "day"),
            Field("decided_on", Text("审核日期", "Decided"), "day"),
            Field("reviewer", Text("审核人", "Reviewer")),
            Field("note", Text("备注", "Note"), "wrap"),
        ),
    )
    when = days_of(book.loans.applied_on)
    wanted, n = positions(status.refused & lately(when, since)), rows.name
    for r in map(int, wanted[np.argsort(-when[wanted].astype(np.int64), kind="stable")]):
        note = Personal(n.found("loans", "note", r), "hidden")
        cells = (n.day("loans", "applied_on", r), n.day("loans", "decided_on", r), n.written_staff("loans", "reviewer", r), note)
        out.lines.append(rows.line(r, cells))
    return out
