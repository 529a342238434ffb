"""Lending, returning and renewing, as plain calls: from what a clerk types to a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.jobs.forms import needs, row_of
from ownerbook.jobs.workspace import Unusable
from ownerbook.register.proposal import Proposal
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text

KINDS = ("业主", "受托人", "员工", "外部单位")
CONDITIONS = ("完好", "缺损", "遗失")


@dataclass(frozen=True, slots=True)
class Borrowing:
    """What is typed to lend a file. reviewer and clerk: 工号 or 姓名; without both it is an application."""

    file: str = ""
    loan: str = ""
    borrower: str = ""
    kind: str = "业主"
    phone: str = ""
    purpose: str = ""
    authority: str = ""
    reviewer: str = ""
    clerk: str = ""


def who(register: Register, text: str, day: date) -> tuple[str, int]:
    """A member of staff: their 工号 and row. Raises Unusable where nobody or several fit, or who fits is not employed."""
    if not text:
        return "", -1
    needs(register, "staff")
    number = day.toordinal() - EPOCH
    persons = register.persons
    found = persons.candidates(text)
    there = [p for p in found if persons.joined[p] <= number <= persons.left[p]]
    if len(there) != 1:
        zh = (
            f"「人员」里没有 {text}，请写工号或登记的姓名"
            if not found
            else f"{text} 在 {day.isoformat()} 不在职，请换人"
            if not there
            else f"「人员」里有 {len(there)} 位 {text}，请用工号"
        )
        en = (
            f"nobody on 人员 is {text}; give a number or a name as registered"
            if not found
            else f"{text} is not employed on {day.isoformat()}; name another"
            if not there
            else f"several are called {text}; use the number"
        )
        raise Unusable(Text(zh, en))
    return register.tables["staff"].found("staff_no", there[0]), there[0]


def lend(register: Register, asked: Borrowing, day: date) -> Proposal:
    """Lend a file anew, or (asked.loan) hand out what was agreed. Raises Unusable for what cannot be understood."""
    from ownerbook.deadlines import loan_acts

    needs(register, "loans", "files", "owners", "documents")
    book, calendar = Whole(register), register.calendar
    clerk, clerk_row = who(register, asked.clerk, day)
    if asked.loan:
        if not clerk:
            raise Unusable(Text("请用 --clerk 指明经办人", "name the clerk with --clerk"))
        return loan_acts.hand_out(book, calendar, row_of(register, "loans", asked.loan), day, clerk, clerk_row)
    asked_for = (
        (asked.file, Text("档号", "the file")),
        (asked.borrower, Text("--borrower 借阅人", "--borrower")),
        (asked.phone, Text("--phone 联系电话", "--phone")),
        (asked.purpose, Text("--purpose 借阅事由", "--purpose")),
    )
    lacking = [words for value, words in asked_for if not value]
    if lacking:
        zh = "、".join(w.zh for w in lacking)
        raise Unusable(Text(f"还要写 {zh}；已有申请的用 --loan 单号", f"say also {', '.join(w.en for w in lacking)}; or --loan for an application"))
    if bool(asked.reviewer) != bool(asked.clerk):
        raise Unusable(
            Text("借出须同时给出 --reviewer 和 --clerk；只登记申请则都不给", "give both --reviewer and --clerk, or neither for an application")
        )
    reviewer, reviewer_row = who(register, asked.reviewer, day)
    authority = row_of(register, "documents", asked.authority) if asked.authority else -1
    new = loan_acts.Lending(
        file=row_of(register, "files", asked.file),
        borrower=_canonical("borrower", asked.borrower, asked.kind),
        kind=asked.kind,
        phone=_canonical("phone", asked.phone, asked.kind),
        purpose=asked.purpose,
        day=day,
        authority=asked.authority,
        authority_row=authority,
        reviewer=reviewer,
        reviewer_row=reviewer_row,
        handler=clerk,
        handler_row=clerk_row,
    )
    return loan_acts.lend(book, calendar, new)


def _canonical(field: str, text: str, kind: str) -> str:
    """A name or a phone as the register would read it. Raises Unusable where it cannot be read."""
    from ownerbook.identifiers import company_name, person_name, phone

    if field == "phone":
        verdict = phone.check(text, company=kind == "外部单位")
    else:
        verdict = (company_name if kind == "外部单位" and company_name.looks_like_company(text) else person_name).check(text)
    if not verdict.readable:
        name = BY_FIELD["loans"].by_field[field].header.zh
        how = Text(
            "；应为 11 位手机号、带区号的固话或以 + 开头的境外号码",
            "; a mobile of 11 digits, a land line with its area code, or + and a country code",
        )
        more = how if field == "phone" else Text("", "")
        raise Unusable(Text(f"{name}「{text}」写法不对{more.zh}", f"{text} cannot be read as {field}{more.en}"))
    return verdict.canonical


def give_back(register: Register, loan: str, day: date, *, receiver: str, condition: str, note: str) -> Proposal:
    """A loan comes back. Raises Unusable."""
    from ownerbook.deadlines import loan_acts

    needs(register, "loans", "files")
    if not receiver and condition != "遗失":
        raise Unusable(Text("请用 --receiver 指明接收人", "name who receives it with --receiver"))
    number, person = who(register, receiver, day)
    return loan_acts.give_back(Whole(register), row_of(register, "loans", loan), day, number, condition, note, person)


def renew(register: Register, loan: str, day: date) -> Proposal:
    """A loan is renewed by one term. Raises Unusable."""
    from ownerbook.deadlines import loan_acts

    needs(register, "loans", "files")
    return loan_acts.renew(Whole(register), register.calendar, row_of(register, "loans", loan), day)
