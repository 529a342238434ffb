"""A filled 补件登记单 as proposals: papers that came later become rows of 材料, and a file that is complete with them goes into use.

What a paper must say of itself is that of the sheet 材料 (register.md); what a file must hold is policy 必备材料 (judging.md §6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Columns, followed
from ownerbook.deadlines.filled_audit import NO, YES, at
from ownerbook.deadlines.lending import decision_of
from ownerbook.deadlines.paper_status import paper_status
from ownerbook.deadlines.papers import SHELVED
from ownerbook.deadlines.signers import Signed, Signers, day_of
from ownerbook.register.declare import CLERK
from ownerbook.register.proposal import NewRow, NewValue, NextKeys, Proposal, Value
from ownerbook.register.understood import Understood
from ownerbook.schema.words import Text

MANY = ("其他", "变更证明", "装修申请", "授权委托书", "钥匙交接单")
"""Kinds of papers of which a file may come to hold several; another of any other kind has a name of its own (材料名称)."""
_RECEIVED, _RECEIVER, _CHECKER = Text("收件日期", "the day received"), Text("收件人", "who received it"), Text("核对人", "who compared it")


@dataclass(frozen=True, slots=True)
class Came:
    """A line of the list. place: the line as a person finds it. file_no, house: one of them is enough."""

    place: Text
    file_no: str
    house: str
    doc_type: str
    title: str = ""
    form: str = ""
    pages: str = ""
    copies: str = ""
    received: Signed = Signed()
    received_by: str = ""
    checked_by: str = ""
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in about the paper."""
        return not any((self.form, self.pages, self.copies, self.received.text, self.received_by, self.checked_by, self.note, self.title))


@dataclass(frozen=True, slots=True)
class Arranged:
    """A line of the files to arrange. mark: what stands under 已整理."""

    place: Text
    file_no: str
    mark: str


Canonical = Callable[[str, str], str]
"""A column of 材料 and a word as it was written → the choice that it means, the word itself where it means none; 房号: the canonical number."""


class _Book:
    """What the lines are held against."""

    def __init__(self, book: Columns, today: date, canonical: Canonical) -> None:
        self.book, self.today, self.canonical = book, today, canonical
        self.missing = paper_status(book, today.toordinal() - EPOCH).missing
        d = book.documents
        self.kept: dict[tuple[int, str], list[int]] = {}
        for row in map(int, np.flatnonzero((d.ref("file_no").row >= 0) & d.first & d.doc_type.ok)):
            self.kept.setdefault((int(d.ref("file_no").row[row]), decision_of(int(d.doc_type.choice[row]), d.doc_type.options)), []).append(row)
        f = book.files
        self.by_number: dict[str, list[int]] = {}
        self.by_house: dict[str, list[int]] = {}
        for row in map(int, np.flatnonzero(f.file_no.ok)):
            self.by_number.setdefault(f.file_no.text(row), []).append(row)
        for row in map(int, np.flatnonzero(f.house_no.ok & f.status.is_(*SHELVED))):
            self.by_house.setdefault(f.house_no.text(row), []).append(row)
        self.owned = followed(book.owners.status.is_("现业主"), f.ref("owner_no").row)
        self.company = followed(book.owners.kind.is_("法人"), f.ref("owner_no").row)

    def file(self, line: Came) -> int | Text:
        """The file that a line means, or why none can take papers."""
        f = self.book.files
        if line.file_no:
            rows = self.by_number.get(line.file_no, [])
            if len(rows) != 1:
                return Text("档案表里没有这个档号，或不止一行", "not on 档案, or on several rows")
            if not f.status.is_(*SHELVED)[rows[0]]:
                now = decision_of(int(f.status.choice[rows[0]]), f.status.options) if f.status.ok[rows[0]] else "状态不明"
                return Text(f"档案{now}，不再收材料；请写现在的档号", f"the file is {now} and takes no more papers; give the file in use")
            if line.house and f.house_no.ok[rows[0]] and self.canonical("house_no", line.house) != f.house_no.text(rows[0]):
                return Text(f"档号与房号 {line.house} 不是同一套房", f"the file is not of house {line.house}")
            return rows[0]
        if not line.house:
            return Text("没有写档号或房号", "neither a file nor a house")
        rows = self.by_house.get(self.canonical("house_no", line.house), [])
        if not rows:
            return Text(f"{line.house} 没有在用的档案，请核对房号，或先登记业主、建档", f"{line.house} has no file in use")
        rows = [r for r in rows if self.owned[r]] or rows  # not that of an owner who left, which still waits to be archived
        if len(rows) > 1:
            names = "、".join(f.file_no.text(r) for r in rows[:4])
            return Text(
                f"{line.house} 有 {len(rows)} 份在用的档案（{names}），请写档号", f"{line.house} has several files ({names}); give the number"
            )
        return rows[0]


def papers_came(book: Columns, lines: list[Came], arranged: list[Arranged], today: date, signers: Signers, canonical: Canonical) -> Proposal:
    """What the list asks to be written. A paper that waits as 待补 is completed in its row; any other is a new row."""
    out, known, keys = Proposal(), _Book(book, today, canonical), NextKeys(book.documents.doc_no, "CL00001")
    open_, again, taken, seen = 0, 0, dict[int, set[str]](), set[tuple[int, str, str]]()
    for line in lines:
        if line.empty:
            open_ += 1
            continue
        named = line.file_no or line.house
        file, kind = known.file(line), canonical("doc_type", line.doc_type)
        said = file if isinstance(file, Text) else _said(known, line, file, kind, signers)
        if isinstance(said, Text) or isinstance(file, Text):
            assert isinstance(said, Text)
            out.against.append(at(line.place, f"{named} {line.doc_type}".strip(), said))
            continue
        held = [r for r in known.kept.get((file, kind), []) if not book.documents.status.is_("待补")[r]]
        if any(_same(book, r, said) for r in held):
            again += 1
            continue
        wrong = _twice(known, line, kind, held, (file, kind, line.title) in seen)
        if wrong:
            out.against.append(at(line.place, f"{named} {line.doc_type}", wrong))
            continue
        seen.add((file, kind, line.title))
        taken.setdefault(file, set()).add(kind)
        waiting = [r for r in known.kept.get((file, kind), []) if book.documents.status.is_("待补")[r]]
        if waiting:
            known.kept[(file, kind)].remove(waiting[0])
            out.values += _completed(book, waiting[0], said)
        else:
            out.rows.append(NewRow("documents", {"doc_no": keys.next(), "file_no": book.files.file_no.text(file), "doc_type": kind, **said}))
        if book.files.status.is_("借出")[file]:
            zh = f"{line.place.zh} {book.files.file_no.text(file)} 借出中，材料待归还时放入"
            out.notes.append(Text(zh, f"{line.place.en}: the file is on loan; put the paper in when it comes back"))
    _into_use(known, taken, arranged, out)
    if again:
        out.notes.append(Text(f"{again} 行已登记过，未重复", f"{again} lines were entered before"))
    if open_:
        out.notes.append(Text(f"{open_} 行没有填写，仍算待补", f"{open_} lines were not filled in and are still owed"))
    return out


def _said(known: _Book, line: Came, file: int, kind: str, signers: Signers) -> dict[str, Value] | Text:
    """What the line says of the paper, or what it does not say."""
    d = known.book.documents
    if kind not in d.doc_type.options:
        return Text(f"材料类型「{line.doc_type}」不在可选范围内" if line.doc_type else "没有写材料类型", "the kind of paper is none of the choices")
    form = known.canonical("form", line.form)
    lacking = [zh for zh, text in (("形式", line.form), ("页数", line.pages), ("份数", line.copies)) if not text]
    if lacking:
        return Text(f"没有写{'、'.join(lacking)}", f"not filled in: {', '.join(lacking)}")
    if form not in d.form.options:
        return Text(f"形式「{line.form}」应为 {'、'.join(d.form.options)} 之一", "the form is none of the choices")
    for zh, text in (("页数", line.pages), ("份数", line.copies)):
        if not (text.isdecimal() and int(text) >= 1):
            return Text(f"{zh}「{text}」应为不小于 1 的整数", f"{zh} {text} is no number of at least 1")
    day = day_of(_RECEIVED, line.received, known.today)
    if isinstance(day, Text):
        return day
    by = signers.holding(_RECEIVER, line.received_by, CLERK, day)
    if isinstance(by, Text):
        return by
    out: dict[str, Value] = {
        "form": form,
        "pages": int(line.pages),
        "copies": int(line.copies),
        "received_on": day,
        "received_by": by[0],
        "status": "齐全",
    }
    if line.checked_by or form == "复印件":
        checked = signers.holding(_CHECKER, line.checked_by, CLERK, day)
        if isinstance(checked, Text):
            return (
                Text(f"复印件要有人与原件核对：{checked.zh}", f"a copy is compared with the original: {checked.en}") if form == "复印件" else checked
            )
        out["checked_by"] = checked[0]
    return out | ({"title": line.title} if line.title else {}) | ({"note": line.note} if line.note else {})


def _same(book: Columns, row: int, said: dict[str, Value]) -> bool:
    """Whether a paper of the register is what the line says: kind (asked before), form, pages and day."""
    d, day = book.documents, said["received_on"]
    assert isinstance(day, date)
    same = d.received_on.ok[row] and int(d.received_on.days[row]) == day.toordinal() - EPOCH
    return bool(same and d.form.is_(str(said["form"]))[row] and d.pages.ok[row] and int(d.pages.numbers[row]) == said["pages"])


def _twice(known: _Book, line: Came, kind: str, held: list[int], seen: bool) -> Text | None:
    if seen:
        return Text("单上同一份档案的这种材料写了两行，只取第一行；另有一件的，请写材料名称", "twice on the list; only the first line is taken")
    if not held or line.title or kind in MANY:
        return None
    number = known.book.documents.doc_no.text(held[0])
    return Text(
        f"已登记有这种材料（{number}），与单上不同；另有一件的，请写材料名称", f"the file holds one already ({number}); give another one a title"
    )


def _completed(book: Columns, row: int, said: dict[str, Value]) -> list[NewValue]:
    """The cells of a row 待补 that the paper fills in."""
    out = []
    for field, value in said.items():
        old = _now(getattr(book.documents, field), row)
        if old != str(value):
            out.append(NewValue("documents", row, field, value, old))
    return out


def _now(column: Understood, row: int) -> str:
    """A cell as it is understood, '' where it is blank or cannot be."""
    if not column.ok[row]:
        return ""
    if column.ids is not None:
        return column.text(row)
    if column.choice is not None:
        return decision_of(int(column.choice[row]), column.options)
    if column.days is not None:
        return date.fromordinal(int(column.days[row]) + EPOCH).isoformat()
    return str(int(column.numbers[row]))


def _into_use(known: _Book, taken: dict[int, set[str]], arranged: list[Arranged], out: Proposal) -> None:
    """待整理 becomes 在库: a file that is complete with what came, and one that is ticked as arranged."""
    f, done = known.book.files, set[int]()
    for file in taken:
        if f.status.is_("待整理")[file] and not _still(known, file, taken):
            done.add(file)
    for line in arranged:
        if not line.mark or line.mark in NO:
            continue
        rows = known.by_number.get(line.file_no, [])
        if line.mark not in YES and line.mark != "已整理":
            wrong = Text(f"「{line.mark}」认不出；整理好的打 √", f"{line.mark} is no tick")
        elif len(rows) != 1:
            wrong = Text("档案表里没有这个档号，或不止一行", "not on 档案, or on several rows")
        elif f.status.is_("在库")[rows[0]]:
            out.notes.append(Text(f"{line.file_no} 已是在库，未重复", f"{line.file_no} is 在库 already"))
            continue
        elif not f.status.is_("待整理")[rows[0]]:
            now = decision_of(int(f.status.choice[rows[0]]), f.status.options) if f.status.ok[rows[0]] else "不明"
            wrong = Text(f"档案状态现为 {now}，不改为在库", f"the file is {now} now")
        elif still := _still(known, rows[0], taken):
            wrong = Text(f"还缺 {'、'.join(still)}，补齐后再改为在库", f"still lacks {', '.join(still)}")
        else:
            done.add(rows[0])
            continue
        out.against.append(at(line.place, line.file_no, wrong))
    for file in sorted(done):
        number = f.file_no.text(file)
        if f.location.blank[file]:
            out.notes.append(
                Text(f"{number} 材料已齐，没有存放位置，仍是待整理；上架后再改", f"{number} is complete and stands nowhere yet; it stays 待整理")
            )
            continue
        out.values.append(NewValue("files", file, "status", "在库", "待整理"))


def _still(known: _Book, file: int, taken: dict[int, set[str]]) -> tuple[str, ...]:
    """What a file lacks after what came. For a company a 营业执照 does for 身份证件复印件 (judging.md §6)."""
    have = set(taken.get(file, ()))
    if "营业执照" in have and known.company[file]:
        have.add("身份证件复印件")
    return tuple(name for name in known.missing.get(file, ()) if name not in have)
