"""A ticked destruction register or transfer list as proposals: the disposals are carried out, the stub rows of 档案 stay, their places are freed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Columns
from ownerbook.deadlines.disposal_lists import planned
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.filled_audit import NO as NO
from ownerbook.deadlines.filled_audit import YES, at
from ownerbook.deadlines.lending import decision_of
from ownerbook.deadlines.retention_status import RetentionStatus, open_disposals, retention_status
from ownerbook.register.declare import AUDIT
from ownerbook.register.proposal import NewRow, NewValue, NextKeys, Proposal, Value
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text

DONE = {"销毁": "已销毁", "移交": "已移交"}
TICKED = (*YES, "已销毁", "已移交", "已清点", "清点")


@dataclass(frozen=True, slots=True)
class Carried:
    """A line of the list. place: the line as a person finds it. done: whether it is ticked; mark: what stands there, where it is no tick.
    receiver: who takes the file over.
    """

    place: Text
    file_no: str
    done: bool
    mark: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """Who watched the destruction, as 处置 is to name them; row: of 人员."""

    number: str
    row: int


@dataclass(frozen=True, slots=True)
class Handover:
    """Under which appraisal files go that no disposal names yet: who appraised (工号, row of 人员), on what basis, and why."""

    number: str
    row: int
    basis: str
    reason: str


def executed(book: Columns, kind: str, lines: list[Carried], day: date, witnesses: list[Witness], handover: Handover | None = None) -> Proposal:
    """What the list asks to be written: 执行日期 (and 监销人) of 处置, 档案状态 and an empty 存放位置 of 档案. Nothing is deleted.

    handover: files ticked that have no disposal yet get one, to be approved by another person before the list is read again.
    """
    out, today = Proposal(), day.toordinal() - EPOCH
    plan, d, f = planned(book, kind, today), book.disposals, book.files
    status, keys = retention_status(book, today), NextKeys(d.disposal_no, "CZ001")
    if handover and handover.row not in Duties(book, today).holders(AUDIT):
        zh = f"鉴定人 {handover.number} 在 {day.isoformat()} 没有「{AUDIT}」权限，或没有签保密协议；请换人（--by）"
        out.against.append(Text(zh, f"{handover.number} does not hold {AUDIT} on {day.isoformat()} or has signed no agreement; name another"))
        return out
    if kind == "销毁":
        out.against += _witnesses(book, witnesses, today)
    appraiser, approver = (d.acting(c).person for c in ("appraised_by", "approved_by"))
    of = {int(file): (int(row), bool(ready)) for row, file, ready in zip(plan.rows, plan.files, plan.ready, strict=True)}
    at_file = d.ref("file_no").row
    other = {int(at_file[r]): int(r) for r in open_disposals(book).rows}
    open_, again, seen = 0, 0, set[str]()
    for line in lines:
        if line.mark:
            zh = f"「{line.mark}」认不出；已办的打 √，没办的留空"
            out.against.append(at(line.place, line.file_no, Text(zh, f"{line.mark} is no tick; put √ where it is done, nothing where it is not")))
            continue
        if not line.done:
            open_ += 1
            continue
        number = book.id_of(line.file_no)
        rows = np.flatnonzero((f.file_no.ids == number) & (number >= 0))
        file = int(rows[0]) if len(rows) == 1 else -1
        row, ready = of.get(file, (-1, False))
        if line.file_no in seen or (row < 0 and file >= 0 and f.status.is_(DONE[kind])[file]):
            again += 1
            continue
        seen.add(line.file_no)
        wrong = None
        if row < 0:
            wrong = _under_way(book, other.get(file, -1)) or _unplanned(status, kind, file, line, handover)
        elif not ready and not d.approved_on.ok[row]:
            disposal = d.disposal_no.text(row)
            zh = f"处置 {disposal} 还没有批准；请先在「处置」填批准人和批准日期"
            wrong = Text(zh, f"disposal {disposal} is not approved; enter who approved it and when on 处置 first")
        elif not ready:
            wrong = blocked(status, kind, file)
        elif d.approved_on.days[row] != NO_DAY and int(d.approved_on.days[row]) > today:
            wrong = Text("执行日期早于批准日期", "carried out before it was approved")
        elif kind == "销毁" and any(w.row in (int(appraiser[row]), int(approver[row])) for w in witnesses):
            wrong = Text("监销人不得是鉴定人或批准人", "a witness appraised or approved it")
        if wrong:
            out.against.append(at(line.place, line.file_no, wrong))
            continue
        if row < 0:
            assert handover is not None
            out.rows.append(NewRow("disposals", _appraised(keys.next(), kind, line, handover, day)))
            continue
        out.values.append(NewValue("disposals", row, "executed_on", day))
        if kind == "销毁":
            out.values += [NewValue("disposals", row, f"witness{n}", w.number) for n, w in enumerate(witnesses[:2], 1)]
        now = decision_of(int(f.status.choice[file]), f.status.options) if f.status.ok[file] else ""
        out.values.append(NewValue("files", file, "status", DONE[kind], now))
        if f.location.filled[file]:
            out.values.append(NewValue("files", file, "location", None, f.location.text(file)))
    if any(t.zh.startswith("监销") for t in out.against[:2]):
        out.values = []
    if out.rows:
        zh = f"{len(out.rows)} 份登记为待批准的{kind}；由鉴定人以外有「处置批准」权限的人批准后，再读一次这张单"
        out.notes.append(Text(zh, f"{len(out.rows)} files wait for approval by another person; read this list again after it"))
    if again:
        out.notes.append(Text(f"{again} 行已登记过，未重复", f"{again} lines were entered before"))
    if open_:
        out.notes.append(Text(f"{open_} 行没有打钩，未计入", f"{open_} lines without a tick are left out"))
    if out.values and kind == "销毁":
        out.notes.append(Text("电子件请按清单由专人删除，软件不删除文件", "delete the scans by the list; the software deletes nothing"))
    return out


def _under_way(book: Columns, row: int) -> Text | None:
    """That another disposal of the file waits."""
    if row < 0:
        return None
    d = book.disposals
    number, kind = d.disposal_no.text(row), decision_of(int(d.kind.choice[row]), d.kind.options)
    return Text(f"处置 {number}（{kind}）还在办理；先办结或撤销它", f"disposal {number} ({kind}) is under way; finish or withdraw it first")


def _unplanned(status: RetentionStatus, kind: str, file: int, line: Carried, handover: Handover | None) -> Text | None:
    """What stands against entering a disposal for a file that has none."""
    if file < 0:
        return Text("档案表里没有这个档号，或不止一行", "not on 档案, or on several rows")
    if handover is None or kind != "移交":
        more = "，或用 --by 写鉴定人，按本单登记" if kind == "移交" else ""
        zh = f"「处置」里没有待执行的{kind}，请先登记鉴定与批准{more}"
        return Text(zh, "there is no such disposal; enter its appraisal and approval first" + (", or name the appraiser with --by" if more else ""))
    if status.blocked[file]:
        return blocked(status, kind, file)
    return None if line.receiver else Text("没有写接收单位", "without who receives it")


def blocked(status: RetentionStatus, kind: str, file: int) -> Text:
    """Why a file may not be disposed of today."""
    why = [
        words
        for mask, words in (
            (status.lent, Text("借出未还", "on loan")),
            (status.rectifying, Text("整改未结", "open rectification")),
            (status.held, Text("暂缓处置", "on hold")),
            (status.lost, Text("遗失", "lost")),
        )
        if mask[file]
    ]
    if kind == "销毁" and not status.over[file]:
        why.append(Text("保管期限未满", "its retention has not ended"))
    return Text(f"{'、'.join(w.zh for w in why) or '有未结事项'}，现在不能{kind}", f"{', '.join(w.en for w in why) or 'blocked'}")


def _appraised(number: str, kind: str, line: Carried, by: Handover, day: date) -> dict[str, Value]:
    return {
        "disposal_no": number,
        "file_no": line.file_no,
        "kind": kind,
        "basis": by.basis,
        "reason": by.reason,
        "appraised_by": by.number,
        "appraised_on": day,
        "receiver": line.receiver,
    }


def _witnesses(book: Columns, witnesses: list[Witness], today: int) -> list[Text]:
    if len({w.row for w in witnesses}) < 2:
        return [Text("监销须有两个不同的人（--witness 两次）", "two different witnesses are needed (--witness twice)")]
    employed = Duties(book, today).employed
    signed = book.persons.agreement
    return [
        Text(f"监销人 {w.number} 当天不在职或没有签保密协议", f"{w.number} is not employed or has signed no agreement")
        for w in witnesses
        if w.row not in employed or (signed[w.row] != NO_DAY and int(signed[w.row]) > today)
    ]
