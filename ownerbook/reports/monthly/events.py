"""What happened in the month, as tables: changes (and edits without paper), audits of the sample, disposals, acts of staff, the run log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.cabinets import cabinets as all_cabinets
from ownerbook.deadlines.columns import Whole, complete, days_of, positions
from ownerbook.deadlines.duties_done import ACTS, duties_done
from ownerbook.deadlines.month import Month
from ownerbook.register.register import Register
from ownerbook.reports.listing import Field, Line, Listing
from ownerbook.reports.many_rows import Value
from ownerbook.reports.monthly.content import Col, Part
from ownerbook.reports.monthly.lists import MOST_ROWS, open_disposals, table
from ownerbook.reports.monthly.profile import Audience
from ownerbook.reports.naming import Naming
from ownerbook.reports.palette import NOTICE_BAR
from ownerbook.schema.words import Personal, Text


class HandEdit(NamedTuple):
    """A cell changed in the register without a change form. at: when it was noticed."""

    at: date
    sheet: str
    record: str
    header: str
    place: str


class RunRow(NamedTuple):
    """A night or month of the run log. state: as the ledger names it; note: why it failed, '' where it did not."""

    job: str
    period: str
    state: str
    ended: str
    note: Text


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


def cabinets(register: Register, who: Audience) -> Part:
    """Cabinets and their load."""
    columns = [
        Col("room", Text("档案室", "Room"), "text", 16),
        Col("cabinet", Text("柜号", "Cabinet"), "center", 12),
        Col("places", Text("位置数", "Places"), "count", 12),
        Col("capacity", Text("容量(份)", "Capacity"), "count", 12),
        Col("files", Text("在位档案", "Files"), "count", 12),
        Col("free", Text("空余", "Free"), "count", 12),
        Col("load", Text("占用率", "Load"), "rate", 26, NOTICE_BAR, 1.0),
        Col("over", Text("超容位置", "Places over"), "count", 12),
    ]
    about = Text("借出的档案仍占原位；占用率 = 在位档案 ÷ 容量", "a lent file keeps its place; load: files ÷ capacity")
    out = Part("cabinets", Text("柜位", "Cabinets"), about, columns)
    found = all_cabinets(Whole(register))
    if "locations" not in register.tables:
        out.absent = Text("没有「位置」表", "there is no sheet 位置")
    for c in found:
        out.rows.append(
            (who.cell("room", c.room), who.cell("cabinet", c.cabinet), c.places, c.capacity, c.files, c.capacity - c.files, c.load, c.over or None)
        )
        out.tints.append("late" if c.over or (c.load or 0) > 1 else "")
    if found:
        places, capacity, files = (sum(getattr(c, k) for c in found) for k in ("places", "capacity", "files"))
        over = sum(c.over for c in found)
        out.total = (
            Text("合计", "Total").say(who.lang),
            None,
            places,
            capacity,
            files,
            capacity - files,
            files / capacity if capacity else None,
            over or None,
        )
    return out


def duties(register: Register, month: Month, who: Audience) -> Part:
    """Staff, their rights and what they did in the month."""
    columns = [
        Col("staff", Text("人员", "Who"), "text", 16),
        Col("role", Text("岗位", "Role"), "text", 14),
        Col("rights", Text("权限", "Rights"), "wrap", 26),
        Col("employed", Text("在职", "Employed"), "center", 7),
        Col("signed", Text("保密协议", "Agreement"), "center", 9),
        *(Col(key, words, "count", 7.5) for key, words, _ in ACTS),
        Col("all", Text("合计", "All"), "count", 12, NOTICE_BAR),
        Col("trainings", Text("培训", "Training"), "count", 8),
    ]
    about = Text("本月各人经手的件数，按登记簿里写的人员和日期统计", "what each did this month, by the people and days that the register names")
    out = Part("duties", Text("人员职责", "Staff"), about, columns)
    if "staff" not in register.tables:
        out.absent = Text("没有「人员」表", "there is no sheet 人员")
        return out
    n, today = Naming(register), register.today.toordinal() - EPOCH
    yes, no = Text("是", "yes"), Text("否", "no")
    for d in duties_done(Whole(register), month, today):
        rights = n.found("staff", "rights", d.row)
        acts: list[Value] = [d.acts[key] or None for key, _, _ in ACTS]
        row: list[Value] = [
            who.cell("staff", n.staff(d.row)),
            who.cell("role", n.found("staff", "role", d.row)),
            who.cell("rights", rights),
            (yes if d.employed else no).say(who.lang),
            (Text("已签", "signed") if d.signed else Text("未签", "not signed") if rights else Text("不需要", "not needed")).say(who.lang),
        ]
        out.rows.append((*row, *acts, sum(d.acts.values()), d.trainings or None))
        out.tints.append("late" if rights and d.employed and not d.signed else "")
    return out


_STATES = {
    "ok": Text("完成", "done"),
    "failed": Text("失败", "failed"),
    "given_up": Text("失败", "failed"),
    "running": Text("进行中", "running"),
    "missed": Text("漏跑", "missed"),
}
NIGHTLY = "nightly"


def runs(month: Month, rows: Sequence[RunRow] | None, until: date, who: Audience) -> Part:
    """Every night of the month up to a day: done, failed, missed, or without a record; and the month's own runs."""
    columns = [
        Col("period", Text("日期", "Date"), "center", 14),
        Col("job", Text("任务", "Job"), "center", 16),
        Col("state", Text("结果", "Result"), "state", 14),
        Col("ended", Text("完成时间", "Ended"), "center", 20),
        Col("note", Text("说明", "Note"), "wrap", 60),
    ]
    about = Text(
        "每夜一行；无记录：当天没有运行，或运行记录不在这台电脑上", "a line a night; no record: nothing ran, or the log is not on this machine"
    )
    out = Part("runs", Text("运行记录", "Run log"), about, columns)
    if rows is None:
        out.absent = Text("没有取得运行记录", "the run log was not given")
        return out
    by_night = {r.period: r for r in rows if r.job == NIGHTLY}
    night = Text("夜间检查", "night")
    day = month.begins
    while day <= min(month.ends, until):
        r = by_night.get(day.isoformat())
        if r is None:
            out.rows.append((day.isoformat(), night.say(who.lang), Text("无记录", "no record").say(who.lang), None, None))
            out.tints.append("")
        else:
            out.rows.append(_run(r, night, who))
            out.tints.append("" if r.state in ("ok", "running") else "late")
        day = date.fromordinal(day.toordinal() + 1)
    for r in rows:
        if r.job != NIGHTLY:
            out.rows.append(_run(r, Text("月度报告", "month"), who))
            out.tints.append("" if r.state in ("ok", "running") else "late")
    out.left_out = max(0, len(out.rows) - MOST_ROWS)
    return out


def _run(r: RunRow, job: Text, who: Audience) -> tuple[Value, ...]:
    ended = ""
    if r.ended:
        ended = datetime.fromisoformat(r.ended).strftime("%Y-%m-%d %H:%M")
    state = _STATES.get(r.state, Text(r.state, r.state))
    return r.period, job.say(who.lang), state.say(who.lang), ended, who.cell("run_note", r.note)
