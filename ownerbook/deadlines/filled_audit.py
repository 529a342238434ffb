"""A filled tick sheet as proposals: rows of 审核, the state of 材料, and 上次审核日期 of 档案. What cannot be taken is said with its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Columns, complete
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.lending import decision_of
from ownerbook.deadlines.standing import files_out
from ownerbook.register.declare import AUDIT
from ownerbook.register.proposal import NewRow, NewValue, NextKeys, Proposal, Value
from ownerbook.register.understood import Understood
from ownerbook.schema.words import Text


@dataclass(frozen=True, slots=True)
class Ticked:
    """A line of the tick sheet. place: the line as a person finds it. result: 合格, 不合格 or '' (not filled in). out: on loan."""

    place: Text
    file_no: str
    result: str
    finding: str = ""
    rectify_by: date | None = None
    rectify_by_text: str = ""
    staff: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    out: bool = False


@dataclass(frozen=True, slots=True)
class TickedPaper:
    """A line of 材料核对. state: 相符 缺页 缺件 多出 or ''. pages: as counted, '' for none. was_state, was_pages: as printed, '' where unknown."""

    place: Text
    doc_no: str
    state: str
    pages: str = ""
    note: str = ""
    was_state: str = ""
    was_pages: str = ""


@dataclass(frozen=True, slots=True)
class Audited:
    """Who audited when, and as what kind of audit. auditor: as 审核 is to name them; row: of 人员, -1 where unknown. opened: when the sheet
    was printed: an audit of that file by the same person since then is this one, entered before.
    """

    day: date
    kind: str
    auditor: str
    row: int
    opened: date | None = None


YES = ("√", "✓", "✔", "☑", "对", "是", "Y", "y", "1")
NO = ("×", "✗", "✘", "☒", "x", "X", "错", "否", "N", "n", "0")
Person = Callable[[str], int]
"""A 工号 or 姓名 → the row of 人员 on that day, -1 where nobody or several fit."""


def audited(book: Columns, lines: list[Ticked], papers: list[TickedPaper], by: Audited, person: Person) -> Proposal:
    """What the filled sheet asks to be written. Lines without a result are left alone, and counted in a note."""
    out, keys = Proposal(), NextKeys(book.audits.audit_no, "SH001")
    if book.has("staff") and by.row >= 0 and by.row not in Duties(book, by.day.toordinal() - EPOCH).holders(AUDIT):
        day = by.day.isoformat()
        out.against.append(
            Text(
                f"审核人 {by.auditor} 在 {day} 没有「{AUDIT}」权限，或没有签保密协议；请换人（--by），或先补登权限",
                f"{by.auditor} does not hold {AUDIT} on {day} or has signed no agreement; name another (--by), or enter the right first",
            )
        )
        return out
    lent = files_out(book) if complete(book, "loans", "loan_no", "file_no") else None
    open_, again, seen = 0, 0, set[str]()
    for line in lines:
        if not line.result:
            open_ += 1
            continue
        file = _row(book.files.file_no, book.id_of(line.file_no))
        entered = _entered(book, file, by)
        if entered >= 0 and book.audits.result.is_(line.result)[entered]:
            again += 1
            continue
        wrong = _twice(book, line, entered, seen) or _against(book, line, file, by, person)
        seen.add(line.file_no)
        if wrong:
            out.against.append(at(line.place, line.file_no, wrong))
            continue
        if lent is not None and not line.out and lent[file] >= 0:
            number = book.loans.loan_no.text(int(lent[file]))
            out.notes.append(
                Text(
                    f"{line.file_no} 实物在位，登记却是由 {number} 借出，请核对借阅登记",
                    f"{line.file_no} is in its place, yet registered as out on {number}; look at the loan",
                )
            )
        if line.out and line.result == "合格":
            out.notes.append(
                Text(f"{line.file_no} 借出中，代卷卡相符；归还之日审核", f"{line.file_no} is on loan and in order; audit it on its return")
            )
            continue
        out.rows.append(NewRow("audits", _audit(book, line, keys.next(), by)))
        out.values += _last_audited(book, file, by.day)
    for paper in papers:
        _paper(book, paper, out)
    if again:
        out.notes.append(Text(f"{again} 行已登记过，未重复", f"{again} lines were entered before"))
    if open_:
        out.notes.append(Text(f"{open_} 行没有填结果，未计入", f"{open_} lines without a result are left out"))
    return out


def at(place: Text, file_no: str, wrong: Text) -> Text:
    """What is wrong with a line, with where it stands."""
    return Text(f"{place.zh} {file_no}：{wrong.zh}", f"{place.en} {file_no}: {wrong.en}")


def _entered(book: Columns, file: int, by: Audited) -> int:
    """The row of 审核 that an earlier reading of this sheet made for a file, -1 for none."""
    a = book.audits
    since = (by.opened or by.day).toordinal() - EPOCH
    mine = (a.ref("file_no").row == file) & (file >= 0) & a.audited_on.ok & (a.audited_on.days >= since) & a.result.ok
    if book.has("staff") and by.row >= 0:
        mine &= a.acting("auditor").person == by.row
    rows = np.flatnonzero(mine)
    return int(rows[-1]) if len(rows) else -1


def _twice(book: Columns, line: Ticked, entered: int, seen: set[str]) -> Text | None:
    if line.file_no in seen:
        return Text("单上有两行同一档号，只取第一行", "on the sheet twice; only the first line is taken")
    if entered >= 0 and line.result in ("合格", "不合格"):
        number, was = book.audits.audit_no.text(entered), decision_of(int(book.audits.result.choice[entered]), book.audits.result.options)
        return Text(f"已登记为 {number}（{was}），与单上不同；要改请改「审核」表", f"entered before as {number} ({was}); change it on 审核")
    return None


def _row(column: Understood, number: int) -> int:
    rows = np.flatnonzero((column.ids == number) & (number >= 0))
    return int(rows[0]) if len(rows) == 1 else -1


def _against(book: Columns, line: Ticked, file: int, by: Audited, person: Person) -> Text | None:
    policy = book.policy
    if file < 0:
        return Text("档案表里没有这个档号，或不止一行", "not on 档案, or on several rows")
    if line.result not in ("合格", "不合格"):
        return Text(f"结果「{line.result}」应为 合格 或 不合格", "the result must be 合格 or 不合格")
    if by.row >= 0 and book.has("staff") and int(book.files.acting("created_by").person[file]) == by.row:
        return Text("审核人就是建档人，请换人审核", "the auditor made this file")
    if book.files.status.is_("已销毁", "已移交")[file]:
        return Text("该档案登记为已销毁或已移交", "the file is registered as destroyed or handed over")
    unknown = [f"{name} {mark}" for name, mark in line.marks.items() if mark not in (*YES, *NO)]
    if unknown:
        return Text(f"「{'、'.join(unknown)}」认不出，请填 √ 或 ×", f"{', '.join(unknown)} is neither √ nor ×")
    failed = [name for name, mark in line.marks.items() if mark in NO]
    if line.result == "合格" and failed:
        return Text(f"「{'、'.join(failed)}」打了 ×，结果却是 合格", f"{', '.join(failed)} failed, yet the result is 合格")
    if line.result == "合格":
        return None
    if not line.finding:
        return Text("不合格没有写问题描述", "不合格 without a finding")
    if line.rectify_by_text and line.rectify_by is None:
        return Text(f"整改期限「{line.rectify_by_text}」不是日期", "the deadline is no date")
    latest = policy.rectify_term.after(by.day)
    if line.rectify_by is not None and not by.day <= line.rectify_by <= latest:
        return Text(f"整改期限应在 {by.day.isoformat()} 到 {latest.isoformat()} 之间", f"the deadline must lie between {by.day} and {latest}")
    if not line.staff:
        return Text("不合格没有写整改责任人", "不合格 without who is to rectify")
    if person(line.staff) < 0:
        return Text(f"整改责任人「{line.staff}」认不出，请写工号", f"who {line.staff} is cannot be told")
    return None


def _audit(book: Columns, line: Ticked, key: str, by: Audited) -> dict[str, Value]:
    kind = "专项" if line.out else by.kind
    values: dict[str, Value] = {
        "audit_no": key,
        "file_no": line.file_no,
        "audited_on": by.day,
        "auditor": by.auditor,
        "kind": kind,
        "result": line.result,
    }
    if line.result == "不合格":
        by_day = line.rectify_by or book.policy.rectify_term.after(by.day)
        values |= {"finding": line.finding, "rectify_by": by_day, "rectify_by_staff": line.staff}
    elif line.finding:
        values["note"] = line.finding
    return values


def _last_audited(book: Columns, file: int, day: date) -> list[NewValue]:
    column = book.files.audited_on
    now = date.fromordinal(int(column.days[file]) + EPOCH) if column.ok[file] else None
    return [] if now is not None and now >= day else [NewValue("files", file, "audited_on", day, now.isoformat() if now else "")]


def _paper(book: Columns, paper: TickedPaper, out: Proposal) -> None:
    if not paper.state and not paper.pages:
        return
    d = book.documents
    row = _row(d.doc_no, book.id_of(paper.doc_no))
    if row < 0:
        out.against.append(
            Text(f"{paper.place.zh}：材料表里没有 {paper.doc_no}，或不止一行", f"{paper.place.en}: {paper.doc_no} is not on 材料, or on several rows")
        )
        return
    if paper.pages and not (paper.pages.isdigit() and int(paper.pages) >= 1):
        out.against.append(
            Text(f"{paper.place.zh}：实际页数「{paper.pages}」应为不小于 1 的整数", f"{paper.place.en}: {paper.pages} is no number of pages")
        )
        return
    state = "相符" if paper.state in YES else paper.state
    if state == "多出":
        out.notes.append(Text(f"{paper.place.zh}：多出的材料请在「材料」表登记", f"{paper.place.en}: enter the additional paper on 材料"))
        return
    wanted = {"相符": "齐全", "缺页": "缺页", "缺件": "待补"}.get(state, "")
    if state and not wanted:
        zh = f"{paper.place.zh}：核对「{state}」看不出是缺页还是缺件；请写 相符、缺页、缺件 或 多出"
        out.against.append(Text(zh, f"{paper.place.en}: {state} does not say what is wrong; write 相符, 缺页, 缺件 or 多出"))
        return
    now = decision_of(int(d.status.choice[row]), d.status.options) if d.status.ok[row] else ""
    pages = int(d.pages.numbers[row]) if d.pages.ok[row] else 0
    done = (not wanted or now == wanted) and (not paper.pages or int(paper.pages) == pages)
    moved = (paper.was_state and paper.was_state != now) or (paper.was_pages.isdigit() and int(paper.was_pages) != pages)
    if moved and not done:
        zh = f"{paper.place.zh}：{paper.doc_no} 开单之后改过（现登记 {now}、{pages} 页），请按现在的登记重新核对"
        out.against.append(Text(zh, f"{paper.place.en}: {paper.doc_no} was changed since ({now}, {pages} pages); check it again"))
        return
    if wanted and wanted != now and not (wanted == "齐全" and now != "缺页"):
        out.values.append(NewValue("documents", row, "status", wanted, now))
    if paper.pages and int(paper.pages) != pages:
        out.values.append(NewValue("documents", row, "pages", int(paper.pages), str(pages)))
