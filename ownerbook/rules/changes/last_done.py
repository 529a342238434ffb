"""The last done change of each cell, compared with the cell (judging.md §6). Not a rule itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.understood import BLANK
from ownerbook.register.values import at_rows, equal
from ownerbook.rules.card import Hit
from ownerbook.rules.changes.targets import CELL_NEEDS, RECORD_NEEDS, Records, cleared
from ownerbook.rules.view import SheetView, View
from ownerbook.schema.cells import Bools, Ints
from ownerbook.schema.kinds import DocumentNumber, Name, PhoneNumber, TitleNumber
from ownerbook.schema.sheet import Column
from ownerbook.schema.words import Personal

NEEDS = f"{RECORD_NEEDS} changes.old {CELL_NEEDS}"
_MOVED_ELSEWHERE = {("files", "status"), ("files", "audited_on")}  # loans, disposals and audits move these without a change
_MASKS: dict[type, str] = {DocumentNumber: "document", PhoneNumber: "phone", Name: "name", TitleNumber: "document"}


@dataclass(slots=True)
class Stale:
    """Changes whose new value is not what the cell holds; `still_old`: the cell holds the value before the change."""

    sheet: str
    column: Column
    change: Ints
    row: Ints
    still_old: Bools


def stale(v: View) -> Iterator[Stale]:
    """Compare each cell with the last of its done changes; several of one day are all the last, any of them may be right."""
    c = v.changes
    records = Records(v)
    agreed = c.first & c.decision.is_("同意") & c.done_on.filled
    for sheet, column, mine in records.fields.groups():
        field = column.field
        if not v.has(f"{sheet.field}.{field}") or (sheet.field, field) in _MOVED_ELSEWHERE:
            continue
        mine = mine[agreed[mine] & (records.row[mine] >= 0)]
        mine = _last(v, mine, records.row)
        if not len(mine):
            continue
        table: SheetView = getattr(v, sheet.field)
        at = records.row[mine]
        there = at_rows(getattr(table, field), at)
        new = c.read_as("new", mine, table, field, at)
        new.state[cleared(v)[mine]] = BLANK
        old = c.read_as("old", mine, table, field, at)
        same, known = equal(new, there)
        was, was_known = equal(old, there)
        fits = np.unique(at[same | ~known])
        bad = ~np.isin(at, fits) & c.new.filled[mine] & ~np.isin(at, _remarked(table, field))
        if bad.any():
            yield Stale(sheet.field, column, mine[bad], at[bad], (was & was_known)[bad])


def _last(v: View, mine: Ints, row: Ints) -> Ints:
    """Of these changes those of the last day of each row; none of a row where a day cannot be read."""
    done_on = v.changes.done_on
    mine = mine[~np.isin(row[mine], row[mine[~done_on.ok[mine]]])]
    newest = np.full(int(row.max(initial=0)) + 1, -(2**31), np.int64)
    np.maximum.at(newest, row[mine], done_on.days[mine])
    last: Ints = mine[done_on.days[mine] == newest[row[mine]]]
    return last


def _remarked(table: SheetView, field: str) -> Ints:
    """Rows at whose cell there is a mistake to tell: it speaks there, and once."""
    out: Ints = np.zeros(0, np.int32)
    for remark in getattr(table, field).remarks:
        out = np.union1d(out, remark.rows)
    return out


def hits(v: View, *, still_old: bool) -> Iterator[Hit]:
    """The changes to tell, at 更新日期."""
    for group in v.once("last done changes", lambda: list(stale(v))):
        told = group.still_old == still_old
        where = dict(zip(group.change[told].tolist(), group.row[told].tolist(), strict=True))
        if where:
            yield Hit("changes", sorted(where), "done_on", lambda r, g=group, w=where: _values(v, g, w[r]))  # type: ignore[misc]


def _values(v: View, group: Stale, row: int) -> Mapping[str, object]:
    table: SheetView = getattr(v, group.sheet)
    column = group.column
    value = table.found(column.field, row)
    mask = _MASKS.get(type(column.kind), "hidden" if column.privacy in ("personal", "sensitive") else "")
    return {
        "target": BY_FIELD[group.sheet].name,
        "key": table.key_text(row),
        "field": column.header.zh,
        "value": Personal(value, mask) if mask and value else value or "—",
        "place": table.place(row),
    }


