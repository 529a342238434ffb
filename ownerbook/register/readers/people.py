"""Names of persons and companies, phones, and members of staff."""

from __future__ import annotations

import re

import numpy as np

from ownerbook.register.readers.common import (
    bools_as_texts,
    clear_rejected,
    drop_blanks,
    identify,
    numbers_as_texts,
    reject_dates,
    reject_injection,
    remark_damage,
    remark_values,
)
from ownerbook.register.readers.words import seal
from ownerbook.register.texts import Care, Texts, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import BLANK, GOOD, NOTHING, Understood
from ownerbook.schema.cells import Kind
from ownerbook.schema.kinds import Name, PhoneNumber, StaffMember
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_PLACEHOLDERS = ("无", "暂无")


@reads(Name)
def name(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A person, or where the row says 法人 a company. D03 and D07 are for persons only; 无 is a placeholder here (D04)."""
    from ownerbook.identifiers import company_name, person_name

    kind = column.kind
    assert isinstance(kind, Name)
    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.NAME)
    placeholders = {i for i in texts.blank if texts.found[i].strip(" ") in _PLACEHOLDERS}
    texts.blank -= placeholders
    drop_blanks(out, texts)
    canonical = list(texts.values)
    persons: dict[int, tuple[str, str | None, bool]] = {i: ("name-placeholder", None, True) for i in placeholders}
    companies: dict[int, tuple[str, str | None, bool]] = dict(persons)
    for i, text in enumerate(texts.values):
        if i in texts.blank or i in persons or (_PLAIN_NAME.fullmatch(text) and i not in texts.damage and text not in person_name.PLACEHOLDERS):
            continue
        # the name as found is asked first: a blank inside a two-character name has its own rule (D02)
        verdict = person_name.check(texts.found[i].strip(" \t\r\n") if not texts.damage.get(i) == "apostrophe" else text)
        if verdict.reason == "inner-space":
            texts.damage.pop(i, None)
        elif i in texts.damage:
            verdict = person_name.check(text)
        if verdict.canonical:
            canonical[i] = verdict.canonical
        if verdict.reason:
            persons[i] = (f"name-{verdict.reason}", verdict.suggestion, not verdict.canonical)
            if verdict.reason in ("placeholder", "lost-character", "dot"):
                companies[i] = persons[i]
            else:
                judged = company_name.check(text)
                if judged.reason and not judged.canonical:
                    companies[i] = (f"name-{judged.reason}", judged.suggestion, True)
    reject_injection(out, texts)
    identify(out, texts, canonical)
    _told(out, texts, persons, companies, _companies(table, kind.kind_field, context))
    remark_damage(out, texts)
    for row in np.flatnonzero(np.isin(out.cells.kind, (Kind.NUMBER, Kind.DATE, Kind.BOOL)) & (out.state == GOOD)):
        out.reject("name-placeholder", [int(row)])
    clear_rejected(out)


def _companies(table: Table, kind_field: str, context: Context) -> np.ndarray | None:  # type: ignore[type-arg]
    return context.column(table.sheet.field, kind_field).is_("法人") if kind_field else None


def _told(out: Understood, texts: Texts, persons: dict[int, tuple[str, str | None, bool]], companies: dict[int, tuple[str, str | None, bool]], company: np.ndarray | None) -> None:  # type: ignore[type-arg]
    """Remark by what the row's owner is."""
    for verdicts, for_company in ((persons, False), (companies, True)):
        if company is None and for_company:
            continue
        for i, (reason, suggestion, rejected) in verdicts.items():
            rows = texts.rows_of([i])
            if company is not None:
                rows = rows[company[rows] == for_company]
            if rejected:
                out.reject(reason, rows, [suggestion] * len(rows))
            else:
                out.remark(reason, rows, [suggestion] * len(rows))


@reads(PhoneNumber)
def phone(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A phone. Short service numbers are right for a company only."""
    from ownerbook.identifiers import phone as scheme

    kind = column.kind
    assert isinstance(kind, PhoneNumber)
    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    area = context.policy.area_code or None
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    seal(table, out, texts.values, texts.rows, texts.inverse, context)
    company = _companies(table, kind.kind_field, context)
    reject_dates(out)
    bools_as_texts(table, out)
    rows, kept = numbers_as_texts(out, as_notice=False, lost="scientific")
    good_numbers: list[tuple[int, str]] = []
    for row, text in zip(rows, kept, strict=True):
        verdict = scheme.check(text, company=bool(company is not None and company[row]), area_code=area, from_number=True)
        assert out.ids is not None
        if verdict.canonical:
            out.ids[row] = context.names.number(verdict.canonical)
        if not verdict.reason:
            good_numbers.append((int(row), text))
        elif verdict.canonical:
            out.remark(_phone_reason(verdict.reason), [int(row)], [verdict.suggestion])
        else:
            out.reject(_phone_reason(verdict.reason), [int(row)], [verdict.suggestion])
    out.remark("number-cell", [r for r, _ in good_numbers], [t for _, t in good_numbers])
    statuses, reasons, canonical = scheme.check_column(texts.values, area_code=area)
    sealed = {i for i, v in enumerate(texts.values) if v in ("已封存", "已删除")}
    told: dict[int, tuple[str, str | None]] = {}
    bad: dict[int, tuple[str, str | None]] = {}
    as_company: list[int] = []
    for i in np.flatnonzero(reasons):
        n = int(i)
        if n in texts.blank:
            continue
        if company is not None and not canonical[n] and scheme.check(texts.values[n], company=True, area_code=area).canonical:
            as_company.append(n)
        verdict = scheme.check(texts.values[n], company=False, area_code=area)
        (told if verdict.canonical else bad)[n] = (_phone_reason(verdict.reason), verdict.suggestion)
    identify(out, texts, [c or v for c, v in zip(canonical, texts.values, strict=True)])
    if sealed:
        mine = texts.rows_of(sealed)
        mine = mine[out.state[mine] == GOOD]
        out.reject("phone-shape", mine)
        for n in sealed:
            bad.pop(n, None)
            told.pop(n, None)
    if as_company and company is not None:
        for n in as_company:
            mine = texts.rows_of([n])
            out.reject(bad[n][0] if n in bad else told[n][0], mine[~company[mine]])
            bad.pop(n, None)
            told.pop(n, None)
    texts.damage = {i: k for i, k in texts.damage.items() if i not in bad and i not in told}
    remark_values(out, texts, bad, reject=True)
    remark_values(out, texts, told, reject=False)
    remark_damage(out, texts)
    clear_rejected(out)


def _phone_reason(reason: str) -> str:
    return {"scientific": "scientific", "masked": "masked", "lost-zero": "lost-zero"}.get(reason, f"phone-{reason}")


@reads(StaffMember)
def staff(table: Table, column: Column, out: Understood, context: Context) -> None:
    """The text that names a member of staff; who it is says `Persons`."""
    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.WORDS)
    drop_blanks(out, texts)
    identify(out, texts)
    assert out.ids is not None
    numbers = np.flatnonzero((out.cells.kind == Kind.NUMBER) & (out.state == GOOD))
    if len(numbers):
        out.ids[numbers] = context.names.numbers([table.found(column.field, int(r)) for r in numbers])
    reject_dates(out)
    remark_damage(out, texts)
    out.ids[out.state == BLANK] = NOTHING
    clear_rejected(out)
