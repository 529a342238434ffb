"""Mainland land lines: area code, seven or eight digits, an extension."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ownerbook.identifiers.columns import Bytes, judge_column
from ownerbook.identifiers.phone_text import plain
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "no-area", "lost-zero", "placeholder", "number", "length", "area", "format")

_AREA = r"010|02[0-9]|0[3-9][0-9]{2}"
_EXTENSION = r"(?:[-*#转]|分机|转分机|ext\.?|x)[ :：]?([0-9]{1,6})"
_FULL = re.compile(rf"(?:(?:\+|00)?86[- ]?)?\(?({_AREA})\)?[- ]?([0-9]{{1,4}}[- ]?[0-9]{{3,5}})(?: ?{_EXTENSION})?", re.ASCII | re.IGNORECASE)
_ABROAD = re.compile(
    rf"(?:\+|00)86[- ]?(?:\(0\)[- ]?)?\(?(10|2[0-9]|[3-9][0-9]{{2}})\)?[- ]?([0-9]{{3,4}}[- ]?[0-9]{{4}})(?: ?{_EXTENSION})?",
    re.ASCII | re.IGNORECASE,
)
_LOCAL = re.compile(rf"([2-9][0-9]{{2,3}}[- ]?[0-9]{{4}})(?: ?{_EXTENSION})?", re.ASCII | re.IGNORECASE)
_LOST = re.compile(rf"(10|2[0-9]|[3-9][0-9]{{2}})-?([2-9][0-9]{{6,7}})(?: ?{_EXTENSION})?", re.ASCII | re.IGNORECASE)
_UNUSED_AREAS = frozenset({"026"})
_RUNS = frozenset({"12345678", "1234567", "87654321", "7654321"})


class Landline(NamedTuple):
    """The parts of a land line; '' for what it does not have."""

    area: str
    number: str
    extension: str

    @property
    def digits(self) -> str:
        """The form for comparison: 075582345678, with an extension 075582345678-801."""
        return f"{self.area}{self.number}" + (f"-{self.extension}" if self.extension else "")

    @property
    def written(self) -> str:
        """The form as it should be typed: 0755-82345678-801."""
        return "-".join(part for part in self if part)


def parse(text: str) -> Landline | None:
    """The parts of a land line as written; without an area code `area` is ''. None for other texts."""
    shown = plain(text)
    if match := _FULL.fullmatch(shown):
        return _landline(match[1], match[2], match[3])
    if match := _ABROAD.fullmatch(shown):
        return _landline("0" + match[1], match[2], match[3])
    if match := _LOCAL.fullmatch(shown):
        return _landline("", match[1], match[2])
    return None


def without_zero(text: str) -> Landline | None:
    """The land line that a number means which has lost its leading 0 (B02: 75582345678, 755-82345678)."""
    match = _LOST.fullmatch(plain(text))
    if match is None or len(match[1]) == 2 and len(match[2]) != 8:
        return None
    found = _landline("0" + match[1], match[2], match[3])
    return None if found.area in _UNUSED_AREAS else found


def canonical(text: str) -> str:
    """Digits for comparison, '' when the text is no land line."""
    return check(text).canonical


def check(text: str, *, area_code: str | None = None, from_number: bool = False) -> Verdict:
    """Judge one number. `area_code` is the project's (policy 区号), proposed where a number has none (E07).

    `from_number`: the digits come from a number cell, which drops a leading 0. In a text the loss is told only where a dash
    shows which digits are the area code; other digits may as well be a mistyped mobile.
    """
    found = parse(text)
    if found is None:
        if (lost := without_zero(text)) and (from_number or "-" in plain(text)):
            return Verdict(Status.SUSPECT, "lost-zero", lost.digits, lost.written)
        return Verdict(Status.INVALID, "format")
    if not found.area:
        whole = found._replace(area=area_code or "")
        return Verdict(Status.SUSPECT, "no-area", whole.digits, whole.written if area_code else None)
    if found.area in _UNUSED_AREAS:
        return Verdict(Status.INVALID, "area")
    if len(found.number) not in ((8,) if len(found.area) == 3 else (7, 8)):
        return Verdict(Status.INVALID, "length")
    if found.number in _RUNS or len(set(found.number)) == 1:
        return Verdict(Status.SUSPECT, "placeholder", found.digits)
    if found.number[0] in "01":
        return Verdict(Status.SUSPECT, "number", found.digits)
    return Verdict(Status.VALID, "", found.digits)


def check_column(texts: Sequence[str], *, area_code: str | None = None) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes and canonical forms of n numbers."""
    return judge_column(texts, lambda text: check(text, area_code=area_code), REASONS)


def mask(text: str) -> str:
    """The last four digits of the number: ****5678; of fewer than seven digits none."""
    found = parse(text) or without_zero(text)
    digits = found.number if found else "".join(c for c in text if c.isdigit())
    return "****" + (digits[-4:] if len(digits) >= 7 else "")


def _landline(area: str, number: str, extension: str | None) -> Landline:
    return Landline(area, re.sub("[- ]", "", number), extension or "")
