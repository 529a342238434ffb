"""Permanent residence cards of foreigners (外国人永久居留身份证), of 18 places since 2023-12-01 and of 15 before.

New: 9, two digits of province, three of country (ISO 3166-1), eight of birth, three of order, MOD 11-2 check. Old: three
letters of country, four digits of city, YYMMDD, one digit of order, one check with the weights 7 3 1 (letters from A = 10).
Old cards stay in use until they expire, so their form is no reason for a warning. Layouts: 国家移民管理局 2023, and the
arithmetic of the published specimens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers import mod11
from ownerbook.identifiers.counties import PROVINCES
from ownerbook.identifiers.mod11 import Sex
from ownerbook.identifiers.number_text import is_masked, is_several, judge_each, squeeze
from ownerbook.identifiers.number_text import mask as mask
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = (
    "", "masked", "several", "length", "shape", "province", "birth", "birth-future", "check-digit", "country", "order", "age",
)  # fmt: skip
"""Reason keys in the order of judging; the place of a key is its code in `check_column`."""

_NEW = re.compile(r"9[0-9]{16}[0-9X]", re.ASCII)
_OLD = re.compile(r"[A-Z]{3}[0-9]{12}", re.ASCII)
_NO_COUNTRY = frozenset({"000", "156"})  # China's own number cannot be a foreigner's
_NO_LETTERS = frozenset({"CHN"})


class PermanentResident(NamedTuple):
    """The parts of a permanent residence card's number."""

    place: str
    """New: two digits of province; old: four digits of city."""
    country: str
    """New: three digits; old: three letters (ISO 3166-1)."""
    birth: date | None
    """None on the old card, which has no century."""
    sex: Sex | None
    """None on the old card, which does not tell it."""
    digits: int
    """18 or 15."""


def old_check_digit(first14: str) -> str:
    """The check place of an old number: weights 7 3 1 over digits and letters (A = 10), modulo 10."""
    return str(sum((7, 3, 1)[i % 3] * int(c, 36) for i, c in enumerate(first14)) % 10)


def _old_birth_is_real(digits: str) -> bool:
    return mod11.read_date("19" + digits) is not None or mod11.read_date("20" + digits) is not None


def check(text: str, *, today: date | None) -> Verdict:
    """Judge one number, new or old; without `today` neither future births nor great ages are judged."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    if _OLD.fullmatch(number):
        return _check_old(number)
    if not _NEW.fullmatch(number):
        if is_several(text):
            return Verdict(Status.INVALID, "several")
        return Verdict(Status.INVALID, "shape" if len(number) in (15, 18) else "length")
    if number[1:3] not in PROVINCES:
        return Verdict(Status.INVALID, "province", number)
    born = mod11.read_date(number[6:14])
    if born is None:
        return Verdict(Status.INVALID, "birth", number)
    if today is not None and born > today:
        return Verdict(Status.INVALID, "birth-future", number)
    if number[17] != mod11.check_digit(number[:17]):
        return Verdict(Status.INVALID, "check-digit", number)
    if number[3:6] in _NO_COUNTRY:
        return Verdict(Status.SUSPECT, "country", number)
    if number[14:17] == "000":
        return Verdict(Status.SUSPECT, "order", number)
    if today is not None and mod11.too_old(born, today):
        return Verdict(Status.SUSPECT, "age", number)
    return Verdict(Status.VALID, "", number)


def _check_old(number: str) -> Verdict:
    if not _old_birth_is_real(number[7:13]):
        return Verdict(Status.INVALID, "birth", number)
    if number[14] != old_check_digit(number[:14]):
        return Verdict(Status.INVALID, "check-digit", number)
    if number[:3] in _NO_LETTERS:
        return Verdict(Status.SUSPECT, "country", number)
    return Verdict(Status.VALID, "", number)


def parse(text: str) -> PermanentResident | None:
    """The parts of a number without error, None for any other."""
    verdict = check(text, today=None)
    if verdict.status is Status.INVALID:
        return None
    number = verdict.canonical
    if len(number) == 15:
        return PermanentResident(number[3:7], number[:3], None, None, 15)
    return PermanentResident(number[1:3], number[3:6], mod11.read_date(number[6:14]), mod11.sex_of(number[14:17]), 18)


def canonical(text: str) -> str:
    """The form on which equality rests: without white space, letters in upper case; '' when it has no such form."""
    return check(text, today=None).canonical


def check_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many numbers."""
    return judge_each(texts, lambda text: check(text, today=today), REASONS)
