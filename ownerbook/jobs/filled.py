"""Filled forms come back: a tick sheet, an appraisal list, a signed destruction register or transfer list becomes a proposal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.identifiers import dates
from ownerbook.jobs.forms import needs
from ownerbook.jobs.loan_acts import who
from ownerbook.jobs.workspace import Unusable
from ownerbook.register.proposal import Proposal
from ownerbook.register.register import Register
from ownerbook.schema.words import Text
from ownerbook.workbook.filled_form import FilledForm, FormRow, read_form

READ_BACK = {
    "audit-sheet": "审核登记方案",
    "appraisal": "鉴定登记方案",
    "destruction": "销毁登记方案",
    "transfer": "移交登记方案",
    "move-list": "移架方案",
    "late-papers": "补件登记方案",
    "archiving": "归档登记方案",
    "disposal-approval": "处置批准方案",
    "signing": "签办登记方案",
    "request-form": "权利请求登记方案",
    "incident-form": "事件登记方案",
    "room-check": "库房检查登记方案",
}
"""Kinds of forms that come back, and the title of the plan made from each."""
TICKS = ("在位", "编号相符", "件数页数相符", "代卷卡在位")


def read(path: Path, *, password: str | None = None) -> FilledForm:
    """Read a filled form. Raises Unusable for a file that cannot be read or is no form that comes back."""
    from ownerbook.workbook.book import Unreadable
    from ownerbook.workbook.reading import REASONS

    try:
        form = read_form(path, password=password)
    except Unreadable as e:
        zh, en = REASONS[e.reason]
        raise Unusable(Text(f"{path.name}：{zh}", f"{path.name}: {en}")) from None
    if form.kind not in READ_BACK:
        zh = f"{path.name} 不是 ownerbook 开出的、可以读回的清单（审核、签办、鉴定、归档、处置批准、销毁、移交、补件登记、移架、库房检查）"
        raise Unusable(Text(zh, f"{path.name} is no form of ownerbook that is read back"))
    return form


def proposal(register: Register, form: FilledForm, day: date, *, by: str = "", witnesses: Sequence[str] = ()) -> Proposal:
    """What the form asks to be written. Raises Unusable.

    day: of the audit, the appraisal or the execution. by: who audited or appraised. witnesses: of a destruction, two. What is not
    given is taken from where people sign at the foot of the form: names, and the day.
    """
    foot = {"audit-sheet": ("审核人", "审核日期"), "appraisal": ("鉴定人", "鉴定日期"), "destruction": ("", "销毁日期")}.get(form.kind, ("", ""))
    by = by or (signed(form, foot[0]) if foot[0] else "")
    said = signed_day(form, foot[1]) if foot[1] else None
    day = said if said is not None and said <= day else day
    if form.kind == "destruction" and not witnesses:
        witnesses = [w for w in (signed(form, "监销人一"), signed(form, "监销人二")) if w]
    if form.kind in ("request-form", "incident-form"):
        from ownerbook.jobs.duty_forms import from_form

        return from_form(register, form)
    if form.kind == "room-check":
        from ownerbook.jobs.room_forms import rooms

        return rooms(register, form, day)
    if form.kind == "late-papers":
        from ownerbook.jobs.filled_lists import late_papers

        return late_papers(register, form, day)
    if form.kind == "signing":
        from ownerbook.jobs.filled_lists import signing

        return signing(register, form, day)
    if form.kind in ("archiving", "disposal-approval"):
        from ownerbook.jobs.filled_lists import disposals

        return disposals(register, form, day, by)
    if form.kind == "move-list":
        from ownerbook.jobs.moving import from_list

        return from_list(register, form)
    if form.kind in ("destruction", "transfer"):
        return _execution(register, form, day, witnesses, by)
    return _audit(register, form, day, by) if form.kind == "audit-sheet" else _appraisal(register, form, day, by)


def _execution(register: Register, form: FilledForm, day: date, witnesses: Sequence[str], by: str) -> Proposal:
    from ownerbook.deadlines.filled_execution import NO, TICKED, Carried, Handover, Witness, executed

    needs(register, "files", "owners", "disposals", "staff")
    kind, tab, header = ("销毁", "销毁清册", "已销毁") if form.kind == "destruction" else ("移交", "移交清单", "清点")
    known = ("", *NO, *TICKED)
    lines = [
        Carried(_place(r), r.text("档号"), mark in TICKED, "" if mark in known else mark, r.text("接收单位"))
        for r in _lines(form, tab)
        for mark in [r.text(header)]
    ]
    handover = None
    if by and kind == "移交":
        whole = form.properties.get("ownerbook.everything") == "yes"
        basis = "物业管理条例第三十八条" if whole else f"移交清单 {form.properties.get('ownerbook.as_of', '')}".strip()
        handover = Handover(*who(register, by, day), basis, "更换物业服务企业" if whole else "移交")
    return executed(Whole(register), kind, lines, day, [Witness(*who(register, w, day)) for w in witnesses], handover)


def _audit(register: Register, form: FilledForm, day: date, by: str) -> Proposal:
    from ownerbook.deadlines.filled_audit import Audited, Ticked, TickedPaper, audited
    from ownerbook.reports.forms.audit_sheet import OUT, PAPERS, SHELF

    needs(register, "files", "audits", "documents")
    auditor = by or form.properties.get("ownerbook.auditor", "")
    if not auditor:
        raise Unusable(Text("表末没有写审核人；请在表末写明，或用 --by 指明", "the foot names no auditor; write it there, or use --by"))
    number, row = who(register, auditor, day)
    when = day.toordinal() - EPOCH

    def person(text: str) -> int:
        found = [p for p in register.persons.candidates(text) if register.persons.joined[p] <= when <= register.persons.left[p]]
        return found[0] if len(found) == 1 else -1

    lines = [
        Ticked(
            _place(r),
            r.text("档号"),
            r.text("结果"),
            r.text("问题描述"),
            r.day("整改期限"),
            r.text("整改期限"),
            r.text("整改责任人"),
            {t: r.text(t) for t in TICKS if r.text(t)},
            out=tab == OUT,
        )
        for tab in (SHELF, OUT)
        for r in _lines(form, tab)
    ]
    papers = [
        TickedPaper(_place(r), r.text("材料编号"), r.text("核对"), r.text("实际页数"), r.text("备注"), r.text("登记状态"), r.text("页数"))
        for r in _lines(form, PAPERS, "材料编号")
    ]
    kind = form.properties.get("ownerbook.audit", "") or "抽查"
    return audited(Whole(register), lines, papers, Audited(day, kind, number, row, dates.parse(form.properties.get("ownerbook.as_of", ""))), person)


def _appraisal(register: Register, form: FilledForm, day: date, by: str) -> Proposal:
    from ownerbook.deadlines.filled_appraisal import Appraiser, Opinion, appraised
    from ownerbook.reports.forms.appraisal import SHEET

    needs(register, "files", "owners", "staff")
    if not by:
        raise Unusable(Text("表末没有写鉴定人；请在表末写明，或用 --by 指明", "the foot names no appraiser; write it there, or use --by"))
    number, row = who(register, by, day)
    lines = [
        Opinion(
            _place(r),
            r.text("档号"),
            r.text("鉴定意见"),
            r.text("处置依据"),
            r.text("处置原因"),
            r.text("新保管期限"),
            r.text("暂缓至"),
            r.day("暂缓至"),
            r.text("接收单位"),
        )
        for r in _lines(form, SHEET)
    ]
    name = register.tables["staff"].found("name", row)
    return appraised(Whole(register), lines, Appraiser(number, row, name), day)


SIGNATURES = ("鉴定人", "鉴定日期", "批准人", "批准日期", "监销人一", "监销人二", "销毁日期", "审核人", "审核日期", "档案员", "执行日期")


def signed(form: FilledForm, label: str) -> str:
    """What is written beside a label at the foot of a list; '' where nothing is."""
    for rows in form.sheets.values():
        for row in rows:
            texts = [t.strip() for t in row.cells.values()]
            for text in texts:  # all places to sign in one cell, written over the lines
                found = re.search(rf"(?:^|\s){label}[\uff1a:][\s_]*([^\s_\uff1a:]+)", text)
                if found and found[1].rstrip("\uff1a:") not in SIGNATURES:
                    return found[1]
            for text, beside in pairwise(texts):
                if _label(text) == label and not _label(beside):
                    return beside
    return ""


def signed_day(form: FilledForm, label: str) -> date | None:
    """The day written beside a label at the foot of a list."""
    text = signed(form, label)
    return dates.parse(text) if text else None


def _label(text: str) -> str:
    """The label that a cell at the foot is, '' for any other cell."""
    word = text.split("\n")[0].strip()
    return word[:-1] if word[-1:] in ("\uff1a", ":") and word[:-1] in SIGNATURES else ""


def _lines(form: FilledForm, tab: str, key: str = "档号") -> list[FormRow]:
    """The lines of a list; those at its foot, where people sign, are none."""
    return [r for r in form.sheets.get(tab, ()) if r.text(key) and not any(_label(t.strip()) for t in r.cells.values())]


def _place(row: FormRow) -> Text:
    return Text(f"{row.tab} 第 {row.number} 行", f"{row.tab} row {row.number}")
