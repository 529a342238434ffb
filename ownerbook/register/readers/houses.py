"""房号 in all its spellings, and 不动产权证号."""

from __future__ import annotations

import numpy as np

from ownerbook.register.readers.common import (
    bools_as_texts,
    clear_rejected,
    drop_blanks,
    identify,
    numbers_as_texts,
    reject_injection,
    remark_damage,
    remark_values,
)
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import GOOD, NOTHING, Understood
from ownerbook.schema.cells import Kind
from ownerbook.schema.kinds import HouseNumber, TitleNumber
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table


@reads(HouseNumber)
def house(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A house by its canonical form; other spellings are remarked, and what a spreadsheet made of it is told (B04, B05)."""
    from ownerbook.identifiers import damage

    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    if column.key:
        reject_injection(out, texts)
    formats = context.policy.house_format
    canonical = list(texts.values)
    bad: dict[int, tuple[str, str | None]] = {}
    other: dict[int, tuple[str, str | None]] = {}
    for i, text in enumerate(texts.values):
        if i in texts.blank:
            continue
        form = formats.canonical(text)
        if form is None:
            bad[i] = ("house-unreadable", None)
        elif form != text:
            canonical[i] = form
            other[i] = ("house-spelling", form)
    remark_values(out, texts, bad, reject=True)
    identify(out, texts, canonical)
    texts.damage = {i: k for i, k in texts.damage.items() if i not in other}
    remark_damage(out, texts)
    remark_values(out, texts, other, reject=False)
    assert out.ids is not None
    for row in np.flatnonzero((out.cells.kind == Kind.DATE) & (out.state == GOOD)):
        shown = table.styles[int(out.cells.style[row])].number_format
        from ownerbook.identifiers import dates

        day = dates.from_serial(float(out.cells.value[row]), table.sources[int(table.source[row])].date1904)
        meant = damage.house_from_date(day, "y" in shown.lower() or shown == "General") if day else None
        out.reject("house-became-date", [int(row)], [meant])
    for row in np.flatnonzero((out.cells.kind == Kind.NUMBER) & (out.state == GOOD)):
        meant = damage.house_from_power(float(out.cells.value[row]))
        if meant is not None:
            out.reject("house-became-number", [int(row)], [meant])
    bools_as_texts(table, out)
    rows, kept = numbers_as_texts(out, as_notice=False, lost="house-unreadable")
    unread = [int(r) for r, t in zip(rows, kept, strict=True) if formats.canonical(t) is None]
    out.reject("house-unreadable", unread)
    read = [(int(r), formats.canonical(t)) for r, t in zip(rows, kept, strict=True) if formats.canonical(t) is not None]
    out.remark("number-cell", [r for r, _ in read], [t for _, t in read])
    for row, form in read:
        out.ids[row] = context.names.number(form or "")
    clear_rejected(out)


@reads(TitleNumber)
def title(table: Table, column: Column, out: Understood, context: Context) -> None:
    """不动产权证号: other or older forms warn (F10)."""
    from ownerbook.identifiers import title_certificate

    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.WORDS)
    drop_blanks(out, texts)
    reject_injection(out, texts)
    canonical = list(texts.values)
    told: dict[int, tuple[str, str | None]] = {}
    for i, text in enumerate(texts.values):
        if i in texts.blank:
            continue
        verdict = title_certificate.check(text, today=context.today)
        if verdict.canonical:
            canonical[i] = verdict.canonical
        if not verdict.ok:
            told[i] = ("title", verdict.suggestion)
    identify(out, texts, canonical)
    numbers_as_texts(out)
    remark_values(out, texts, told, reject=False)
    remark_damage(out, texts)
    clear_rejected(out)
