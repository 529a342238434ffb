"""What happened in the month, as tables: changes (and edits without paper), audits of the sample, disposals, acts of staff, the run log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from ownerbook.deadlines.columns import Whole, complete, days_of, positions
from ownerbook.deadlines.month import Month
from ownerbook.register.register import Register
from ownerbook.reports.listing import Field, Line, Listing
from ownerbook.reports.monthly.content import Part
from ownerbook.reports.monthly.lists import open_disposals, table
from ownerbook.reports.monthly.profile import Audience
from ownerbook.reports.naming import Naming
from ownerbook.schema.words import Personal, Text


class HandEdit(NamedTuple):
    """A cell changed in the register without a change form. at: when it was noticed."""

    at: date
    sheet: str
    record: str
    header: str
    place: str


def changes(register: Register, month: Month, edits: Sequence[HandEdit] | None, who: Audience) -> Part:
    """Changes applied for or carried out in the month, and edits by hand that name no paper. edits: None where nothing notes them."""
    name = Text("本月变更", "Changes")
    about = Text(
        "本月申请或办结的变更；直接改动：没有走变更登记的改动，据修改日志", "applied for or carried out; edits by hand are those without a change row"
    )
    book, n = Whole(register), Naming(register)
    out = Listing(
        "changes",
        name,
        (
            Field("change_no", Text("变更单号", "Change no.")),
            Field("sheet", Text("对象表", "Sheet"), "center"),
            Field("record", Text("对象编号", "Record")),
            Field("header", Text("变更字段", "Field")),
            Field("applicant", Text("申请人", "Applicant")),
            Field("applied_on", Text("申请日期", "Applied"), "day"),
            Field("done_on", Text("更新日期", "Updated"), "day"),
            Field("days", Text("用时(天)", "Days"), "count"),
            Field("decision", Text("审核结果", "Decision"), "center"),
            Field("evidence", Text("证明材料", "Paper")),
            Field("handled_by", Text("经办人", "By")),
        ),
    )
    late: list[Line] = []
    if book.has("changes"):
        c = book.changes
        applied, done = days_of(c.applied_on), days_of(c.done_on)
        ends = book.policy.change_term.after(applied)
        for r in positions(c.first & (month.holds(c.applied_on) | month.holds(c.done_on))).tolist():
            took = int(done[r] - applied[r]) if c.applied_on.ok[r] and c.done_on.ok[r] else None
            tone = "late" if c.applied_on.ok[r] and c.done_on.ok[r] and done[r] > ends[r] else ""
            paper = n.found("changes", "evidence", r)
            cells = (
                n.key("changes", r),
                *(n.found("changes", f, r) for f in ("sheet", "record", "field")),
                n.person("changes", "applicant", r),
                n.day("changes", "applied_on", r),
                n.day("changes", "done_on", r),
                took,
                n.found("changes", "decision", r),
                Text("有", "yes") if paper else Text("无", "none"),
                n.written_staff("changes", "handled_by", r),
            )
            out.lines.append(Line(cells, "late" if tone else ""))
    for e in edits or ():
        late.append(Line((None, e.sheet, e.record, e.header, None, None, e.at, None, None, Text("无", "none"), None), "today"))
    by_hand = Listing("edits", Text("直接改动", "by hand"), out.fields, late)
    keys = [f.key for f in out.fields]
    part = table("changes", name, about, [(Text("变更", "change"), out), (Text("直接改动", "by hand"), by_hand)], keys, who)
    if not book.has("changes"):
        part.absent = Text("没有「变更」表", "there is no sheet 变更")
    return part


def sample(register: Register, month: Month, who: Audience) -> Part:
    """Every audit of the month, those of the sample first."""
    name = Text("本月审核", "Audits done")
    about = Text("本月的审核，抽查在前；抽查份数按制度的月度抽查比例", "audits of this month, those of the sample first")
    book, n = Whole(register), Naming(register)
    fields = (
        Field("audit_no", Text("审核单号", "Audit no.")),
        Field("kind", Text("审核类型", "Kind"), "center"),
        Field("file_no", Text("档号", "File no.")),
        Field("house_no", Text("房号", "House")),
        Field("audited_on", Text("审核日期", "Audited"), "day"),
        Field("auditor", Text("审核人", "Auditor")),
        Field("result", Text("审核结果", "Result"), "center"),
        Field("finding", Text("问题描述", "Finding"), "wrap"),
        Field("rectify_by", Text("整改期限", "Rectify by"), "day"),
        Field("rectified_on", Text("整改完成", "Rectified"), "day"),
    )
    out = Listing("sample", name, fields)
    if complete(book, "audits", "audit_no", "file_no", "audited_on", "result") and book.has("files"):
        a, file = book.audits, book.audits.ref("file_no").row
        drawn, bad = a.kind.is_("抽查"), a.result.is_("不合格")
        rows = positions(a.first & month.holds(a.audited_on))
        order = rows[np.lexsort((days_of(a.audited_on)[rows], ~bad[rows], ~drawn[rows]))]
        for r in order.tolist():
            cells = (
                n.key("audits", r),
                n.found("audits", "kind", r),
                n.found("audits", "file_no", r),
                n.house("files", int(file[r])),
                n.day("audits", "audited_on", r),
                n.written_staff("audits", "auditor", r),
                n.found("audits", "result", r),
                Personal(n.found("audits", "finding", r), "auto"),
                n.day("audits", "rectify_by", r),
                n.day("audits", "rectified_on", r),
            )
            out.lines.append(Line(cells, "late" if bad[r] else ""))
    part = table("sample", name, about, [(None, out)], [f.key for f in fields], who)
    if not book.has("audits"):
        part.absent = Text("没有「审核」表", "there is no sheet 审核")
    return part


def disposals(register: Register, month: Month, who: Audience) -> Part:
    """Disposals carried out in the month, and those under way."""
    name = Text("处置", "Disposals")
    about = Text("本月执行的处置，和已鉴定而未执行的", "carried out this month, and appraised but not carried out")
    book, n = Whole(register), Naming(register)
    fields = (
        Field("disposal_no", Text("处置单号", "Disposal no.")),
        Field("kind", Text("处置方式", "Kind"), "center"),
        Field("file_no", Text("档号", "File no.")),
        Field("house_no", Text("房号", "House")),
        Field("appraised_by", Text("鉴定人", "Appraised by")),
        Field("appraised_on", Text("鉴定日期", "Appraised"), "day"),
        Field("approved_by", Text("批准人", "Approved by")),
        Field("approved_on", Text("批准日期", "Approved"), "day"),
        Field("executed_on", Text("执行日期", "Carried out"), "day"),
        Field("stage", Text("进度", "Stage"), "center"),
        Field("blocked", Text("不能处置的原因", "Blocked by"), "wrap"),
    )
    done = Listing("done", name, fields)
    if complete(book, "disposals", "disposal_no", "file_no", "kind", "executed_on") and book.has("files"):
        d, file = book.disposals, book.disposals.ref("file_no").row
        for r in positions(d.first & month.holds(d.executed_on)).tolist():
            cells = (
                n.key("disposals", r),
                *(n.found("disposals", f, r) for f in ("kind", "file_no")),
                n.house("files", int(file[r])),
                n.written_staff("disposals", "appraised_by", r),
                n.day("disposals", "appraised_on", r),
                n.written_staff("disposals", "approved_by", r),
                n.day("disposals", "approved_on", r),
                n.day("disposals", "executed_on", r),
                Text("已执行", "done"),
                None,
            )
            done.lines.append(Line(cells))
    pairs: list[tuple[Text | None, Listing]] = [(Text("本月执行", "done"), done)]
    waiting = open_disposals(register, who)
    if waiting is not None:
        pairs.append((Text("办理中", "under way"), waiting))
    part = table("disposals", name, about, pairs, [f.key for f in fields], who)
    if not book.has("disposals"):
        part.absent = Text("没有「处置」表", "there is no sheet 处置")
    return part
