"""Phones: a mainland mobile or land line, or a number with its country (`+852…`); for companies also 400, 800 and 95xxx.

Equality rests on digits: 13800001234, 075582345678, 075582345678-801, +85291234567.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ownerbook.identifiers import damage, landline, mobile
from ownerbook.identifiers.columns import Bytes, judge_column
from ownerbook.identifiers.phone_text import numbers, pieces, plain
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = (
    "", "scientific", "masked", "several", "text", "lost-zero", "no-area", "segment", "iot", "satellite", "placeholder", "service",
    "number", "area", "country", "length", "format",
)  # fmt: skip
"""Reason keys; the place of a key is its code in `check_column`. A verdict with a canonical form can be used all the same."""

_SERVICE = re.compile(r"[48]00[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}|(?:95|96)[0-9]{3,6}", re.ASCII)
_ABROAD = re.compile(r"(?:\+ ?|00)\(?([1-9][0-9 ()-]*[0-9])", re.ASCII)
_STAR_EXTENSION = re.compile(r"[0-9]{7}\*[0-9]{1,6}$", re.ASCII)
_HIDDEN = re.compile(r"(?:(?:\+?86[- ]?)?1[0-9]{2})?\*{3,}[0-9]{0,4}", re.ASCII)
_NEAR = re.compile(r"85[23][- ]?([0-9]{4}[- ]?[0-9]{4})", re.ASCII)
# country codes in use (ITU-T E.164): one digit, two digits, the tens of three-digit zones, and what of these is spare
_ONE = frozenset("17")
_TWO = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split()  # noqa: SIM905  a table of facts
)
_ZONES = frozenset(
    "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99".split()  # noqa: SIM905  a table of facts
)
_SPARE = frozenset(
    """
210 214 215 217 219 259 292 293 294 295 296 384 422 424 425 426 427 428 429 693 694 695 696 697 698 699 801 802 803 804 805 806 807 809 871
872 873 874 875 876 877 879 884 885 887 889 969 978 990 997 999
""".split()  # noqa: SIM905  a table of facts
)
_LOCAL_LENGTHS = {"852": (8, 8), "853": (8, 8), "886": (8, 10), "1": (10, 10), "7": (10, 10)}


class Phone(NamedTuple):
    """What a phone is."""

    kind: str
    """mobile, landline, abroad or service."""
    digits: str
    """The form for comparison."""


def parse(text: str, *, company: bool = False) -> Phone | None:
    """What number a cell holds, None when no single one can be told."""
    found = check(text, company=company).canonical
    if not found:
        return None
    if found.startswith("+"):
        return Phone("abroad", found)
    if len(found) in (11, 13) and found[0] == "1":
        return Phone("mobile", found)
    return Phone("service" if _SERVICE.fullmatch(found) else "landline", found)


def canonical(text: str) -> str:
    """The form for comparison, '' when no single number can be told."""
    return check(text, company=True).canonical


def check(text: str, *, company: bool = False, area_code: str | None = None, from_number: bool = False) -> Verdict:
    """Judge one cell. `company` allows service numbers; `area_code` is policy 区号.

    `from_number`: the digits come from a number cell, which has no place for a leading 0, a + or a dash.
    """
    trimmed = text.strip()
    if mobile.is_plain(trimmed):
        return Verdict(Status.VALID, "", trimmed)
    if damage.scientific(trimmed):
        return Verdict(Status.INVALID, "scientific")
    if _is_masked(trimmed):
        return Verdict(Status.INVALID, "masked")
    single = _single(plain(trimmed), company, area_code, from_number)
    if single is not None:
        return single
    found, said = numbers(trimmed)
    if len(found) > 1:
        return Verdict(Status.SUSPECT, "several")
    if not found:
        return Verdict(Status.INVALID, "length" if trimmed.isascii() and trimmed.isdigit() else "format")
    inner = _single(found[0], company, area_code, False) or Verdict(Status.INVALID, "length")
    if not said or not inner.readable:
        return inner
    certain = inner.suggestion if inner.reason in ("no-area", "lost-zero") else found[0] if inner.ok else None
    return Verdict(Status.SUSPECT, "text", inner.canonical, certain)


def check_column(texts: Sequence[str], *, company: bool = False, area_code: str | None = None) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes and canonical forms of n cells."""
    return judge_column(texts, lambda text: check(text, company=company, area_code=area_code), REASONS, mobile.is_plain)


def mask(text: str) -> str:
    """138****8000 for a mobile, the last four digits for any other number; of several numbers each.

    A number that is hidden already stays so; one that only has a star in it is hidden whole.
    """
    masked: list[str] = []
    for piece in pieces(text):
        if _is_masked(piece):
            masked.append(piece if _HIDDEN.fullmatch(piece) else "****")
            continue
        found, _ = numbers(piece)
        masked += [mobile.mask(number) if mobile.parse(number) else landline.mask(number) for number in found]
    return "、".join(masked) or "****"


def _is_masked(text: str) -> bool:
    """True when places are hidden; a star before the last few digits leads to an extension."""
    return damage.masked(text) and not _STAR_EXTENSION.search(text)


def _single(text: str, company: bool, area_code: str | None, from_number: bool) -> Verdict | None:
    """Judge a text that is one number and nothing else; None for other texts."""
    digits = re.sub(r"[- ()]", "", text)
    if _SERVICE.fullmatch(text) and (company or len(digits) == 10 or len(digits) < 7):  # 95 and five more may be a land line
        return Verdict(Status.VALID, "", digits) if company else Verdict(Status.INVALID, "service")
    if from_number and digits.startswith("10") and (lost := landline.check(text, from_number=True)).readable:
        return lost
    if (number := mobile.parse(text)) is not None and len(number) <= 13:
        asked = mobile.check(text)
        # +86-10-62345678 looks like a mobile that is too short
        return asked if asked.readable or not landline.parse(text) else landline.check(text)
    if near := _NEAR.fullmatch(text):  # 0852 and 0853 are no area codes any more: this is Hong Kong or Macao
        return Verdict(Status.SUSPECT, "country", f"+{digits}", f"+{text[:3]}-{re.sub('[- ]', '', near[1])}")
    land = landline.check(text, area_code=area_code, from_number=from_number)
    if land.reason != "format":
        return land
    if abroad := _ABROAD.fullmatch(text):
        return _foreign(re.sub(r"\D", "", abroad[1]))
    if not digits.isascii() or not digits.isdigit() or len(digits) > 13:
        return None
    return Verdict(Status.INVALID, "segment" if len(digits) == 11 and digits[0] != "0" else "length")


def _foreign(digits: str) -> Verdict:
    code = _country(digits)
    if not code:
        return Verdict(Status.INVALID, "country")
    if code == "86":
        return Verdict(Status.INVALID, "segment" if len(digits) == 13 else "length")
    shortest, longest = _LOCAL_LENGTHS.get(code, (4, 15 - len(code)))
    if not shortest <= len(digits) - len(code) <= longest:
        return Verdict(Status.INVALID, "length")
    return Verdict(Status.VALID, "", f"+{digits}")


def _country(digits: str) -> str:
    """The country code that digits begin with, '' when none is in use."""
    if digits[:1] in _ONE:
        return digits[:1]
    if digits[:2] in _TWO:
        return digits[:2]
    return digits[:3] if digits[:2] in _ZONES and digits[:3] not in _SPARE else ""
