"""A month as the figures ask for it: its name, its days, the months before it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.register.understood import Understood
from ownerbook.schema.cells import Bools

_FORM = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month. first, last: its days as days since 1970-01-01."""

    name: str
    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read 2026-10. Raises ValueError."""
        m = _FORM.fullmatch(text)
        if m is None or m[1] == "0000":
            raise ValueError(text)
        year, month = int(m[1]), int(m[2])
        return cls(text, date(year, month, 1).toordinal() - EPOCH, date(year, month, monthrange(year, month)[1]).toordinal() - EPOCH)

    @property
    def begins(self) -> date:
        """Its first day."""
        return date.fromordinal(self.first + EPOCH)

    @property
    def ends(self) -> date:
        """Its last day."""
        return date.fromordinal(self.last + EPOCH)

    def back(self, months: int) -> Month:
        """The month so many months earlier."""
        year, month = divmod(self.begins.year * 12 + self.begins.month - 1 - months, 12)
        return Month.parse(f"{year:04d}-{month + 1:02d}")

    def twelve(self) -> list[Month]:
        """The twelve months that end with this one."""
        return [self.back(n) for n in range(11, -1, -1)]

    def holds(self, column: Understood) -> Bools:
        """Cells of a column of dates that lie in this month."""
        days = np.where(column.ok, column.days, np.iinfo(np.int32).min)
        out: Bools = (days >= self.first) & (days <= self.last)
        return out
