"""Dates as spreadsheets count them: days since the workbook's own first day.

In the 1900 system day 1 is 1900-01-01 and day 60 is a 29 February that never was, so that from day 61 on the
count is from 1899-12-30. In the 1904 system day 0 is 1904-01-01. (ECMA-376 part 1, 18.17.4.1)
"""

from __future__ import annotations

import datetime as dt
import re

_ISO = re.compile(
    r"(?:(\d{4})-(\d{2})-(\d{2}))?(?:(?:^|T| )(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(?:Z|[+-]\d{2}:\d{2})?",
)


def day_serial(day: dt.date, date1904: bool) -> int:
    """The serial of a day. Days before the system's first day come out as zero or below."""
    if date1904:
        return (day - dt.date(1904, 1, 1)).days
    n = (day - dt.date(1899, 12, 30)).days
    return n if n > 60 else n - 1


def iso_serial(text: str, date1904: bool) -> tuple[float, bool] | None:
    """The serial of an ISO date, time or both, and whether it holds a day; None where it is none of these."""
    text = text.strip()
    m = _ISO.fullmatch(text)
    if not m or not text:
        return None
    year, month, day, hour, minute, second, fraction = m.groups()
    serial = 0.0
    if year:
        try:
            serial = float(day_serial(dt.date(int(year), int(month), int(day)), date1904))
        except ValueError:
            return None
    if hour:
        seconds = int(hour) * 3600 + int(minute) * 60 + int(second or 0)
        serial += (seconds + float(f"0.{fraction or 0}")) / 86400
    elif not year:
        return None
    return serial, bool(year)
