"""Shares of ownership (产权份额), exact: 50%, 1/2, 0.5, 共同共有.

Numbers up to 1 are fractions of the whole and those above it percent; 1 is 100 %. Sums are exact, with half a unit of the last
written decimal of each owner to spare (../shared/judging.md §3).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ownerbook.identifiers.columns import Bytes, harmless, judge_column
from ownerbook.identifiers.damage import fold
from ownerbook.identifiers.numerals import number
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "written", "range", "format")
"""`written` is valid and has a suggestion: 二分之一 is 1/2."""

JOINT = "共同共有"

_PERCENT = re.compile(r"([0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20}) ?%", re.ASCII)
_RATIO = re.compile(r"([0-9]{1,25}) ?[/⁄∕] ?([0-9]{1,25})", re.ASCII)  # room for every decimal that _NUMBER reads
_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20}", re.ASCII)
_SPOKEN = re.compile(r"(.{1,6})分之(.{1,6})")
_NOISE = 12  # from so many decimals on a share was computed, not typed


@dataclass(frozen=True, slots=True)
class Share:
    """One owner's share.

    value: part of the whole, exact (0 for a joint share, which has no part). joint: 共同共有. unit: the worth of its last
    written decimal, 0 when it has none (50%, 1/3).
    """

    value: Fraction
    joint: bool = False
    unit: Fraction = Fraction(0)

    @property
    def slack(self) -> Fraction:
        """What rounding may have taken from it or added to it."""
        return self.unit / 2

    @property
    def written(self) -> str:
        """The share as percent where that is exact, else as a fraction."""
        if self.joint:
            return JOINT
        percent = self.value * 100
        if 10**6 % percent.denominator == 0:
            shown = f"{float(percent):.6f}".rstrip("0").rstrip(".")
            return f"{shown}%"
        return f"{self.value.numerator}/{self.value.denominator}"


def parse(text: str) -> Share | None:
    """The share that a text says, within bounds or not; None when it says none."""
    shown = re.sub(r"\s+", " ", fold(text).strip())
    if shown == JOINT:
        return Share(Fraction(0), joint=True)
    if match := _PERCENT.fullmatch(shown):
        return _percent(match[1])
    if match := _RATIO.fullmatch(shown):
        return Share(Fraction(int(match[1]), int(match[2]))) if int(match[2]) else None
    if _NUMBER.fullmatch(shown):
        return _plain(shown)
    if match := _SPOKEN.fullmatch(shown):
        below, above = (part if part.isdigit() and part.isascii() else number(part) for part in match.groups())
        return Share(Fraction(int(above), int(below))) if below and above and int(below) else None
    return None


def from_number(value: float, *, percent: bool = False) -> Share | None:
    """The share of a number cell; `percent` when its format shows percent (0.5 is then written 50%). None when no number."""
    if not math.isfinite(value) or abs(value) > 1e9:
        return None
    if value < 0:
        return Share(Fraction(repr(value)))
    simple = Fraction(value).limit_denominator(1000)
    written = format(value, ".15g")
    decimals = len(written.partition(".")[2]) if "e" not in written else 99
    if decimals >= _NOISE and abs(float(simple) - value) < 1e-12:
        return Share(simple)
    if decimals > 20:
        return Share(Fraction(value))
    if percent:
        return _percent(format(value * 100, ".13f").rstrip("0").rstrip(".") if value < 1e3 else str(round(value * 100)))
    return _plain(written)


def canonical(text: str) -> str:
    """The share in one way of writing, '' when there is none."""
    return check(text).canonical


def check(text: str) -> Verdict:
    """Judge one text: more than nothing, no more than the whole."""
    share = parse(text)
    if share is None:
        return Verdict(Status.INVALID, "format")
    if not share.joint and not 0 < share.value <= 1:
        return Verdict(Status.INVALID, "range")
    written = share.written
    if "分之" in text:
        ratio = f"{share.value.numerator}/{share.value.denominator}"
        return harmless("written", written, ratio)
    return Verdict(Status.VALID, "", written)


def mask(text: str) -> str:
    """A share is hidden whole."""
    return "***" if text.strip() else ""


def check_column(texts: Sequence[str]) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes and canonical forms of n texts."""
    return judge_column(texts, check, REASONS)


def adds_up(shares: Iterable[Share]) -> bool:
    """True when the shares make the whole, rounding allowed for; shares among which one is joint always do.

    Rounding half up can add the whole of the slack but never take all of it: 0.6 and 0.3 are too little, eight times 0.13
    is right for eighths.
    """
    held = list(shares)
    if any(share.joint for share in held):
        return True
    over = sum((share.value for share in held), Fraction(0)) - 1
    slack = sum((share.slack for share in held), Fraction(0))
    return over == 0 or -slack < over <= slack


def _percent(digits: str) -> Share:
    decimals = len(digits.partition(".")[2])
    return Share(Fraction(digits) / 100, unit=Fraction(1, 100 * 10**decimals) if decimals else Fraction(0))


def _plain(digits: str) -> Share:
    value = Fraction(digits)
    if value > 1:
        return _percent(digits)
    decimals = len(digits.partition(".")[2])
    if decimals >= _NOISE:
        simple = value.limit_denominator(1000)
        if abs(simple - value) < Fraction(1, 10**_NOISE):
            return Share(simple)
    return Share(value, unit=Fraction(1, 10**decimals) if decimals and value != 1 else Fraction(0))
