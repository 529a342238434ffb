"""Which house and which building a problem belongs to, where that can be told."""

from __future__ import annotations

import numpy as np

from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD, BY_NAME
from ownerbook.schema.finding import Finding
from ownerbook.schema.kinds import Reference

_PREFIXES = {"S": "商铺", "P": "车位", "C": "储藏室", "B": "办公"}


class Whereabouts:
    """Houses of problems. Nothing is guessed: a broken reference leads nowhere."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._blocks: dict[str, dict[tuple[str, str], list[tuple[int, int, np.ndarray]]]] = {}

    def position(self, finding: Finding) -> int | None:
        """The row of the problem as a position in its table; None for headers and files."""
        table = self._register.tables.get(finding.table)
        place = finding.place
        if table is None or place.row is None or place.workbook is None:
            return None
        if finding.table not in self._blocks:
            blocks: dict[tuple[str, str], list[tuple[int, int, np.ndarray]]] = {}
            for n, source in enumerate(table.sources):
                mine = np.flatnonzero(table.source == n)
                if len(mine):
                    columns = list(source.columns.values())
                    blocks.setdefault((source.workbook, source.tab), []).append((min(columns), max(columns), mine))
            self._blocks[finding.table] = blocks
        found = self._blocks[finding.table].get((place.workbook, place.sheet or ""), [])
        for first, last, mine in found:
            at = int(np.searchsorted(table.rows[mine], place.row))
            inside = len(found) == 1 or place.column is None or first <= place.column <= last
            if inside and at < len(mine) and table.rows[mine[at]] == place.row:
                return int(mine[at])
        return None

    def house(self, finding: Finding) -> str:
        """The house number, '' where it cannot be told."""
        row = self.position(finding)
        return "" if row is None else self._house(finding.table, row, 3)

    def _house(self, sheet: str, row: int, hops: int) -> str:
        tables, register = self._register.tables, self._register
        declared = BY_FIELD[sheet]
        if sheet == "changes":
            return self._of_change(row)
        if "house_no" in declared.by_field and tables[sheet].has("house_no"):
            houses = register.column(sheet, "house_no")
            return houses.text(row) if houses.ok[row] else tables[sheet].found("house_no", row)
        for column in declared.columns:
            kind = column.kind
            if (
                isinstance(kind, Reference)
                and kind.sheet in ("files", "owners")
                and kind.sheet in tables
                and tables[sheet].has(column.field)
                and hops
            ):
                other = int(register.reference(sheet, column.field).row[row])
                if other >= 0:
                    return self._house(kind.sheet, other, hops - 1)
        return ""

    def _of_change(self, row: int) -> str:
        register, table = self._register, self._register.tables["changes"]
        target = BY_NAME.get(table.found("sheet", row))
        if target is None or target.field not in register.tables:
            return ""
        key = register.column("changes", "record").text(row) if table.has("record") else ""
        if target.field == "houses":
            return key
        numbers = register.column(target.field, target.key.field).ids
        if numbers is None:
            return ""
        other = int(register.keys(target.field).look_up(np.array([register.names.known(key)], np.int32))[0])
        return self._house(target.field, other, 1) if other >= 0 else ""

    def building(self, house: str) -> str:
        """The building of a house that 房屋 knows; shops, parking places and the like by their use; '' where it cannot be told."""
        register = self._register
        if not house or ("houses" in register.tables and not self._known(house)):
            return ""
        return self.building_of(house)

    def building_of(self, house: str) -> str:
        """The building that a house number names, whether or not 房屋 knows it."""
        parts = self._register.policy.house_format.parse(house)
        if parts is None:
            return ""
        if parts.prefix:
            return _PREFIXES.get(parts.prefix, str(parts.prefix))
        return f"{parts.building}栋" if parts.building else ""

    def _known(self, house: str) -> bool:
        register = self._register
        return bool(register.keys("houses").look_up(np.array([register.names.known(house)], np.int32))[0] >= 0)
