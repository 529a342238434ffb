"""Terms as the policy writes them: 1个月, 30天, 10个工作日, 12个月, 2年; and the day on which a loan is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, overload

import numpy as np

from ownerbook.calendar.months import EPOCH, Ints, add_days, add_months

if TYPE_CHECKING:
    from ownerbook.calendar.workdays import Bools, WorkCalendar

MONTH, YEAR, DAY, WEEK, WORKDAY = "月", "年", "天", "周", "工作日"

_UNITS = {
    **dict.fromkeys(("个月", "月"), MONTH),
    **dict.fromkeys(("年", "周年"), YEAR),
    **dict.fromkeys(("天", "日", "个自然日", "自然日"), DAY),
    **dict.fromkeys(("周", "个星期", "星期"), WEEK),
    **dict.fromkeys(("个工作日", "工作日", "个工作天"), WORKDAY),
}
_TERM = re.compile(
    r"([0-9]{1,4}|半|[一二两三四五六七八九十]{1,3})\s*(个月|月|年|周年|天|日|个自然日|自然日|周|个星期|星期|个工作日|工作日|个工作天)", re.ASCII
)
_WIDE = {0xFF10 + i: ord("0") + i for i in range(10)}
_HAN = {c: i for i, cs in enumerate(["", "一", "二两", "三", "四", "五", "六", "七", "八", "九"]) for c in cs}


class UnreadableTerm(ValueError):
    """A text that says no term."""


@dataclass(frozen=True, slots=True)
class Term:
    """So many units of time: `unit` is one of 月 年 天 周 工作日."""

    amount: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Term:
        """Read a term. Raises UnreadableTerm, which is a ValueError; a term of nothing is none."""
        match = _TERM.fullmatch(text.strip().translate(_WIDE))
        if match is None:
            raise UnreadableTerm(f"「{text}」不是期限，应如 1个月、30天、10个工作日")
        unit = _UNITS[match[2]]
        if match[1] == "半":
            if unit != YEAR:
                raise UnreadableTerm(f"「{text}」不是期限")
            return cls(6, MONTH)
        amount = int(match[1]) if match[1].isdigit() else _numeral(match[1])
        if not amount:
            raise UnreadableTerm(f"「{text}」不是期限")
        return cls(amount, unit)

    def __str__(self) -> str:
        return f"{self.amount}{'个' if self.unit in (MONTH, WORKDAY) else ''}{self.unit}"

    @overload
    def after(self, start: date, calendar: WorkCalendar | None = None, *, times: int = 1) -> date: ...
    @overload
    def after(self, start: Ints, calendar: WorkCalendar | None = None, *, times: int | Ints = 1) -> Ints: ...
    def after(self, start: date | Ints, calendar: WorkCalendar | None = None, *, times: int | Ints = 1) -> date | Ints:
        """The last day of the term after a day, which is not counted (民法典 201); of one date or of day numbers (n,).

        `times` terms are counted at once. Nothing is rolled. A term in working days needs the calendar (ValueError without).
        """
        if isinstance(start, date):
            out = self._ends(np.array([start.toordinal() - EPOCH], np.int32), calendar, times)[0]
            return date.fromordinal(int(out[0]) + EPOCH)
        return self._ends(start, calendar, times)[0]

    def after_days(self, starts: Ints, calendar: WorkCalendar | None = None, *, times: int | Ints = 1) -> Ints:
        """`after` of day numbers (n,)."""
        return self._ends(starts, calendar, times)[0]

    def _ends(self, starts: Ints, calendar: WorkCalendar | None, times: int | Ints) -> tuple[Ints, Bools]:
        total = self.amount * np.asarray(times, np.int64)
        nothing: Bools = np.zeros(len(starts), bool)
        if self.unit == WORKDAY:
            if calendar is None:
                raise ValueError("a term in working days needs a calendar")
            return calendar.add_workdays_days(starts, total.astype(np.int32))
        if self.unit in (DAY, WEEK):
            return add_days(starts, (total * (7 if self.unit == WEEK else 1)).astype(np.int32)), nothing
        return add_months(starts, (total * (12 if self.unit == YEAR else 1)).astype(np.int32)), nothing


def loan_due(lent_on: date, renewals: int, term: Term, roll: bool, calendar: WorkCalendar) -> tuple[date, bool]:
    """The day on which a loan is due, and whether it is provisional (../shared/judging.md §4).

    (1 + renewals) terms are counted once from the day of lending, then the last day is rolled once onto a working day; terms in
    working days are not rolled. Without rolling the schedule does not matter, so the day is certain.
    """
    due, provisional = loan_due_days(np.array([lent_on.toordinal() - EPOCH], np.int32), np.array([renewals], np.int32), term, roll, calendar)
    return date.fromordinal(int(due[0]) + EPOCH), bool(provisional[0])


def loan_due_days(lent_on: Ints, renewals: int | Ints, term: Term, roll: bool, calendar: WorkCalendar) -> tuple[Ints, Bools]:
    """`loan_due` of day numbers (n,): the days, and which are provisional. `NO_DAY` stays."""
    ends, provisional = term._ends(lent_on, calendar, 1 + np.asarray(renewals, np.int32))
    if roll and term.unit != WORKDAY:
        return calendar.roll_days(ends)
    return ends, provisional


def _numeral(text: str) -> int:
    """一 to 九十九; 0 for what is none."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN.get(text, 0) if len(text) == 1 else 0
    if any(len(part) > 1 or (part and part not in _HAN) for part in (tens, ones)):
        return 0
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)
