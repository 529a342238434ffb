"""What several readers do alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np

from ownerbook.identifiers import damage
from ownerbook.register.texts import Texts
from ownerbook.register.understanding import Context
from ownerbook.register.understood import BLANK, GOOD, NOTHING, REJECTED, SEALED, Understood
from ownerbook.schema.cells import Bools, Flag, Ints, Kind
from ownerbook.schema.table import Table

Told = dict[int, tuple[str, str | None]]
"""Distinct texts of which there is something to say: index → reason and suggestion."""

SEALS = frozenset({"已封存", "已删除"})
_ZEROS = re.compile("0{2,15}")
_SIGN = re.compile(r"[=@]")
_SIGN_OR_PLUS = re.compile(r"[=@+\-]")
_NUMBER = re.compile(r"[+\-][\d.,\s]+(?:[eE][+\-]?\d+)?[%％]?")
_PHONE = re.compile(r"\+?[\d\s()（）.\-]{5,}(?:(?:转|#|ext\.?)\s*\d+)?")


def drop_blanks(out: Understood, texts: Texts) -> None:
    """Cells that hold only a word for nothing are blank; a spreadsheet's error typed as text is an error all the same."""
    if texts.blank:
        rows = texts.rows_of(texts.blank)
        out.state[rows[out.state[rows] == GOOD]] = BLANK
    typed = [i for i in texts.beginning_with("#Ee") if damage.error_literal(texts.value(i))]
    if typed:
        out.reject("error-value", texts.rows_of(typed))


def remark_damage(out: Understood, texts: Texts, canonical: Mapping[int, str] = MappingProxyType({})) -> None:
    """Remark harmless damage; the suggestion is the value seen through it. Where that is not good, `Understood.hush` drops it."""
    by_kind: dict[str, list[int]] = {}
    for i, kind in texts.damage.items():
        by_kind.setdefault(kind, []).append(i)
    for kind, distinct in by_kind.items():
        rows = texts.rows_of(distinct)
        position = np.searchsorted(texts.rows, rows)
        which = [int(texts.inverse[p]) for p in position]
        out.remark(kind, rows, [canonical[i] if i in canonical else texts.value(i) for i in which])


def remark_values(out: Understood, texts: Texts, told: Told, *, reject: bool, among: Bools | None = None) -> None:
    """Remark or reject distinct values that are good so far; `among` narrows to rows of a mask."""
    by_reason: dict[str, list[int]] = {}
    for i, (reason, _) in told.items():
        by_reason.setdefault(reason, []).append(i)
    for reason, distinct in by_reason.items():
        rows = texts.rows_of(distinct)
        rows = rows[out.state[rows] == GOOD]
        if among is not None:
            rows = rows[among[rows]]
        position = np.searchsorted(texts.rows, rows)
        suggestions = [told[int(texts.inverse[p])][1] for p in position]
        if reject:
            out.reject(reason, rows, suggestions)
        else:
            out.remark(reason, rows, suggestions)


def numbers_of(out: Understood, texts: Texts, canonical: Mapping[int, str] = MappingProxyType({})) -> Ints:
    """The numbers of the distinct texts; `canonical` holds those whose canonical form is not the tidied text."""
    numbers = out.names.of_codes(texts.pool, texts.codes)
    other = {**texts.changed, **canonical}
    if other:
        numbers[list(other)] = out.names.numbers(list(other.values()))
    return numbers


def identify(out: Understood, texts: Texts, canonical: Mapping[int, str] = MappingProxyType({})) -> None:
    """Give text cells the numbers of their canonical texts."""
    if out.ids is None:
        out.ids = np.full(len(out.state), NOTHING, np.int32)
    out.ids[texts.rows] = numbers_of(out, texts, canonical)[texts.inverse]
    out.ids[out.state == BLANK] = NOTHING


def no_ids(out: Understood, size: int) -> None:
    """A column that no workbook holds names nothing."""
    out.ids = np.full(size, NOTHING, np.int32)


def as_shown(table: Table, field: str, rows: Ints, digits: list[str]) -> list[str]:
    """Digits of number cells with the zeros before them that a number format such as 000 shows: what people read is 001."""
    style = table.cells[field].style
    if not style.any():
        return digits
    zeros = {int(s): len(f) for s in np.unique(style[rows]) if _ZEROS.fullmatch(f := table.styles[int(s)].number_format)}
    return [d.zfill(zeros.get(int(style[r]), 0)) if d.isdigit() else d for r, d in zip(rows.tolist(), digits, strict=True)] if zeros else digits


def numbers_as_texts(out: Understood, *, as_notice: bool = True, lost: str = "digits-lost", table: Table | None = None) -> tuple[Ints, list[str]]:
    """Number cells in an identifier's column: their digits as text. From 1e15 on the tail is lost and the cell rejected.

    With `table` the digits are those that the cells' number format shows.
    """
    rows = good_of(out, Kind.NUMBER)
    if out.ids is None:
        out.ids = np.full(len(out.state), NOTHING, np.int32)
    if not len(rows):
        return rows, []
    texts = [damage.number_text(float(v)) for v in out.cells.value[rows]]
    out.reject(lost, rows[[i for i, t in enumerate(texts) if t is None]])
    rows = rows[[i for i, t in enumerate(texts) if t is not None]]
    kept = [t for t in texts if t is not None]
    if table is not None:
        kept = as_shown(table, out.column.field, rows, kept)
    if as_notice:
        out.remark("number-cell", rows, kept)
    if kept:
        out.ids[rows] = out.names.numbers(kept)
    return rows, kept


def reject_kinds(out: Understood, reason: str, *kinds: Kind) -> None:
    """Reject cells of these kinds: TRUE, a number or a date where it means nothing."""
    out.reject(reason, good_of(out, *kinds))


def good_of(out: Understood, *kinds: Kind) -> Ints:
    """The good cells of these kinds."""
    are = out.cells.are(*kinds)
    return np.flatnonzero(are & (out.state == GOOD)).astype(np.int32) if are.any() else np.zeros(0, np.int32)


def reject_dates(out: Understood) -> None:
    """Date cells in an identifier's column: the spreadsheet took the number for a date."""
    reject_kinds(out, "became-date", Kind.DATE)


def reject_injection(table: Table, out: Understood, texts: Texts, *, signs_only: bool = False, formulas: bool = True) -> None:
    """Text that a spreadsheet may run as a formula, and formulas where text belongs (B13).

    A leading + or - is right before a number or a phone, and anywhere where `signs_only`. A formula's stored result is what
    its cell should hold; a formula that reaches into another workbook has its own rule (A10).
    """
    pattern = _SIGN if signs_only else _SIGN_OR_PLUS
    bad = [
        i
        for i, t in ((i, texts.value(i)) for i in texts.beginning_with("=@+-"))
        if i not in texts.blank and pattern.match(t) and not _NUMBER.fullmatch(t) and not _PHONE.fullmatch(t)
    ]
    if bad:
        out.reject("injection", texts.rows_of(bad))
    if formulas and out.cells.flag.any():
        flags = out.cells.flag
        rows = np.flatnonzero((flags & Flag.FORMULA != 0) & (out.state == GOOD) & (flags & (Flag.EXTERNAL | Flag.MERGED) == 0)).astype(np.int32)
        out.reject("injection", rows, [table.found(out.column.field, int(r)) or None for r in rows])


def seal(table: Table, out: Understood, texts: Texts, context: Context) -> None:
    """已封存 and 已删除 stand for a value of a former owner: they satisfy the requirement and take part in no rule (judging.md §3)."""
    sealed = texts.equal_to(SEALS) if table.sheet.field == "owners" else ()
    if sealed:
        mine = texts.rows_of(sealed)
        current = context.column("owners", "status").is_("现业主")
        out.state[mine[~current[mine] & (out.state[mine] == GOOD)]] = SEALED


def clear_rejected(out: Understood) -> None:
    """Values of rejected cells are no values; keys keep theirs, for the rows that refer to them."""
    if out.ids is not None and not out.column.key:
        out.ids[np.isin(out.state, (REJECTED, SEALED))] = NOTHING


def distinct(texts: Texts) -> Iterable[tuple[int, str]]:
    """The distinct texts that are not blank."""
    return ((i, t) for i, t in enumerate(texts.values) if i not in texts.blank)
