"""Free texts, and the numbers that name our own things."""

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
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import BLANK, GOOD, NOTHING, Understood
from ownerbook.schema.cells import Kind
from ownerbook.schema.kinds import Email, FileNumber, Fingerprint, Month, Number, PolicyValue, Reference, Rights, ScanPath, Words
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table, number_as_typed


@reads(Words)
def words(table: Table, column: Column, out: Understood, context: Context) -> None:
    """Texts as they are; numbers and dates typed into a text column are texts too."""
    kind = column.kind
    assert isinstance(kind, Words)
    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.WORDS, lines=kind.lines)
    drop_blanks(out, texts)
    reject_injection(out, texts, free=kind.free)
    identify(out, texts)
    assert out.ids is not None
    other = np.flatnonzero(np.isin(out.cells.kind, (Kind.NUMBER, Kind.DATE, Kind.BOOL)) & (out.state == GOOD))
    if len(other):
        out.ids[other] = context.names.numbers([table.found(column.field, int(r)) for r in other])
    remark_damage(out, texts)
    clear_rejected(out)


@reads(Number, Fingerprint)
def number(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A number that names one of our things."""
    _identifier(table, column, out, context)


def _identifier(table: Table, column: Column, out: Understood, context: Context) -> None:
    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    reject_injection(out, texts)
    identify(out, texts)
    reject_dates(out)
    bools_as_texts(table, out)
    numbers_as_texts(out)
    remark_damage(out, texts)
    clear_rejected(out)


@reads(Reference)
def reference(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A reference is read as the key that it refers to."""
    kind = column.kind
    assert isinstance(kind, Reference)
    if kind.sheet == "houses":
        from ownerbook.register.readers import houses

        houses.house(table, column, out, context)
        return
    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    identify(out, texts)
    reject_dates(out)
    numbers_as_texts(out)
    remark_damage(out, texts)
    clear_rejected(out)


@reads(FileNumber)
def file_number(table: Table, column: Column, out: Understood, context: Context) -> None:
    """档号: form I04; its parts are judged by the rules."""
    _identifier(table, column, out, context)
    if column.field not in table.cells:
        return
    from ownerbook.identifiers import file_no

    texts = texts_of(table, column.field, Care.IDENTIFIER)
    pattern = context.policy.file_format
    told: dict[int, tuple[str, str | None]] = {}
    for i, text in enumerate(texts.values):
        if i in texts.blank:
            continue
        verdict = file_no.check(text, pattern)
        if not verdict.ok:
            told[i] = ("file-format", verdict.suggestion)
    if told:
        remark_values(out, texts, told, reject=False)


@reads(Email)
def email(table: Table, column: Column, out: Understood, context: Context) -> None:
    """An electronic address (E10)."""
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    seal(table, out, texts.values, texts.rows, texts.inverse, context)
    told: dict[int, tuple[str, str | None]] = {}
    for i, text in enumerate(texts.values):
        if i not in texts.blank and not _EMAIL.fullmatch(text):
            fixed = text.replace("。", ".").replace("＠", "@").replace(" ", "").replace("@@", "@")
            told[i] = ("email", fixed if _EMAIL.fullmatch(fixed) else None)
    told = {i: t for i, t in told.items() if texts.values[i] not in SEALS}
    remark_values(out, texts, told, reject=False)
    remark_damage(out, texts)


_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+")
SEALS = frozenset({"已封存", "已删除"})


def seal(table: Table, out: Understood, values: list[str], rows: np.ndarray, inverse: np.ndarray, context: Context) -> None:  # type: ignore[type-arg]
    """已封存 and 已删除 stand for a value of a former owner: they satisfy the requirement and take part in no rule (judging.md §3)."""
    from ownerbook.register.understood import SEALED

    sealed = [i for i, v in enumerate(values) if v in SEALS]
    if sealed and table.sheet.field == "owners":
        mine = rows[np.isin(inverse, sealed)]
        former = context.column("owners", "status").is_("原业主")
        out.state[mine[former[mine]]] = SEALED


@reads(ScanPath)
def scan_path(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A path: as it stands."""
    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.WORDS)
    drop_blanks(out, texts)
    reject_injection(out, texts)
    identify(out, texts)
    remark_damage(out, texts)
    clear_rejected(out)


_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")


@reads(Month)
def month(table: Table, column: Column, out: Understood, context: Context) -> None:
    """2026-10; a cell that the spreadsheet took for the first of that month is right too."""
    out.ids = np.full(len(table), NOTHING, np.int32)
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    for rows, values in (
        (texts.rows, [texts.values[i] for i in texts.inverse]),
        (np.flatnonzero(out.cells.kind == Kind.DATE), [table.found(column.field, int(r))[:7] for r in np.flatnonzero(out.cells.kind == Kind.DATE)]),
        (np.flatnonzero(out.cells.kind == Kind.NUMBER), [number_as_typed(float(v)) for v in out.cells.value[out.cells.kind == Kind.NUMBER]]),
    ):
        for row, value in zip(rows, values, strict=True):
            if out.state[row] != GOOD:
                continue
            m = _MONTH.fullmatch(value)
            if m and 1 <= int(m[2]) <= 12:
                out.ids[row] = context.names.number(f"{m[1]}-{int(m[2]):02d}")
            else:
                out.reject("unreadable", [int(row)])
    remark_damage(out, texts)


@reads(PolicyValue)
def policy_value(table: Table, column: Column, out: Understood, context: Context) -> None:
    """值: what it must be depends on the parameter, so the policy judges it; here only whether something is there."""
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.WORDS, lines=True)
    drop_blanks(out, texts)
    # a parameter such as 区号 may be named and left empty: its default holds
    optional = [r for r in np.flatnonzero(out.state == BLANK) if context.policy.may_be_blank(table.found("name", int(r)))]
    if optional:
        out.state[optional] = GOOD


@reads(Rights)
def rights(table: Table, column: Column, out: Understood, context: Context) -> None:
    """权限: what cannot be read as rights is an unlisted value."""
    from ownerbook.register.rights import parse_rights

    if column.field not in table.cells:
        out.ids = np.full(len(table), NOTHING, np.int32)
        return
    texts = texts_of(table, column.field, Care.WORDS, lines=True)
    drop_blanks(out, texts)
    identify(out, texts)
    bad: dict[int, tuple[str, str | None]] = {i: ("unlisted", None) for i, t in enumerate(texts.values) if i not in texts.blank and parse_rights(t) is None}
    remark_values(out, texts, bad, reject=True)
    remark_damage(out, texts)
    clear_rejected(out)
