"""Free texts, and what a cell of text may hold besides: months, rights, paths, values of the policy."""

from __future__ import annotations

import re

import numpy as np

from ownerbook.register.readers.common import (
    Told,
    clear_rejected,
    distinct,
    drop_blanks,
    good_of,
    identify,
    no_ids,
    reject_injection,
    reject_kinds,
    remark_damage,
    remark_values,
    seal,
)
from ownerbook.register.texts import Breaks, Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import BLANK, GOOD, Understood
from ownerbook.schema.cells import Kind
from ownerbook.schema.kinds import Month, PolicyValue, Rights, ScanPath, Words
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table, number_as_typed

SPARED = frozenset({"备注", "通讯地址", "说明"})
"""Headers of the columns whose line breaks are no damage (judging.md §3, B08)."""
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})月?|(\d{4})(\d{2})", re.ASCII)


@reads(Words)
def words(table: Table, column: Column, out: Understood, context: Context) -> None:
    """Texts as they are; numbers and dates typed into a text column are texts too."""
    kind = column.kind
    assert isinstance(kind, Words)
    no_ids(out, len(table))
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.WORDS, breaks=Breaks.SPARED if column.header.zh in SPARED else Breaks.DAMAGE)
    drop_blanks(out, texts)
    if column.field == "address":
        seal(table, out, texts, context)
    reject_injection(table, out, texts, signs_only=kind.free)
    identify(out, texts)
    assert out.ids is not None
    other = good_of(out, Kind.NUMBER, Kind.DATE, Kind.BOOL)
    if len(other):
        out.ids[other] = context.names.numbers([table.found(column.field, int(r)) for r in other])
    remark_damage(out, texts)
    clear_rejected(out)


@reads(ScanPath)
def scan_path(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A path: as it stands."""
    no_ids(out, len(table))
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.WORDS)
    drop_blanks(out, texts)
    reject_injection(table, out, texts)
    identify(out, texts)
    reject_kinds(out, "unreadable", Kind.NUMBER, Kind.DATE, Kind.BOOL)
    remark_damage(out, texts)
    clear_rejected(out)


@reads(Month)
def month(table: Table, column: Column, out: Understood, context: Context) -> None:
    """2026-10; a cell that the spreadsheet took for a day of that month is right too, 2026.10 as a number is not (it may be 2026.1)."""
    no_ids(out, len(table))
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    reject_injection(table, out, texts)
    read = dict(zip(texts.rows.tolist(), texts.each_row(), strict=True))
    for row in np.flatnonzero(out.cells.kind == Kind.DATE).tolist():
        read[row] = table.found(column.field, row)[:7]
    for row in np.flatnonzero(out.cells.kind == Kind.NUMBER).tolist():
        value = float(out.cells.value[row])
        read[row] = number_as_typed(value) if value == int(value) else ""
    assert out.ids is not None
    for row, text in read.items():
        if out.state[row] != GOOD:
            continue
        m = _MONTH.fullmatch(text)
        if m and 1 <= int(m[2] or m[4]) <= 12:
            out.ids[row] = context.names.number(f"{m[1] or m[3]}-{int(m[2] or m[4]):02d}")
        else:
            out.reject("unreadable", [row])
    reject_kinds(out, "unreadable", Kind.BOOL)
    remark_damage(out, texts)
    clear_rejected(out)


@reads(PolicyValue)
def policy_value(table: Table, column: Column, out: Understood, context: Context) -> None:
    """值: what it must be depends on the parameter, so the policy judges it; here only whether something harmless is there."""
    no_ids(out, len(table))
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.WORDS, breaks=Breaks.COMMA)
    drop_blanks(out, texts)
    reject_injection(table, out, texts, signs_only=True, formulas=False)
    identify(out, texts)
    # a parameter such as 区号 may be named and left empty: its default holds
    optional = [r for r in np.flatnonzero(out.state == BLANK) if context.policy.may_be_blank(table.found("name", int(r)).strip())]
    if optional:
        out.state[optional] = GOOD
    remark_damage(out, texts)
    clear_rejected(out)


@reads(Rights)
def rights(table: Table, column: Column, out: Understood, context: Context) -> None:
    """权限: what cannot be read as rights is an unlisted value."""
    from ownerbook.register.rights import parse_rights

    no_ids(out, len(table))
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.WORDS, breaks=Breaks.COMMA)
    drop_blanks(out, texts)
    identify(out, texts)
    bad: Told = {i: ("unlisted", None) for i, t in distinct(texts) if parse_rights(t) is None}
    remark_values(out, texts, bad, reject=True)
    reject_kinds(out, "unlisted", Kind.NUMBER, Kind.DATE, Kind.BOOL)
    remark_damage(out, texts)
    clear_rejected(out)
