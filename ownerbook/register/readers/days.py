"""Dates, in every form in which they are written."""

from __future__ import annotations

from datetime import date

import numpy as np

from ownerbook.identifiers import dates
from ownerbook.register.readers.common import Told, distinct, drop_blanks, good_of, reject_kinds, remark_damage, remark_values
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import GOOD, NO_DAY, Understood
from ownerbook.schema.cells import Bools, Floats, Ints, Kind
from ownerbook.schema.kinds import Day
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

EPOCH = date(1970, 1, 1).toordinal()
_REASONS = {"impossible": "date-impossible", "no-day": "date-no-day", "two-digit": "date-two-digit", "ambiguous": "date-ambiguous"}


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
    latest = None if kind.future else context.today
    rows = good_of(out, Kind.DATE)
    out.days[rows] = serials(table, out.cells.value[rows], rows)
    out.reject("date-impossible", rows[out.days[rows] == NO_DAY])
    _numbers(table, out)
    reject_kinds(out, "unreadable", Kind.BOOL)
    _texts(table, column, kind, out, latest)
    if latest is not None:
        late: Bools = (out.state == GOOD) & (out.days > latest.toordinal() - EPOCH)
        out.reject("date-future", np.flatnonzero(late).astype(np.int32))
    out.days[out.state != GOOD] = NO_DAY


def _numbers(table: Table, out: Understood) -> None:
    """A serial in a cell without a date format, and 20240305 as a number, are read and remarked."""
    assert out.days is not None
    rows = good_of(out, Kind.NUMBER)
    if not len(rows):
        return
    values = out.cells.value[rows]
    serial = (values >= dates.SERIALS[0]) & (values < dates.SERIALS[1] + 1)
    some = rows[serial]
    if len(some):
        out.days[some] = serials(table, values[serial], some)
        out.remark("date-serial", some, [iso(d) for d in out.days[some]])
    for row, value in zip(rows[~serial].tolist(), values[~serial].tolist(), strict=True):
        verdict = dates.check_number(value)
        if verdict.canonical:
            out.days[row] = dates.days_of_iso(verdict.canonical)
            out.remark("date-text", [row], [verdict.canonical])
        else:
            out.reject(_REASONS.get(verdict.reason, "unreadable"), [row], [verdict.suggestion])


def _texts(table: Table, column: Column, kind: Day, out: Understood, latest: date | None) -> None:
    assert out.days is not None
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    if not len(texts.rows):
        return
    drop_blanks(out, texts)
    days = np.full(len(texts), NO_DAY, np.int32)
    usual: Told = {}  # as a .csv may hold them
    written: Told = {}
    bad: Told = {}
    for i, text in distinct(texts):
        if text in kind.words:
            _word(out, texts.rows_of([i]), text)
            continue
        verdict = dates.check(text, long_term=dates.LONG_TERM in kind.words, not_after=latest)
        if verdict.canonical == dates.LONG_TERM:
            _word(out, texts.rows_of([i]), dates.LONG_TERM)
            out.remark("synonym", texts.rows_of([i]), lambda row: dates.LONG_TERM)
        elif verdict.canonical:
            days[i] = dates.days_of_iso(verdict.canonical)
            (written if verdict.reason else usual)[i] = ("date-text", verdict.canonical)
        else:
            bad[i] = (_REASONS.get(verdict.reason, "unreadable"), verdict.suggestion)
    out.days[texts.rows] = days[texts.inverse]
    remark_values(out, texts, bad, reject=True)
    remark_values(out, texts, written, reject=False)
    from_text = np.array([s.text_only for s in table.sources], bool)[table.source]
    remark_values(out, texts, usual, reject=False, among=~from_text)
    as_date = set(written) | (set() if from_text.any() else set(usual))
    texts.damage = {i: k for i, k in texts.damage.items() if i not in as_date}
    remark_damage(out, texts)


def _word(out: Understood, rows: Ints, word: str) -> None:
    for row in rows.tolist():
        out.words[row] = word
