"""Unified social credit codes (统一社会信用代码, GB 32100): 18 places of digits and letters without I, O, S, V, Z.

Places 9 to 17 are the organisation code (GB 11714) with a check of its own, place 18 checks the whole; both must hold. The
15 digits of an old business licence are legacy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.number_text import Bytes, is_masked, is_several, judge_each, lengths, places, squeeze
from ownerbook.identifiers.number_text import mask as mask
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = (
    "", "masked", "several", "length", "characters", "check-digit", "organisation-check", "legacy-licence", "registrar", "category",
)  # fmt: skip
"""Reason keys in the order of judging; the place of a key is its code in `check_column`."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
REGISTRARS = "123456789ANY"
_CATEGORIES = "123459"
_OF_MARKET_REGULATION = "1239"

_CODE = {reason: np.uint8(i) for i, reason in enumerate(REASONS)}
_BUILD = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}", re.ASCII)
_LICENCE = re.compile(r"[0-9]{15}", re.ASCII)


class CreditCode(NamedTuple):
    """The parts of a unified social credit code."""

    registrar: str
    """One place: who registers (1 编制 … 5 民政 … 9 市场监管, A 军队, N 农业农村, Y 其他)."""
    category: str
    """One place: what kind of body, in the registrar's own list."""
    region: str
    """Six digits of the registering office."""
    organisation: str
    """Nine places: the organisation code."""


def check_digit(first17: str) -> str:
    """The last place that belongs to 17 places."""
    return ALPHABET[-sum(w * ALPHABET.index(c) for w, c in zip(WEIGHTS, first17, strict=True)) % 31]


def organisation_check(first8: str) -> str:
    """The ninth place of an organisation code that belongs to its first eight (letters from A = 10)."""
    return "0123456789X"[-sum(w * int(c, 36) for w, c in zip(ORGANISATION_WEIGHTS, first8, strict=True)) % 11]


def check(text: str, *, today: date | None) -> Verdict:
    """Judge one code; `today` plays no part."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    if _LICENCE.fullmatch(number):
        return Verdict(Status.LEGACY, "legacy-licence", number)
    if not _BUILD.fullmatch(number):
        if is_several(text):
            return Verdict(Status.INVALID, "several")
        return Verdict(Status.INVALID, "characters" if len(number) == 18 else "length")
    if number[17] != check_digit(number[:17]):
        return Verdict(Status.INVALID, "check-digit", number)
    if number[16] != organisation_check(number[8:16]):
        return Verdict(Status.INVALID, "organisation-check", number)
    if number[0] not in REGISTRARS:
        return Verdict(Status.SUSPECT, "registrar", number)
    if number[1] not in (_OF_MARKET_REGULATION if number[0] == "9" else _CATEGORIES):
        return Verdict(Status.SUSPECT, "category", number)
    return Verdict(Status.VALID, "", number)


def parse(text: str) -> CreditCode | None:
    """The parts of a code without error, None for any other and for an old licence number."""
    verdict = check(text, today=None)
    if verdict.status not in (Status.VALID, Status.SUSPECT):
        return None
    number = verdict.canonical
    return CreditCode(number[0], number[1], number[2:8], number[8:17])


def canonical(text: str) -> str:
    """The form on which equality rests: without white space, letters in upper case; '' when it has no such form."""
    return check(text, today=None).canonical


def _table(alphabet: str, value_of_first: int = 0) -> Bytes:
    table = np.full(256, 255, np.uint8)
    for value, letter in enumerate(alphabet, value_of_first):
        table[[ord(letter), ord(letter.lower())]] = value
    return table


_VALUES = _table(ALPHABET)
_BASE36 = _table("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def check_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many codes, as `check` gives them one by one."""
    statuses = np.full(len(texts), np.uint8(Status.VALID))
    reasons = np.zeros(len(texts), np.uint8)
    rows = np.flatnonzero(lengths(texts) == 18)
    matrix = places(texts if len(rows) == len(texts) else [texts[i] for i in rows.tolist()], 18)
    values = _VALUES[matrix]
    formed = (values.max(axis=0, initial=0) <= 30) & (values[2:8].max(axis=0, initial=0) <= 9)
    rows, matrix, values = rows[formed], matrix[:, formed], values[:, formed]

    total = values[17].astype(np.uint16)
    for weight, place in zip(WEIGHTS, values[:17], strict=True):
        total += place.astype(np.uint16) * np.uint16(weight)
    inner = np.zeros(len(rows), np.uint16)
    for weight, place in zip(ORGANISATION_WEIGHTS, matrix[8:16], strict=True):
        inner += _BASE36[place].astype(np.uint16) * np.uint16(weight)
    inner = (11 - inner % 11) % 11
    # X stands for ten, other letters for no check value at all
    check_value = np.where(values[16] == ALPHABET.index("X"), 10, np.where(values[16] <= 9, values[16], 99))
    registrar, category = values[0], values[1]
    of_market = registrar == 9
    state = np.zeros(len(rows), np.uint8)
    reason = np.zeros(len(rows), np.uint8)
    # the last to be written is the first in the order of judging
    for key, status, holds in (
        ("category", Status.SUSPECT, ~np.where(of_market, _among(category, _OF_MARKET_REGULATION), _among(category, _CATEGORIES))),
        ("registrar", Status.SUSPECT, ~_among(registrar, REGISTRARS)),
        ("organisation-check", Status.INVALID, inner != check_value),
        ("check-digit", Status.INVALID, total % 31 != 0),
    ):
        state[holds] = np.uint8(status)
        reason[holds] = _CODE[key]
    statuses[rows] = state
    reasons[rows] = reason
    if len(rows) < len(texts):
        unread = np.ones(len(texts), np.bool_)
        unread[rows] = False
        rest = np.flatnonzero(unread)
        statuses[rest], reasons[rest] = judge_each([texts[i] for i in rest.tolist()], lambda t: check(t, today=today), REASONS)
    return statuses, reasons


def _among(values: Bytes, letters: str) -> NDArray[np.bool_]:
    allowed = np.zeros(256, np.bool_)
    allowed[[ALPHABET.index(letter) for letter in letters]] = True
    found: NDArray[np.bool_] = allowed[values]
    return found
