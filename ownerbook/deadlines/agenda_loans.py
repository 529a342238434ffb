"""What the loans put on the agenda."""

from __future__ import annotations

from collections.abc import Iterator

from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines.agenda import NONE, Item
from ownerbook.deadlines.columns import Columns, complete, positions
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.lending import Desk
from ownerbook.deadlines.loan_status import loan_status
from ownerbook.deadlines.loans import BLOCKED_AFTER
from ownerbook.register.declare import CLERK, LOAN_REVIEW
from ownerbook.schema.words import Text

SHOWN = 3
NEEDED = ("loan_no", "file_no", "borrower", "phone", "decision")


def items(book: Columns, calendar: WorkCalendar, duties: Duties, today: int, within: int) -> Iterator[Item]:
    """Overdue, due soon, to be decided, to be handed out."""
    if not complete(book, "loans", *NEEDED) or not complete(book, "files", "file_no"):
        return
    c, f = book.loans, book.files
    status = loan_status(book, calendar, today, within)
    file, handler = c.ref("file_no").row, duties.named("loans", "handled_by")
    ladder = book.policy.ladder

    def of(row: int, kind: str, day: int, about: Text, who: tuple[int, ...], right: str) -> Item:
        at = int(file[row])
        house = f.house_no.text(at) if at >= 0 and f.house_no.ok[at] else ""
        return Item(kind, day, "loans", row, about, who, right, at, house)

    for row in map(int, status.by_lateness(status.late)):
        days, due = int(status.days[row]), int(status.due.day[row])
        step = ladder[int(status.step[row])][0] if status.step[row] >= 0 else ""
        about = Text("未还" + (f"，催还阶梯到「{step}」" if step else ""), "not back" + (f", ladder at {step}" if step else ""))
        who, right = duties.turn(int(handler[row]), CLERK), CLERK
        if days >= BLOCKED_AFTER:
            about = Text(about.zh + "，须报告经理，停借", about.en + "; report to the manager, borrower blocked")
        yield of(row, "loan-late", due, about, who, right)
    grave = list(map(int, status.by_lateness(status.blocking)))
    if grave:
        numbers = "、".join(c.loan_no.text(r) for r in grave[:SHOWN]) + (" 等" if len(grave) > SHOWN else "")
        zh = f"{len(grave)} 笔逾期满 {BLOCKED_AFTER} 天（{numbers}），借阅人停借，请督促收回"
        about = Text(zh, f"{len(grave)} loans are {BLOCKED_AFTER} days overdue; their borrowers are blocked")
        yield Item("escalate", NONE, "loans", -1, about, duties.holders(LOAN_REVIEW), LOAN_REVIEW)
    for row in map(int, status.by_lateness(status.soon)):
        due, provisional = int(status.due.day[row]), bool(status.due.provisional[row])
        if provisional:
            about = Text("应还日期为暂定，日历公布后再算", "due on a provisional day")
            if due < today:
                due = today
        else:
            about = Text("快到应还日期，提醒归还", "due back soon")
        yield of(row, "loan-soon", due, about, duties.turn(int(handler[row]), CLERK), CLERK)
    desk = Desk(book, calendar, today)
    against = {a.loan: [o for o in desk.against(a) if o.key != "undecided"] for a in desk.applications()}
    applied = c.applied_on
    for mask, kind, right in ((status.pending, "loan-review", LOAN_REVIEW), (status.agreed, "loan-lend", CLERK)):
        for row in map(int, positions(mask)):
            waited = today - int(applied.days[row]) if applied.ok[row] else 0
            zh = f"申请已 {waited} 天" if kind == "loan-review" else f"已同意，申请已 {waited} 天，还没有借出"
            en = f"applied for {waited} days ago" if kind == "loan-review" else f"agreed to, applied for {waited} days ago, not lent"
            reasons = against.get(row, [])
            if reasons:
                zh += "；" + "、".join(o.message.zh for o in reasons)
                en += "; " + ", ".join(o.message.en for o in reasons)
            borrower = -1
            if kind == "loan-review" and c.borrower_kind.is_("员工")[row] and duties.there and c.borrower.ok[row]:
                same = book.persons.candidates(c.borrower.text(row))
                borrower = int(same[0]) if len(same) == 1 else -1
            named = int(duties.named("loans", "reviewer")[row]) if kind == "loan-review" else int(handler[row])
            named = -1 if named == borrower else named
            yield of(row, kind, NONE, Text(zh, en), duties.turn(named, right, not_=borrower), right)
