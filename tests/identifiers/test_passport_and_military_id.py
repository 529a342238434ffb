"""Passports and military IDs: forms without a check place."""

from __future__ import annotations

from datetime import date

import pytest

from ownerbook.identifiers import military_id, passport
from ownerbook.identifiers.verdict import Status

TODAY = date(2026, 10, 31)
V, L, S, I = Status.VALID, Status.LEGACY, Status.SUSPECT, Status.INVALID  # noqa: E741

PASSPORTS = [
    ("E12345678", V, "", "普通护照"),
    ("e12345678", V, "", "普通护照"),
    ("EA1234567", V, "", "普通护照"),
    ("EI1234567", V, "", "外国护照"),
    ("EO1234567", V, "", "外国护照"),
    ("G12345678", V, "", "普通护照"),
    ("141234567", V, "", "普通护照"),
    ("151234567", V, "", "普通护照"),
    ("DE1234567", V, "", "外交护照"),
    ("D1234567", V, "", "外交护照"),
    ("SE1234567", V, "", "公务护照"),
    ("S1234567", V, "", "公务护照"),
    ("S12345678", V, "", "公务护照"),
    ("PE1234567", V, "", "公务普通护照"),
    ("P1234567", V, "", "公务普通护照"),
    ("K12345678", V, "", "香港特别行政区护照"),
    ("KJ1234567", V, "", "香港特别行政区护照"),
    ("MA1234567", V, "", "澳门特别行政区护照"),
    ("123456789", V, "", "外国护照"),
    ("AB123456", V, "", "外国护照"),
    ("A12345", V, "", "外国护照"),
    ("A1234", S, "long-or-short", "外国护照"),
    ("A123456789", S, "long-or-short", "外国护照"),
    ("A1234567890123456789", S, "long-or-short", "外国护照"),
    ("ABCDEFG", S, "no-digits", "外国护照"),
    ("A123", I, "length", None),
    ("A12345678901234567890", I, "length", None),
    ("", I, "length", None),
    ("E1234-5678", I, "characters", None),
    ("护照E12345678", I, "characters", None),
    ("E*****678", I, "masked", None),
    ("E12345678/E87654321", I, "several", None),
    ("E12345678 E87654321", I, "several", "外国护照"),
]

MILITARY = [
    ("军字第1234567号", V, "", "军1234567"),
    ("军1234567", V, "", "军1234567"),
    ("军字1234567号", V, "", "军1234567"),
    (" 军字第 1234567 号", V, "", "军1234567"),
    ("士字第12345678号", V, "", "士12345678"),
    ("兵字第123456号", V, "", "兵123456"),
    ("武字第1234567号", V, "", "武1234567"),
    ("军字第123456号", S, "length", "军123456"),
    ("军字第12345678号", S, "length", "军12345678"),
    ("士字第12345号", S, "length", "士12345"),
    ("1234567", S, "no-prefix", "1234567"),
    ("南字第1234567号", L, "legacy-form", "南字第1234567号"),
    ("空字第12345号", L, "legacy-form", "空字第12345号"),
    ("军字第号", I, "shape", ""),
    ("字第1234567号", I, "shape", ""),
    ("军官证", I, "shape", ""),
    ("张三1234567", I, "shape", ""),
    ("E12345678", I, "shape", ""),
    ("", I, "shape", ""),
    ("军字第***4567号", I, "masked", ""),
    ("军字第1234567号、军字第7654321号", I, "several", ""),
]


@pytest.mark.parametrize(("text", "status", "reason", "series"), PASSPORTS)
def test_passports(text: str, status: Status, reason: str, series: str | None) -> None:
    verdict = passport.check(text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)
    parts = passport.parse(text)
    assert (parts.series if parts else None) == series


@pytest.mark.parametrize(("text", "status", "reason", "canonical"), MILITARY)
def test_military_ids(text: str, status: Status, reason: str, canonical: str) -> None:
    verdict = military_id.check(text, today=TODAY)
    assert (verdict.status, verdict.reason, verdict.canonical) == (status, reason, canonical)
    assert military_id.canonical(text) == canonical


def test_a_passport_is_compared_without_spaces_in_upper_case() -> None:
    assert passport.canonical(" e 1234 5678") == passport.canonical("E12345678") == "E12345678"
