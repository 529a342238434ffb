"""Areas, with and without their unit."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import area
from ownerbook.identifiers.verdict import Status, Verdict

CASES = [
    ("89.5", Status.VALID, "", "89.5", None),
    (" 89.50 ", Status.VALID, "", "89.5", None),
    ("89", Status.VALID, "", "89", None),
    ("100", Status.VALID, "", "100", None),
    ("89.", Status.VALID, "", "89", None),
    (".5", Status.VALID, "", "0.5", None),
    ("1,234.5", Status.VALID, "", "1234.5", None),
    ("８９．５", Status.VALID, "", "89.5", None),
    ("１，２３４．５", Status.VALID, "", "1234.5", None),
    ("89.5㎡", Status.VALID, "unit", "89.5", "89.5"),
    ("89.5平方米", Status.VALID, "unit", "89.5", "89.5"),
    ("89.50 平方米", Status.VALID, "unit", "89.5", "89.5"),
    ("89.5平米", Status.VALID, "unit", "89.5", "89.5"),
    ("89.5m²", Status.VALID, "unit", "89.5", "89.5"),
    ("89.5 M2", Status.VALID, "unit", "89.5", "89.5"),
    ("0", Status.INVALID, "not-positive", "", None),
    ("-5", Status.INVALID, "not-positive", "", None),
    ("待核实", Status.INVALID, "format", "", None),
    ("约90", Status.INVALID, "format", "", None),
    ("89.5/72.3", Status.INVALID, "format", "", None),
    ("1,23", Status.INVALID, "format", "", None),
    ("㎡", Status.INVALID, "format", "", None),
    ("1e3", Status.INVALID, "format", "", None),
    ("", Status.INVALID, "format", "", None),
]


@pytest.mark.parametrize(("text", "status", "reason", "canonical", "suggestion"), CASES)
def test_an_area_is_a_number_above_nothing(text: str, status: Status, reason: str, canonical: str, suggestion: str | None) -> None:
    assert area.check(text) == Verdict(status, reason, canonical, suggestion)
    assert area.canonical(text) == canonical


def test_any_measure_can_be_read() -> None:
    assert area.parse("-5.5") == Decimal("-5.5")
    assert area.parse("0") == 0
    assert area.parse("冷") is None


def test_number_cells_lose_the_noise_of_computing() -> None:
    assert area.check_number(89.99999999999999).canonical == "90"
    assert area.check_number(89.5).canonical == "89.5"
    assert area.check_number(-1.0).reason == "not-positive"
    assert area.check_number(float("nan")).reason == "format"
    assert area.rounded(72.30000000000001) == Decimal("72.3")


def test_a_column_says_the_same_as_its_cells() -> None:
    texts = [row[0] for row in CASES]
    statuses, codes, values = area.check_column(texts)
    assert statuses.tolist() == [row[1] for row in CASES]
    assert [area.REASONS[c] for c in codes.tolist()] == [row[2] for row in CASES]
    np.testing.assert_array_equal(values, [float(row[3]) if row[3] else np.nan for row in CASES])


@given(st.text(max_size=12) | st.text(alphabet="0123456789.,-+㎡ ", max_size=40))
def test_no_text_troubles_the_reader(text: str) -> None:
    assert area.check(text).reason in area.REASONS
