"""Travel permits to the mainland: of Hong Kong and Macao residents (港澳居民来往内地通行证) and of Taiwan residents (台湾居民来往大陆通行证).

Hong Kong, Macao: H or M and eight digits for life (2013 version), with two digits of renewal behind them in the 1999 version;
HA or MA and seven digits for permanent residents of other nationality, since 2024-07-10. A person is told by the first nine
places. Taiwan: eight digits for life since 2008-09-25; before that ten, and before 2006 eight, two of renewal and the
issuer's letter, often in brackets. Leading zeros belong to the number. Neither has a check place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.number_text import is_masked, is_several, judge_each, squeeze
from ownerbook.identifiers.number_text import mask as mask
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "masked", "several", "length", "shape")
"""Reason keys in the order of judging; the place of a key is its code in the columns."""

_HK_MACAO = re.compile(r"([HM])(?:([0-9]{8})([0-9]{2})?|A([0-9]{7}))", re.ASCII)
_HK_MACAO_LIKE = re.compile(r"[HM]A?[0-9]+", re.ASCII)
_TAIWAN = re.compile(r"([0-9]{8})(?:([0-9]{2})[(（]?([0-9A-Z])?[)）]?)?", re.ASCII)


class TravelPermit(NamedTuple):
    """The parts of a travel permit's number."""

    of: Literal["香港", "澳门", "台湾"]
    person: str
    """The places that stay the holder's for life."""
    renewal: str
    """Two digits, '' when the number does not carry them."""
    foreign: bool
    """Of a permanent resident who is not Chinese."""


def parse_hk_macao(text: str) -> TravelPermit | None:
    """The parts of a Hong Kong or Macao permit's number, None when it is none."""
    found = _HK_MACAO.fullmatch(squeeze(text))
    if found is None:
        return None
    place: Literal["香港", "澳门"] = "香港" if found[1] == "H" else "澳门"
    return TravelPermit(place, found[0][:9], found[3] or "", found[4] is not None)


def parse_taiwan(text: str) -> TravelPermit | None:
    """The parts of a Taiwan permit's number, None when it is none."""
    found = _TAIWAN.fullmatch(squeeze(text))
    return TravelPermit("台湾", found[1], found[2] or "", False) if found else None


def parse(text: str) -> TravelPermit | None:
    """The parts of either permit's number, None when it is neither."""
    return parse_hk_macao(text) or parse_taiwan(text)


def check_hk_macao(text: str, *, today: date | None) -> Verdict:
    """Judge a Hong Kong or Macao permit's number; `today` plays no part."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    if _HK_MACAO.fullmatch(number):
        return Verdict(Status.VALID, "", number)
    if is_several(text):
        return Verdict(Status.INVALID, "several")
    return Verdict(Status.INVALID, "length" if _HK_MACAO_LIKE.fullmatch(number) else "shape")


def check_taiwan(text: str, *, today: date | None) -> Verdict:
    """Judge a Taiwan permit's number; `today` plays no part."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    if _TAIWAN.fullmatch(number):
        return Verdict(Status.VALID, "", re.sub(r"[()（）]", "", number))
    if is_several(text):
        return Verdict(Status.INVALID, "several")
    return Verdict(Status.INVALID, "length" if number.isascii() and number.isdigit() else "shape")


def check(text: str, *, today: date | None) -> Verdict:
    """Judge a number as either permit's, by its first place."""
    return (check_hk_macao if squeeze(text)[:1] in ("H", "M") else check_taiwan)(text, today=today)


def canonical(text: str) -> str:
    """The form on which equality rests: without white space and brackets, letters in upper case; '' when it is neither."""
    return check(text, today=None).canonical


def person_key(canonical: str) -> str:
    """What stays the same when the permit is renewed: the first nine places for Hong Kong and Macao; for Taiwan the number."""
    return canonical[:9] if canonical[:1] in ("H", "M") else canonical


def check_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many numbers, each judged by its first place."""
    return judge_each(texts, lambda text: check(text, today=today), REASONS)


def check_hk_macao_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many Hong Kong or Macao permits."""
    return judge_each(texts, lambda text: check_hk_macao(text, today=today), REASONS)


def check_taiwan_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many Taiwan permits."""
    return judge_each(texts, lambda text: check_taiwan(text, today=today), REASONS)
