"""房号 in all its spellings, and 不动产权证号."""

from __future__ import annotations

import re
from contextlib import suppress

import numpy as np

from ownerbook.identifiers import damage, dates, house_no
from ownerbook.register.readers.common import (
    Told,
    clear_rejected,
    distinct,
    drop_blanks,
    good_of,
    identify,
    no_ids,
    numbers_as_texts,
    reject_injection,
    reject_kinds,
    remark_damage,
    remark_values,
)
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import BLANK, NOTHING, Understood
from ownerbook.schema.cells import Kind
from ownerbook.schema.kinds import HouseNumber, TitleNumber
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

_ZEROS = re.compile(r"(?<![0-9A-Za-z])0+(?=[0-9])")
_SAID = re.compile(r"\[[^\]]*\]|\"[^\"]*\"")  # colours, locales and words in a number format


@reads(HouseNumber)
def house(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A house by its canonical form; other spellings are remarked, and what a spreadsheet made of it is told (B04, B05).

    Columns that refer to 房屋 are read here too.
    """
    no_ids(out, len(table))
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    if column.key:
        reject_injection(table, out, texts)
    else:
        with suppress(KeyError):  # loose workbooks may lack 房屋
            context.column("houses", "house_no")  # read first, so that a shop shows as it is written there
    formats = context.policy.house_format
    floors = any("floor" in form.parts for form in formats.forms)  # a room apart from its floor is written 01 as often as 1
    bad: Told = {}
    other: Told = {}
    numbers = context.names.of_codes(texts.pool, texts.codes)
    odd = np.flatnonzero(~formats.read_plain(*texts.matrix(house_no.LONGEST_PLAIN)).good | ~texts.untouched())
    meant: list[str] = []
    for i, text in zip(odd.tolist(), texts.values_of(odd), strict=True):
        form = house_no.canonical(text, formats) if i not in texts.blank else text
        if form is None:
            bad[i] = ("house-unreadable", None)
        elif form != text and not (floors and _ZEROS.sub("", text) == _ZEROS.sub("", form)):
            other[i] = ("house-spelling", form)
            texts.damage.pop(i, None)
        meant.append(form if form is not None else text)
    numbers[odd] = context.names.same(meant, house_no.keys(meant))
    remark_values(out, texts, bad, reject=True)
    assert out.ids is not None
    out.ids[texts.rows] = numbers[texts.inverse]
    out.ids[out.state == BLANK] = NOTHING
    remark_damage(out, texts)
    remark_values(out, texts, other, reject=False)
    _taken_for_something_else(table, out, context)
    reject_kinds(out, "unreadable", Kind.BOOL)
    rows, kept = numbers_as_texts(out, as_notice=False, lost="house-unreadable")
    for row, text in zip(rows.tolist(), kept, strict=True):
        form = house_no.canonical(text, formats)
        if form is None:
            out.reject("house-unreadable", [row])
        else:
            out.ids[row] = context.names.same([form], house_no.keys([form]))[0]
            out.remark("number-cell", [row], [form])
    clear_rejected(out)


def _taken_for_something_else(table: Table, out: Understood, context: Context) -> None:
    """3-2-1 became a date, 1E12 a power of ten."""
    formats = context.policy.house_format

    def meant(text: str | None) -> str | None:
        form = house_no.canonical(text, formats) if text else None
        if form is not None:
            context.names.same([form], house_no.keys([form]))
        return form or text

    for row in good_of(out, Kind.DATE).tolist():
        shown = _SAID.sub("", table.styles[int(out.cells.style[row])].number_format.lower())
        day = dates.from_serial(float(out.cells.value[row]), table.sources[int(table.source[row])].date1904)
        shows_year = "y" in shown or "e" in shown or not ("m" in shown or "d" in shown)  # e is a year too; General shows the whole date
        out.reject("house-became-date", [row], [meant(damage.house_from_date(day, shows_year)) if day else None])
    for row in good_of(out, Kind.NUMBER).tolist():
        power = damage.house_from_power(float(out.cells.value[row]))
        if power is not None:
            out.reject("house-became-number", [row], [meant(power)])


@reads(TitleNumber)
def title(table: Table, column: Column, out: Understood, context: Context) -> None:
    """不动产权证号: other or older forms warn (F10)."""
    from ownerbook.identifiers import title_certificate

    no_ids(out, len(table))
    if column.field not in table.cells:
        return
    texts = texts_of(table, column.field, Care.WORDS)
    drop_blanks(out, texts)
    reject_injection(table, out, texts)
    canonical: dict[int, str] = {}
    told: Told = {}
    for i, text in distinct(texts):
        if title_certificate.is_plain(text, context.today):
            continue
        verdict = title_certificate.check(text, today=context.today)
        if verdict.canonical and verdict.canonical != text:
            canonical[i] = verdict.canonical
        if not verdict.ok:
            told[i] = ("title", None)  # corrected by hand from the certificate
    identify(out, texts, canonical)
    reject_kinds(out, "became-date", Kind.DATE)
    reject_kinds(out, "unreadable", Kind.BOOL)
    rows, _ = numbers_as_texts(out, as_notice=False)
    out.remark("title", rows)
    remark_values(out, texts, told, reject=False)
    remark_damage(out, texts)
    clear_rejected(out)
