"""Numbers of 18 places built as GB 11643 has it: six of region, eight of birth, three of order, one check (ISO 7064 MOD 11-2).

Resident IDs, the residence permits of Hong Kong, Macao and Taiwan, and the permanent residence cards of foreigners share
this build; they differ in what the first six places mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.number_text import lengths, places

Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]
Sex = Literal["男", "女"]

SEXES: Final[dict[Sex, int]] = {"男": 1, "女": 2}
"""The code of a sex in columns; 0 is unknown."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
EARLIEST = 1900
"""No birth before this year is believed."""
OLDEST = 120
"""A greater age in years is improbable."""

_BUILD = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] + [0] * 87, np.int32)


def well_formed(number: str) -> bool:
    """True for 17 digits and a digit or X."""
    return _BUILD.fullmatch(number) is not None


def check_digit(first17: str) -> str:
    """The check place that belongs to 17 digits."""
    return CHECKS[sum(w * int(c) for w, c in zip(WEIGHTS, first17, strict=True)) % 11]


def read_date(digits: str) -> date | None:
    """The day that YYYYMMDD names, None when there is no such day or it lies before 1900."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if year < EARLIEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def sex_of(order: str) -> Sex:
    """The sex that the order number tells: odd is male."""
    return "男" if int(order) % 2 else "女"


def as_number(day: date) -> int:
    """A day as the number YYYYMMDD, which orders as days do."""
    return day.year * 10000 + day.month * 100 + day.day


def too_old(born: date, today: date) -> bool:
    """True when the age in full years is above OLDEST."""
    return (as_number(today) - as_number(born)) // 10000 > OLDEST


def as_days(births: Ints) -> NDArray[np.datetime64]:
    """Real days given as numbers YYYYMMDD, as datetime64[D]."""
    year, rest = np.divmod(births, 10000)
    month, day = np.divmod(rest, 100)
    months = (year.astype(np.int64) - 1970) * 12 + month - 1
    days: NDArray[np.datetime64] = months.astype("datetime64[M]").astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    return days


@dataclass(frozen=True, slots=True)
class Reading:
    """The well-formed ones among many texts, by their parts. All arrays have shape (k,), one value a well-formed text."""

    rows: NDArray[np.int64]
    """Positions among the texts."""
    region: Ints
    """The first six places as a number."""
    birth: Ints
    """Places 7 to 14 as a number YYYYMMDD."""
    birth_is_real: Bools
    """There is such a day, from 1900 on."""
    order: Ints
    """Places 15 to 17."""
    check_fits: Bools

    def born_after(self, today: date | None) -> Bools:
        """Births later than the day given; none without a day."""
        return self.birth > as_number(today) if today else np.zeros(len(self.rows), np.bool_)

    def too_old(self, today: date | None) -> Bools:
        """Ages above OLDEST on the day given; none without a day."""
        if today is None:
            return np.zeros(len(self.rows), np.bool_)
        return (as_number(today) - self.birth) // 10000 > OLDEST


def read_column(texts: Sequence[str]) -> Reading:
    """Read all texts that are 17 digits and a digit or x, as they stand, without white space taken out."""
    size = lengths(texts)
    rows = np.flatnonzero(size == 18)
    # lengths first: a matrix of fixed width would cut what is longer
    digits = places(texts if len(rows) == len(texts) else [texts[i] for i in rows.tolist()], 18)
    return read_places(digits, rows)


def read_places(digits: NDArray[np.uint8], rows: NDArray[np.int64]) -> Reading:
    """Read texts of 18 characters, given place by place as ASCII, shape (18, n); `rows` says which texts they are."""
    digits = digits - np.uint8(ord("0"))
    last = digits[17]
    is_x = (last == ord("X") - ord("0")) | (last == ord("x") - ord("0"))
    formed = digits[:17].max(axis=0, initial=0) <= 9
    formed &= is_x | (last <= 9)
    if not formed.all():
        rows, digits, is_x = rows[formed], np.ascontiguousarray(digits[:, formed]), is_x[formed]

    total = np.where(is_x, np.uint16(10), digits[17].astype(np.uint16))
    for weight, place in zip(WEIGHTS, digits[:17], strict=True):
        total += place.astype(np.uint16) * np.uint16(weight)

    def number(first: int, last: int) -> Ints:
        value: Ints = digits[first].astype(np.int32)
        for place in digits[first + 1 : last]:
            value *= 10
            value += place
        return value

    birth = number(6, 14)
    return Reading(rows, number(0, 6), birth, _are_days(birth), number(14, 17), total % 11 == 1)


def _are_days(birth: Ints) -> Bools:
    year, rest = np.divmod(birth, 10000)
    month, day = np.divmod(rest, 100)
    real = (year >= EARLIEST) & (day >= 1) & (day <= _MONTH_DAYS[month])
    leap_days = np.flatnonzero(rest == 229)
    if len(leap_days):
        of = year[leap_days]
        real[leap_days] &= (of % 4 == 0) & ((of % 100 != 0) | (of % 400 == 0))
    return real
