"""Identity documents of every kind that the register knows, judged by what the column 证件类型 says they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers import (
    credit_code,
    military_id,
    mod11,
    number_text,
    passport,
    permanent_resident,
    residence_permit,
    resident_id,
    travel_permit,
)
from ownerbook.identifiers.verdict import Status, Verdict

RESIDENT_ID: Final = "居民身份证"
HK_MACAO_PERMIT: Final = "港澳居民来往内地通行证"
TAIWAN_PERMIT: Final = "台湾居民来往大陆通行证"
RESIDENCE_PERMIT: Final = "港澳台居民居住证"
PERMANENT_RESIDENT: Final = "外国人永久居留身份证"
PASSPORT: Final = "护照"
MILITARY_ID: Final = "军官证"
CREDIT_CODE: Final = "统一社会信用代码"

TYPES: Final = (
    RESIDENT_ID, HK_MACAO_PERMIT, TAIWAN_PERMIT, RESIDENCE_PERMIT, PERMANENT_RESIDENT, PASSPORT, MILITARY_ID, CREDIT_CODE,
)  # fmt: skip
"""The values of 证件类型, in the register's order; the place of a type is its code in the columns."""

Kind = Literal["自然人", "法人"]
Column = tuple[NDArray[np.uint8], NDArray[np.uint8]]


class _Scheme(NamedTuple):
    check: Callable[[str, date | None], Verdict]
    column: Callable[[Sequence[str], date | None], Column]
    reasons: tuple[str, ...]
    checked: bool
    """The number has a check place, so that a fit is no accident."""
    places: range
    """How many places a number of this type may have, the fewest to the most."""


_SCHEMES: Final[dict[str, _Scheme]] = {
    RESIDENT_ID: _Scheme(
        lambda t, day: resident_id.check(t, today=day),
        lambda ts, day: resident_id.check_column(ts, today=day),
        resident_id.REASONS,
        True,
        range(15, 19),
    ),
    HK_MACAO_PERMIT: _Scheme(
        lambda t, day: travel_permit.check_hk_macao(t, today=day),
        lambda ts, day: travel_permit.check_hk_macao_column(ts, today=day),
        travel_permit.REASONS,
        False,
        range(9, 12),
    ),
    TAIWAN_PERMIT: _Scheme(
        lambda t, day: travel_permit.check_taiwan(t, today=day),
        lambda ts, day: travel_permit.check_taiwan_column(ts, today=day),
        travel_permit.REASONS,
        False,
        range(8, 14),
    ),
    RESIDENCE_PERMIT: _Scheme(
        lambda t, day: residence_permit.check(t, today=day),
        lambda ts, day: residence_permit.check_column(ts, today=day),
        residence_permit.REASONS,
        True,
        range(18, 19),
    ),
    PERMANENT_RESIDENT: _Scheme(
        lambda t, day: permanent_resident.check(t, today=day),
        lambda ts, day: permanent_resident.check_column(ts, today=day),
        permanent_resident.REASONS,
        True,
        range(15, 19),
    ),
    PASSPORT: _Scheme(
        lambda t, day: passport.check(t, today=day),
        lambda ts, day: passport.check_column(ts, today=day),
        passport.REASONS,
        False,
        range(5, 21),
    ),
    MILITARY_ID: _Scheme(
        lambda t, day: military_id.check(t, today=day),
        lambda ts, day: military_id.check_column(ts, today=day),
        military_id.REASONS,
        False,
        range(5, 17),
    ),
    CREDIT_CODE: _Scheme(
        lambda t, day: credit_code.check(t, today=day),
        lambda ts, day: credit_code.check_column(ts, today=day),
        credit_code.REASONS,
        True,
        range(15, 19),
    ),
}

REASONS: Final = tuple(dict.fromkeys(["", "other-type", *(r for scheme in _SCHEMES.values() for r in scheme.reasons)]))
"""All reason keys of all types; the place of a key is its code in `check_column`."""

_CODE: Final = {reason: np.uint8(i) for i, reason in enumerate(REASONS)}
_BEGIN_OTHERWISE: Final = frozenset({HK_MACAO_PERMIT, RESIDENCE_PERMIT, PERMANENT_RESIDENT})
_BEGIN: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ9", (PERMANENT_RESIDENT,)),
    **dict.fromkeys("HM", (HK_MACAO_PERMIT, PERMANENT_RESIDENT)),
    "8": (RESIDENCE_PERMIT,),
}
"""First places of the types in _BEGIN_OTHERWISE: a cheap look before the whole number is judged."""
_FORM_REASONS: Final = frozenset({"length", "characters", "shape", "province", "region"})
_OPAQUE: Final = frozenset({"masked", "several"})


def _scheme(id_type: str) -> _Scheme:
    try:
        return _SCHEMES[id_type]
    except KeyError:
        raise ValueError(f"not a type of document: {id_type!r}") from None


def shapes(text: str) -> set[str]:
    """The types of document whose number this could be.

    A type with a check place must fit in full, day of birth included. Passports must have a Chinese series' form; a number
    that fits nothing else, and has letters and 6 to 9 places, could be a foreign passport's.
    """
    squeezed = number_text.squeeze(text)
    begins = _BEGIN.get(squeezed[:1], ())
    found = {
        t for t, scheme in _SCHEMES.items()
        if t != PASSPORT and len(squeezed) in scheme.places and (t not in _BEGIN_OTHERWISE or t in begins) and _could_be(t, scheme, text)
    }  # fmt: skip
    as_passport = passport.parse(text) if len(squeezed) < 10 else None
    if as_passport is not None:
        foreign = as_passport.series == "外国护照"
        number = as_passport.number
        mixed = 6 <= len(number) <= 9 and not number.isdigit() and not number.isalpha()
        if not foreign or (mixed and not found):
            found.add(PASSPORT)
    return found


def _could_be(id_type: str, scheme: _Scheme, text: str) -> bool:
    if id_type == MILITARY_ID and text.isascii():
        return False
    verdict = scheme.check(text, None)
    if id_type == RESIDENT_ID:
        # the regions of residence permits are no county's
        return verdict.status is not Status.INVALID and verdict.canonical[:6] not in residence_permit.REGIONS
    if id_type == CREDIT_CODE:
        # fifteen digits alone say too little to be taken for a business licence
        return verdict.status in (Status.VALID, Status.SUSPECT)
    if id_type == MILITARY_ID:
        return verdict.status in (Status.VALID, Status.LEGACY)
    return verdict.status is not Status.INVALID


def identify(text: str) -> str | None:
    """The one type whose number this can be, None when none or several fit."""
    found = shapes(text)
    return found.pop() if len(found) == 1 else None


def _belongs_elsewhere(id_type: str, verdict: Verdict, text: str) -> bool:
    if verdict.status in (Status.VALID, Status.LEGACY) or verdict.reason in _OPAQUE:
        return False
    others = shapes(text) - {id_type}
    if id_type == RESIDENT_ID and verdict.reason == "county":
        return RESIDENCE_PERMIT in others
    own = _SCHEMES[id_type]
    if id_type == RESIDENT_ID and verdict.reason == "length" and text[6:8] in ("19", "20"):
        # the beginning of a resident number, cut short, is no old Taiwan permit
        others.discard(TAIWAN_PERMIT)
    if id_type == HK_MACAO_PERMIT and verdict.reason == "length":
        # a digit too few or too many is likelier than a foreign passport of that form
        others.discard(PASSPORT)
    if any(_SCHEMES[other].checked for other in others):
        return verdict.status is Status.INVALID or not own.checked
    return bool(others) and verdict.status is Status.INVALID and verdict.reason in _FORM_REASONS


def check(id_type: str, text: str, *, today: date | None) -> Verdict:
    """Judge a number as the document that `id_type` says it is.

    A number that cannot be of this type and fits another is INVALID 'other-type'; `identify` names the other where only one
    fits. Raises ValueError for a type outside TYPES.
    """
    verdict = _scheme(id_type).check(text, today)
    if _belongs_elsewhere(id_type, verdict, text):
        return Verdict(Status.INVALID, "other-type", verdict.canonical)
    return verdict


def check_column(types: NDArray[np.integer], texts: Sequence[str], *, today: date | None) -> Column:
    """Statuses and reason codes (places in REASONS) of many numbers, `types` holding each one's place in TYPES, shape (n,).

    A number whose type is outside TYPES (a negative code, say) is not judged: VALID without a reason.
    """
    statuses = np.zeros(len(texts), np.uint8)
    reasons = np.zeros(len(texts), np.uint8)
    for code, id_type in enumerate(TYPES):
        rows = np.flatnonzero(types == code)
        if not len(rows):
            continue
        scheme = _SCHEMES[id_type]
        whole = len(rows) == len(texts)
        state, reason = scheme.column(texts if whole else [texts[i] for i in rows.tolist()], today)
        statuses[rows] = state
        reasons[rows] = np.array([_CODE[key] for key in scheme.reasons], np.uint8)[reason]
        for i in rows[(state == Status.SUSPECT) | (state == Status.INVALID)].tolist():
            verdict = Verdict(Status(int(statuses[i])), REASONS[reasons[i]])
            if _belongs_elsewhere(id_type, verdict, texts[i]):
                statuses[i], reasons[i] = Status.INVALID, _CODE["other-type"]
    return statuses, reasons


def canonical(id_type: str, text: str) -> str:
    """The form on which equality of two numbers of one type rests; '' when the number has no such form."""
    return _scheme(id_type).check(text, None).canonical


def person_key(id_type: str, canonical: str) -> str:
    """What of a canonical number stays the same for one holder: of Hong Kong and Macao permits the first nine places."""
    return travel_permit.person_key(canonical) if id_type == HK_MACAO_PERMIT else canonical


def fits_kind(id_type: str, kind: str) -> bool:
    """Whether an owner of this kind (自然人, 法人) can have this type of document. Another kind or type fits nothing."""
    if id_type not in TYPES:
        return False
    return kind == ("法人" if id_type == CREDIT_CODE else "自然人")


def mask(id_type: str, text: str) -> str:
    """The number with all but its last four places hidden, of up to eight places its last three; of any type alike."""
    return number_text.mask(text)


def births_and_sexes(types: NDArray[np.integer], texts: Sequence[str]) -> tuple[NDArray[np.datetime64], NDArray[np.uint8]]:
    """What the numbers tell of their holders: the day of birth (datetime64[D], NaT when untold) and the sex (0 untold, 1 male,
    2 female), shape (n,). Told by numbers without error of resident IDs, residence permits and new permanent residence cards.
    """
    births = np.full(len(texts), np.datetime64("NaT"), "datetime64[D]")
    sexes = np.zeros(len(texts), np.uint8)
    for code, id_type in enumerate(TYPES):
        rows = np.flatnonzero(types == code)
        if not len(rows) or id_type not in (RESIDENT_ID, RESIDENCE_PERMIT, PERMANENT_RESIDENT):
            continue
        own = [texts[i] for i in rows.tolist()]
        if id_type == RESIDENT_ID:
            births[rows], sexes[rows] = resident_id.births_and_sexes(own)
            continue
        parse = residence_permit.parse if id_type == RESIDENCE_PERMIT else permanent_resident.parse
        for i, text in zip(rows.tolist(), own, strict=True):
            parts = parse(text)
            if parts is not None and parts.birth is not None and parts.sex is not None:
                births[i], sexes[i] = np.datetime64(parts.birth), mod11.SEXES[parts.sex]
    return births, sexes
