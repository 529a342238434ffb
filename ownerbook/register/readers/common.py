"""What several readers do alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ownerbook.identifiers import damage
from ownerbook.register.texts import Texts
from ownerbook.register.understood import BLANK, GOOD, NOTHING, REJECTED, Understood
from ownerbook.schema.cells import Flag, Ints, Kind
from ownerbook.schema.table import Table

INJECTION = re.compile(r"^[=@]|^[+\-](?![\d.\s()（）+\-]*$)(?!\+?[\d\-\s()转]+$)")
DAMAGE = {"invisible", "full-width", "apostrophe", "float-tail", "look-alike"}


def drop_blanks(out: Understood, texts: Texts) -> None:
    """Cells that hold only a word for nothing are blank; a spreadsheet's error typed as text is an error all the same."""
    if texts.blank:
        out.state[texts.rows_of(texts.blank)] = BLANK
    typed = [i for i, t in enumerate(texts.values) if t[:1] in "#E" and t and damage.error_literal(t)]
    if typed:
        out.reject("error-value", texts.rows_of(typed))


def remark_damage(out: Understood, texts: Texts, *, values: Sequence[str] | None = None) -> None:
    """Remark harmless damage where the value is good all the same; the suggestion is the value seen through it."""
    values = values if values is not None else texts.values
    by_kind: dict[str, list[int]] = {}
    for i, kind in texts.damage.items():
        by_kind.setdefault(kind, []).append(i)
    for kind, distinct in by_kind.items():
        rows = texts.rows_of(distinct)
        rows = rows[out.state[rows] == GOOD]
        position = np.searchsorted(texts.rows, rows)
        out.remark(kind, rows, [values[int(texts.inverse[p])] for p in position])


def remark_values(out: Understood, texts: Texts, reasons: dict[int, tuple[str, str | None]], *, reject: bool) -> None:
    """Remark distinct values: index → reason and suggestion."""
    by_reason: dict[str, list[int]] = {}
    for i, (reason, _) in reasons.items():
        by_reason.setdefault(reason, []).append(i)
    for reason, distinct in by_reason.items():
        rows = texts.rows_of(distinct)
        position = np.searchsorted(texts.rows, rows)
        told = [reasons[int(texts.inverse[p])][1] for p in position]
        if reject:
            out.reject(reason, rows, told)
        else:
            out.remark(reason, rows, told)


def identify(out: Understood, texts: Texts, canonical: Sequence[str] | None = None) -> None:
    """Give text cells the numbers of their canonical texts."""
    if out.ids is None:
        out.ids = np.full(len(out.state), NOTHING, np.int32)
    out.ids[texts.rows] = out.names.numbers(canonical if canonical is not None else texts.values)[texts.inverse]
    out.ids[out.state == BLANK] = NOTHING


def numbers_as_texts(out: Understood, *, as_notice: bool = True, lost: str = "digits-lost") -> tuple[Ints, list[str]]:
    """Number cells in an identifier's column: their digits as text. Beyond 15 digits the tail is lost and the cell rejected."""
    rows = np.flatnonzero((out.cells.kind == Kind.NUMBER) & (out.state == GOOD)).astype(np.int32)
    texts = [damage.number_text(float(v)) for v in out.cells.value[rows]]
    bad = [i for i, t in enumerate(texts) if t is None]
    if bad:
        out.reject(lost, rows[bad])
    good = [i for i, t in enumerate(texts) if t is not None]
    rows, kept = rows[good], [texts[i] or "" for i in good]
    if as_notice:
        out.remark("number-cell", rows, kept)
    if out.ids is None:
        out.ids = np.full(len(out.state), NOTHING, np.int32)
    if kept:
        out.ids[rows] = out.names.numbers(kept)
    return rows, kept


def reject_dates(out: Understood, reason: str = "became-date") -> None:
    """Date cells in an identifier's column: the spreadsheet took the number for a date."""
    out.reject(reason, np.flatnonzero((out.cells.kind == Kind.DATE) & (out.state == GOOD)).astype(np.int32))


def reject_injection(out: Understood, texts: Texts, *, free: bool = False) -> None:
    """Text that a spreadsheet would run as a formula, and formulas where text belongs (B13)."""
    pattern = re.compile(r"^[=@]") if free else INJECTION
    bad = [i for i, t in enumerate(texts.values) if t[:1] in "=@+-" and t and i not in texts.blank and pattern.search(t)]
    if bad:
        out.reject("injection", texts.rows_of(bad))
    formulas = np.flatnonzero((out.cells.flag & Flag.FORMULA != 0) & (out.state == GOOD) & (out.cells.flag & Flag.EXTERNAL == 0)).astype(np.int32)
    out.reject("injection", formulas)


def bools_as_texts(table: Table, out: Understood) -> None:
    """TRUE and FALSE in a column of texts cannot be read."""
    out.reject("unreadable", np.flatnonzero((out.cells.kind == Kind.BOOL) & (out.state == GOOD)).astype(np.int32))


def clear_rejected(out: Understood) -> None:
    """Values of rejected cells are no values (keys keep theirs: see `Register.keys`)."""
    if out.ids is not None and not out.column.key:
        out.ids[out.state == REJECTED] = NOTHING
