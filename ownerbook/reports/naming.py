"""How reports name what a row is about: files, houses, places, staff, days; personal names so that they can be masked."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import numpy as np

from ownerbook.calendar.months import EPOCH, FIRST_DAY, FOREVER, LAST_DAY
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.masking import shown
from ownerbook.reports.whereabouts import Whereabouts
from ownerbook.schema.words import Personal, Text

FEW = 200


def a_day(number: int) -> date | Text | None:
    """A day number as a date; None for no day."""
    if number == FOREVER:
        return Text("永久", "for good")
    return date.fromordinal(number + EPOCH) if FIRST_DAY <= number <= LAST_DAY else None


class Naming:
    """Names of rows. Every method takes positions in tables; -1 gives ''. masked: for paper that need not show people in full."""

    def __init__(self, register: Register, *, masked: bool = False) -> None:
        self.register, self.masked = register, masked
        self._buildings: dict[str, str] = {}
        self._staff: dict[int, Personal] = {}
        self._all = False

    @cached_property
    def _where(self) -> Whereabouts:
        return Whereabouts(self.register)

    def found(self, sheet: str, field: str, row: int) -> str:
        """A cell as it stands; masked as its column asks where this naming is."""
        if row < 0 or sheet not in self.register.tables:
            return ""
        text = self.register.tables[sheet].found(field, row)
        return shown(BY_FIELD[sheet].by_field[field], text, masked=True) if self.masked else text

    def key(self, sheet: str, row: int) -> str:
        """The key of a row as it stands."""
        return self.found(sheet, BY_FIELD[sheet].key.field, row)

    def workbook(self, sheet: str, row: int) -> str:
        """The workbook in which a row stands."""
        if row < 0 or sheet not in self.register.tables:
            return ""
        table = self.register.tables[sheet]
        return table.sources[int(table.source[row])].workbook

    def place(self, sheet: str, row: int) -> str:
        """The row as Excel names it: 借阅!12."""
        if row < 0 or sheet not in self.register.tables:
            return ""
        table = self.register.tables[sheet]
        return f"{table.sources[int(table.source[row])].tab}!{int(table.rows[row])}"

    def house(self, sheet: str, row: int) -> str:
        """The canonical 房号 of a row that holds one."""
        if row < 0:
            return ""
        column = self.register.column(sheet, "house_no")
        return column.text(row) if column.ok[row] else self.found(sheet, "house_no", row)

    def building(self, house: str) -> str:
        """The building of a house, '' where it cannot be told. After a few, all houses are looked at in one go."""
        found = self._buildings.get(house)
        if found is None:
            if not self._all and len(self._buildings) > FEW and "houses" in self.register.tables:
                self._all = True
                column = self.register.column("houses", "house_no")
                of = self._where.building_of
                self._buildings.update((text, of(text)) for text in map(column.text, np.flatnonzero(column.ok).tolist()))
                found = self._buildings.get(house)
            if found is None:
                found = self._buildings[house] = self._where.building(house)
        return found

    def buildings(self) -> set[str]:
        """The buildings of all houses."""
        column = self.register.column("houses", "house_no")
        return {b for text in map(column.text, np.flatnonzero(column.ok).tolist()) if (b := self._where.building_of(text))}

    def staff(self, row: int) -> Personal:
        """A member of staff: G003 王芳."""
        found = self._staff.get(row)
        if found is None:
            text = " ".join(t for t in (self.key("staff", row), self.found("staff", "name", row)) if t)
            found = self._staff[row] = Personal(text, "staff")
        return found

    def written_staff(self, sheet: str, field: str, row: int) -> Personal:
        """A member of staff as a cell names them."""
        return Personal(self.found(sheet, field, row), "staff")

    def person(self, sheet: str, field: str, row: int) -> Personal:
        """A name."""
        return Personal(self.found(sheet, field, row), "name")

    def phone(self, sheet: str, field: str, row: int) -> Personal:
        """A phone."""
        return Personal(self.found(sheet, field, row), "phone")

    def day(self, sheet: str, field: str, row: int) -> date | Text | None:
        """A date; None where none can be read."""
        if row < 0:
            return None
        column = self.register.column(sheet, field)
        return a_day(int(column.days[row])) if column.ok[row] else None
