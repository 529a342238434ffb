"""证件号码, judged by the type that the row names."""

from __future__ import annotations

import numpy as np

from ownerbook.identifiers import damage, document
from ownerbook.register.readers.common import (
    DAMAGE,
    bools_as_texts,
    clear_rejected,
    drop_blanks,
    identify,
    numbers_as_texts,
    reject_dates,
    reject_injection,
    remark_damage,
)
from ownerbook.register.readers.words import SEALS, seal
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import GOOD, NOTHING, Understood
from ownerbook.schema.kinds import DocumentNumber
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

OTHER_TYPE = "other-type"  # told at 证件类型, by a rule across the row (C08)


@reads(DocumentNumber)
def document_number(table: Table, column: Column, out: Understood, context: Context) -> None:
    """Each number by its own type; without a readable type only damage is told."""
    kind = column.kind
    assert isinstance(kind, DocumentNumber)
    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER, look_alike_x=True)
    drop_blanks(out, texts)
    reject_injection(out, texts)
    lost = [i for i, t in enumerate(texts.values) if ("E" in t or "e" in t) and damage.scientific(t)]
    if lost:
        out.reject("digits-lost", texts.rows_of(lost))
    seal(table, out, texts.values, texts.rows, texts.inverse, context)
    reject_dates(out)
    bools_as_texts(table, out)
    number_rows, number_texts = numbers_as_texts(out)
    identify(out, texts, [t.upper() for t in texts.values])
    types = context.column(table.sheet.field, kind.type_field)
    assert types.choice is not None and out.ids is not None
    _judge(out, texts.rows, [texts.values[i] for i in texts.inverse], types.choice, context, number=False)
    _judge(out, number_rows, number_texts, types.choice, context, number=True)
    texts.damage = {i: k for i, k in texts.damage.items() if k in DAMAGE}
    remark_damage(out, texts)
    clear_rejected(out)


def _judge(out: Understood, rows: np.ndarray, values: list[str], types: np.ndarray, context: Context, *, number: bool) -> None:  # type: ignore[type-arg]
    if not len(rows):
        return
    assert out.ids is not None
    typed = (types[rows] >= 0) & (out.state[rows] == GOOD)
    chosen = np.flatnonzero(typed)
    picked = [values[i] for i in chosen]
    statuses, reasons = document.check_column(types[rows[chosen]].astype(np.int64), picked, today=context.today)
    flagged = np.flatnonzero(reasons)
    told: dict[tuple[str, bool], list[tuple[int, str | None]]] = {}
    for f in flagged:
        row, text = int(rows[chosen[f]]), picked[int(f)]
        reason = document.REASONS[int(reasons[f])]
        if reason == OTHER_TYPE:
            continue
        verdict = document.check(document.TYPES[int(types[row])], text, today=context.today)
        told.setdefault((f"document-{reason}", not verdict.canonical or int(statuses[f]) == 3), []).append((row, verdict.suggestion))
    for (reason, rejected), cells in told.items():
        where, what = [r for r, _ in cells], [s for _, s in cells]
        if rejected:
            out.reject(reason, where, what)
        else:
            out.remark(reason, where, what)
    untyped = np.flatnonzero((types[rows] < 0) & (out.state[rows] == GOOD))
    for i in untyped:
        if "*" in values[i] and values[i] not in SEALS:
            out.reject("document-masked", [int(rows[i])])
