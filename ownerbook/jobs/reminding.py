"""The reminders that are due and were not given, and the memory of those that were."""

from __future__ import annotations

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.ladder import Reminder, reminders, still_wanted
from ownerbook.jobs.forms import needs, title_of
from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.reports.listing import Field, Figure, Line, Listing, Report
from ownerbook.reports.naming import Naming, a_day
from ownerbook.schema.words import Text
from ownerbook.storage import reminders as memory


def due(space: Workspace, read: Read) -> list[Reminder]:
    """What is to be told now by the ladder. Raises Unusable where the memory is damaged."""
    needs(read.register, "loans")
    try:
        told = memory.load(space.root)
    except memory.DamagedMemory:
        raise Unusable(
            Text(
                "催还记录 .ownerbook/reminders.json 读不出，不知道催过谁；请恢复备份，或删除它从头催起",
                "the memory of reminders (.ownerbook/reminders.json) cannot be read; restore it, or delete it to begin anew",
            )
        ) from None
    return reminders(Whole(read.register), read.register.calendar, read.register.today.toordinal() - EPOCH, told)


def mark(space: Workspace, read: Read, given: list[Reminder]) -> None:
    """Remember that these were given; steps of loans that 借阅 no longer holds are forgotten. Raises OSError."""
    told = memory.load(space.root) | {key for r in given for key in r.covers}
    memory.save(space.root, still_wanted(Whole(read.register), told))


def report(space: Workspace, read: Read, found: list[Reminder]) -> Report:
    """The reminders as a list."""
    register, name = read.register, Naming(read.register)
    file = register.reference("loans", "file_no").row if "files" in register.tables else None
    fields = (
        Field("loan_no", Text("借阅单号", "Loan no.")),
        Field("file_no", Text("档号", "File no.")),
        Field("borrower", Text("借阅人", "Borrower")),
        Field("phone", Text("联系电话", "Phone")),
        Field("due_on", Text("应还日期", "Due"), "day"),
        Field("days", Text("逾期天数", "Days late"), "count"),
        Field("step", Text("催还阶梯", "Step"), "center"),
        Field("manager", Text("报告经理", "Manager"), "center"),
        Field("handled_by", Text("经办人", "Lent by")),
    )
    out = Listing("reminders", Text("应催还", "Reminders"), fields, ask=Text("催还情况", "Reminded"))
    out.note = Text("每级只催一次；漏催的并入最高一级", "each step once; missed ones are made up for by the highest")
    for r in found:
        house = name.house("files", int(file[r.row])) if file is not None else ""
        clerk = name.found("loans", "handled_by", r.row)
        cells = (
            name.key("loans", r.row),
            name.found("loans", "file_no", r.row),
            name.person("loans", "borrower", r.row),
            name.phone("loans", "phone", r.row),
            a_day(r.due),
            r.days if r.days > 0 else None,
            r.step,
            Text("报告", "tell") if r.manager else None,
            name.written_staff("loans", "handled_by", r.row),
        )
        people = tuple(t for t in (clerk, name.found("loans", "borrower", r.row)) if t)
        tone = "late" if r.days > 0 else "soon"
        out.lines.append(Line(cells, tone, name.building(house), house, people, name.workbook("loans", r.row)))  # type: ignore[arg-type]
    made = Report("reminders", Text("应催还的借阅", "Reminders"), register.today, title_of(space), str(register.policy.version or ""))
    made.listings = [out]
    made.figures = [Figure("all", Text("应催还", "reminders"), "reminders"), Figure("late", Text("已逾期", "overdue"), "reminders", "late", bad=True)]
    return made
