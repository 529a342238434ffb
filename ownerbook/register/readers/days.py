"""Dates, in every form in which they are written."""

from __future__ import annotations

from datetime import date

import numpy as np

from ownerbook.identifiers import dates
from ownerbook.register.readers.common import drop_blanks, remark_damage, remark_values
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import GOOD, NO_DAY, REJECTED, Understood
from ownerbook.schema.cells import Bools, Floats, Ints, Kind
from ownerbook.schema.kinds import Day
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

EPOCH = date(1970, 1, 1).toordinal()
_CSV = r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}"


def iso(day: int) -> str:
    """Days since 1970 as YYYY-MM-DD."""
    return date.fromordinal(int(day) + EPOCH).isoformat()


def serials(table: Table, values: Floats, rows: Ints) -> Ints:
    """Serials to days since 1970, each in its workbook's own date system; NO_DAY where there is no such day."""
    if not any(s.date1904 for s in table.sources):
        return dates.serials_to_days(values, False)
    old = np.array([s.date1904 for s in table.sources])[table.source[rows]]
    return np.where(old, dates.serials_to_days(values, True), dates.serials_to_days(values, False)).astype(np.int32)


@reads(Day)
def day(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A date, or one of the words that the column allows."""
    kind = column.kind
    assert isinstance(kind, Day)
    out.days = np.full(len(table), NO_DAY, np.int32)
    if column.field not in table.cells:
        return
    cells = out.cells
    rows = np.flatnonzero(cells.kind == Kind.DATE).astype(np.int32)
    out.days[rows] = serials(table, cells.value[rows], rows)
    out.reject("date-impossible", rows[out.days[rows] == NO_DAY])
    _numbers(table, out)
    out.reject("date-unreadable", np.flatnonzero((cells.kind == Kind.BOOL) & (out.state == GOOD)).astype(np.int32))
    _texts(table, column, kind, out)
    if not kind.future:
        late: Bools = (out.state == GOOD) & (out.days > context.today.toordinal() - EPOCH)
        if late.any():
            out.reject("date-future", np.flatnonzero(late).astype(np.int32))
            out.days[out.state == REJECTED] = NO_DAY


def _numbers(table: Table, out: Understood) -> None:
    """A serial in a cell without a date format, and 20240305 as a number, are read and remarked."""
    assert out.days is not None
    rows = np.flatnonzero((out.cells.kind == Kind.NUMBER) & (out.state == GOOD)).astype(np.int32)
    if not len(rows):
        return
    values = out.cells.value[rows]
    serial = (values >= 20000) & (values < 60001)
    some = rows[serial]
    if len(some):
        out.days[some] = serials(table, values[serial], some)
        out.remark("date-serial", some, [iso(d) for d in out.days[some]])
    rest = rows[~serial]
    read, bad, impossible = [], [], []
    for row, value in zip(rest, values[~serial], strict=True):
        verdict = dates.parse(str(int(value))) if value == int(value) and 18000000 < value < 22000000 else None
        if verdict is None:
            bad.append(int(row))
        elif verdict.canonical:
            read.append(int(row))
            out.days[row] = date.fromisoformat(verdict.canonical).toordinal() - EPOCH
        else:
            impossible.append(int(row))
    out.remark("date-text", read, [iso(out.days[r]) for r in read])
    out.reject("date-unreadable", bad)
    out.reject("date-impossible", impossible)


def _texts(table: Table, column: Column, kind: Day, out: Understood) -> None:
    assert out.days is not None
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    if not len(texts.rows):
        return
    drop_blanks(out, texts)
    days = np.full(len(texts.values), NO_DAY, np.int32)
    as_text: dict[int, tuple[str, str | None]] = {}
    bad: dict[int, tuple[str, str | None]] = {}
    words: list[int] = []
    for i, text in enumerate(texts.values):
        if i in texts.blank:
            continue
        if text in kind.words:
            words.append(i)
            continue
        verdict = dates.parse(text)
        if verdict.canonical:
            days[i] = date.fromisoformat(verdict.canonical).toordinal() - EPOCH
            as_text[i] = ("date-text", verdict.canonical)
        else:
            bad[i] = (f"date-{verdict.reason}" if verdict.reason in REASONS else "date-unreadable", verdict.suggestion)
    out.days[texts.rows] = days[texts.inverse]
    for i in words:
        for row in texts.rows_of([i]):
            out.words[int(row)] = texts.values[i]
    remark_values(out, texts, bad, reject=True)
    plain = as_text
    if any(s.text_only for s in table.sources):
        import re

        plain = {i: t for i, t in as_text.items() if not re.fullmatch(_CSV, texts.values[i])}
    remark_values(out, texts, plain, reject=False)
    texts.damage = {i: k for i, k in texts.damage.items() if i not in as_text}
    remark_damage(out, texts)


REASONS = {"impossible", "no-day", "two-digit", "ambiguous"}
