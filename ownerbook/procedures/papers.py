"""The papers of a registration: which came, and which are still owed by policy 必备材料."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ownerbook.calendar.terms import WORKDAY, Term
from ownerbook.procedures.registration import Line
from ownerbook.reconcile.change import Said
from ownerbook.register.policy import Policy
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.register.register import Register

AUTHORITY = "授权委托书"
PROOFS = ("变更证明", "购房合同")
"""Papers that may prove a change of ownership, the likeliest first."""
_TOLD = ("form", "pages", "copies", "received_on", "checked_by", "title")


def required(policy: Policy, use: str, *, company: bool, minor: bool, agent: bool) -> tuple[str, ...]:
    """The papers that a file must hold: policy's list for companies or minors where it is set, else that of the use; an authority where
    somebody acts for another."""
    if company and policy.papers_company:
        wanted = tuple(policy.papers_company)
    elif minor and policy.papers_minor:
        wanted = tuple(policy.papers_minor)
    else:
        wanted = policy.papers(use)
    return (*wanted, AUTHORITY) if (company or agent) and AUTHORITY not in wanted else wanted


def came(line: Line) -> bool:
    """Whether a paper was handed in: something besides its kind is filled in, and it is not 待补."""
    return bool(line.text("doc_type")) and line.text("status") != "待补" and any(line.text(f) for f in _TOLD)


def owed(wanted: Sequence[str], held: Iterable[str], *, company: bool) -> tuple[str, ...]:
    """What is still to come. For a company a 营业执照 does for 身份证件复印件 (judging.md §6)."""
    have = set(held)
    if company and "营业执照" in have:
        have.add("身份证件复印件")
    return tuple(w for w in wanted if w not in have)


def against(line: Line, values: Mapping[str, Said]) -> Text | None:
    """Why a paper that came cannot be entered: what 材料 must say of it is not said."""
    names = {"doc_type": "材料类型", "form": "形式", "pages": "页数"}
    lacking = [zh for f, zh in names.items() if f not in values]
    if not lacking:
        return None
    zh = f"{line.place} {line.text('doc_type')}：没有写{'、'.join(lacking)}，这件没有登记"
    return Text(zh, f"{line.place} {line.text('doc_type')}: {', '.join(lacking)} is not said; this paper is not entered")


def under_age(number: str, day: date, years: int = 18) -> bool:
    """Whether the holder of a resident number is younger than so many years on a day; False where the number does not say."""
    if len(number) != 18 or not number[6:14].isdigit():
        return False
    return number[6:14] > f"{day.year - years:04d}{day.month:02d}{day.day:02d}"


def due(register: Register, registered_on: date) -> date | None:
    """The last day on which a file is to be complete (policy 登记建档期限), None where its term cannot be counted."""
    term = register.policy.filing_term
    if not isinstance(term, Term):
        return None
    return term.after(registered_on, register.calendar if term.unit == WORKDAY else None)
