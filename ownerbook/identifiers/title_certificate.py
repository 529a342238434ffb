"""Numbers of title certificates (不动产权证号) and the 28 places of a unit code (不动产单元号).

Certificate: 省市简称（年）地名不动产权第N号, N of 6 to 8 digits, year from 2015. A 不动产证明 records a mortgage or a notice, not
ownership. Forms from before 2015 (房权证, 房地证, 国用 …) are legacy: such titles hold, new ones are not written so.
Unit code: six digits of county, three and three of cadastral district, two letters of the parcel, five digits, one letter
of what stands on it, eight digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.counties import is_known
from ownerbook.identifiers.number_text import is_masked, is_several, judge_each, squeeze
from ownerbook.identifiers.number_text import mask as mask
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = (
    "", "masked", "several", "proof", "shape", "serial", "year", "year-future", "brackets", "legacy-form", "county",
)  # fmt: skip
"""Reason keys in the order of judging; the place of a key is its code in the columns."""

FIRST_YEAR = 2015
_HAN = r"[\u3400-\u9fff]"
_FORM = re.compile(
    rf"(?P<prefix>{_HAN}{{1,3}})(?P<open>[（(〔\[【])(?P<year>[0-9]{{4}})年?[）)〕\]】](?P<place>{_HAN}{{1,20}}?)不动产权第?(?P<serial>[0-9]+)(?P<end>号?)",
    re.ASCII,
)
_PLAIN = re.compile(rf"{_HAN}{{1,3}}（([0-9]{{4}})）{_HAN}{{1,20}}不动产权第[0-9]{{6,8}}号", re.ASCII)
_WORDS = re.compile(r"不动产权(?!证明)")
_OLD_WORDS = re.compile(r"房权证|房产证|房产权证|房地证|房地权|房地产|房地|房证|国用|集用|土地证|共有权|产权证|[房权地证]字")
_OLD_SERIAL = re.compile(r"[0-9]{3,}")
_UNIT = re.compile(r"([0-9]{6})([0-9]{3})([0-9]{3})([A-Z]{2})([0-9]{5})([A-Z])([0-9]{8})", re.ASCII)


class TitleCertificate(NamedTuple):
    """The parts of a title certificate's number."""

    prefix: str
    """Short name of the province, or of a city."""
    year: int
    place: str
    """Where it is registered, as written: 朝阳区, or one character of it."""
    serial: str


class UnitCode(NamedTuple):
    """The parts of a unit code."""

    county: str
    district: str
    subdistrict: str
    parcel: str
    """Two letters and five digits."""
    building: str
    """One letter and eight digits."""


def parse(text: str) -> TitleCertificate | None:
    """The parts of a certificate's number, None when it has another form."""
    found = _FORM.fullmatch(squeeze(text))
    if found is None:
        return None
    return TitleCertificate(found["prefix"], int(found["year"]), found["place"], found["serial"])


def is_plain(text: str, today: date) -> bool:
    """True, cheaply, for a number that is right and canonical as it stands."""
    found = _PLAIN.fullmatch(text)
    return found is not None and FIRST_YEAR <= int(found[1]) <= today.year and text.count("不动产") == 1


def _written(parts: TitleCertificate) -> str:
    return f"{parts.prefix}（{parts.year:04d}）{parts.place}不动产权第{parts.serial}号"


def check(text: str, *, today: date | None) -> Verdict:
    """Judge one certificate's number; without `today` no year is too late."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    if len(_WORDS.findall(number)) > 1:
        return Verdict(Status.INVALID, "several")
    if "不动产证明" in number or "不动产权证明" in number:
        return Verdict(Status.INVALID, "proof", number)
    found = _FORM.fullmatch(number)
    if found is None:
        old = _OLD_WORDS.search(number) and _OLD_SERIAL.search(number) and not _WORDS.search(number)
        if old:
            return Verdict(Status.LEGACY, "legacy-form", number)
        return Verdict(Status.INVALID, "several" if is_several(text) else "shape")
    parts = TitleCertificate(found["prefix"], int(found["year"]), found["place"], found["serial"])
    written = _written(parts)
    if not 6 <= len(parts.serial) <= 8:
        return Verdict(Status.INVALID, "serial", written)
    if "不动产权第" not in number or not found["end"]:
        return Verdict(Status.INVALID, "shape", written, written)
    if parts.year < FIRST_YEAR:
        return Verdict(Status.INVALID, "year", written)
    if today is not None and parts.year > today.year:
        return Verdict(Status.INVALID, "year-future", written)
    if found["open"] not in "（(":
        return Verdict(Status.SUSPECT, "brackets", written, written)
    return Verdict(Status.VALID, "", written)


def canonical(text: str) -> str:
    """The form on which equality rests: no white space, full-width brackets; '' when it has no such form."""
    return check(text, today=None).canonical


def check_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many certificates' numbers."""
    return judge_each(texts, lambda text: check(text, today=today), REASONS)


def parse_unit(text: str) -> UnitCode | None:
    """The parts of a unit code, None when it is none."""
    found = _UNIT.fullmatch(squeeze(text))
    return UnitCode(found[1], found[2], found[3], found[4] + found[5], found[6] + found[7]) if found else None


def check_unit(text: str, *, today: date | None) -> Verdict:
    """Judge one unit code; `today` plays no part."""
    number = squeeze(text)
    if is_masked(number):
        return Verdict(Status.INVALID, "masked")
    parts = parse_unit(number)
    if parts is None:
        return Verdict(Status.INVALID, "several" if is_several(text) and len(number) > 28 else "shape")
    if not is_known(parts.county):
        return Verdict(Status.SUSPECT, "county", number)
    return Verdict(Status.VALID, "", number)


def check_unit_column(texts: Sequence[str], *, today: date | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in REASONS) of many unit codes."""
    return judge_each(texts, lambda text: check_unit(text, today=today), REASONS)
