"""Who signs a line of a filled list, and on which day: whom the text names, whether they held the right then, whether the day can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Columns
from ownerbook.deadlines.duty import Duties
from ownerbook.schema.words import Text

Who = Callable[[str, date], "tuple[str, int] | Text"]
"""A 工号 or 姓名 and a day → the 工号 and the row of 人员, or why nobody can be told."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A day as it was written. text: '' where nothing was; day: None where no date can be read."""

    text: str = ""
    day: date | None = None


@dataclass(slots=True)
class Signers:
    """Those who may sign, asked day by day. find: whom a text names."""

    book: Columns
    find: Who
    _on: dict[date, Duties] = field(default_factory=dict)

    def holding(self, label: Text, text: str, right: str, day: date) -> tuple[str, int] | Text:
        """The 工号 and row of who signs as `label`; or why they cannot: nobody named, unknown, not employed, without the right or the agreement."""
        if not text:
            return Text(f"没有写{label.zh}", f"{label.en} is not named")
        found = self.find(text, day)
        if isinstance(found, Text):
            return Text(f"{label.zh}：{found.zh}", f"{label.en}: {found.en}")
        number, row = found
        if right and row not in self._on.setdefault(day, Duties(self.book, day.toordinal() - EPOCH)).holders(right):
            zh = f"{label.zh} {number} 在 {day.isoformat()} 没有「{right}」权限，或没有签保密协议；请换人，或先补登权限"
            return Text(zh, f"{label.en} {number} does not hold {right} on {day.isoformat()} or has signed no agreement")
        return number, row


def day_of(label: Text, signed: Signed, today: date, after: int | None = None, then: Text | None = None) -> date | Text:
    """The day, or why it cannot be. after: the day number before which it may not lie, that of `then`."""
    if signed.day is None:
        if not signed.text:
            return Text(f"没有写{label.zh}", f"{label.en} is not given")
        return Text(f"{label.zh}「{signed.text}」不是日期", f"{label.en} {signed.text} is no date")
    if signed.day > today:
        return Text(f"{label.zh} {signed.day.isoformat()} 在今天之后", f"{label.en} {signed.day.isoformat()} is in the future")
    if after is not None and then is not None and signed.day.toordinal() - EPOCH < after:
        before = date.fromordinal(after + EPOCH).isoformat()
        zh = f"{label.zh} {signed.day.isoformat()} 早于{then.zh} {before}"
        return Text(zh, f"{label.en} {signed.day.isoformat()} is before {then.en} {before}")
    return signed.day
