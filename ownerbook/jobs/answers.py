"""A problem workbook comes back with answers: each is held against the register as it is, and becomes a cell that is asked, a waiver that is
asked, a note that is kept, or a line that says why it could not be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from ownerbook.jobs.accepted import NEW_LIST, accepted
from ownerbook.jobs.copied_answers import Corrections, Judged, corrections
from ownerbook.jobs.incoming import Answered, Asked
from ownerbook.reconcile.change import Origin
from ownerbook.reconcile.open_answers import OpenAnswer
from ownerbook.reconcile.waiving import until_in, usual_end
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.answer_lines import TROUBLE, AnswerLine
from ownerbook.reports.check_value import check_value
from ownerbook.reports.finding_id import finding_ids, note_mark, workbook_mark, workspace_mark
from ownerbook.reports.open_answer_words import note_said
from ownerbook.reports.problem_list import ANSWERED_BY, ANSWERS, COLUMNS, NAME, WORKSPACE_PROPERTY
from ownerbook.reports.whereabouts import Whereabouts
from ownerbook.rules.book import cards
from ownerbook.rules.judge import mask_of, runs
from ownerbook.schema.finding import Finding
from ownerbook.schema.words import Personal, Text

if TYPE_CHECKING:
    from ownerbook.workbook.filled_form import FilledForm, FormRow, FormTab

Answer = Literal["采纳建议", "已更正", "豁免", "待核实"]
_ANSWER, _NOTE, _ID, _CHECK, _RULE, _RECORD = (next(t for t, _ in COLUMNS if t.zh == zh) for zh in ("处理", "备注", "编号", "校验", "规则", "记录"))
_TAKE, _MENDED, _WAIVE, _VERIFY = (a.zh for a in ANSWERS)
MOST_TOLD = 30


@dataclass
class Taken:
    """What a problem workbook brings: cells that are asked, other answers that hold, and what came of every line."""

    asked: list[Asked] = field(default_factory=list)
    others: list[Answered] = field(default_factory=list)
    lines: list[AnswerLine] = field(default_factory=list)

    @property
    def complaints(self) -> list[Text]:
        """What could not be taken, for the terminal and the plan; masked."""
        told = [line.told() for line in self.lines if line.outcome in TROUBLE]
        if len(told) > MOST_TOLD:
            n = len(told) - MOST_TOLD
            told[MOST_TOLD:] = [Text(f"另有 {n} 条没有采用，见交回的问题清单", f"{n} more are told in the problem workbook that goes back")]
        return told


def is_problem_list(form: FilledForm) -> bool:
    """Whether a form is a problem workbook; by its sheet and ids where a program dropped the properties."""
    return form.kind == "problems" or (not form.kind and any(_said(r, _ID) for r in _rows(form)))


def answers(
    register: Register,
    findings: Sequence[Finding],
    form: FilledForm,
    copies: Sequence[FormTab] = (),
    *,
    secret: bytes,
    known: Sequence[OpenAnswer] = (),
    judged: Judged = lambda register: (),
) -> Taken:
    """What becomes of every answer and of every cell that was corrected in the annotated copies.

    findings: of the register as it is now, all of them, waived ones too, in the order in which a check gives them: an answer is found by its
    id, and what it accepts is the suggestion of today. Refused where the cell is not what it was when the workbook was written.
    known: answers that hold on. judged: the problems of a register, for trying what was corrected.
    """
    origin = Origin("answers", form.path.name, "", _who(form), None, form.fingerprint)
    theirs = form.properties.get(WORKSPACE_PROPERTY, "")
    if theirs and theirs != workspace_mark(secret):
        zh = "这份问题清单不是本工作区制作的，其中的处理没有采用"
        return Taken(lines=[AnswerLine(form.path.name, "", 0, "", "refused", Text(zh, "another workspace made this list; nothing of it is taken"))])
    copied = corrections(register, copies, origin, secret=secret, who=origin.who, judged=judged)
    desk = _Desk(register, findings, form, copied, secret, {a.id: a for a in known}, origin)
    for row in _rows(form):
        desk.take(row)
    out = desk.out
    out.asked += copied.asked
    out.lines += copied.lines
    return out


def _tab(form: FilledForm) -> str:
    """The tab that lists the problems, also where somebody renamed it."""
    named = next((n for n in (NAME.zh, NAME.en) if n in form.sheets), "")
    return named or next((n for n, rows in form.sheets.items() if any(_said(r, _ID) and _said(r, _RULE) for r in rows)), "")


def _rows(form: FilledForm) -> Sequence[FormRow]:
    return form.sheets.get(_tab(form), ())


def _who(form: FilledForm) -> str:
    above = form.above.get(_tab(form))
    said = (above.beside(word, ANSWERED_BY)[0] for word in ANSWERED_BY) if above else ()
    return next((s for s in said if s), "")


def _said(row: FormRow, head: Text) -> str:
    return row.text(head.zh) or row.text(head.en)


def _checks(row: FormRow) -> list[str]:
    """What a line's hidden check holds: of what stood in the cell, of the workbook, of the note printed beside 待核实."""
    return [*_said(row, _CHECK).split("-"), "", ""][:3]


class _Desk:
    """Takes line after line of one list."""

    def __init__(
        self,
        register: Register,
        findings: Sequence[Finding],
        form: FilledForm,
        copied: Corrections,
        secret: bytes,
        known: Mapping[str, OpenAnswer],
        origin: Origin,
    ) -> None:
        self.out = Taken()
        self._register, self._findings, self._form, self._copied = register, findings, form, copied
        self._secret, self._known, self._origin = secret, known, origin
        self._by_id = dict(zip(finding_ids(findings, secret=secret), findings, strict=True))
        self._where = Whereabouts(register)
        self._seen: set[str] = set()
        self._unread = {workbook_mark(secret, f.place.workbook or "") for f in findings if f.code == "A11"}
        self._together = Counter((f.code, f.table, f.record or "") for f in findings if f.state != "waived")
        self._sheetwide = Counter((f.code, f.table, bool(f.record)) for f in findings)

    def take(self, row: FormRow) -> None:
        """Take one line."""
        said, ident, note = _said(row, _ANSWER), _said(row, _ID), _said(row, _NOTE)
        before = self._known.get(ident)
        note = note_said(note, before) if before else note
        answer = next((a.zh for a in ANSWERS if said in (a.zh, a.en)), "")
        if not said and not (note and ident and not (before and note == before.note)):
            return
        line = AnswerLine(self._form.path.name, row.tab, row.number, answer or said, "refused", Text("", ""), note=note, who=self._origin.who)
        line = replace(line, id=ident, code=_said(row, _RULE).partition(" ")[0], record=_said(row, _RECORD))
        if not said:
            zh = "写了备注而没有选处理"
            self._refuse(line, zh, "a note is written but nothing is chosen", Text("请在「处理」里选一项", "choose an answer"))
        elif not answer:
            words = Text("、".join(a.zh for a in ANSWERS), ", ".join(a.en for a in ANSWERS))
            cure = Text(f"请从 {words.zh} 中选一项", f"choose one of {words.en}")
            line = replace(line, answer="？", values={"wrote": said[:20]})
            self._refuse(line, "处理「{wrote:auto}」不在可选范围内", "{wrote:auto} is none of the answers", cure)
        elif not ident or ident in self._seen:
            self._refuse(line, "隐藏的编号没有了或重复了", "its hidden id is gone or doubled", NEW_LIST)
        else:
            self._seen.add(ident)
            self._answer(line, row, answer, before)

    def _answer(self, line: AnswerLine, row: FormRow, answer: str, before: OpenAnswer | None) -> None:
        finding = self._by_id.get(line.id)
        printed = answer == _VERIFY and _checks(row)[2] == note_mark(self._secret, _said(row, _NOTE)) != ""
        if finding is None and printed:
            self.out.lines.append(line.become("kept", Text("待核实已经结束", "it is verified by now")))
            return
        if finding is None:
            self._gone(line, answer, _checks(row)[1])
            return
        if line.record.strip() != (finding.record or "").strip() or line.code != finding.code:
            zh = "这一行和隐藏的编号错位了（可能只排序了一部分列）"
            self._refuse(line, zh, "the row and its hidden id lie apart, perhaps since only some columns were sorted", NEW_LIST)
            return
        line = replace(line, code=finding.code, table=finding.table, record=finding.record or "", header=finding.header or "")
        line = replace(line, values=dict(finding.values))
        origin = replace(self._origin, place=f"{row.tab} 第{row.number}行 {finding.code}")
        if answer == _TAKE:
            self._suggestion(line, row, finding, origin)
        elif answer == _MENDED:
            self._mended(line, row, finding, origin)
        elif answer == _WAIVE:
            self._waive(line, finding, origin)
        else:
            self._verify(line, finding, origin, before, printed=printed)

    def _refuse(self, line: AnswerLine, zh: str, en: str, cure: Text) -> None:
        self.out.lines.append(line.become("refused", Text(zh, en), cure))

    def _gone(self, line: AnswerLine, answer: str, book: str) -> None:
        card = next((c for c in cards() if c.code == line.code), None)
        if book in self._unread or (self._unread and not book) or (card is not None and not runs(self._register, card)):
            zh = "它所在的工作簿现在读不了，或少了要对照的表，不能确认这个问题还在不在"
            cure = Text("请先让工作簿能打开，再看新的问题清单", "see that the workbook can be read, then a new problem workbook")
            self._refuse(line, zh, "its workbook or a sheet beside it cannot be read now, so nobody can tell whether the problem stands", cure)
        elif answer == _MENDED:
            self.out.lines.append(line.become("solved", Text("已改好", "it is mended")))
        else:
            zh = "这个问题已经没有了（已改好，或记录已不在）"
            self.out.lines.append(line.become("gone", Text(zh, "the problem is gone: mended, or the record is no longer there")))

    def _suggestion(self, line: AnswerLine, row: FormRow, finding: Finding, origin: Origin) -> None:
        taken = accepted(self._register, finding, self._where.position(finding), _checks(row)[0], _said(row, _NOTE), self._secret, origin)
        if isinstance(taken, tuple):
            self._refuse(line, taken[0].zh, taken[0].en, taken[1])
            return
        other = self._copied.at(taken.sheet, taken.record, taken.field)
        if other is not None and other.theirs.text.strip() != taken.theirs.text.strip():
            both = Text("清单里选了采纳建议，副本里又改成另一个值", "the list takes the suggestion and the copy holds another value")
            cure = Text("请只留一个", "keep one of the two")
            self._copied.take_back(other, both, cure)
            self._refuse(line, both.zh, both.en, cure)
            return
        if other is not None:
            self._copied.asked.remove(other)
        self.out.asked.append(taken)
        self.out.lines.append(line.become("asked", Text("建议值列入变更方案", "the suggestion goes into a plan")))

    def _mended(self, line: AnswerLine, row: FormRow, finding: Finding, origin: Origin) -> None:
        """Checked at once: the problem stands in the register as it is."""
        sheet = BY_FIELD.get(finding.table)
        column = sheet.by_header.get(finding.header or "") if sheet else None
        if column is not None and self._copied.at(finding.table, finding.record or "", column.field) is not None:
            zh = "改在了批注副本里，已列入变更方案，登记簿还没有改"
            self.out.lines.append(line.become("asked", Text(zh, "it was mended in the copy, and goes into a plan; the register is unchanged")))
            return
        stood = _checks(row)[0]
        same = check_value(self._secret, finding.table, finding.record or "", finding.header or "", finding.found) == stood if stood else True
        mask = mask_of(column) if column is not None else "auto"
        shown = Personal(finding.found, mask) if mask and finding.found else finding.found
        if not finding.found:
            now = Text("登记簿里这一格现在是空的", "the register's cell is blank now")
        elif same:
            now = Text("登记簿里还是「{now}」，没有改", "the register still holds {now}")
        else:
            now = Text("登记簿里现在是「{now}」", "the register now holds {now}")
        line = replace(line, values={**line.values, "now": shown})
        line = line.become("stands", Text(f"{now.zh}：{finding.message.zh}", f"{now.en}: {finding.message.en}"), finding.advice)
        self.out.lines.append(line)
        self._keep(line, "已更正", origin)

    def _waive(self, line: AnswerLine, finding: Finding, origin: Origin) -> None:
        sheet = BY_FIELD.get(finding.table)
        if finding.state == "waived":
            self.out.lines.append(line.become("kept", Text("已经豁免", "it is waived already")))
            return
        until = until_in(line.note)
        if not line.note:
            cure = Text("请在「备注」写明理由，可写到哪天为止", "write the reason in the note, and until when")
            self._refuse(line, "豁免没有写理由", "no reason is given for the waiver", cure)
        elif until is not None and until < self._register.today:
            zh = f"豁免的截止日期 {until.isoformat()} 已经过去"
            self._refuse(line, zh, f"the waiver would have ended on {until.isoformat()}", Text("请写以后的日期", "name a later day"))
        elif "waivers" not in self._register.tables:
            zh = "登记簿里没有「豁免」表，无处登记"
            cure = Text(
                "请用 ownerbook template 豁免 做一张空表，放进登记簿的文件夹，再选一次",
                "make a blank one with ownerbook template 豁免, put it into the register's folder, and answer again",
            )
            self._refuse(line, zh, "the register has no sheet 豁免 to hold it", cure)
        elif sheet is None or (not finding.record and self._sheetwide[finding.code, finding.table, True]):
            zh = "这个问题不在某一条记录上，豁免会盖住整张表的这条规则"
            cure = Text("请改正；确属例外的由经理在「豁免」表登记", "mend it; a real exception is for the manager to write on 豁免")
            self._refuse(line, zh, "the problem is at no record, and a waiver would hide the rule's others on the sheet", cure)
        else:
            line = replace(line, values={**line.values, "others": self._together[finding.code, finding.table, finding.record or ""] - 1})
            end = until or usual_end(self._listed, self._register.today)
            self.out.lines.append(line.become("waiver", Text("豁免列入变更方案，待批准", "the waiver goes into a plan and waits for approval")))
            self._keep(line, "豁免", origin, end, given=until is not None)

    def _verify(self, line: AnswerLine, finding: Finding, origin: Origin, before: OpenAnswer | None, *, printed: bool) -> None:
        if finding.state == "waived":
            self.out.lines.append(line.become("kept", Text("已经豁免，不用核实", "it is waived and need not be verified")))
            return
        again = printed or (before is not None and before.answer == _VERIFY and line.note in ("", before.note))
        said = Text("已记下", "noted")
        if before is not None and before.answer == _VERIFY and not again:
            said = Text(f"备注改了，仍从 {before.since.isoformat()} 算起", f"the note is new, still counted from {before.since.isoformat()}")
        self.out.lines.append(line.become("kept" if again else "waits", said if not again else Text("已在待核实", "it is being verified")))
        if not again:
            self._keep(line, "待核实", origin)

    @property
    def _listed(self) -> date | None:
        """The day of the list."""
        try:
            return date.fromisoformat(self._form.properties.get("ownerbook.as_of", ""))
        except ValueError:
            return None

    def _keep(self, line: AnswerLine, answer: str, origin: Origin, until: date | None = None, *, given: bool = False) -> None:
        told = (line.code, line.table, line.record, line.header, line.note)
        finding = self._by_id[line.id]
        house, book = self._where.house(finding), workbook_mark(self._secret, finding.place.workbook or "")
        self.out.others.append(Answered(line.id, cast(Answer, answer), *told, origin, until=until, given=given, house=house, book=book))
