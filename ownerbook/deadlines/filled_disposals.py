"""Filled lists of disposals as proposals: what is appraised for 归档, what is approved, and which 归档 is carried out.

A disposal goes three steps by three papers: appraisal, approval by another person, execution (register.md 处置, judging.md §4). Of files on
loan, under rectification or on hold nothing goes on (M06). Destructions and transfers are carried out by lists of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Columns
from ownerbook.deadlines.disposal_lists import against
from ownerbook.deadlines.filled_audit import at
from ownerbook.deadlines.filled_execution import blocked
from ownerbook.deadlines.lending import decision_of
from ownerbook.deadlines.retention_status import RetentionStatus, open_disposals, retention_status
from ownerbook.deadlines.signers import Signed, Signers, day_of
from ownerbook.deadlines.standing import last_executed
from ownerbook.register.declare import AUDIT, DISPOSAL_APPROVAL
from ownerbook.register.proposal import NewRow, NewValue, NextKeys, Proposal
from ownerbook.schema.words import Text

ARCHIVE = "归档"
_APPRAISER, _APPRAISED = Text("鉴定人", "the appraiser"), Text("鉴定日期", "the day of appraisal")
_APPROVER, _APPROVED = Text("批准人", "the approver"), Text("批准日期", "the day of approval")
_EXECUTED = Text("执行日期", "the day of execution")


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a list. place: the line as a person finds it. disposal_no: '' where the file is only to be appraised. opinion: 归档 or ''
    of an appraisal. by, on: who signs this step and when; on an execution only `on`.
    """

    place: Text
    file_no: str
    disposal_no: str = ""
    opinion: str = ""
    basis: str = ""
    reason: str = ""
    by: str = ""
    on: Signed = Signed()


@dataclass(slots=True)
class _Asked:
    book: Columns
    today: date
    signers: Signers
    status: RetentionStatus
    keys: NextKeys
    out: Proposal
    again: int = 0
    open: int = 0

    def rows(self, sheet: str, field: str, key: str) -> int:
        """The one row with a key, -1 for none or several."""
        column, number = getattr(getattr(self.book, sheet), field), self.book.id_of(key)
        found = np.flatnonzero((column.ids == number) & (number >= 0))
        return int(found[0]) if len(found) == 1 else -1

    def bar(self, kind: str, file: int) -> Text | None:
        """Why the file may not be disposed of in this way now."""
        today = self.today.toordinal() - EPOCH
        return blocked(self.status, kind, file) if against(self.status, kind, today)[file] else None


def disposed(
    book: Columns, appraised: list[Step], approved: list[Step], executed: list[Step], today: date, signers: Signers
) -> Proposal:  # fmt: skip
    """What the lists ask to be written: rows of 处置, 批准人 and 批准日期, 执行日期 with 档案状态 已归档. Lines left blank are counted."""
    out = Proposal()
    asked = _Asked(book, today, signers, retention_status(book, today.toordinal() - EPOCH), NextKeys(book.disposals.disposal_no, "CZ001"), out)
    for steps, take in ((appraised, _appraise), (approved, _approve), (executed, _execute)):
        seen: set[str] = set()
        for line in steps:
            if not (line.opinion or line.by or line.on.text):
                asked.open += 1
                continue
            name = " ".join(t for t in (line.disposal_no, line.file_no) if t)
            if name in seen:
                wrong: Text | None = Text("单上有两行，只取第一行", "on the list twice; only the first line is taken")
            else:
                wrong = take(asked, line)
            seen.add(name)
            if wrong:
                out.against.append(at(line.place, name, wrong))
    if asked.again:
        out.notes.append(Text(f"{asked.again} 行已登记过，未重复", f"{asked.again} lines were entered before"))
    if asked.open:
        out.notes.append(Text(f"{asked.open} 行没有填写，未计入", f"{asked.open} lines were not filled in"))
    if out.rows:
        zh = "归档须由鉴定人以外有「处置批准」权限的人批准；批准后再开一次归档清单"
        out.notes.append(Text(zh, "archiving is approved by another person than the appraiser; print the list again for it"))
    return out


def _appraise(a: _Asked, line: Step) -> Text | None:
    f, d = a.book.files, a.book.disposals
    if line.opinion in ("不归档", "暂不归档"):
        a.out.notes.append(Text(f"{line.place.zh} {line.file_no}：{line.opinion}，仍留在清单上", f"{line.file_no} is not archived for now"))
        return None
    if line.opinion != ARCHIVE:
        if line.opinion:
            return Text(f"鉴定意见「{line.opinion}」应为 归档 或 暂不归档", "the opinion is none of the choices")
        return Text("没有写鉴定意见", "without an opinion")
    file = a.rows("files", "file_no", line.file_no)
    if file < 0:
        return Text("档案表里没有这个档号，或不止一行", "not on 档案, or on several rows")
    day = day_of(_APPRAISED, line.on, a.today)
    if isinstance(day, Text):
        return day
    by = a.signers.holding(_APPRAISER, line.by, AUDIT, day)
    if isinstance(by, Text):
        return by
    open_ = {int(d.ref("file_no").row[r]): int(r) for r in open_disposals(a.book).rows}
    row = open_.get(file, -1)
    if row >= 0:
        if (
            d.kind.is_(ARCHIVE)[row]
            and int(d.acting("appraised_by").person[row]) == by[1]
            and int(d.appraised_on.days[row]) == day.toordinal() - EPOCH
        ):
            a.again += 1
            return None
        number, kind = d.disposal_no.text(row), decision_of(int(d.kind.choice[row]), d.kind.options)
        return Text(f"处置 {number}（{kind}）还在办理，不能另作鉴定", f"disposal {number} is under way")
    if a.status.blocked[file]:
        return a.bar(ARCHIVE, file)
    if not a.status.closable[file]:
        now = decision_of(int(f.status.choice[file]), f.status.options) if f.status.ok[file] else "不明"
        return Text(f"现在不能归档（档案状态 {now}），或产权周期没有结束", "not to be archived: its state, or the ownership period runs")
    left = int(a.status.left[file])
    if day.toordinal() - EPOCH < left:
        return Text("鉴定日期早于业主迁出日期", "appraised before the owner left")
    if not line.basis or not line.reason:
        return Text("没有写处置依据或处置原因", "without a basis or a reason")
    values = {"disposal_no": a.keys.next(), "file_no": line.file_no, "kind": ARCHIVE, "basis": line.basis, "reason": line.reason}
    a.out.rows.append(NewRow("disposals", {**values, "appraised_by": by[0], "appraised_on": day}))
    return None


def _disposal(a: _Asked, line: Step) -> tuple[int, int] | Text:
    """The row of 处置 and its file."""
    d = a.book.disposals
    row = a.rows("disposals", "disposal_no", line.disposal_no)
    if row < 0:
        return Text("处置表里没有这个处置单号，或不止一行", "not on 处置, or on several rows")
    file = int(d.ref("file_no").row[row])
    if file < 0 or (line.file_no and a.book.files.file_no.text(file) != line.file_no):
        return Text("处置单号与档号对不上，请核对", "the disposal is of another file")
    return row, file


def _approve(a: _Asked, line: Step) -> Text | None:
    d, found = a.book.disposals, _disposal(a, line)
    if isinstance(found, Text):
        return found
    row, file = found
    appraised = int(d.appraised_on.days[row]) if d.appraised_on.ok[row] else None
    day = day_of(_APPROVED, line.on, a.today, appraised, _APPRAISED)
    if isinstance(day, Text):
        return day
    by = a.signers.holding(_APPROVER, line.by, DISPOSAL_APPROVAL, day)
    if isinstance(by, Text):
        return by
    if d.approved_on.filled[row] or d.approved_by.filled[row]:
        same = d.approved_on.ok[row] and int(d.approved_on.days[row]) == day.toordinal() - EPOCH and int(d.acting("approved_by").person[row]) == by[1]
        if same:
            a.again += 1
            return None
        if d.approved_on.filled[row]:
            return Text("已登记批准，与单上不同；要改请改「处置」表", "approved already, and otherwise than here; change it on 处置")
    if d.executed_on.filled[row]:
        return Text("已经执行", "carried out already")
    if int(d.acting("appraised_by").person[row]) == by[1]:
        return Text("批准人就是鉴定人，请换人批准", "the approver is the appraiser")
    kind = decision_of(int(d.kind.choice[row]), d.kind.options) if d.kind.ok[row] else ""
    if barred := a.bar(kind, file):
        return barred
    a.out.values += [NewValue("disposals", row, "approved_by", by[0]), NewValue("disposals", row, "approved_on", day)]
    return None


def _execute(a: _Asked, line: Step) -> Text | None:
    d, f, found = a.book.disposals, a.book.files, _disposal(a, line)
    if isinstance(found, Text):
        return found
    row, file = found
    if not d.kind.is_(ARCHIVE)[row]:
        return Text("这张单只执行归档；销毁用销毁清册，移交用移交清单", "only 归档 is carried out here")
    approved = int(d.approved_on.days[row]) if d.approved_on.ok[row] else None
    day = day_of(_EXECUTED, line.on, a.today, approved, _APPROVED)
    if isinstance(day, Text):
        return day
    number = day.toordinal() - EPOCH
    if d.executed_on.filled[row]:
        if d.executed_on.ok[row] and int(d.executed_on.days[row]) == number:
            a.again += 1
            return None
        return Text("已登记执行，日期与单上不同；要改请改「处置」表", "carried out already, on another day; change it on 处置")
    if approved is None or not d.approved_by.filled[row]:
        return Text("还没有批准；请先填批准人和批准日期", "not approved yet")
    if f.status.is_("已销毁", "已移交")[file]:
        return Text("档案已销毁或已移交", "the file is destroyed or handed over")
    if barred := a.bar(ARCHIVE, file):
        return barred
    a.out.values.append(NewValue("disposals", row, "executed_on", day))
    last = last_executed(a.book)
    later = last.row[file] >= 0 and int(d.executed_on.days[int(last.row[file])]) > number
    now = decision_of(int(f.status.choice[file]), f.status.options) if f.status.ok[file] else ""
    if later:
        a.out.notes.append(Text(f"{line.file_no} 此后另有执行的处置，档案状态仍按那一次", f"{line.file_no}: a later disposal decides its state"))
    elif now != "已归档":
        a.out.values.append(NewValue("files", file, "status", "已归档", now))
    return None
