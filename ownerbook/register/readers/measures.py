"""Areas, counts and shares."""

from __future__ import annotations

import numpy as np

from ownerbook.register.readers.common import Told, distinct, drop_blanks, reject_kinds, remark_damage, remark_values
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import GOOD, Understood
from ownerbook.schema.cells import Bools, Kind
from ownerbook.schema.kinds import Measure, Share
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

JOINT = "共同共有"
MOST = 1e12
"""Nothing that the register measures comes near it."""


@reads(Measure)
def measure(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A number with a unit, within the bounds of its column."""
    kind = column.kind
    assert isinstance(kind, Measure)
    out.numbers = np.full(len(table), np.nan)
    if column.field not in table.cells:
        return
    number = (out.cells.kind == Kind.NUMBER) & (out.state == GOOD)
    values = out.cells.value[number]
    out.numbers[number] = np.where(np.abs(values) < MOST, np.round(np.clip(values, -MOST, MOST), 9), values)
    reject_kinds(out, "unreadable", Kind.DATE, Kind.BOOL)
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    if len(texts):
        from ownerbook.identifiers import area

        bad: Told = {}
        read_as = np.full(len(texts), np.nan)
        for i, text in distinct(texts):
            read = area.parse(text.removesuffix(kind.unit).rstrip())
            if read is None:
                bad[i] = ("unreadable", None)
            else:
                read_as[i] = float(read)
        out.numbers[texts.rows] = read_as[texts.inverse]
        remark_values(out, texts, bad, reject=True)
        remark_damage(out, texts)
    v = out.numbers
    wrong: Bools = np.abs(v) >= MOST
    if kind.above is not None:
        wrong |= v <= kind.above
    if kind.least is not None:
        wrong |= v < kind.least
    if kind.most is not None:
        wrong |= v > kind.most
    if kind.whole:
        wrong |= v != np.floor(v)
    out.reject("bounds", np.flatnonzero(wrong & (out.state == GOOD) & ~np.isnan(v)).astype(np.int32))
    out.numbers[out.state != GOOD] = np.nan


@reads(Share)
def share(table: Table, column: Column, out: Understood, context: Context) -> None:
    """产权份额: 1 is 100 %; 共同共有 is kept as a word."""
    from ownerbook.identifiers import share as scheme

    out.numbers = np.full(len(table), np.nan)
    if column.field not in table.cells:
        return
    number = np.flatnonzero((out.cells.kind == Kind.NUMBER) & (out.state == GOOD)).astype(np.int32)
    values = out.cells.value[number]
    styles, which = np.unique(out.cells.style[number], return_inverse=True)
    percent = np.array([_is_percent(table, int(style)) for style in styles], bool)[which.reshape(-1)]
    out.numbers[number] = np.where(percent | (values <= 1), values, values / 100)
    reject_kinds(out, "unreadable", Kind.DATE, Kind.BOOL)
    out.reject("bounds", number[~((out.numbers[number] > 0) & (out.numbers[number] <= 1 + 1e-9))])
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    bad: Told = {}
    read = np.full(len(texts), np.nan)
    for i, text in distinct(texts):
        value = scheme.parse(text)
        if value is None:
            bad[i] = ("unreadable", None)
        elif value.joint:
            for row in texts.rows_of([i]).tolist():
                out.words[row] = JOINT
        elif not 0 < value.value <= 1:
            bad[i] = ("bounds", None)
        else:
            read[i] = float(value.value)
    out.numbers[texts.rows] = read[texts.inverse]
    remark_values(out, texts, bad, reject=True)
    remark_damage(out, texts)
    out.numbers[out.state != GOOD] = np.nan


def shows_percent(table: Table, row: int) -> bool:
    """Whether the cell of a share is shown as a percentage."""
    return _is_percent(table, int(table.cells["share"].style[row]))


def _is_percent(table: Table, style: int) -> bool:
    return table.styles[style].number_format.rstrip("_ ").endswith("%")


def tolerance(table: Table, row: int) -> float:
    """Half a unit of the last written decimal of a share (judging.md §3), as a fraction of the whole."""
    from ownerbook.identifiers import share as scheme

    cells = table.cells["share"]
    if cells.kind[row] == Kind.NUMBER:
        held = scheme.from_number(float(cells.value[row]), percent=shows_percent(table, row))
    else:
        held = scheme.parse(table.found("share", row))
    return float(held.slack) if held is not None else 0.0
