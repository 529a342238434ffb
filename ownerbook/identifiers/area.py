"""Areas in square metres, and other measures typed with their unit."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.columns import Bytes, harmless
from ownerbook.identifiers.damage import fold
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "unit", "not-positive", "format")
"""`unit` is valid and has a suggestion: the number alone."""

_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|[+-]?\.[0-9]+"
_AREA = re.compile(rf"({_NUMBER}) ?(㎡|m2|m²|平方米|平米|平方|平)?", re.ASCII | re.IGNORECASE)


def parse(text: str) -> Decimal | None:
    """The number in a text, with or without a unit of area; None when the text is something else."""
    return _read(text)[0]


def canonical(text: str) -> str:
    """The number without unit and needless zeros, '' when unreadable."""
    return check(text).canonical


def check(text: str) -> Verdict:
    """Judge an area: more than nothing, and a number."""
    value, unit = _read(text)
    if value is None:
        return Verdict(Status.INVALID, "format")
    if value <= 0:
        return Verdict(Status.INVALID, "not-positive")
    shown = _shown(value)
    return harmless("unit", shown, shown) if unit else Verdict(Status.VALID, "", shown)


def mask(text: str) -> str:
    """A measure tells little of a person, and is hidden whole."""
    return "***" if text.strip() else ""


def check_number(value: float) -> Verdict:
    """Judge the number of a number cell."""
    if not math.isfinite(value):
        return Verdict(Status.INVALID, "format")
    return Verdict(Status.VALID, "", _shown(rounded(value))) if value > 0 else Verdict(Status.INVALID, "not-positive")


def check_column(texts: Sequence[str]) -> tuple[Bytes, Bytes, NDArray[np.float64]]:
    """Statuses, reason codes and square metres (NaN where unreadable) of n texts, each of shape (n,)."""
    n = len(texts)
    statuses, codes, values = np.zeros(n, np.uint8), np.zeros(n, np.uint8), np.full(n, np.nan)
    code = {reason: i for i, reason in enumerate(REASONS)}
    for i, text in enumerate(texts):
        verdict = check(text)
        statuses[i], codes[i] = verdict.status, code[verdict.reason]
        if verdict.canonical:
            values[i] = float(verdict.canonical)
    return statuses, codes, values


def rounded(value: float) -> Decimal:
    """A number cell without the noise of computing: 89.99999999999999 is 90."""
    return Decimal(f"{value:.10g}")


def _read(text: str) -> tuple[Decimal | None, str]:
    shown = re.sub(r"\s+", " ", fold(text).replace("，", ",").strip())
    match = _AREA.fullmatch(shown)
    if match is None or len(match[1]) > 30:
        return None, ""
    return Decimal(match[1].replace(",", "")), match[2] or ""


def _shown(value: Decimal) -> str:
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
