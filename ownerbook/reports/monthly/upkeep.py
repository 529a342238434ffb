"""How the archive is kept, as tables: cabinets and their load, staff and what they did, the run log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.cabinets import cabinets as all_cabinets
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.duties_done import ACTS, duties_done
from ownerbook.deadlines.month import Month
from ownerbook.register.register import Register
from ownerbook.reports.many_rows import Value
from ownerbook.reports.monthly.content import Col, Part
from ownerbook.reports.monthly.profile import Audience
from ownerbook.reports.naming import Naming
from ownerbook.reports.palette import NOTICE_BAR
from ownerbook.schema.words import Text


class RunRow(NamedTuple):
    """A night or month of the run log. state: as the ledger names it; note: why it failed, '' where it did not."""

    job: str
    period: str
    state: str
    ended: str
    note: Text


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
    return out


def _run(r: RunRow, job: Text, who: Audience) -> tuple[Value, ...]:
    ended = ""
    if r.ended:
        ended = datetime.fromisoformat(r.ended).strftime("%Y-%m-%d %H:%M")
    state = _STATES.get(r.state, Text(r.state, r.state))
    return r.period, job.say(who.lang), state.say(who.lang), ended, who.cell("run_note", r.note)
