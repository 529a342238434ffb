"""审核期限: which files are due for audit, and which rectifications are open, as lists."""

from __future__ import annotations

from collections.abc import Iterable

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines import audits
from ownerbook.deadlines.audit_status import AuditStatus, audit_status, rectifications
from ownerbook.deadlines.columns import Whole
from ownerbook.register.register import Register
from ownerbook.register.understood import NO_DAY
from ownerbook.reports.listing import Field, Figure, Line, Listing, Report, Tone
from ownerbook.reports.naming import Naming, a_day
from ownerbook.schema.words import Personal, Text

_FILE = (
    Field("file_no", Text("档号", "File no.")),
    Field("house_no", Text("房号", "House")),
    Field("location", Text("存放位置", "Place")),
    Field("confidentiality", Text("密级", "Class"), "center"),
    Field("status", Text("档案状态", "Status"), "center"),
)
_FINDING = (
    Field("audit_no", Text("审核单号", "Audit no.")),
    Field("file_no", Text("档号", "File no.")),
    Field("house_no", Text("房号", "House")),
    Field("finding", Text("问题描述", "Finding"), "wrap"),
)


def tell_audits(register: Register, *, workspace: str = "", within: int = 30) -> Report:
    """The audits on the register's day. within: days ahead that count as soon."""
    today = register.today.toordinal() - EPOCH
    out = Report("audits", Text("审核与整改", "Audits"), register.today, workspace, str(register.policy.version or ""))
    if not {"audits", "files"} <= register.tables.keys():
        out.notes.append(Text("没有「审核」或「档案」表", "there is no sheet 审核 or 档案"))
        return out
    book = Whole(register)
    status, name = audit_status(book, today, within), Naming(register)
    out.listings = [
        _due(status, name, today, "late", Text("逾期未审", "Audit overdue"), status.by_day(status.late)),
        _due(status, name, today, "soon", Text("即将到期", "Audit due soon"), status.by_day(status.soon)),
        _due(status, name, today, "lent", Text("借出待还后审", "Due on return"), status.by_day(status.out)),
        _open(book, name, today),
        _repeated(book, name),
    ]
    known = int(((status.due != NO_DAY) & (status.due < 2**31 - 1)).sum())
    late = len(out["late"].lines)
    coverage = f"{(known - late) / known:.1%}" if known else "—"
    out.figures = [
        Figure("files", Text("应审档案", "files to audit"), value=known),
        Figure("late", Text("逾期未审", "overdue"), "late", bad=True),
        Figure("soon", Text(f"{within} 天内到期", f"due within {within} days"), "soon"),
        Figure("coverage", Text("周期内已审", "in cycle"), value=coverage),
        Figure("rectifications", Text("未结整改", "open rectifications"), "rectifications"),
        Figure("rectifications_late", Text("整改逾期", "rectifications late"), "rectifications", "late", bad=True),
    ]
    return out


def _due(status: AuditStatus, name: Naming, today: int, key: str, title: Text, rows: Iterable[int]) -> Listing:
    days = Field("days", Text("逾期天数", "Days late") if key == "late" else Text("剩余天数", "Days left"), "count")
    fields = (*_FILE, Field("last_on", Text("上次审核", "Last audit"), "day"), Field("due_on", Text("应审日期", "Due"), "day"), days)
    out = Listing(key, title, (*fields, Field("first", Text("首次审核", "First audit"), "center")))
    if key == "lent":
        out.fields = fields[:-2]
        out.note = Text("已到审核时间的借出档案，归还之日审核", "lent files whose audit is due: on the day of return")
    for r in map(int, rows):
        house, due = name.house("files", r), int(status.due[r])
        found = tuple(name.found("files", f, r) for f in ("location", "confidentiality", "status"))
        head = (name.key("files", r), house, *found, a_day(int(status.last[r])))
        left = today - due if key == "late" else due - today
        cells = head if key == "lent" else (*head, a_day(due), left, Text("首次", "first") if status.first[r] else None)
        tone: Tone = "late" if key == "late" else "today" if due == today else ""
        maker = name.found("files", "created_by", r)
        out.lines.append(Line(cells, tone, name.building(house), house, (maker,) if maker else (), name.workbook("files", r)))
    return out


def _open(book: Whole, name: Naming, today: int) -> Listing:
    out = Listing(
        "rectifications",
        Text("未结整改", "Open rectifications"),
        (
            *_FINDING,
            Field("audited_on", Text("审核日期", "Audited"), "day"),
            Field("age", Text("已历天数", "Age"), "count"),
            Field("rectify_by", Text("整改期限", "Rectify by"), "day"),
            Field("days", Text("逾期天数", "Days late"), "count"),
            Field("staff", Text("整改责任人", "By")),
            Field("stage", Text("进度", "Stage"), "center"),
        ),
        note=Text("复核须由责任人以外的人进行；有复核日期才算结案", "somebody else checks again; only then it is closed"),
        ask=Text("整改情况", "Progress"),
    )
    open_, file = rectifications(book, today), book.audits.ref("file_no").row
    for i, r in enumerate(map(int, open_.rows)):
        house, by, age = name.house("files", int(file[r])), int(open_.by[i]), int(open_.age[i])
        stage = Text("待复核", "to re-check") if open_.done[i] else Text("整改中", "open") if by != NO_DAY else Text("未定期限", "no deadline")
        cells = (
            name.key("audits", r),
            name.found("audits", "file_no", r),
            house,
            Personal(name.found("audits", "finding", r), "auto"),
            name.day("audits", "audited_on", r),
            None if age == NO_DAY else age,
            a_day(by),
            today - by if open_.late[i] else None,
            name.written_staff("audits", "rectify_by_staff", r),
            stage,
        )
        tone: Tone = "late" if open_.late[i] else "today" if by == today else ""
        people = tuple(t for t in (name.found("audits", "rectify_by_staff", r), name.found("audits", "auditor", r)) if t)
        out.lines.append(Line(cells, tone, name.building(house), house, people, name.workbook("audits", r)))
    return out


def _repeated(book: Whole, name: Naming) -> Listing:
    out = Listing(
        "repeated",
        Text("重复出现的问题", "Repeated findings"),
        (*_FINDING[1:], Field("times", Text("次数", "Times"), "count"), Field("audit_nos", Text("审核单号", "Audit nos."), "wrap")),
        note=Text("同一份档案同一问题三次以上：查根因、安排培训", "the same finding three times or more: look for the cause, train"),
    )
    file = book.audits.ref("file_no").row
    groups = sorted(audits.repeated_findings(book).items(), key=lambda g: -len(g[1]))
    for first, rows in groups:
        house = name.house("files", int(file[first]))
        numbers = "、".join(name.key("audits", int(r)) for r in rows)
        cells = (name.found("audits", "file_no", first), house, Personal(name.found("audits", "finding", first), "auto"), len(rows), numbers)
        out.lines.append(Line(cells, "", name.building(house), house, (), name.workbook("audits", first)))
    return out
