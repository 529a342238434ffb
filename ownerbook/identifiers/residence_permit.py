"""Residence permits for Hong Kong, Macao and Taiwan residents (港澳台居民居住证): built as a resident ID, with a region of its own.

The address code is exactly 810000, 820000 or 830000 (国办发〔2018〕81号 art. 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers import mod11
from ownerbook.identifiers.mod11 import Sex
from ownerbook.identifiers.number_text import is_masked, is_several, judge_each, squeeze
from ownerbook.identifiers.number_text import mask as mask
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = (
    "", "masked", "several", "length", "characters", "region", "birth", "birth-future", "check-digit", "order", "age",
)  # fmt: skip
"""Reason keys in the order of judging; the place of a key is its code in `check_column`."""

REGIONS = {"810000": "香港", "820000": "澳门", "830000": "台湾"}


class ResidencePermit(NamedTuple):
    """The parts of a residence permit's number."""

    region: str
    """810000, 820000 or 830000."""
    birth: date
    order: str
    sex: Sex


def check(text: str, *, today: date | None) -> Verdict:
    """Judge one number; without `today` neither future births nor great ages are judged."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    if not mod11.well_formed(number):
        if is_several(text):
            return Verdict(Status.INVALID, "several")
        return Verdict(Status.INVALID, "characters" if len(number) == 18 else "length")
    if number[:6] not in REGIONS:
        return Verdict(Status.INVALID, "region", number)
    born = mod11.read_date(number[6:14])
    if born is None:
        return Verdict(Status.INVALID, "birth", number)
    if today is not None and born > today:
        return Verdict(Status.INVALID, "birth-future", number)
    if number[17] != mod11.check_digit(number[:17]):
        return Verdict(Status.INVALID, "check-digit", number)
    if number[14:17] == "000":
        return Verdict(Status.SUSPECT, "order", number)
    if today is not None and mod11.too_old(born, today):
        return Verdict(Status.SUSPECT, "age", number)
    return Verdict(Status.VALID, "", number)


def parse(text: str) -> ResidencePermit | None:
    """The parts of a number without error, None for any other."""
    verdict = check(text, today=None)
    if verdict.status is Status.INVALID:
        return None
    number, born = verdict.canonical, mod11.read_date(verdict.canonical[6:14])
    assert born is not None
    return ResidencePermit(number[:6], born, number[14:17], mod11.sex_of(number[14:17]))


def canonical(text: str) -> str:
    """The form on which equality rests: without white space, X in upper case; '' when it has no such form."""
    return check(text, today=None).canonical


def check_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many numbers."""
    return judge_each(texts, lambda text: check(text, today=today), REASONS)
