"""Phones, and electronic addresses."""

from __future__ import annotations

import re

import numpy as np

from ownerbook.identifiers.verdict import Verdict
from ownerbook.register.readers.common import (
    SEALS,
    Told,
    clear_rejected,
    distinct,
    drop_blanks,
    identify,
    no_ids,
    numbers_as_texts,
    numbers_of,
    reject_dates,
    reject_injection,
    reject_kinds,
    remark_damage,
    remark_values,
    seal,
)
from ownerbook.register.readers.people import owner_kind
from ownerbook.register.texts import Care, Texts, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import GOOD, NOTHING, Understood
from ownerbook.schema.cells import Bools, Kind
from ownerbook.schema.kinds import Email, PhoneNumber
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+")
_SHARED = {"scientific": "scientific", "lost-zero": "lost-zero"}  # reasons that other columns have too


@reads(PhoneNumber)
def phone(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A phone. 400, 800 and 95xxx are right unless the row says that its person is no company."""
    kind = column.kind
    assert isinstance(kind, PhoneNumber)
    if column.field not in table.cells:
        no_ids(out, len(table))
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    seal(table, out, texts, context)
    reject_injection(table, out, texts)
    reject_dates(out)
    reject_kinds(out, "unreadable", Kind.BOOL)
    owner = owner_kind(table, kind.kind_field, context)
    company = ~owner.person if owner is not None else np.zeros(len(table), bool)
    area = context.policy.area_code or None
    _texts(out, texts, company, area)
    _numbers(out, company, area)
    clear_rejected(out)


def _texts(out: Understood, texts: Texts, company: Bools, area: str | None) -> None:
    from ownerbook.identifiers import mobile
    from ownerbook.identifiers import phone as scheme

    odd = np.flatnonzero(~mobile.plain_column(*texts.matrix(mobile.DIGITS)) | ~texts.untouched())
    values = texts.values_of(odd)
    for as_company, among in ((False, ~company), (True, company)):
        if not among.any():
            continue
        told: Told = {}
        bad: Told = {}
        canonical: dict[int, str] = {}
        for i, text in zip(odd.tolist(), values, strict=True):
            verdict = scheme.check(text, company=as_company, area_code=area)
            if verdict.canonical:
                canonical[i] = verdict.canonical
            if verdict.reason and i not in texts.blank:
                (told if verdict.canonical else bad)[i] = (_reason(verdict), verdict.suggestion)
        if out.ids is None:
            out.ids = np.full(len(out.state), NOTHING, np.int32)
        mine = among[texts.rows] & (out.state[texts.rows] == GOOD)
        out.ids[texts.rows[mine]] = numbers_of(out, texts, canonical)[texts.inverse[mine]]
        remark_values(out, texts, bad, reject=True, among=among)
        remark_values(out, texts, told, reject=False, among=among)
    remark_damage(out, texts)


def _numbers(out: Understood, company: Bools, area: str | None) -> None:
    """Phones kept as numbers have no place for a leading 0, a + or a dash."""
    from ownerbook.identifiers import phone as scheme

    rows, kept = numbers_as_texts(out, as_notice=False, lost="scientific")
    assert out.ids is not None
    known: dict[tuple[str, bool], tuple[str, str, str | None]] = {}
    told: dict[tuple[str, bool], list[tuple[int, str | None]]] = {}
    for row, text in zip(rows.tolist(), kept, strict=True):
        key = text, bool(company[row])
        if key not in known:
            verdict = scheme.check(text, company=key[1], area_code=area, from_number=True)
            known[key] = _reason(verdict), verdict.canonical, verdict.suggestion
        reason, canonical, suggestion = known[key]
        if canonical:
            out.ids[row] = out.names.number(canonical)
        told.setdefault((reason or "number-cell", bool(canonical)), []).append((row, suggestion if reason else text))
    for (reason, readable), cells in told.items():
        where, what = [row for row, _ in cells], [suggestion for _, suggestion in cells]
        if readable:
            out.remark(reason, where, what)
        else:
            out.reject(reason, where, what)


def _reason(verdict: Verdict) -> str:
    """The reason's key, '' for none. A segment that is not given out is a question, one that cannot be given out a mistake."""
    if verdict.reason == "segment" and not verdict.canonical:
        return "phone-segment-impossible"
    if verdict.reason == "country" and not verdict.canonical:
        return "phone-format"
    return _SHARED.get(verdict.reason, f"phone-{verdict.reason}") if verdict.reason else ""


@reads(Email)
def email(table: Table, column: Column, out: Understood, context: Context) -> None:
    """An electronic address (E10)."""
    no_ids(out, len(table))
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    seal(table, out, texts, context)
    reject_injection(table, out, texts)
    identify(out, texts, {i: t.lower() for i, t in distinct(texts) if t != t.lower()})
    told: Told = {}
    for i, text in distinct(texts):
        if not _EMAIL.fullmatch(text) or text in SEALS:
            mended = re.sub("[。．]", ".", text).replace(" ", "").replace("@@", "@").replace("..", ".")
            told[i] = ("email", mended if _EMAIL.fullmatch(mended) else None)
    remark_values(out, texts, told, reject=False)
    reject_kinds(out, "unreadable", Kind.NUMBER, Kind.DATE, Kind.BOOL)
    remark_damage(out, texts)
    clear_rejected(out)
