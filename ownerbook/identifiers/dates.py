"""Dates: as serials of spreadsheets, as texts, and as whole columns of day numbers.

A day number counts days from 1970-01-01 and is an int32; `NO_DAY` stands for none, `FOREVER` for 长期. Times behind a date
are ignored. What two readings of a text would make different days is told, never decided (G03); the candidates are given.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.columns import Bytes, Ints, harmless
from ownerbook.identifiers.damage import fold
from ownerbook.identifiers.numerals import with_digits
from ownerbook.identifiers.verdict import Status, Verdict

NO_DAY = np.iinfo(np.int32).min
"""The day number of no date."""
FOREVER = np.iinfo(np.int32).max
"""The day number of 长期: later than every date."""
LONG_TERM = "长期"

REASONS = ("", "written", "digits", "serial", "long-term", "two-digit", "ambiguous", "no-day", "impossible", "format")
"""Reason keys; the place of a key is its code in `check_column`. The first five come with VALID."""

EARLIEST = 1900
_LONGEST = 64  # with weekday and time; a longer text is no date
SERIALS = (20_000, 60_000)
"""Numbers in a date column that are taken for serials (judging.md §3): 1954-10-03 to 2064-04-08."""

_EPOCH = date(1970, 1, 1).toordinal()
_BASE_1900 = date(1899, 12, 30).toordinal() - _EPOCH
_BASE_1904 = date(1904, 1, 1).toordinal() - _EPOCH
_LAST_DAY = date.max.toordinal() - _EPOCH
_NOISE = 1e-9  # of a day: noise of a computed serial, no time of day
_LONG = frozenset({LONG_TERM, "长期有效", "永久", "永久有效", "无固定期限"})
_CSV = re.compile(r"[0-9]{4}([-/])[0-9]{1,2}\1[0-9]{1,2}", re.ASCII)
_TIME = re.compile(r"(?:[T ]|(?<=日)) *(?:[上下]午|凌晨|晚上?|AM|PM)? *[0-9]{1,2}[:时点][0-9]{0,2}.*$", re.IGNORECASE)
_WEEKDAY = re.compile(r" *[（(]?(?:星期|周|礼拜)[一二三四五六日天][)）]?$")
_GAP = r"[-/.,·。 —–－~年月]"
_PARTS = re.compile(rf"([0-9]{{1,4}}) *{_GAP} *([0-9]{{1,2}}) *{_GAP} *([0-9]{{1,4}}) *[日号]?", re.ASCII)
_MONTH = re.compile(r"([0-9]{4}) *[-/.年 ] *([0-9]{1,2}) *(?:月份?)?|([0-9]{4}) *年?", re.ASCII)
_ENGLISH = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3})[a-z]*\.?[- ,]+([0-9]{4}|[0-9]{2})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Reading(NamedTuple):
    """What a text says: its reason key, and the days that it may mean (one when it is certain)."""

    reason: str
    days: tuple[date, ...]


def parse(text: str) -> date | None:
    """The date that a text certainly means, else None."""
    return day_of(text)


def day_of(text: str) -> date | None:
    """The date that a text certainly means, else None."""
    reading = read(text)
    return reading.days[0] if reading.reason in ("", "written", "digits", "serial") else None


def check(text: str, *, long_term: bool = False, not_after: date | None = None) -> Verdict:
    """Judge one text. The canonical form is YYYY-MM-DD, or 长期 where `long_term` allows it.

    Valid without a reason are the forms that a .csv may hold (2024-03-05, 2024/3/5). A suggestion is given where exactly one
    day follows; `not_after` strikes out candidates that lie later (the day of the check, for dates that cannot).
    """
    trimmed = text.strip()
    if long_term and trimmed in _LONG:
        return harmless("", LONG_TERM, None) if trimmed == LONG_TERM else harmless("long-term", LONG_TERM, LONG_TERM)
    reason, days = read(trimmed)
    if reason in ("no-day", "impossible", "format"):
        return Verdict(Status.INVALID, reason)
    if reason in ("two-digit", "ambiguous"):
        left = [day for day in days if not_after is None or day <= not_after]
        return Verdict(Status.SUSPECT, reason, "", left[0].isoformat() if len(left) == 1 else None)
    iso = days[0].isoformat()
    return harmless(reason, iso, iso if reason else None)


def canonical(text: str) -> str:
    """YYYY-MM-DD, or 长期; '' where no day is certain."""
    return check(text, long_term=True).canonical


def mask(text: str) -> str:
    """The year alone: 1990-**-**. A text that is no certain date is hidden."""
    day = day_of(text)
    return f"{day.year:04d}-**-**" if day else "****-**-**"


def candidates(text: str) -> tuple[date, ...]:
    """The days that a text of a two-digit year or of unclear order may mean, the likeliest first (G03)."""
    reading = read(text)
    return reading.days if reading.reason in ("two-digit", "ambiguous") else ()


def read(text: str) -> Reading:
    """Read one text, whatever it holds."""
    trimmed = text.strip()
    if len(trimmed) > _LONGEST:
        return Reading("format", ())
    if trimmed.isascii() and trimmed.isdigit():
        return _digits(trimmed)
    shown = _TIME.sub("", _WEEKDAY.sub("", fold(trimmed))).strip()
    plain = with_digits(shown)
    if match := _PARTS.fullmatch(plain):
        usual = _CSV.fullmatch(plain) is not None and trimmed.startswith(plain)
        return _three(*match.groups(), usual=usual, named="年" in plain)
    if match := _MONTH.fullmatch(plain):
        year, month = match[1] or match[3], match[2]
        real = int(year) >= EARLIEST and (month is None or 1 <= int(month) <= 12)
        return Reading("no-day" if real else "impossible", ())
    if (match := _ENGLISH.fullmatch(plain)) and match[2].lower() in _MONTHS:
        month = str(_MONTHS.index(match[2].lower()) + 1)
        if len(match[3]) == 2:
            return _or_impossible("two-digit", [_day(_century(match[3]), month, match[1])])
        return _or_impossible("written", [_day(match[3], month, match[1])])
    if re.fullmatch(r"[0-9]+(?:\.0+)?", plain, re.ASCII):
        return _digits(plain.partition(".")[0])
    return Reading("format", ())


def check_number(value: float, *, date1904: bool = False) -> Verdict:
    """Judge a plain number in a column of dates: eight digits, a serial (20000–60000), a month without a day, or none of these."""
    if not np.isfinite(value):
        return Verdict(Status.INVALID, "format")
    if SERIALS[0] <= value <= SERIALS[1]:
        day = from_serial(value, date1904)
        iso = day.isoformat() if day else ""
        return harmless("serial", iso, iso)
    if value == int(value):
        return check(str(int(value))) if value >= 1e5 else Verdict(Status.INVALID, "no-day" if EARLIEST <= value < 2200 else "format")
    year, month = int(value), round((value - int(value)) * 100)
    return Verdict(Status.INVALID, "no-day" if EARLIEST <= year < 2200 and 1 <= month <= 12 else "format")


def check_column(texts: Sequence[str], *, long_term: bool = False, not_after: date | None = None) -> tuple[Bytes, Bytes, Ints]:
    """Statuses, reason codes and day numbers of n texts, each of shape (n,); `NO_DAY` where no day is certain."""
    n = len(texts)
    statuses, codes, days = np.zeros(n, np.uint8), np.zeros(n, np.uint8), np.full(n, NO_DAY, np.int32)
    code = {reason: i for i, reason in enumerate(REASONS)}
    known: dict[str, tuple[int, int, int]] = {}
    for i, text in enumerate(texts):
        found = known.get(text)
        if found is None:
            verdict = check(text, long_term=long_term, not_after=not_after)
            known[text] = found = (int(verdict.status), code[verdict.reason], days_of_iso(verdict.canonical))
        statuses[i], codes[i], days[i] = found
    return statuses, codes, days


def from_serial(value: float, date1904: bool = False) -> date | None:
    """The day of a spreadsheet's serial; None below 1, for 60 (29 February 1900, which never was) and past 9999.

    The 1904 system counts from 0 on 1904-01-01 (B12: 1462 days apart).
    """
    if not math.isfinite(value):
        return None
    days, good = _counted(math.floor(value + _NOISE), date1904)
    return date_of(days) if good else None


def serials_to_days(values: NDArray[np.float64], date1904: bool = False) -> Ints:
    """Day numbers of serials, shape (n,); `NO_DAY` where `from_serial` gives None. The time of day is dropped."""
    with np.errstate(invalid="ignore"):
        days, good = _counted(np.floor(values + _NOISE), date1904)
    return np.where(good, days, NO_DAY).astype(np.int32)


def _counted(whole: Any, date1904: bool) -> tuple[Any, Any]:
    """The day number of a whole serial, and whether it is one: of one or of a column alike."""
    if date1904:
        days, good = whole + _BASE_1904, whole >= 0
    else:
        days, good = whole + _BASE_1900 + (whole < 60), (whole >= 1) & (whole != 60)
    return days, good & (days <= _LAST_DAY)


def serial_of(day: date, date1904: bool = False) -> int:
    """The serial of a day; of days before 1900-03-01 as the spreadsheet counts them."""
    days = days_of(day)
    if date1904:
        return days - _BASE_1904
    serial = days - _BASE_1900
    return serial if serial > 60 else serial - 1


def days_of(day: date) -> int:
    """The day number of a date."""
    return day.toordinal() - _EPOCH


def date_of(days: int) -> date:
    """The date of a day number that is one (neither `NO_DAY` nor `FOREVER`)."""
    return date.fromordinal(days + _EPOCH)


def days_of_iso(iso: str) -> int:
    """The day number of a canonical form, '' and 长期 included."""
    if not iso:
        return NO_DAY
    return FOREVER if iso == LONG_TERM else days_of(date.fromisoformat(iso))


def _digits(text: str) -> Reading:
    if len(text) == 8:
        return _or_impossible("digits", [_day(text[:4], text[4:6], text[6:])])
    if len(text) == 5 and SERIALS[0] <= int(text) <= SERIALS[1]:
        day = from_serial(float(text))
        return Reading("serial", (day,) if day else ())
    if len(text) == 6:
        if EARLIEST <= int(text[:4]) < 2100 and 1 <= int(text[4:]) <= 12:
            return Reading("no-day", ())
        return _or_impossible("two-digit", [_day(_century(text[:2]), text[2:4], text[4:])])
    if len(text) == 4 and EARLIEST <= int(text) < 2100:
        return Reading("no-day", ())
    return Reading("format", ())


def _three(first: str, second: str, third: str, *, usual: bool, named: bool) -> Reading:
    if len(first) == 4:
        if len(third) > 2:
            return Reading("format", ())
        return _or_impossible("" if usual else "written", [_day(first, second, third)])
    if len(first) > 2 or len(third) == 3:
        return Reading("format", ())
    if len(third) == 4:
        days = [_day(third, first, second), _day(third, second, first)]
        certain = len({day for day in days if day}) == 1
        return _or_impossible("written" if certain else "ambiguous", days)
    days = [_day(_century(first), second, third)]
    if not named:
        days += [_day(_century(third), second, first), _day(_century(third), first, second)]
    return _or_impossible("two-digit", days)


def _or_impossible(reason: str, days: list[date | None]) -> Reading:
    real = tuple(dict.fromkeys(day for day in days if day))
    return Reading(reason, real) if real else Reading("impossible", ())


def _century(two: str) -> str:
    """The year of two digits by the usual pivot: 69 and later are of the last century."""
    return ("19" if int(two) >= 69 else "20") + two.zfill(2)


def _day(year: str, month: str, day: str) -> date | None:
    if int(year) < EARLIEST:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
