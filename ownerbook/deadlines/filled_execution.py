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
from ownerbook.register.proposal import NewValue, Proposal
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text

DONE = {"销毁": "已销毁", "移交": "已移交"}
TICKED = (*YES, "已销毁", "已移交", "已清点", "清点")


@dataclass(frozen=True, slots=True)
class Carried:
    """A line of the list. place: the line as a person finds it. done: whether it is ticked; mark: what stands there, where it is no tick."""

    place: Text
    file_no: str
    done: bool
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """Who watched the destruction, as 处置 is to name them; row: of 人员."""

    number: str
    row: int


def executed(book: Columns, kind: str, lines: list[Carried], day: date, witnesses: list[Witness]) -> Proposal:
    """What the list asks to be written: 执行日期 (and 监销人) of 处置, 档案状态 and an empty 存放位置 of 档案. Nothing is deleted."""
    out, today = Proposal(), day.toordinal() - EPOCH
    plan, d, f = planned(book, kind, today), book.disposals, book.files
    if kind == "销毁":
        out.against += _witnesses(book, witnesses, today)
    appraiser, approver = (d.acting(c).person for c in ("appraised_by", "approved_by"))
    of = {int(file): (int(row), bool(ready)) for row, file, ready in zip(plan.rows, plan.files, plan.ready, strict=True)}
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
            wrong = Text(
                f"「处置」里没有待执行的{kind}，请先登记鉴定与批准",
                "there is no such disposal to be carried out; enter its appraisal and approval first",
            )
        elif not ready:
            wrong = Text("没有批准，或有未结事项、期限未满", "not approved, blocked, or its retention has not ended")
        elif d.approved_on.days[row] != NO_DAY and int(d.approved_on.days[row]) > today:
            wrong = Text("执行日期早于批准日期", "carried out before it was approved")
        elif kind == "销毁" and any(w.row in (int(appraiser[row]), int(approver[row])) for w in witnesses):
            wrong = Text("监销人不得是鉴定人或批准人", "a witness appraised or approved it")
        if wrong:
            out.against.append(at(line.place, line.file_no, wrong))
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
    if again:
        out.notes.append(Text(f"{again} 行已登记过，未重复", f"{again} lines were entered before"))
    if open_:
        out.notes.append(Text(f"{open_} 行没有打钩，未计入", f"{open_} lines without a tick are left out"))
    if out.values and kind == "销毁":
        out.notes.append(Text("电子件请按清单由专人删除，软件不删除文件", "delete the scans by the list; the software deletes nothing"))
    return out


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
