"""Passports (护照), Chinese and foreign. No check place is printed in the number.

Chinese, of all series still met in files: E and eight digits, since 2017-04-05 E, a letter (no I, O) and seven; G and eight,
14 or 15 and seven; diplomatic, service and public affairs DE, SE, PE and seven, D, P and seven, S and seven or eight; Hong
Kong K and eight or KJ and seven; Macao MA and seven. Foreign ones differ by country: 5 to 20 letters and digits, mostly 6 to 9.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.number_text import is_masked, is_several, judge_each, squeeze
from ownerbook.identifiers.number_text import mask as mask
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "masked", "several", "characters", "length", "long-or-short", "no-digits")
"""Reason keys in the order of judging; the place of a key is its code in `check_column`."""

_CHINESE = (
    ("普通护照", re.compile(r"E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|1[45][0-9]{7}", re.ASCII)),
    ("外交护照", re.compile(r"DE?[0-9]{7}", re.ASCII)),
    ("公务护照", re.compile(r"SE[0-9]{7}|S[0-9]{7,8}", re.ASCII)),
    ("公务普通护照", re.compile(r"PE?[0-9]{7}", re.ASCII)),
    ("香港特别行政区护照", re.compile(r"K[0-9]{8}|KJ[0-9]{7}", re.ASCII)),
    ("澳门特别行政区护照", re.compile(r"MA[0-9]{7}", re.ASCII)),
)
_ANY = re.compile(r"[0-9A-Z]{5,20}", re.ASCII)
_CHARACTERS = re.compile(r"[0-9A-Z]+", re.ASCII)
_USUAL = range(6, 10)


class Passport(NamedTuple):
    """What a passport's number tells."""

    number: str
    series: str
    """The Chinese series whose form it has, else 外国护照. A foreign number may by chance have a Chinese form."""


def parse(text: str) -> Passport | None:
    """The number and the series whose form it has, None when it cannot be a passport's."""
    number = squeeze(text)
    for series, form in _CHINESE:
        if form.fullmatch(number):
            return Passport(number, series)
    return Passport(number, "外国护照") if _ANY.fullmatch(number) else None


def check(text: str, *, today: date | None) -> Verdict:
    """Judge one number; `today` plays no part. Fewer than six or more than nine places are improbable, not wrong."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    if not _ANY.fullmatch(number):
        if is_several(text):
            return Verdict(Status.INVALID, "several")
        return Verdict(Status.INVALID, "length" if _CHARACTERS.fullmatch(number) or not number else "characters")
    if len(number) not in _USUAL:
        if is_several(text):
            return Verdict(Status.INVALID, "several")
        return Verdict(Status.SUSPECT, "long-or-short", number)
    if number.isalpha():
        return Verdict(Status.SUSPECT, "no-digits", number)
    return Verdict(Status.VALID, "", number)


def canonical(text: str) -> str:
    """The form on which equality rests: without white space, letters in upper case; '' when it cannot be a passport's."""
    return check(text, today=None).canonical


def check_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many numbers."""
    return judge_each(texts, lambda text: check(text, today=today), REASONS)
