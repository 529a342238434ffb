"""Which cell a change is about, for the rules on 变更. Not a rule itself.

对象编号 is the key before the change (judging.md §6): where the key itself was changed, the new number is followed.
"""

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np

from ownerbook.register.sheets import BY_FIELD, BY_NAME
from ownerbook.rules.view import SheetView, View, rows
from ownerbook.schema.cells import Bools, Ints
from ownerbook.schema.sheet import Column, Sheet, plain_header

CHANGED = ("houses", "owners", "household", "files")
NEEDS = "changes.change_no changes.sheet changes.field"
KEYS = "houses.house_no? owners.owner_no? household.member_no? files.file_no?"
RECORD_NEEDS = f"{NEEDS} changes.record changes.new changes.decision changes.done_on {KEYS}"
CELL_NEEDS = " ".join(f"{s}.{c.field}?" for s in CHANGED for c in BY_FIELD[s].columns)
"""Every column that a change may be about."""
_CLEARED = frozenset({"(清空)", "（清空）", "清空"})


def done(v: View) -> Bools:
    """Changes that were agreed and carried out."""
    c = v.changes
    return c.decision.is_("同意") & c.done_on.ok


def cleared(v: View) -> Bools:
    """Changes that clear a cell: 新值 is （清空）."""
    new = v.changes.new
    assert new.ids is not None
    return new.ok & np.isin(new.ids, [v.id_of(text) for text in _CLEARED]) & (new.ids >= 0)


class Fields:
    """变更字段 of each change: the declared column, a column of staff's own, or neither."""

    def __init__(self, v: View) -> None:
        c = v.changes
        self.usable: Bools = c.sheet.ok & c.field.ok
        self.columns: list[Column] = []  # the declared columns that are changed
        self.column: Ints = np.full(len(c), -1, np.int32)  # index into `columns`
        self.sheets: list[Sheet] = []  # the sheet of each of `columns`
        self.unknown: Bools = np.zeros(len(c), bool)
        mine = rows(self.usable)
        pairs = c.sheet.choice[mine].astype(np.int64) << 32 | c.field.ids[mine]
        distinct, inverse = np.unique(pairs, return_inverse=True)
        for n, pair in enumerate(distinct.tolist()):
            sheet = BY_NAME[c.sheet.options[pair >> 32]]
            at = mine[inverse == n]
            header = plain_header(v.text_of(pair & 0xFFFFFFFF))
            column = next((k for k in sheet.columns if header in k.wordings), None)
            if column is not None:
                self.column[at] = len(self.columns)
                self.columns.append(column)
                self.sheets.append(sheet)
            elif v.has(sheet.field) and header not in getattr(v, sheet.field).own_headers:
                self.unknown[at] = True

    def where(self, wanted: Callable[[Sheet, Column], bool]) -> Bools:
        """Changes of declared columns of which this holds."""
        chosen = [n for n, (s, c) in enumerate(zip(self.sheets, self.columns, strict=True)) if wanted(s, c)]
        return np.isin(self.column, chosen)

    def groups(self) -> Iterator[tuple[Sheet, Column, Ints]]:
        """Sheet, column, and the changes of it."""
        for n, (sheet, column) in enumerate(zip(self.sheets, self.columns, strict=True)):
            yield sheet, column, rows(self.column == n)


class Records:
    """对象编号 of each change: the row that it names (-1: none, or a doubled key), and whether it names nothing."""

    def __init__(self, v: View) -> None:
        self.view, self.fields = v, Fields(v)
        self.row: Ints = np.full(len(v.changes), -1, np.int32)
        self.missing: Bools = np.zeros(len(v.changes), bool)
        for sheet in CHANGED:
            key = BY_FIELD[sheet].key.field
            if v.has(f"{sheet}.{key}"):
                self._resolve(sheet, key)

    @cached_property
    def _renames(self) -> Bools:
        return done(self.view) & self.fields.where(lambda sheet, column: column.key)

    def _resolve(self, sheet: str, key: str) -> None:
        v, c = self.view, self.view.changes
        table: SheetView = getattr(v, sheet)
        mine = rows(c.sheet.is_(BY_FIELD[sheet].name) & c.record.ok)
        if not len(mine):
            return
        named = c.read_as("record", mine, table, key, np.full(len(mine), -1, np.int32))
        ids = named.ids.copy()
        found = table.keys.look_up(ids)
        renamed = mine[self._renames[mine]]
        if len(renamed) and (found < 0).any():
            new = c.read_as("new", renamed, table, key, np.full(len(renamed), -1, np.int32)).ids
            follow = dict(zip(ids[self._renames[mine]].tolist(), new.tolist(), strict=True))
            for n in np.flatnonzero(found < 0):
                seen = {-1}
                while table.keys.look_up(ids[n : n + 1])[0] < 0 and int(ids[n]) not in seen:
                    seen.add(int(ids[n]))
                    ids[n] = follow.get(int(ids[n]), ids[n])
            found = table.keys.look_up(ids)
        shadowed = np.isin(ids, list(table.keys.shadow)) if table.keys.shadow else np.zeros(len(ids), bool)
        self.missing[mine] = (found < 0) & ~shadowed
        self.row[mine] = np.where(table.keys.is_doubled(ids), -1, found)


def group_numbers(*columns: Ints) -> Ints:
    """Rows that agree in all these columns have one number."""
    out = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        _, inverse = np.unique(column, return_inverse=True)
        _, out = np.unique(out * (int(inverse.max(initial=0)) + 1) + inverse, return_inverse=True)
    return out.astype(np.int32)
