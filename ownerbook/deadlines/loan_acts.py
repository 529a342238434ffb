"""Lending, returning and renewing as proposals for 借阅 and 档案: what a clerk would write, and why it must not be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ownerbook.calendar.months import EPOCH
from ownerbook.calendar.terms import loan_due
from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines.columns import Columns, complete
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.lending import Application, Desk, Obstacle, decision_of
from ownerbook.deadlines.loan_status import loan_status
from ownerbook.deadlines.standing import last_executed
from ownerbook.register.declare import CLERK
from ownerbook.register.proposal import NewRow, NewValue, NextKeys, Proposal, Value
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text


@dataclass(frozen=True, slots=True)
class Lending:
    """A new loan. file: row of 档案; persons: 工号 or 姓名 as given, with their rows of 人员 (-1: none given)."""

    file: int
    borrower: str
    kind: str
    phone: str
    purpose: str
    day: date
    authority: str = ""
    authority_row: int = -1
    reviewer: str = ""
    reviewer_row: int = -1
    handler: str = ""
    handler_row: int = -1


def _number(day: date) -> int:
    return day.toordinal() - EPOCH


def due_day(book: Columns, calendar: WorkCalendar, lent: date, renewals: int) -> tuple[date, list[Text]]:
    """The due day by policy, and a note where it is provisional."""
    due, provisional = loan_due(lent, renewals, book.policy.loan_term, book.policy.roll, calendar)
    if not provisional:
        return due, []
    return due, [Text(f"应还日期 {due.isoformat()} 为暂定，放假安排公布后再核", f"due day {due.isoformat()} is provisional")]


def lend(book: Columns, calendar: WorkCalendar, new: Lending) -> Proposal:
    """A new row of 借阅: agreed and lent where a reviewer and a clerk are named, else an application 待审."""
    lent = bool(new.reviewer and new.handler)
    desk = Desk(book, calendar, _number(new.day))
    asked = Application(
        new.file,
        new.borrower,
        new.kind,
        new.phone,
        _number(new.day),
        new.authority_row,
        new.reviewer_row,
        new.handler_row,
        decision="同意" if lent else "待审",
    )
    reasons = [*_asked_before(book, desk, asked), *desk.against(asked)]
    values: dict[str, Value] = {
        "loan_no": NextKeys(book.loans.loan_no, "JY001").next(),
        "file_no": book.files.file_no.text(new.file),
        "borrower": new.borrower,
        "borrower_kind": new.kind,
        "phone": new.phone,
        "purpose": new.purpose,
        "applied_on": new.day,
        "decision": "同意" if lent else "待审",
    }
    if new.authority:
        values["authority"] = new.authority
    out = Proposal(notes=[o.message for o in reasons if not o.stops])
    if lent:
        due, notes = due_day(book, calendar, new.day, 0)
        values |= {"reviewer": new.reviewer, "decided_on": new.day, "lent_on": new.day, "handled_by": new.handler, "due_on": due, "renewals": 0}
        out.against = [o.advised for o in reasons if o.stops]
        out.notes += notes
        out.values = _status(book, new.file, "借出")
    else:
        out.notes += [o.message for o in reasons if o.stops and o.key not in ("undecided", "asked-before")]
        out.against = [o.advised for o in reasons if o.key == "asked-before"]
    out.rows = [NewRow("loans", values)]
    return out


def _asked_before(book: Columns, desk: Desk, asked: Application) -> list[Obstacle]:
    """The same borrower's application for the same file that waits already."""
    mine = [a for a in desk.applications() if a.file == asked.file and a.borrower == asked.borrower]
    if not mine or asked.file < 0:
        return []
    number, decision = book.loans.loan_no.text(mine[0].loan), mine[0].decision
    return [Obstacle("asked-before", Text(f"该借阅人对该档案已有申请 {number}（{decision}）", f"{number} ({decision}) asks for the same already"))]


def hand_out(book: Columns, calendar: WorkCalendar, row: int, day: date, handler: str, handler_row: int) -> Proposal:
    """An agreed application (row of 借阅) is lent."""
    c, desk = book.loans, Desk(book, calendar, _number(day))
    mine = [a for a in desk.applications() if a.loan == row]
    if not mine or not c.decision.is_("同意")[row]:
        return Proposal(against=[_not_waiting(book, row)])
    a = mine[0]
    named = Application(a.file, a.borrower, a.kind, a.phone, a.applied, a.authority, a.reviewer, handler_row, row, a.decision)
    reasons = desk.against(named)
    due, notes = due_day(book, calendar, day, 0)
    if c.decided_on.ok[row] and int(c.decided_on.days[row]) > _number(day):
        notes.append(Text("借出日期早于审核日期", "lent before it was decided"))
        return Proposal(against=notes[-1:])
    values = [NewValue("loans", row, "lent_on", day), NewValue("loans", row, "handled_by", handler), NewValue("loans", row, "due_on", due)]
    out = Proposal(values=[*values, *_status(book, a.file, "借出")], notes=notes)
    out.against = [o.advised for o in reasons if o.stops]
    out.notes += [o.message for o in reasons if not o.stops]
    return out


def _not_waiting(book: Columns, row: int) -> Text:
    """Why a loan cannot be handed out."""
    c, number = book.loans, book.loans.loan_no.text(row)
    if c.lent_on.ok[row]:
        return Text(f"{number} 已借出过，不能再借出；新的借阅请另登一笔", f"{number} was lent already; a new loan is entered anew")
    if c.decision.is_("待审")[row]:
        zh = f"{number} 还待审；请审核人先在「借阅」填审核结果、审核人和审核日期"
        return Text(zh, f"{number} is not decided; let the reviewer fill in decision, name and day on 借阅 first")
    if c.decision.is_("不同意")[row]:
        return Text(f"{number} 审核结果为不同意，不能借出", f"{number} was refused")
    return Text(f"{number} 不是已同意而未借出的申请，请核对「借阅」这一行", f"{number} is no agreed application that waits; check its row on 借阅")


def give_back(book: Columns, row: int, day: date, receiver: str, condition: str, note: str, receiver_row: int = -1) -> Proposal:
    """A loan (row of 借阅) comes back, 完好 or 缺损; or it is 遗失, and then nothing came back."""
    c = book.loans
    against = []
    status_out = c.lent_on.ok[row] and c.returned_on.blank[row] and not c.condition.is_("遗失")[row]
    if not status_out:
        against.append(_not_out(book, row))
    elif int(c.lent_on.days[row]) > _number(day):
        against.append(Text("归还日期早于借出日期，请核对 --on", "returned before it was lent; check the day given with --on"))
    if receiver_row >= 0 and receiver_row not in Duties(book, _number(day)).holders(CLERK):
        against.append(
            Text(
                f"接收人 {receiver} 没有「{CLERK}」权限，或没有签保密协议；请换人，或先在「人员」补登",
                f"{receiver} does not hold {CLERK} or has signed no agreement; name another, or enter it on 人员 first",
            )
        )
    if condition != "完好" and not note:
        against.append(Text(f"{condition}须用 --note 写明情况", "a note must say what is wrong"))
    file = int(c.ref("file_no").row[row])
    lost = condition == "遗失"
    if file < 0 and c.file_no.ok[row] and not c.ref("file_no").missing[row]:
        against.append(_on_several_rows(c.file_no.text(row)))
    values = [NewValue("loans", row, "condition", condition)]
    if not lost:
        values = [NewValue("loans", row, "returned_on", day), NewValue("loans", row, "received_by", receiver), *values]
    if note:
        values.append(NewValue("loans", row, "note", note))
    values += _status(book, file, "遗失" if lost else _place_after(book, file))
    out = Proposal(values=values, against=against)
    if file < 0 and not against:
        out.notes = [Text("「档案」里没有这笔借阅的档号，档案状态没有改", "the file of this loan is not on 档案; no status was changed")]
    elif not lost and file >= 0:
        out.notes = _on_return(book, file, day)
    return out


def _on_several_rows(number: str) -> Text:
    """Why a loan of a file that is entered twice is not closed: half of the act would be left out."""
    return Text(
        f"「档案」里有几行 {number}，不知道改哪一行的状态；请先改正，或把多出来的旧工作簿移出文件夹",
        f"档案 holds {number} on several rows, so its status cannot be set; correct it, or move the old workbook out of the folder",
    )


def _place_after(book: Columns, file: int) -> str:
    """Where a file goes back to: 已归档 where its last executed disposal says so, else 在库."""
    if file >= 0 and complete(book, "disposals", "disposal_no", "file_no", "kind"):
        last = int(last_executed(book).row[file])
        if last >= 0 and book.disposals.kind.is_("归档")[last]:
            return "已归档"
    return "在库"


def _on_return(book: Columns, file: int, day: date) -> list[Text]:
    from ownerbook.deadlines.audits import cycle_ends

    if not complete(book, "audits", "audit_no", "file_no", "audited_on") or not complete(book, "files", "created_on"):
        return []
    due = int(cycle_ends(book)[file])
    if due != NO_DAY and due <= _number(day):
        return [Text("审核已到期，归还之日审核", "its audit is due: on the day of return")]
    return []


def renew(book: Columns, calendar: WorkCalendar, row: int, day: date) -> Proposal:
    """A loan (row of 借阅) is renewed by one term, counted from the day of lending, while it is in time and policy allows."""
    c = book.loans
    status = loan_status(book, calendar, _number(day))
    if not status.out[row]:
        return Proposal(against=[_not_out(book, row)])
    times = int(c.renewals.numbers[row]) if c.renewals.ok[row] else 0
    against = []
    if times >= book.policy.max_renewals:
        against.append(
            Text(
                f"已续借 {times} 次，上限 {book.policy.max_renewals} 次；到期请办归还",
                f"renewed {times} times, at most {book.policy.max_renewals}; it is returned when due",
            )
        )
    if status.days[row] != NO_DAY and status.days[row] > 0 and not status.due.provisional[row]:
        against.append(
            Text(
                f"已逾期 {int(status.days[row])} 天，续借须在到期前办理；请办归还",
                f"{int(status.days[row])} days overdue; renew before the due day, now it is returned",
            )
        )
    who = (c.borrower.text(row), c.phone.text(row)) if c.borrower.ok[row] and c.phone.ok[row] else ("", "")
    if Desk(book, calendar, _number(day)).blocked.get(who, row) != row:
        against.append(Text("借阅人停借，先收回逾期的档案", "the borrower is blocked; get the overdue file back first"))
    lent = date.fromordinal(int(c.lent_on.days[row]) + EPOCH)
    due, notes = due_day(book, calendar, lent, times + 1)
    old = date.fromordinal(int(c.due_on.days[row]) + EPOCH).isoformat() if c.due_on.ok[row] else ""
    values = [NewValue("loans", row, "renewals", times + 1, str(times) if c.renewals.ok[row] else ""), NewValue("loans", row, "due_on", due, old)]
    return Proposal(values=values, against=against, notes=notes)


def _not_out(book: Columns, row: int) -> Text:
    """Why a loan cannot come back or be renewed."""
    c, number = book.loans, book.loans.loan_no.text(row)
    if c.returned_on.ok[row]:
        day = date.fromordinal(int(c.returned_on.days[row]) + EPOCH).isoformat()
        return Text(f"{number} 已于 {day} 归还，请核对单号", f"{number} came back on {day}; check the number")
    if c.condition.is_("遗失")[row]:
        return Text(f"{number} 登记为遗失；找到后请改「借阅」和「档案」", f"{number} is registered as lost; once found, correct 借阅 and 档案")
    return Text(f"{number} 没有借出，请核对单号", f"{number} was not lent; check the number")


def _status(book: Columns, file: int, wanted: str) -> list[NewValue]:
    """档案状态 set, where it is another."""
    if file < 0:
        return []
    column = book.files.status
    now = decision_of(int(column.choice[file]), column.options) if column.ok[file] else ""
    return [] if now == wanted else [NewValue("files", file, "status", wanted, now)]
