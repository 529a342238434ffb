"""Areas, counts and shares."""

from __future__ import annotations

import numpy as np

from ownerbook.register.readers.common import drop_blanks, remark_damage, remark_values
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import GOOD, Understood
from ownerbook.schema.cells import Kind
from ownerbook.schema.kinds import Measure, Share
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table


@reads(Measure)
def measure(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A number with a unit, within the bounds of its column."""
    kind = column.kind
    assert isinstance(kind, Measure)
    out.numbers = np.full(len(table), np.nan)
    if column.field not in table.cells:
        return
    number = out.cells.kind == Kind.NUMBER
    out.numbers[number] = np.round(out.cells.value[number], 9)
    out.reject("unreadable", np.flatnonzero(np.isin(out.cells.kind, (Kind.DATE, Kind.BOOL))).astype(np.int32))
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    bad: dict[int, tuple[str, str | None]] = {}
    if texts.values:
        from ownerbook.identifiers import area

        values = np.full(len(texts.values), np.nan)
        for i, text in enumerate(texts.values):
            if i in texts.blank:
                continue
            read = area.parse(text.removesuffix(kind.unit))
            if read is None:
                bad[i] = ("unreadable", None)
            else:
                values[i] = float(read)
        out.numbers[texts.rows] = values[texts.inverse]
        remark_values(out, texts, bad, reject=True)
        remark_damage(out, texts)
    v = out.numbers
    wrong = np.zeros(len(table), bool)
    if kind.above is not None:
        wrong |= v <= kind.above
    if kind.least is not None:
        wrong |= v < kind.least
    if kind.most is not None:
        wrong |= v > kind.most
    if kind.whole:
        wrong |= v != np.floor(v)
    out.reject("bounds", np.flatnonzero(wrong & (out.state == GOOD) & ~np.isnan(v)).astype(np.int32))


@reads(Share)
def share(table: Table, column: Column, out: Understood, context: Context) -> None:
    """产权份额: 1 is 100 %; 共同共有 is kept as a word."""
    out.numbers = np.full(len(table), np.nan)
    if column.field not in table.cells:
        return
    number = np.flatnonzero(out.cells.kind == Kind.NUMBER).astype(np.int32)
    values = out.cells.value[number]
    percent = np.array([table.styles[int(s)].number_format.rstrip("_ ").endswith("%") for s in out.cells.style[number]], bool) if len(number) else np.zeros(0, bool)
    out.numbers[number] = np.where(percent | (values <= 1), values, values / 100)
    out.reject("unreadable", np.flatnonzero(np.isin(out.cells.kind, (Kind.DATE, Kind.BOOL))).astype(np.int32))
    out.reject("bounds", number[(out.numbers[number] <= 0) | (out.numbers[number] > 1 + 1e-9)])
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    if not texts.values:
        return
    from ownerbook.identifiers import share as scheme

    bad: dict[int, tuple[str, str | None]] = {}
    read = np.full(len(texts.values), np.nan)
    for i, text in enumerate(texts.values):
        if i in texts.blank:
            continue
        value = scheme.parse(text)
        if value is None:
            bad[i] = ("unreadable", None)
        elif value.joint:
            for row in texts.rows_of([i]):
                out.words[int(row)] = "共同共有"
        elif not 0 < value.value <= 1:
            bad[i] = ("bounds", None)
        else:
            read[i] = float(value.value)
    out.numbers[texts.rows] = read[texts.inverse]
    remark_values(out, texts, bad, reject=True)
    remark_damage(out, texts)


def tolerance(table: Table, row: int) -> float:
    """Half a unit of the last written decimal of a share (judging.md §3), as a fraction of the whole."""
    cells = table.cells["share"]
    found = table.found("share", row)
    if cells.kind[row] == Kind.NUMBER:
        value = float(cells.value[row])
        style = table.styles[int(cells.style[row])].number_format
        if style.rstrip("_ ").endswith("%") or value <= 1:
            written = f"{value * 100:.10g}" if style.rstrip("_ ").endswith("%") else f"{value:.10g}"
            decimals = len(written.partition(".")[2])
            return 0.5 * 10.0**-decimals / (100 if style.rstrip("_ ").endswith("%") else 1) if decimals else 0.0
        decimals = len(f"{value:.10g}".partition(".")[2])
        return 0.5 * 10.0**-decimals / 100 if decimals else 0.0
    text = found.strip().rstrip("%％")
    decimals = len(text.partition(".")[2])
    if not decimals:
        return 0.0
    scale = 100 if found.strip().endswith(("%", "％")) or float(text or 0) > 1 else 1
    return 0.5 * 10.0**-decimals / scale
