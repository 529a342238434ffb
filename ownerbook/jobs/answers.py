"""A problem workbook comes back with answers: accepted suggestions become cells that are asked, the other answers are handed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from ownerbook.jobs.incoming import Answered, Asked
from ownerbook.reconcile.change import NOTHING, Origin, Said, Value
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.check_value import check_value
from ownerbook.reports.finding_id import finding_ids
from ownerbook.reports.problem_list import ANSWERS, COLUMNS, NAME
from ownerbook.reports.whereabouts import Whereabouts
from ownerbook.schema.finding import Finding
from ownerbook.schema.kinds import Day, Measure
from ownerbook.schema.sheet import Column
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.workbook.filled_form import FilledForm, FormRow

Answer = Literal["采纳建议", "已更正", "豁免", "待核实"]
_ANSWER, _NOTE, _ID, _CHECK = (next(t for t, _ in COLUMNS if t.zh == zh) for zh in ("处理", "备注", "编号", "校验"))
_TAKE = ANSWERS[0].zh


def is_problem_list(form: FilledForm) -> bool:
    """Whether a form is a problem workbook; by its sheet and ids where a program dropped the properties."""
    return form.kind == "problems" or (not form.kind and any(_said(r, _ID) for r in _rows(form)))


def answers(register: Register, findings: Sequence[Finding], form: FilledForm, *, secret: bytes) -> tuple[list[Asked], list[Answered], list[Text]]:
    """Accepted suggestions, other answers, and what could not be taken.

    findings: of the register as it is now, all of them, in the order in which a check gives them: an answer is found by its id, and
    what it accepts is the suggestion of today. Refused where the cell is not what it was when the workbook was written.
    """
    ids = finding_ids(findings, secret=secret)
    by_id = dict(zip(ids, findings, strict=True))
    where = Whereabouts(register)
    asked: list[Asked] = []
    others: list[Answered] = []
    against: list[Text] = []
    seen: set[str] = set()
    for row in _rows(form):
        said, ident = _said(row, _ANSWER), _said(row, _ID)
        answer = next((a.zh for a in ANSWERS if said in (a.zh, a.en)), "")
        if not said:
            continue
        if not answer:
            against.append(_line(form, row, f"处理「{said}」不在可选范围内", f"{said} is none of the answers"))
            continue
        if not ident or ident in seen:
            against.append(
                _line(
                    form,
                    row,
                    "隐藏的编号没有了或重复了，请在原来的问题清单上重新选择",
                    "its hidden id is gone or doubled; answer in the workbook as made",
                )
            )
            continue
        seen.add(ident)
        finding = by_id.get(ident)
        if finding is None:
            gone = Text("这个问题已经没有了（已改好，或记录已不在）", "the problem is gone: mended, or the record is no longer there")
            if answer != "已更正":
                against.append(_line(form, row, gone.zh, gone.en))
            continue
        origin = Origin("answers", form.path.name, f"{row.tab} 第{row.number}行", "", None, form.fingerprint)
        if answer != _TAKE:
            told = (finding.code, finding.table, finding.record or "", finding.header or "", _said(row, _NOTE))
            others.append(Answered(ident, cast(Answer, answer), *told, origin))
            continue
        taken = _take(register, where, finding, row, secret, origin)
        if isinstance(taken, Text):
            against.append(_line(form, row, taken.zh, taken.en))
        else:
            asked.append(taken)
    return asked, others, against


def _rows(form: FilledForm) -> Sequence[FormRow]:
    return next((form.sheets[n] for n in (NAME.zh, NAME.en) if n in form.sheets), ())


def _said(row: FormRow, head: Text) -> str:
    return row.text(head.zh) or row.text(head.en)


def _line(form: FilledForm, row: FormRow, zh: str, en: str) -> Text:
    return Text(f"{form.path.name} 第 {row.number} 行没有采用：{zh}", f"{form.path.name} row {row.number} not taken: {en}")


def _take(register: Register, where: Whereabouts, finding: Finding, row: FormRow, secret: bytes, origin: Origin) -> Asked | Text:
    sheet = BY_FIELD.get(finding.table)
    column = sheet.by_header.get(finding.header or "") if sheet else None
    at = where.position(finding)
    if finding.suggestion is None:
        return Text("这个问题没有建议值", "the problem has no suggestion")
    if sheet is None or column is None or at is None:
        return Text("这个问题不在登记的单元格里（如表头），请在工作簿里改", "it stands at no cell of a record (a header); mend it in the workbook")
    stood = _said(row, _CHECK)
    if not stood or not secret:
        return Text("这份问题清单没有校验值，不能确认单元格没有变；请用新的问题清单", "the workbook carries no check values; use a new one")
    if check_value(secret, finding.table, finding.record or "", finding.header or "", finding.found) != stood:
        return Text("单元格在清单制作之后变过，请看新的问题清单", "the cell has changed since the workbook was made; see a new one")
    found = register.tables[sheet.field].found(column.field, at)
    key = register.tables[sheet.field].found(sheet.key.field, at)
    theirs = Said(finding.suggestion, _value(column, finding.suggestion))
    note = _said(row, _NOTE)
    place = f"{origin.place} {finding.code}"
    return Asked(
        sheet.field,
        key,
        column.field,
        Said(found, register.tables[sheet.field].held(column.field, at)) if found else NOTHING,
        theirs,
        replace(origin, place=place),
        at,
        note=note,
    )


def _value(column: Column, suggestion: str) -> Value:
    if isinstance(column.kind, Day):
        try:
            return date.fromisoformat(suggestion)
        except ValueError:
            return suggestion
    if isinstance(column.kind, Measure):
        try:
            number = float(suggestion)
        except ValueError:
            return suggestion
        return int(number) if number == int(number) else number
    return suggestion
