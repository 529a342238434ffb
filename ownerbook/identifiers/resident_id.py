"""Resident IDs (居民身份证, GB 11643): 18 places, and the 15 of the first generation.

The number is for life (居民身份证法 art. 3) and its address code is the one in force when it was given: a code is never held
against a year of birth. Cards of 15 digits are out of use; their number goes over into the 18 places by inserting 19 before
the year and adding the check place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers import mod11
from ownerbook.identifiers.counties import PROVINCES, is_known, known_codes, known_provinces
from ownerbook.identifiers.mod11 import Sex
from ownerbook.identifiers.number_text import is_masked, is_several, judge_each, lengths, squeeze
from ownerbook.identifiers.number_text import mask as mask
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = (
    "", "masked", "several", "length", "characters", "province", "birth", "birth-future", "check-digit", "legacy-15", "county",
    "order", "age",
)  # fmt: skip
"""Reason keys in the order of judging; the place of a key is its code in `check_column`."""

LENGTH = 18
_CODE = {reason: np.uint8(i) for i, reason in enumerate(REASONS)}
_FIFTEEN = re.compile(r"[0-9]{15}", re.ASCII)


class ResidentID(NamedTuple):
    """The parts of a resident ID."""

    region: str
    """Six digits of province, prefecture and county."""
    birth: date
    order: str
    """Three digits that tell apart those of one region and day."""
    sex: Sex
    digits: int
    """18, or 15 when the number was written in the old form."""


def upgrade(fifteen: str) -> str:
    """The 18-place form of a number of 15 digits."""
    seventeen = fifteen[:6] + "19" + fifteen[6:]
    return seventeen + mod11.check_digit(seventeen)


def downgrade(eighteen: str) -> str:
    """The 15 digits that the number had on a card of the first generation; for births from 1900 to 1999."""
    return eighteen[:6] + eighteen[8:17]


def check(text: str, *, today: date | None) -> Verdict:
    """Judge one number; without `today` neither future births nor great ages are judged."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    if len(number) not in (15, 18):
        return Verdict(Status.INVALID, "several" if is_several(text) else "length")
    old = _FIFTEEN.fullmatch(number) is not None
    if not (old or mod11.well_formed(number)):
        return Verdict(Status.INVALID, "several" if is_several(text) else "characters")
    whole = upgrade(number) if old else number
    born = mod11.read_date(whole[6:14])
    if whole[:2] not in PROVINCES:
        return Verdict(Status.INVALID, "province", number)
    if born is None:
        return Verdict(Status.INVALID, "birth", number)
    if today is not None and born > today:
        return Verdict(Status.INVALID, "birth-future", number)
    if old:
        return Verdict(Status.LEGACY, "legacy-15", whole, whole)
    if number[17] != mod11.check_digit(number[:17]):
        return Verdict(Status.INVALID, "check-digit", number)
    if not is_known(number[:6]):
        return Verdict(Status.SUSPECT, "county", number)
    if number[14:17] == "000":
        return Verdict(Status.SUSPECT, "order", number)
    if today is not None and mod11.too_old(born, today):
        return Verdict(Status.SUSPECT, "age", number)
    return Verdict(Status.VALID, "", number)


def parse(text: str) -> ResidentID | None:
    """The parts of a number without error, None for any other. An unknown county or an improbable age does not hinder."""
    verdict = check(text, today=None)
    if verdict.status is Status.INVALID:
        return None
    number, born = verdict.canonical, mod11.read_date(verdict.canonical[6:14])
    assert born is not None
    digits = 15 if verdict.status is Status.LEGACY else 18
    return ResidentID(number[:6], born, number[14:17], mod11.sex_of(number[14:17]), digits)


def canonical(text: str) -> str:
    """The form on which equality rests: without white space, X in upper case, 15 digits as 18; '' when it has no such form."""
    return check(text, today=None).canonical


def check_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many numbers, as `check` gives them one by one."""
    statuses = np.full(len(texts), np.uint8(Status.VALID))
    reasons = np.zeros(len(texts), np.uint8)
    read = mod11.read_column(texts)
    statuses[read.rows], reasons[read.rows] = _judged(read, today)
    if len(read.rows) < len(texts):
        unread = np.ones(len(texts), np.bool_)
        unread[read.rows] = False
        rest = np.flatnonzero(unread)
        statuses[rest], reasons[rest] = _judge_odd([texts[i] for i in rest.tolist()], today)
    return statuses, reasons


def _judge_odd(texts: list[str], today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes of texts that are not 18 places as they stand: whole columns of them lack a place or are old."""
    numbers = [squeeze(text) for text in texts]
    statuses = np.full(len(texts), np.uint8(Status.INVALID))
    reasons = np.where(np.isin(lengths(numbers), (15, LENGTH)), _CODE["characters"], _CODE["length"])
    spaced = mod11.read_column(numbers)
    statuses[spaced.rows], reasons[spaced.rows] = _judged(spaced, today)
    fifteen = np.array([i for i, number in enumerate(numbers) if _FIFTEEN.fullmatch(number)], np.int64)
    old = mod11.read_column([numbers[i][:6] + "19" + numbers[i][6:] + "0" for i in fifteen.tolist()])
    _, reason = _judged(old, today)
    wrong = np.isin(reason, [_CODE[key] for key in ("province", "birth", "birth-future")])
    statuses[fifteen] = np.where(wrong, np.uint8(Status.INVALID), np.uint8(Status.LEGACY))
    reasons[fifteen] = np.where(wrong, reason, _CODE["legacy-15"])
    left = np.ones(len(texts), np.bool_)
    left[spaced.rows] = False
    left[fifteen] = False
    # letters and digits in one piece can neither be masked nor hold several numbers
    left &= np.array([not (text.isascii() and text.isalnum()) for text in texts], np.bool_)
    rest = np.flatnonzero(left)
    statuses[rest], reasons[rest] = judge_each([texts[i] for i in rest.tolist()], lambda t: check(t, today=today), REASONS)
    return statuses, reasons


def plain_column(matrix: NDArray[np.uint8], lengths: NDArray[np.int64], *, today: date | None) -> NDArray[np.bool_]:
    """Which of n texts are valid numbers in their canonical form, given as the first 18 bytes of each, and their true lengths."""
    rows = np.flatnonzero(lengths == LENGTH)
    read = mod11.read_places(np.ascontiguousarray(matrix[rows].T), rows)
    fine = (_judged(read, today)[1] == 0) & (matrix[read.rows, LENGTH - 1] != ord("x"))
    good = np.zeros(len(lengths), bool)
    good[read.rows[fine]] = True
    return good


def plain_births(matrix: NDArray[np.uint8], lengths: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Which of n texts `plain_column` knows without a day, and their days of birth, in days since 1970-01-01 (0 for the others)."""
    plain = plain_column(matrix, lengths, today=None)
    rows = np.flatnonzero(plain)
    days = np.zeros(len(lengths), np.int32)
    read = mod11.read_places(np.ascontiguousarray(matrix[rows].T), rows)
    days[read.rows] = mod11.as_days(read.birth).astype(np.int64)
    return plain, days


def _judged(read: mod11.Reading, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes of well-formed numbers."""
    state = np.full(len(read.rows), np.uint8(Status.VALID))
    reason = np.zeros(len(read.rows), np.uint8)
    # the last to be written is the first in the order of judging
    for key, status, holds in (
        ("age", Status.SUSPECT, read.too_old(today)),
        ("order", Status.SUSPECT, read.order == 0),
        ("county", Status.SUSPECT, ~known_codes()[read.region]),
        ("check-digit", Status.INVALID, ~read.check_fits),
        ("birth-future", Status.INVALID, read.born_after(today)),
        ("birth", Status.INVALID, ~read.birth_is_real),
        ("province", Status.INVALID, ~known_provinces()[read.region // 10000]),
    ):
        state[holds] = np.uint8(status)
        reason[holds] = _CODE[key]
    return state, reason


def births_and_sexes(texts: Sequence[str]) -> tuple[NDArray[np.datetime64], NDArray[np.uint8]]:
    """The day of birth (datetime64[D], NaT when unknown) and the sex (0 unknown, 1 male, 2 female) of many numbers.

    Known for every number without error, as `parse` has it.
    """
    births = np.full(len(texts), np.datetime64("NaT"), "datetime64[D]")
    sexes = np.zeros(len(texts), np.uint8)
    statuses, _ = check_column(texts, today=None)
    read = mod11.read_column(texts)
    good = statuses[read.rows] != Status.INVALID
    rows = read.rows[good]
    births[rows] = mod11.as_days(read.birth[good])
    sexes[rows] = 2 - read.order[good] % 2
    known = statuses != Status.INVALID
    known[rows] = False
    for i in np.flatnonzero(known).tolist():
        parts = parse(texts[i])
        if parts is not None:
            births[i], sexes[i] = np.datetime64(parts.birth), mod11.SEXES[parts.sex]
    return births, sexes
