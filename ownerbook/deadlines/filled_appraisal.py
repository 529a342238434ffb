"""A filled appraisal list as proposals: rows of 处置 (销毁, 移交), of 变更 (续存), and holds of 档案 (暂缓)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Columns, complete
from ownerbook.deadlines.disposal_lists import against
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.filled_audit import at
from ownerbook.deadlines.retention_status import retention_status
from ownerbook.register.declare import AUDIT
from ownerbook.register.proposal import NewRow, NewValue, NextKeys, Proposal
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text

DECISIONS = ("销毁", "移交", "续存", "暂缓")


@dataclass(frozen=True, slots=True)
class Opinion:
    """A line of the list. place: the line as a person finds it. decision: one of DECISIONS, '' for none."""

    place: Text
    file_no: str
    decision: str
    basis: str = ""
    reason: str = ""
    retention: str = ""
    until: str = ""
    until_day: date | None = None
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class Appraiser:
    """Who appraised, as 处置 is to name them; row: of 人员; name: for 变更.申请人."""

    number: str
    row: int
    name: str


def appraised(book: Columns, lines: list[Opinion], by: Appraiser, day: date) -> Proposal:
    """What the filled list asks to be written. Nothing is executed: a disposal still waits for approval by another person."""
    out, today = Proposal(), day.toordinal() - EPOCH
    if by.row not in Duties(book, today).holders(AUDIT):
        zh = f"鉴定人 {by.number} 在 {day.isoformat()} 没有「{AUDIT}」权限，或没有签保密协议；请换人（--by），或先补登权限"
        en = f"{by.number} does not hold {AUDIT} on {day.isoformat()} or has signed no agreement; name another (--by), or enter the right first"
        out.against.append(Text(zh, en))
        return out
    disposals = NextKeys(book.disposals.disposal_no, "CZ001") if book.has("disposals") else None
    changes = NextKeys(book.changes.change_no, "BG001") if book.has("changes") else None
    status = retention_status(book, today)
    barred = {kind: against(status, kind, today) for kind in ("销毁", "移交")}
    f, open_, again, seen = book.files, 0, 0, set[str]()
    for line in lines:
        if not line.decision:
            open_ += 1
            continue
        number = book.id_of(line.file_no)
        rows = np.flatnonzero((f.file_no.ids == number) & (number >= 0))
        row = int(rows[0]) if len(rows) == 1 else -1
        if row >= 0 and _entered(book, line, row):
            again += 1
            continue
        wrong = _twice(book, line, row, seen) or _wrong(book, line, row, barred, disposals is not None, changes is not None, day)
        seen.add(line.file_no)
        if wrong:
            out.against.append(at(line.place, line.file_no, wrong))
        elif line.decision == "暂缓":
            value = line.until_day if line.until_day else "未定"
            out.values += [NewValue("files", row, "hold_until", value), NewValue("files", row, "hold_reason", line.reason)]
        elif line.decision == "续存":
            assert changes is not None
            old = f.retention.options[int(f.retention.choice[row])] if f.retention.ok[row] else ""
            values = {"change_no": changes.next(), "sheet": "档案", "record": line.file_no, "field": "保管期限", "new": line.retention}
            values |= {"old": old} if old else {}
            out.rows.append(NewRow("changes", {**values, "applicant": by.name, "applied_on": day, "decision": "待审"}))
        else:
            assert disposals is not None
            values = {"disposal_no": disposals.next(), "file_no": line.file_no, "kind": line.decision, "basis": line.basis, "reason": line.reason}
            values |= {"receiver": line.receiver} if line.decision == "移交" else {}
            out.rows.append(NewRow("disposals", {**values, "appraised_by": by.number, "appraised_on": day}))
    if again:
        out.notes.append(Text(f"{again} 行已登记过，未重复", f"{again} lines were entered before"))
    if open_:
        out.notes.append(Text(f"{open_} 行没有填鉴定意见，未计入", f"{open_} lines without an opinion are left out"))
    if any(r.sheet == "disposals" for r in out.rows):
        out.notes.append(
            Text(
                "处置须由鉴定人以外有「处置批准」权限的人批准，销毁须两人监销",
                "a disposal is approved by another person, a destruction has two witnesses",
            )
        )
    if any(r.sheet == "changes" for r in out.rows):
        out.notes.append(Text("续存经变更审核后，再改档案的保管期限", "a longer retention is entered once the change is agreed to"))
    return out


def _entered(book: Columns, line: Opinion, row: int) -> bool:
    """Whether the register holds what the line asks for: the disposal or the change that waits, or the hold."""
    if line.decision in ("销毁", "移交") and complete(book, "disposals", "disposal_no", "file_no", "kind"):
        d = book.disposals
        return bool(((d.ref("file_no").row == row) & d.executed_on.blank & d.kind.is_(line.decision)).any())
    if line.decision == "续存" and complete(book, "changes", "record", "field", "new", "decision"):
        c = book.changes
        about = c.sheet.is_("档案") & (c.record.ids == book.files.file_no.ids[row]) & c.done_on.blank & c.decision.is_("待审", "同意")
        return any(c.field.text(r) == "保管期限" and c.new.text(r) == line.retention for r in map(int, np.flatnonzero(about)))
    if line.decision == "暂缓":
        f = book.files
        same = f.hold_until.days[row] == (line.until_day.toordinal() - EPOCH if line.until_day else NO_DAY)
        return bool(f.hold_until.ok[row] and same and f.hold_reason.text(row) == line.reason)
    return False


def _twice(book: Columns, line: Opinion, row: int, seen: set[str]) -> Text | None:
    if line.file_no in seen:
        return Text("单上有两行同一档号，只取第一行", "on the list twice; only the first line is taken")
    if row < 0 or not complete(book, "disposals", "disposal_no", "file_no", "kind"):
        return None
    d = book.disposals
    open_ = np.flatnonzero((d.ref("file_no").row == row) & d.executed_on.blank & d.kind.is_("销毁", "移交"))
    if not len(open_):
        return None
    number = d.disposal_no.text(int(open_[0]))
    return Text(f"处置 {number} 还在办理，不能另作鉴定；要改请先改「处置」表", f"disposal {number} is under way; change it on 处置 first")


def _wrong(book: Columns, line: Opinion, row: int, barred: dict[str, np.ndarray], disposals: bool, changes: bool, day: date) -> Text | None:
    if row < 0:
        return Text("档案表里没有这个档号，或不止一行", "not on 档案, or on several rows")
    if line.decision not in DECISIONS:
        return Text(f"鉴定意见「{line.decision}」应为 {'、'.join(DECISIONS)} 之一", "the opinion is none of the choices")
    if line.decision in ("销毁", "移交"):
        if not disposals:
            return Text("没有「处置」表", "there is no sheet 处置")
        if barred[line.decision][row]:
            return Text("有未结事项或保管期限未满，现在不能处置", "blocked, or its retention has not ended")
        if not line.basis or not line.reason:
            return Text("没有写处置依据或处置原因", "without a basis or a reason")
        if line.decision == "移交" and not line.receiver:
            return Text("移交没有写接收单位", "a transfer without who receives it")
    if line.decision == "续存":
        if not changes:
            return Text("没有「变更」表", "there is no sheet 变更")
        if line.retention not in book.policy.retentions:
            return Text(f"新保管期限应为 {'、'.join(book.policy.retentions)} 之一", "the new retention is none of those of the policy")
        if book.files.retention.is_(line.retention)[row]:
            return Text("新保管期限与现在的一样", "the new retention is the present one")
    if line.decision == "暂缓":
        if not line.reason:
            return Text("暂缓没有写原因（处置原因栏）", "a hold without a reason")
        if line.until and line.until != "未定" and line.until_day is None:
            return Text(f"暂缓至「{line.until}」应为日期或 未定", "the end of the hold is no date")
        if line.until_day is not None and line.until_day < day:
            return Text("暂缓至已过", "the end of the hold is past")
    return None
