"""Tables as they would be with other values in them. Nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import numpy as np

from ownerbook.reconcile.change import Value
from ownerbook.schema.cells import Cells, Kind, Pool, Style, Styles
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.table import Source, Table

_EPOCH = date(1899, 12, 30).toordinal()  # of the serials of the 1900 system from 1900-03-01 on
_1904 = 1462


def put(cells: Cells, row: int, value: Value, pool: Pool, styles: Styles, *, date1904: bool = False) -> None:
    """Let a cell hold a value. The column must be writable."""
    cells.style[row], cells.flag[row], cells.value[row] = 0, 0, 0.0
    if value is None or value == "":
        cells.kind[row] = Kind.BLANK
    elif isinstance(value, bool):
        cells.kind[row], cells.value[row] = Kind.BOOL, float(value)
    elif isinstance(value, str):
        cells.kind[row], cells.value[row] = Kind.TEXT, pool.add(value)
    elif isinstance(value, date):
        serial = value.toordinal() - _EPOCH - (_1904 if date1904 else 0)
        part = (value.hour * 3600 + value.minute * 60 + value.second) / 86400 if isinstance(value, datetime) else 0.0
        cells.kind[row], cells.value[row] = Kind.DATE, serial + part
        cells.style[row] = styles.number(Style("yyyy-mm-dd", date=True))
    else:
        cells.kind[row], cells.value[row] = Kind.NUMBER, float(value)


def with_values(table: Table, values: Sequence[tuple[int, str, Value]], rows: Sequence[Mapping[str, Value]] = ()) -> Table:
    """The table with cells changed (row, field, value) and rows added at its end (field → value). Other columns are shared, not copied."""
    n, more = len(table), len(rows)
    fields = {f for _, f, _ in values} | {f for r in rows for f in r}
    cells = dict(table.cells)
    for f in cells if more else fields & set(cells):
        cells[f] = _longer(cells[f], more)
    for f in fields - set(cells):
        cells[f] = Cells.blank(n + more)
    sources = [replace(s, columns={**s.columns, **{f: _beyond(s) for f in fields - set(s.columns)}}) for s in table.sources]
    source = np.concatenate([table.source, np.full(more, table.source[-1] if n else 0, np.int32)]) if more else table.source
    last = int(table.rows.max()) if n else (sources[0].header_row if sources else 1)
    numbers = np.concatenate([table.rows, last + 1 + np.arange(more, dtype=np.int32)]).astype(np.int32) if more else table.rows
    out = Table(table.sheet, sources or [empty_source(table.sheet)], numbers, source.astype(np.int32), cells, table.pool, table.styles)
    for row, f, value in values:
        put(cells[f], row, value, out.pool, out.styles, date1904=out.sources[int(source[row])].date1904)
    for i, new in enumerate(rows):
        for f, value in new.items():
            put(cells[f], n + i, value, out.pool, out.styles, date1904=out.sources[int(source[n + i])].date1904)
    return out


def some_rows(table: Table, rows: Sequence[int]) -> Table:
    """Some rows of a table, in this order, also one more than once."""
    at = np.asarray(rows, np.int64)
    cells = {f: Cells(c.kind[at], c.value[at], c.style[at], c.flag[at]) for f, c in table.cells.items()}
    return Table(table.sheet, table.sources, table.rows[at], table.source[at], cells, table.pool, table.styles)


def empty_table(sheet: Sheet, pool: Pool, styles: Styles) -> Table:
    """A sheet without rows."""
    return Table(sheet, [empty_source(sheet)], np.zeros(0, np.int32), np.zeros(0, np.int32), {}, pool, styles)


def empty_source(sheet: Sheet) -> Source:
    """Where the rows of a sheet that no workbook holds yet would stand."""
    return Source(sheet.book or f"{sheet.name}.xlsx", sheet.name, 1, {c.field: i for i, c in enumerate(sheet.columns, 1)})


def _longer(cells: Cells, more: int) -> Cells:
    blank = Cells.blank(more)
    return Cells(*(np.concatenate([getattr(cells, a), getattr(blank, a)]) for a in ("kind", "value", "style", "flag")))


def _beyond(source: Source) -> int:
    """A column that the workbook does not have: to the right of all."""
    return max([*source.columns.values(), *source.unknown, 0]) + 1
