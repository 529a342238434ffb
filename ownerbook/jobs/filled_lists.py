"""Lists that come back: papers that came later (补件登记单), archiving (归档清单), disposals to approve (处置批准单), what is signed (待签办单)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.signers import Signed, Signers, Who
from ownerbook.identifiers import dates, house_no
from ownerbook.jobs.forms import Wanted, needs, title_of
from ownerbook.jobs.loan_acts import who
from ownerbook.jobs.workspace import Unusable
from ownerbook.register.proposal import Proposal
from ownerbook.register.register import Register
from ownerbook.schema.words import Text
from ownerbook.workbook.filled_form import FilledForm, FormRow

if TYPE_CHECKING:
    from ownerbook.deadlines.filled_disposals import Step
    from ownerbook.jobs.reading import Read
    from ownerbook.jobs.workspace import Workspace


def write_late(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """补件登记单. Raises Unusable, PenError."""
    from ownerbook.jobs.registration_pages import houses_of
    from ownerbook.reports.forms.late_papers import write_late_papers

    register = read.register
    needs(register, "houses", "owners", "files", "documents", "staff")
    column = register.column("houses", "house_no") if wanted.house else None
    houses = frozenset(column.text(r) for r in houses_of(register, [wanted.house])) if column is not None else frozenset()
    owed, waiting = write_late_papers(
        path, register, title_of(space), building=wanted.building, houses=houses, late=wanted.late, how=wanted.how
    )  # fmt: skip
    return Text(f"待补 {owed} 件，待整理 {waiting} 份", f"{owed} papers owed, {waiting} files to arrange")


def person(register: Register) -> Who:
    """Whom a text names on a day, or why nobody can be told."""

    def find(text: str, day: date) -> tuple[str, int] | Text:
        try:
            return who(register, text, day)
        except Unusable as error:
            return error.message

    return find


def late_papers(register: Register, form: FilledForm, today: date) -> Proposal:
    """What a filled 补件登记单 asks. Raises Unusable where the register lacks a sheet."""
    from ownerbook.deadlines.filled_papers import Arranged, Came, papers_came
    from ownerbook.reports.forms.late_papers import ARRANGE, SHEET

    needs(register, "houses", "owners", "files", "documents", "staff")
    lines = []
    for r in _rows(form, SHEET):
        if not set(r.cells) - {"序号"}:
            continue  # a row for further papers that stayed blank, or the foot
        came = Came(
            place(r),
            _plain(r.text("档号")),
            r.text("房号"),
            r.text("材料类型"),
            r.text("材料名称"),
            r.text("形式"),
            _number(r.text("页数")),
            _number(r.text("份数")),
            day(r, "收件日期"),
            r.text("收件人"),
            r.text("核对人"),
            r.text("备注"),
        )
        lines.append(came)
    arranged = [Arranged(place(r), _plain(r.text("档号")), r.text("已整理")) for r in _rows(form, ARRANGE) if r.text("档号")]
    book = Whole(register)
    return papers_came(book, lines, arranged, today, Signers(book, person(register)), _canonical(register))


def disposals(register: Register, form: FilledForm, today: date, by: str = "") -> Proposal:
    """What a filled 归档清单 or 处置批准单 asks. by: who appraised, where the list does not say. Raises Unusable."""
    from ownerbook.deadlines.filled_disposals import Step, disposed
    from ownerbook.jobs.filled import signed, signed_day
    from ownerbook.reports.forms.archiving import APPROVE, EXECUTE, SHEET

    needs(register, "files", "owners", "disposals", "staff")

    def steps(tab: str, who_label: str, day_label: str) -> list[Step]:
        """The lines of a tab. Who and when stand in the line; what it leaves out, at the foot; a line where nothing stands says nothing."""
        foot, on = (signed(form, who_label) if who_label else ""), signed_day(form, day_label)
        out = []
        for r in _rows(form, tab):
            if not r.text("档号"):
                continue
            said, when = (r.text(who_label) if who_label else ""), day(r, day_label)
            opinion = r.text("鉴定意见") if tab == SHEET else ""
            if opinion or said or when.text:
                said = said or (by if tab == SHEET else "") or foot
                when = when if when.text or on is None else Signed(on.isoformat(), on)
            out.append(
                Step(place(r), _plain(r.text("档号")), _plain(r.text("处置单号")), opinion, r.text("处置依据"), r.text("处置原因"), said, when)
            )
        return out

    book = Whole(register)
    appraised, approved = steps(SHEET, "鉴定人", "鉴定日期"), steps(APPROVE, "批准人", "批准日期")
    return disposed(book, appraised, approved, steps(EXECUTE, "", "执行日期"), today, Signers(book, person(register)))


def signing(register: Register, form: FilledForm, today: date) -> Proposal:
    """What a filled 待签办单 asks. Raises Unusable where the register has no 人员."""
    from ownerbook.deadlines.filled_signing import RECTIFIED, Signature, signed_off
    from ownerbook.reports.forms.signing_list import LABELS

    needs(register, "staff", "files")
    lines: dict[str, list[Signature]] = {}
    for tab, (key, *asked) in LABELS.items():
        by = next((h for h in asked if h.endswith("人")), "")
        on = next((h for h in asked if h.endswith("日期")), "")
        lines[tab] = [
            Signature(
                place(r),
                _plain(r.text(key)),
                r.text(by),
                day(r, on) if on else Signed(),
                r.text("审核结果") if "审核结果" in asked else "",
                tab == RECTIFIED,
            )
            for r in _rows(form, tab)
            if r.text(key)
        ]
    book = Whole(register)
    return signed_off(book, register.calendar, lines, today, Signers(book, person(register)))


def write_signing_list(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """待签办单. Raises Unusable, PenError."""
    from ownerbook.reports.forms.signing_list import write_signing

    needs(read.register, "files", "staff")
    found = write_signing(path, read.register, title_of(space), building=wanted.building, how=wanted.how)
    zh = "，".join(f"{tab} {n}" for tab, n in found.items())
    return Text(zh, zh)


def place(row: FormRow) -> Text:
    """A line as a person finds it."""
    return Text(f"{row.tab} 第 {row.number} 行", f"{row.tab} row {row.number}")


def day(row: FormRow, header: str) -> Signed:
    """A day as it was written in a line."""
    text = row.text(header)
    return Signed(text, row.days.get(header) or dates.parse(text)) if text else Signed()


def _rows(form: FilledForm, tab: str) -> list[FormRow]:
    """The lines of a tab, without its foot."""
    from ownerbook.jobs.filled import _label

    return [r for r in form.sheets.get(tab, ()) if not any(_label(t.strip()) for t in r.cells.values())]


def _plain(text: str) -> str:
    """A number as the register writes it, typed in full width or in small letters."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def _number(text: str) -> str:
    """3, typed as 3 页, ３ or 3.0."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("页").removesuffix("份").strip()
    return plain.removesuffix(".0")


def _canonical(register: Register) -> Callable[[str, str], str]:
    """A choice of 材料 by any of its words; a house as the policy writes it."""
    from ownerbook.register.sheets import BY_FIELD
    from ownerbook.schema.kinds import Choice

    def canonical(field: str, text: str) -> str:
        text = unicodedata.normalize("NFKC", text).strip()
        if field == "house_no":
            return house_no.canonical(text, register.policy.house_format) or text
        kind = BY_FIELD["documents"].by_field[field].kind
        return kind.synonyms.get(text, text) if isinstance(kind, Choice) else text

    return canonical
