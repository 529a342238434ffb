"""Where a new row of a register goes that is spread over several workbooks: among the rows of its building."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import follow
from ownerbook.jobs.workspace import Unusable
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import house_of, house_of_values
from ownerbook.reports.whereabouts import Whereabouts
from ownerbook.schema.cells import Ints, Longs
from ownerbook.schema.words import Text

_HOME = ("houses", "files", "owners")  # sheets that say whose workbook a building has


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row goes. columns: field → column, counted from 1; after: the row above it."""

    workbook: str
    tab: str
    columns: dict[str, int]
    after: int


class Places:
    """Places for new rows of a register. What was counted for one row serves the next."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._where = Whereabouts(register)
        self._counts: dict[str, dict[str, Longs]] = {}

    def of(self, sheet: str, values: Mapping[str, object]) -> Spot:
        """Under the rows of the block that holds the most of the same house's building; else of a block in the workbook that holds that
        building; else of the block with most rows. values: field → value of the new row. Raises Unusable where there is no such sheet.
        """
        table = self._register.tables.get(sheet)
        if table is None or not table.sources:
            name = BY_FIELD[sheet].name
            raise Unusable(Text(f"没有「{name}」表，无处可写", f"there is no sheet {name} to write to"))
        sizes = np.bincount(table.source, minlength=len(table.sources)).astype(np.int64)
        rank = [sizes]
        if len(table.sources) > 1:
            building = self._where.building_of(house_of_values(self._register, sheet, values))
            if building:
                mine = self._by_building(sheet).get(building, np.zeros(len(sizes), np.int64))
                rank = [mine, self._home(building, [s.workbook for s in table.sources]), sizes]
        best = max(range(len(sizes)), key=lambda n: (*(int(r[n]) for r in rank), -n))
        source, rows = table.sources[best], table.rows[table.source == best]
        return Spot(source.workbook, source.tab, dict(source.columns), int(rows.max()) if len(rows) else source.header_row)

    def _home(self, building: str, workbooks: list[str]) -> Longs:
        """For each of these workbooks how many rows of the building it holds on 房屋, else 档案, else 业主."""
        for sheet in _HOME:
            if sheet in self._register.tables:
                counts = self._by_building(sheet).get(building)
                if counts is not None and counts.any():
                    by: dict[str, int] = {}
                    for source, n in zip(self._register.tables[sheet].sources, counts.tolist(), strict=True):
                        by[source.workbook] = by.get(source.workbook, 0) + n
                    return np.array([by.get(w, 0) for w in workbooks], np.int64)
        return np.zeros(len(workbooks), np.int64)

    def _by_building(self, sheet: str) -> dict[str, Longs]:
        """Building → how many of its rows each block of a sheet holds."""
        found = self._counts.get(sheet)
        if found is None:
            table, found = self._register.tables[sheet], {}
            kinds, of = self._houses(sheet)
            for kind, text in enumerate(kinds):
                building = self._where.building_of(text)
                if building:
                    counts = np.bincount(table.source[of == kind], minlength=len(table.sources)).astype(np.int64)
                    found[building] = found[building] + counts if building in found else counts
            self._counts[sheet] = found
        return found

    def _houses(self, sheet: str) -> tuple[list[str], Ints]:
        """The houses that a sheet's rows belong to, and for each row which of them (-1: none)."""
        register, fields = self._register, BY_FIELD[sheet].by_field
        if "house_no" in fields and register.tables[sheet].has("house_no"):
            column = register.column(sheet, "house_no")
            kinds, of = np.unique(np.where(column.ok, column.ids, -1), return_inverse=True)
            return ["" if k < 0 else register.names[k] for k in kinds.tolist()], of.astype(np.int32)
        through = next((s for f, s in (("file_no", "files"), ("owner_no", "owners")) if f in fields and s in register.tables), "")
        if through:
            texts, theirs = self._houses(through)
            key = "file_no" if through == "files" else "owner_no"
            return texts, follow(theirs, register.reference(sheet, key).row)
        each = [house_of(register, sheet, row) for row in range(len(register.tables[sheet]))] if sheet == "changes" else []
        texts = list(dict.fromkeys(each))
        at = {text: n for n, text in enumerate(texts)}
        return texts, np.array([at[t] for t in each] if each else [-1] * len(register.tables[sheet]), np.int32)
