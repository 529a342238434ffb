"""Papers for the clerk, as plain calls: each writes one workbook (or a letter's text) from the register of a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.jobs.cabinet_words import CABINET
from ownerbook.jobs.form_wanted import Wanted as Wanted
from ownerbook.jobs.form_wanted import needs as needs
from ownerbook.jobs.form_wanted import row_of as row_of
from ownerbook.jobs.form_wanted import title_of as title_of
from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.reports.forms.overdue_notice import Notice
    from ownerbook.reports.forms.supplement import Request


Writer = Callable[[Path, Workspace, Read, Wanted], Text]
"""Writes a form to a path from the register, and gives what it holds, in few words."""


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of form: its Chinese name, which is also the file's; what it is; whether it can be a letter's text too; whether people on
    it are masked unless said otherwise. What goes to a person, or is signed and kept for good, is in full.
    """

    zh: str
    about: Text
    write: Writer
    letter: bool = False
    masked: bool = False


LONGEST = 40  # characters of what a form is about, in its file's name


def _overdue(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    from ownerbook.reports.forms.overdue_notice import write_notices

    found = overdue_notices(space, read, wanted)
    write_notices(path, read.register, found, title_of(space), wanted.how)
    lost = sum(not n.reachable for n in found)
    return Text(f"{len(found)} 位借阅人，其中 {lost} 位没有联系方式", f"{len(found)} borrowers, {lost} of them without contact")


def overdue_notices(space: Workspace, read: Read, wanted: Wanted) -> list[Notice]:
    """The overdue notices asked for."""
    from ownerbook.reports.forms.overdue_notice import notices
    from ownerbook.reports.listing import plain_building

    needs(read.register, "loans", "files")
    return [
        n
        for n in notices(read.register)
        if (not wanted.building or plain_building(n.building) == plain_building(wanted.building))
        and (not wanted.person or wanted.person in n.name)
        and (space.wanted is None or n.workbook in space.wanted)
    ]


def _supplement(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    from ownerbook.reports.forms.supplement import write_supplements

    found = supplement_requests(space, read, wanted)
    write_supplements(path, read.register, found, title_of(space), wanted.how)
    return Text(f"{len(found)} 位业主，缺 {sum(r.count for r in found)} 件", f"{len(found)} owners, {sum(r.count for r in found)} papers")


def supplement_requests(space: Workspace, read: Read, wanted: Wanted) -> list[Request]:
    """The supplement notices asked for."""
    from ownerbook.reports.forms.supplement import requests
    from ownerbook.reports.listing import plain_building

    needs(read.register, "houses", "owners", "files", "documents")
    return [
        r
        for r in requests(read.register, late=wanted.late)
        if (not wanted.building or plain_building(r.building) == plain_building(wanted.building))
        and (not wanted.person or wanted.person in r.name)
        and (space.wanted is None or r.workbook in space.wanted)
    ]


def letters(kind: str, space: Workspace, read: Read, wanted: Wanted) -> list[str]:
    """The notices of a kind as texts of letters."""
    name = title_of(space)
    if kind == "overdue-notice":
        from ownerbook.reports.forms.overdue_notice import letter

        return [letter(n, read.register, name, wanted.how) for n in overdue_notices(space, read, wanted)]
    from ownerbook.reports.forms.supplement import letter as supplement_letter

    return [supplement_letter(r, read.register, name, wanted.how) for r in supplement_requests(space, read, wanted)]


def _application(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    from ownerbook.reports.forms.loan_papers import write_application

    file = row_of(read.register, "files", wanted.file) if wanted.file else -1
    write_application(path, read.register, title_of(space), file=file, how=wanted.how)
    return Text("一页", "one page")


def _slip(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    from ownerbook.reports.forms.loan_papers import write_slip

    needs(read.register, "loans", "files")
    if not wanted.loan:
        raise Unusable(Text("请用 --loan 指明借阅单号", "name the loan with --loan"))
    write_slip(path, read.register, title_of(space), row_of(read.register, "loans", wanted.loan), how=wanted.how)
    return Text("一页两联", "two copies on one page")


def _made_by(module: str, name: str) -> Writer:
    """The writer of a form that a module of its own makes: it is loaded when the form is asked for."""

    def write(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
        writer: Writer = getattr(import_module(f"ownerbook.jobs.{module}"), name)
        return writer(path, space, read, wanted)

    return write


def _of_cabinet(kind: str, path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    from ownerbook.jobs.cabinet_prints import write_as_form

    return write_as_form(kind, path, space, read, wanted)


FORMS: dict[str, Form] = {
    "registration": Form(
        "业主登记表",
        Text("登记、过户用表（--house 可写几套）；填好存入收件箱", "registration or change of ownership (--house)"),
        _made_by("registration_pages", "write_registrations"),
        masked=True,
    ),
    "tenancy": Form(
        "租户登记表",
        Text("租户迁入、迁出用表（--house）；填好存入收件箱", "tenants in and out (--house)"),
        _made_by("registration_pages", "write_tenancies"),
        masked=True,
    ),
    "registration-receipt": Form(
        "业主登记回执",
        Text("给业主的回执，可按房号重印（--house 可写几套）", "the owner's receipt, printed again (--house)"),
        _made_by("receipts", "write_again"),
        masked=True,
    ),
    "handover-list": Form(
        "开发商交房清单",
        Text("批量交房用表，一户一行（--count 行数）；填好存入收件箱", "houses handed over by the developer, a row each (--count)"),
        _made_by("house_pages", "write_handover"),
    ),
    "handover-receipt": Form(
        "交房登记清单",
        Text("一个月内登记的房屋，供双方签字（--month、--building）", "what was registered in a month, to be signed"),
        _made_by("house_pages", "write_receipt"),
        masked=True,
    ),
    "house-change": Form(
        "房屋变更登记表",
        Text("房屋改号、分割、合并用表（--building 或 --house 先列出）；填好存入收件箱", "houses renumbered, divided, joined"),
        _made_by("house_pages", "write_changes"),
    ),
    "change": Form(
        "信息变更登记表",
        Text("业主信息变更登记表（--owner 或 --house）；不写则为批量表；填好存入收件箱", "the change form of an owner; without one, the batch sheet"),
        _made_by("registration_pages", "write_changes"),
        masked=True,
    ),
    "overdue-notice": Form(
        "催还通知", Text("逾期借阅人每人一页，附名单和无联系方式的人", "a page for each borrower with overdue loans"), _overdue, True
    ),
    "supplement": Form("补件通知", Text("缺材料的业主每人一页，附名单", "a page for each owner whose file lacks papers"), _supplement, True),
    "loan-application": Form(
        "借阅申请表", Text("空白或填好档案的申请表（--file）", "the application form, blank or for a file (--file)"), _application
    ),
    "loan-slip": Form("借阅单", Text("一笔借阅的借阅单，一页两联（--loan）", "the slip of a loan in two copies (--loan)"), _slip),
    "audit-sheet": Form(
        "审核清单",
        Text("月度抽查或定期审核的核对单，填好可以读回", "the tick sheet of an audit; filled in, it is read back"),
        _made_by("audit_pages", "write_audit"),
        masked=True,
    ),
    "appraisal": Form(
        "鉴定清单",
        Text("期满待鉴定的档案，填好意见可以读回", "files whose retention is over; filled in, it is read back"),
        _made_by("disposal_pages", "write_appraisals"),
    ),
    "destruction": Form(
        "销毁清册",
        Text("已批准待销毁的档案和待删的电子件", "approved destructions and the scans to delete"),
        _made_by("disposal_pages", "write_destructions"),
    ),
    "transfer": Form(
        "移交清单",
        Text("要移交的档案；--everything 为全部移交（更换物业）", "files to hand over; --everything when the company changes"),
        _made_by("disposal_pages", "write_transfers"),
    ),
    "archiving": Form(
        "归档清单",
        Text("可以归档的、待批准和待执行的归档，填好可以读回", "files to archive, to approve, to carry out; filled in, it is read back"),
        _made_by("disposal_pages", "write_archivings"),
    ),
    "disposal-approval": Form(
        "处置批准单",
        Text("归档、销毁、移交中待批准的，填好可以读回", "disposals that wait for approval; filled in, it is read back"),
        _made_by("disposal_pages", "write_approvals"),
    ),
    "signing": Form(
        "待签办单",
        Text("待整改、待复核、借阅待审、变更待审，签好可以读回", "rectifications, verifications, loans and changes to decide; read back"),
        _made_by("filled_lists", "write_signing_list"),
        masked=True,
    ),
    "late-papers": Form(
        "补件登记单",
        Text("后来补交的材料一件一行，另列待整理的档案（--house、--late）；填好存入收件箱", "papers that come later; filled in, it is read back"),
        _made_by("filled_lists", "write_late"),
        masked=True,
    ),
    "duties-matrix": Form(
        "权限责任表",
        Text("谁可以办哪个环节、缺不缺人、培训学时", "who may do which step, what lacks a person, training"),
        _made_by("duty_pages", "write_matrix"),
        masked=True,
    ),
    "archivist-handover": Form(
        "档案管理交接清单",
        Text("档案员离岗交接：未了事项、按盒清点、钥匙（--person 工号）", "what an archivist who leaves hands over (--person)"),
        _made_by("duty_pages", "write_handover"),
        masked=True,
    ),
    "room-check": Form(
        "库房检查表",
        Text("各档案室一行，另列未完成的措施（--late 只列到期的）；填好存入收件箱", "rooms of the store to check, and open measures; read back"),
        _made_by("room_forms", "write_rooms"),
        masked=True,
    ),
    "request-form": Form(
        "权利请求登记表",
        Text("业主要查阅、复制、更正、删除或撤回同意（--owner）；填好存入收件箱", "a request of an owner about their data (--owner)"),
        _made_by("duty_forms", "write_request"),
    ),
    "incident-form": Form(
        "个人信息事件登记表",
        Text("泄露、丢失等事件；填好存入收件箱", "an incident; filled in, it is read back"),
        _made_by("duty_forms", "write_incident"),
    ),
    "incident-letter": Form(
        "事件通知书",
        Text("一起事件的通知：主管部门一页、涉及的业主每人一页（--file 事件编号）", "letters about an incident (--file NO)"),
        _made_by("incident_letters", "write_letters"),
    ),
    **{kind: Form(zh, about, partial(_of_cabinet, kind), masked=True) for kind, zh, about in CABINET},
}


def kind_of(word: str) -> str:
    """The kind of form that a word names, in either language. Raises Unusable."""
    for kind, form in FORMS.items():
        if word in (kind, form.zh):
            return kind
    known = "、".join(f"{f.zh}({k})" for k, f in FORMS.items())
    raise Unusable(Text(f"没有「{word}」这种单，可用的有 {known}", f"there is no form {word}; known are {', '.join(FORMS)}"))


def write_form(kind: str, space: Workspace, read: Read, wanted: Wanted, output: Path | None = None) -> tuple[Path, Text]:
    """Write a form. Gives its path and what it holds, in few words. Raises Unusable, PenError."""
    from ownerbook.reports.pen import CannotWrite

    form = FORMS[kind]
    wanted = replace(wanted, masked=form.masked if wanted.masked is None else wanted.masked)
    loan = wanted.loan or wanted.file
    of = {"change": wanted.owner or wanted.house, "loan-slip": loan, "loan-application": loan}.get(kind, "")
    of = of or (wanted.file or wanted.house if kind in ("registration", "tenancy", "registration-receipt") or isinstance(form.write, partial) else "")
    of = of if len(of) <= LONGEST else f"{of[:LONGEST]}等"  # many houses
    tail = f"_{of}" if of else ""
    day = read.register.today.isoformat()
    when = day
    if kind == "audit-sheet" and wanted.audit != "定期":
        from ownerbook.jobs.audit_pages import month_of

        when = month_of(read, wanted)
    folder = space.root / space.settings["reports.folder"] if space.declared else Path.cwd()
    path = output or folder / f"{form.zh}{re.sub(r'[^0-9A-Za-z一-鿿-]', '-', tail) if tail else ''}_{when}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    for n in range(1, 10):
        tried = path if n == 1 else path.with_name(f"{path.stem}({n}){path.suffix}")
        try:
            return tried, form.write(tried, space, read, wanted)
        except CannotWrite as error:
            if not isinstance(error.__cause__, PermissionError) or n == 9:
                raise
    raise AssertionError
