"""Military IDs (军官证 and those of sergeants and soldiers), as on the cards since 2016: 军字第1234567号.

Officers have 军 and seven digits (新华社 2016-06-29); 士 and 兵 stand on the cards of sergeants and soldiers, whose count of
digits is not published, so six to eight pass. Older cards name the region or service (南字第…号, 空字第…号); they are legacy.
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

REASONS = ("", "masked", "several", "shape", "length", "legacy-form", "no-prefix")
"""Reason keys in the order of judging; the place of a key is its code in `check_column`."""

_FORM = re.compile(r"([军士兵武])字?第?([0-9]{4,10})号?|([\u4e00-\u9fff]{1,3})字第([0-9]{4,10})号?", re.ASCII)
_BARE = re.compile(r"[0-9]{6,8}", re.ASCII)
_PREFIXES = {"军": range(7, 8), "士": range(6, 9), "兵": range(6, 9), "武": range(6, 9)}


class MilitaryID(NamedTuple):
    """The parts of a military ID's number."""

    prefix: str
    """军, 士, 兵, 武, on older cards the region or service."""
    serial: str


def parse(text: str) -> MilitaryID | None:
    """Prefix and serial, None when it cannot be a military ID's number."""
    found = _FORM.fullmatch(squeeze(text))
    return MilitaryID(found[1] or found[3], found[2] or found[4]) if found else None


def check(text: str, *, today: date | None) -> Verdict:
    """Judge one number; `today` plays no part. Bare digits are improbable: the prefix belongs to the number."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    parts = parse(number)
    if parts is None:
        if _BARE.fullmatch(number):
            return Verdict(Status.SUSPECT, "no-prefix", number)
        return Verdict(Status.INVALID, "several" if is_several(text) else "shape")
    usual = _PREFIXES.get(parts.prefix)
    if usual is None:
        return Verdict(Status.LEGACY, "legacy-form", f"{parts.prefix}字第{parts.serial}号")
    written = parts.prefix + parts.serial
    if len(parts.serial) not in usual:
        return Verdict(Status.SUSPECT, "length", written)
    return Verdict(Status.VALID, "", written)


def canonical(text: str) -> str:
    """The form on which equality rests: prefix and serial (军1234567), older forms in full; '' when it has no such form."""
    return check(text, today=None).canonical


def check_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many numbers."""
    return judge_each(texts, lambda text: check(text, today=today), REASONS)
