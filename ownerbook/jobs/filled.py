"""Filled forms come back: a tick sheet, an appraisal list, a signed destruction register or transfer list becomes a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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

READ_BACK = {"audit-sheet": "审核登记方案", "appraisal": "鉴定登记方案", "destruction": "销毁登记方案", "transfer": "移交登记方案"}
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
        zh = f"{path.name} 不是 ownerbook 开出的审核清单、鉴定清单、销毁清册或移交清单"
        raise Unusable(Text(zh, f"{path.name} is no form of ownerbook that is read back"))
    return form


def proposal(register: Register, form: FilledForm, day: date, *, by: str = "", witnesses: Sequence[str] = ()) -> Proposal:
    """What the form asks to be written. Raises Unusable.

    day: of the audit, the appraisal or the execution. by: who audited or appraised, where the form does not say. witnesses: of
    a destruction, two.
    """
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
        for r in form.sheets.get(tab, ())
        if r.text("档号")
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
        raise Unusable(Text("请用 --by 指明审核人", "name the auditor with --by"))
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
        for r in form.sheets.get(tab, ())
        if r.text("档号")
    ]
    papers = [
        TickedPaper(_place(r), r.text("材料编号"), r.text("核对"), r.text("实际页数"), r.text("备注"), r.text("登记状态"), r.text("页数"))
        for r in form.sheets.get(PAPERS, ())
        if r.text("材料编号")
    ]
    kind = form.properties.get("ownerbook.audit", "") or "抽查"
    return audited(Whole(register), lines, papers, Audited(day, kind, number, row, dates.parse(form.properties.get("ownerbook.as_of", ""))), person)


def _appraisal(register: Register, form: FilledForm, day: date, by: str) -> Proposal:
    from ownerbook.deadlines.filled_appraisal import Appraiser, Opinion, appraised
    from ownerbook.reports.forms.appraisal import SHEET

    needs(register, "files", "owners", "staff")
    if not by:
        raise Unusable(Text("请用 --by 指明鉴定人", "name the appraiser with --by"))
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
        for r in form.sheets.get(SHEET, ())
        if r.text("档号")
    ]
    name = register.tables["staff"].found("name", row)
    return appraised(Whole(register), lines, Appraiser(number, row, name), day)


def _place(row: FormRow) -> Text:
    return Text(f"{row.tab} 第 {row.number} 行", f"{row.tab} row {row.number}")
