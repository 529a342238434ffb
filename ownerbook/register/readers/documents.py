"""证件号码, judged by the type that the row names."""

from __future__ import annotations

import re

import numpy as np

from ownerbook.identifiers import damage, document, resident_id
from ownerbook.identifiers.verdict import Status
from ownerbook.register.readers.common import (
    clear_rejected,
    drop_blanks,
    identify,
    no_ids,
    numbers_as_texts,
    reject_dates,
    reject_injection,
    reject_kinds,
    remark_damage,
    seal,
)
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import GOOD, Understood
from ownerbook.schema.cells import Ints, Kind
from ownerbook.schema.kinds import DocumentNumber
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

OTHER_TYPE = "other-type"  # told at 证件类型, by a rule across the row (C08)
_ZEROS = re.compile(r"\d{15}000", re.ASCII)
_BUILT_ALIKE = frozenset({document.RESIDENT_ID, document.RESIDENCE_PERMIT, document.PERMANENT_RESIDENT})
_FORM = frozenset({"length", "characters", "shape"})
_WRITTEN_OTHERWISE = (document.TAIWAN_PERMIT, document.MILITARY_ID)  # brackets and words around the number do not count


def reason_key(id_type: str, reason: str, status: Status) -> str:
    """The key of a remark: wrong forms of permits, passports and military IDs are one, those of credit codes another."""
    if id_type == document.CREDIT_CODE and reason in (*_FORM, "check-digit"):
        return "document-credit-check" if reason == "check-digit" else "document-credit-form"
    if reason in _FORM and status is not Status.INVALID:
        return "document-unusual-length"
    if reason in _FORM and id_type not in _BUILT_ALIKE:
        return "document-shape"
    return f"document-{reason}"


@reads(DocumentNumber)
def document_number(table: Table, column: Column, out: Understood, context: Context) -> None:
    """Each number by its own type; without a readable type only damage is told."""
    kind = column.kind
    assert isinstance(kind, DocumentNumber)
    if column.field not in table.cells:
        no_ids(out, len(table))
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER, look_alike_x=True)
    drop_blanks(out, texts)
    reject_injection(table, out, texts)
    plain = resident_id.plain_column(*texts.matrix(resident_id.LENGTH), today=context.today) & texts.untouched()
    odd = np.flatnonzero(~plain)
    values = dict(zip(odd.tolist(), texts.values_of(odd), strict=True))
    lost = [i for i, t in values.items() if ("E" in t or "e" in t) and damage.scientific(t)]
    if lost:
        out.reject("digits-lost", texts.rows_of(lost))
    seal(table, out, texts, context)
    reject_dates(out)
    reject_kinds(out, "unreadable", Kind.BOOL)
    number_rows, number_texts = numbers_as_texts(out, table=table)
    identify(out, texts, {i: "".join(t.split()).upper() for i, t in values.items()})
    types = context.column(table.sheet.field, kind.type_field)
    assert types.choice is not None
    surely = plain[texts.inverse] & (types.choice[texts.rows] == document.TYPES.index(document.RESIDENT_ID))
    rest = texts.inverse[~surely]
    _judge(out, texts.rows[~surely], texts.values_of(rest), types.choice, context)
    _judge(out, number_rows, number_texts, types.choice, context)
    remark_damage(out, texts)
    clear_rejected(out)


def _judge(out: Understood, rows: Ints, values: list[str], types: Ints, context: Context) -> None:
    """Judge the numbers of `rows`, one value each; sets the canonical form where it differs from the plain text."""
    assert out.ids is not None
    good = out.state[rows] == GOOD
    untyped = [int(rows[i]) for i in np.flatnonzero((types[rows] < 0) & good) if damage.masked(values[i])]
    out.reject("document-masked", untyped)
    chosen = np.flatnonzero((types[rows] >= 0) & good)
    picked = [values[i] for i in chosen.tolist()]
    where = rows[chosen]
    which = types[where].astype(np.int64)
    _, reasons = document.check_column(which, picked, today=context.today)
    told: dict[tuple[str, bool], list[tuple[int, str | None]]] = {}
    for i in np.flatnonzero(reasons).tolist():
        id_type, text, row = document.TYPES[int(which[i])], picked[i], int(where[i])
        verdict = document.check(id_type, text, today=context.today)
        if verdict.canonical:
            out.ids[row] = out.names.number(verdict.canonical)
        if verdict.reason == OTHER_TYPE:
            continue
        key = reason_key(id_type, verdict.reason, verdict.status)
        if verdict.reason == "check-digit" and _ZEROS.fullmatch(verdict.canonical):
            key = "digits-lost"  # what is left of a number that a spreadsheet once held as one
        told.setdefault((key, verdict.status is Status.INVALID), []).append((row, verdict.suggestion))
    for (key, rejected), cells in told.items():
        at, suggestions = [r for r, _ in cells], [s for _, s in cells]
        if rejected:
            out.reject(key, at, suggestions)
        else:
            out.remark(key, at, suggestions)
    for id_type in _WRITTEN_OTHERWISE:
        for i in np.flatnonzero((which == document.TYPES.index(id_type)) & (reasons == 0)).tolist():
            out.ids[where[i]] = out.names.number(document.canonical(id_type, picked[i]))
