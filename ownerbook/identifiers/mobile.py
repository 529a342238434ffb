"""Mainland mobile numbers by the segments that the ministry has given out.

Source: 工信部's table of network codes and H0 allocations (end of March 2023), and which of them are resold, tied to satellites
or to machines. Numbers move between operators, so no operator is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.columns import Bytes, judge_column
from ownerbook.identifiers.phone_text import plain
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "segment", "iot", "satellite", "placeholder", "length", "format")

DIGITS = 11
ORDINARY, VIRTUAL, SATELLITE, IOT = "ordinary", "virtual", "satellite", "iot"

GIVEN_OUT = {
    ORDINARY: "130-133 1340-1348 135-139 145-153 155-159 166 172-173 175-178 180-193 195-199",
    VIRTUAL: "162 165 167 170-171",
    SATELLITE: "1349 1619 174",
    IOT: "140-144",
}
"""Segments of three or four digits by what they are for. Numbers of eleven digits begin with them; those of machines have
thirteen."""


def _segments() -> dict[str, str]:
    """Each first four digits that are given out, and what for."""
    found: dict[str, str] = {}
    for use, ranges in GIVEN_OUT.items():
        for span in ranges.split():
            first, _, last = span.partition("-")
            for head in range(int(first), int(last or first) + 1):
                found.update(dict.fromkeys([str(head)] if head > 999 else [f"{head}{tail}" for tail in range(10)], use))
    return found


_BY_FOUR = _segments()
_PREFIX = re.compile(r"(?:(?:\+|00)86[- ]?|86(?=1[3-9][0-9]{9}$))?(1[0-9- ]*[0-9])", re.ASCII)
_MACHINE = re.compile(r"1(?:4[0-4]|064)[0-9]+", re.ASCII)
_RUNS = frozenset({"01234567", "12345678", "23456789", "98765432", "87654321", "76543210"})
_MADE_UP = frozenset({"13800138000"})
_GOOD = frozenset(four for four, kind in _BY_FOUR.items() if kind in (ORDINARY, VIRTUAL))


def parse(text: str) -> str | None:
    """The digits of a text that is written as a mobile number, without +86, spaces and dashes; None for other texts."""
    match = _PREFIX.fullmatch(plain(text))
    return None if match is None else match[1].replace(" ", "").replace("-", "")


def kind(number: str) -> str | None:
    """What the segment of a number is for, None when it is not given out."""
    return _BY_FOUR.get(number[:4])


def is_placeholder(number: str) -> bool:
    """True for numbers that are typed to fill a cell: one digit eight times at the end, a run of eight, 13800138000.

    Narrow on purpose: 138-0000-1234 is no placeholder.
    """
    return number in _MADE_UP or number[3:] in _RUNS or len(set(number[3:])) == 1


def canonical(text: str) -> str:
    """Eleven (machines: thirteen) digits, '' when the text is no such number."""
    return check(text).canonical


def check(text: str) -> Verdict:
    """Judge one number. A segment that is not given out is a question only; one that cannot exist is an error."""
    number = parse(text)
    if number is None:
        return Verdict(Status.INVALID, "format")
    if len(number) == 13 and _MACHINE.fullmatch(number):
        return Verdict(Status.SUSPECT, "iot", number)
    if len(number) != 11:
        return Verdict(Status.INVALID, "length")
    if not "13" <= number[:2] <= "19":
        return Verdict(Status.INVALID, "segment")
    use = kind(number)
    if use is None:
        return Verdict(Status.SUSPECT, "segment", number)
    if use in (SATELLITE, IOT):
        return Verdict(Status.SUSPECT, use, number)
    if is_placeholder(number):
        return Verdict(Status.SUSPECT, "placeholder", number)
    return Verdict(Status.VALID, "", number)


def is_plain(text: str) -> bool:
    """True, cheaply, for an ordinary number written as its eleven digits."""
    return len(text) == 11 and text[:4] in _GOOD and text.isascii() and text.isdigit() and not is_placeholder(text)


def plain_column(matrix: Bytes, lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
    """`is_plain` of n texts, given as the first DIGITS bytes of each, shape (n, DIGITS), and their true lengths."""
    digits = (matrix - np.uint8(ord("0"))).T
    good: NDArray[np.bool_] = (lengths == DIGITS) & (digits.max(axis=0, initial=0) <= 9)
    head, last8 = (_value(digits[a:b]) for a, b in ((0, 4), (3, DIGITS)))
    good &= _good_heads()[np.where(good, head, 0)] & (last8 % 11_111_111 != 0)
    for number in (*(int(run) for run in _RUNS), *(int(made_up[3:]) for made_up in _MADE_UP)):
        good &= last8 != number  # of made-up numbers more than need be: `check` looks closer
    return good


def _value(digits: Bytes) -> NDArray[np.int32]:
    out = np.zeros(digits.shape[1], np.int32)
    for place in digits:
        out = out * np.int32(10) + place
    return out


@cache
def _good_heads() -> NDArray[np.bool_]:
    out = np.zeros(10000, bool)
    out[[int(four) for four in _GOOD]] = True
    return out


def check_column(texts: Sequence[str]) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes and canonical forms of n numbers."""
    return judge_column(texts, check, REASONS, is_plain)


def mask(text: str) -> str:
    """138****8000; of a number that is too short to be one its last four digits, of fewer than seven digits none."""
    number = parse(text) or "".join(c for c in text if c.isdigit())
    if len(number) >= DIGITS:
        return f"{number[:3]}****{number[-4:]}"
    return "*" * max(len(number) - 4, 4) + (number[-4:] if len(number) >= 7 else "")
