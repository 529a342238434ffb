"""Invoice numbers (发票号码): 20 digits when fully digital; else eight, beside a code (发票代码) of 12 or 10 digits.

Fully digital: two digits of year, two of province, one of channel, fifteen of serial. Cities with a plan of their own have
codes that are not published in one list, so an unknown province is improbable, not wrong. A code of 12 digits begins with 0
and has the year in places 6 and 7.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.counties import PROVINCES
from ownerbook.identifiers.number_text import is_masked, is_several, judge_each, squeeze
from ownerbook.identifiers.number_text import mask as mask
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "masked", "several", "characters", "length", "code-missing", "code", "year", "province")
"""Reason keys in the order of judging; the place of a key is its code in `check_column`."""

FIRST_DIGITAL_YEAR = 21
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_WITH_CODE = re.compile(r"(0[0-9]{11}|[0-9]{10})[-/—]?([0-9]{8})", re.ASCII)
_CODE_OF_12 = re.compile(r"0[0-9]{11}", re.ASCII)
_CODE_OF_10 = re.compile(r"[0-9]{10}", re.ASCII)


class Invoice(NamedTuple):
    """The parts of an invoice number."""

    number: str
    """20 or 8 digits."""
    code: str
    """10 or 12 digits, '' for a fully digital invoice or when none was given."""
    year: int | None
    """The year of issue as far as the number or the code of 12 tells it."""


def parse(text: str, code: str = "") -> Invoice | None:
    """The parts of a number and, for paper invoices, its code beside it or before it; None when it has no such form."""
    number, beside = squeeze(text), squeeze(code)
    if len(number) == 20 and _DIGITS.fullmatch(number) and not (number[0] == "0" and beside == ""):
        return Invoice(number, beside, 2000 + int(number[:2]))
    if not beside and (found := _WITH_CODE.fullmatch(number)):
        beside, number = found[1], found[2]
    if len(number) != 8 or not _DIGITS.fullmatch(number):
        return None
    year = 2000 + int(beside[5:7]) if _CODE_OF_12.fullmatch(beside) else None
    return Invoice(number, beside, year)


def check(text: str, *, today: date | None, code: str = "") -> Verdict:
    """Judge one number with the code beside it, if any; without `today` no year is too late."""
    number = squeeze(text)
    if is_masked(number + code):
        return Verdict(Status.INVALID, "masked")
    parts = parse(text, code)
    if parts is None:
        if is_several(text):
            return Verdict(Status.INVALID, "several")
        return Verdict(Status.INVALID, "length" if _DIGITS.fullmatch(number) or not number else "characters")
    written = (f"{parts.code}-" if parts.code else "") + parts.number
    if len(parts.number) == 20:
        if parts.code:
            return Verdict(Status.SUSPECT, "code", written)
        if int(number[:2]) < FIRST_DIGITAL_YEAR or (today is not None and 2000 + int(number[:2]) > today.year):
            return Verdict(Status.SUSPECT, "year", number)
        if number[2:4] not in PROVINCES:
            return Verdict(Status.SUSPECT, "province", number)
        return Verdict(Status.VALID, "", number)
    if not parts.code:
        return Verdict(Status.SUSPECT, "code-missing", written)
    if not (_CODE_OF_12.fullmatch(parts.code) or _CODE_OF_10.fullmatch(parts.code)):
        return Verdict(Status.INVALID, "code", written)
    if today is not None and parts.year is not None and parts.year > today.year:
        return Verdict(Status.SUSPECT, "year", written)
    return Verdict(Status.VALID, "", written)


def canonical(text: str) -> str:
    """The form on which equality rests: without white space, code and number joined by a hyphen; '' when it has none."""
    return check(text, today=None).canonical


def check_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many numbers without a code beside them."""
    return judge_each(texts, lambda text: check(text, today=today), REASONS)
