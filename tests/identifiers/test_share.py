"""Shares of ownership, exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ownerbook.identifiers import share
from ownerbook.identifiers.share import Share
from ownerbook.identifiers.verdict import Status

WRITTEN = [
    ("50%", Fraction(1, 2), Fraction(0), "50%"),
    ("50 %", Fraction(1, 2), Fraction(0), "50%"),
    ("50％", Fraction(1, 2), Fraction(0), "50%"),
    ("50.0%", Fraction(1, 2), Fraction(1, 1000), "50%"),
    ("33.33%", Fraction(3333, 10000), Fraction(1, 10000), "33.33%"),
    ("1/2", Fraction(1, 2), Fraction(0), "50%"),
    ("1／2", Fraction(1, 2), Fraction(0), "50%"),
    ("1/3", Fraction(1, 3), Fraction(0), "1/3"),
    ("2/6", Fraction(1, 3), Fraction(0), "1/3"),
    ("0.5", Fraction(1, 2), Fraction(1, 10), "50%"),
    (".5", Fraction(1, 2), Fraction(1, 10), "50%"),
    ("0.333", Fraction(333, 1000), Fraction(1, 1000), "33.3%"),
    ("0.3333333333333333", Fraction(1, 3), Fraction(0), "1/3"),
    ("1", Fraction(1), Fraction(0), "100%"),
    ("1.0", Fraction(1), Fraction(0), "100%"),
    ("100%", Fraction(1), Fraction(0), "100%"),
    ("100", Fraction(1), Fraction(0), "100%"),
    ("50", Fraction(1, 2), Fraction(0), "50%"),
    ("33.3", Fraction(333, 1000), Fraction(1, 1000), "33.3%"),
    ("1.5", Fraction(3, 200), Fraction(1, 1000), "1.5%"),
    ("二分之一", Fraction(1, 2), Fraction(0), "50%"),
    ("百分之五十", Fraction(1, 2), Fraction(0), "50%"),
    ("3分之1", Fraction(1, 3), Fraction(0), "1/3"),
]


@pytest.mark.parametrize(("text", "value", "unit", "canonical"), WRITTEN)
def test_a_share_is_read_exactly(text: str, value: Fraction, unit: Fraction, canonical: str) -> None:
    assert share.parse(text) == Share(value, unit=unit)
    verdict = share.check(text)
    assert (verdict.status, verdict.canonical) == (Status.VALID, canonical)
    assert verdict.reason == ("written" if "分之" in text else "")


def test_a_joint_share_has_no_part() -> None:
    found = share.parse(" 共同共有 ")
    assert found is not None
    assert found.joint
    assert share.canonical("共同共有") == "共同共有"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0", "range"),
        ("0%", "range"),
        ("150%", "range"),
        ("101", "range"),
        ("3/2", "range"),
        ("1/0", "format"),
        ("各50%", "format"),
        ("按份共有", "format"),
        ("", "format"),
        ("-5", "format"),
        ("1e-3", "format"),
        ("一半", "format"),
        ("零分之一", "format"),
        ("50%50%", "format"),
    ],
)
def test_what_is_no_share_says_why(text: str, reason: str) -> None:
    verdict = share.check(text)
    assert (verdict.status, verdict.reason, verdict.canonical) == (Status.INVALID, reason, "")


@pytest.mark.parametrize(
    ("value", "percent", "read", "unit"),
    [
        (0.5, True, Fraction(1, 2), Fraction(0)),
        (0.5, False, Fraction(1, 2), Fraction(1, 10)),
        (0.333, True, Fraction(333, 1000), Fraction(1, 1000)),
        (0.333, False, Fraction(333, 1000), Fraction(1, 1000)),
        (0.3333, True, Fraction(3333, 10000), Fraction(1, 10000)),
        (1 / 3, True, Fraction(1, 3), Fraction(0)),
        (2 / 3, False, Fraction(2, 3), Fraction(0)),
        (0.1 + 0.2, False, Fraction(3, 10), Fraction(1, 10)),
        (1.0, False, Fraction(1), Fraction(0)),
        (1.0, True, Fraction(1), Fraction(0)),
        (50.0, False, Fraction(1, 2), Fraction(0)),
        (33.3, False, Fraction(333, 1000), Fraction(1, 1000)),
        (1.5, True, Fraction(3, 2), Fraction(0)),
        (0.07, True, Fraction(7, 100), Fraction(0)),
        (0.29, True, Fraction(29, 100), Fraction(0)),
        (0.0, False, Fraction(0), Fraction(0)),
        (-0.5, False, Fraction(-1, 2), Fraction(0)),
    ],
)
def test_number_cells_are_read_as_their_format_shows_them(value: float, percent: bool, read: Fraction, unit: Fraction) -> None:
    assert share.from_number(value, percent=percent) == Share(read, unit=unit)


@pytest.mark.parametrize(
    ("texts", "right"),
    [
        (["50%", "50%"], True),
        (["60%", "30%"], False),
        (["60%", "50%"], False),
        (["1/3", "1/3", "1/3"], True),
        (["1/3", "1/3", "33.3%"], True),
        (["33.3%", "33.3%", "33.3%"], True),
        (["33.3%", "33.3%", "33.4%"], True),
        (["0.33", "0.33", "0.33"], True),
        (["0.13"] * 8, True),
        (["0.6", "0.3"], False),
        (["0.5", "0.4"], False),
        (["1"], True),
        (["1", "0.5"], False),
        (["50"], False),
        (["33.3", "66.7"], True),
        (["33.3", "66.8"], True),
        (["33.3", "66.9"], False),
        (["50%", "49%"], False),
        (["共同共有", "50%"], True),
        (["0.333333333333333", "0.666666666666667"], True),
    ],
)
def test_shares_add_up_with_what_rounding_may_have_taken(texts: list[str], right: bool) -> None:
    shares = [s for t in texts if (s := share.parse(t)) is not None]
    assert len(shares) == len(texts)
    assert share.adds_up(shares) is right


@given(st.lists(st.integers(1, 60), min_size=2, max_size=8), st.integers(1, 6))
def test_shares_rounded_half_up_always_add_up(parts: list[int], decimals: int) -> None:
    total = sum(parts)
    scale = 10**decimals
    rounded = [(2 * part * scale + total) // (2 * total) for part in parts]
    assume(all(0 < n < scale for n in rounded))  # a rounded 1 says the whole, and a rounded 0 nothing
    texts = [f"{n // scale}.{n % scale:0{decimals}d}" for n in rounded]
    assert share.adds_up([s for t in texts if (s := share.parse(t)) is not None])


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_canonical_share_is_read_as_the_same_share(above: int, below: int) -> None:
    text = f"{min(above, below)}/{max(above, below)}"
    again = share.parse(share.canonical(text))
    found = share.parse(text)
    assert again is not None
    assert found is not None
    assert again.value == found.value


@given(st.text(max_size=12) | st.text(alphabet="0123456789./%分之一二共同有", max_size=12))
def test_no_text_troubles_the_reader(text: str) -> None:
    assert share.check(text).reason in share.REASONS


@given(st.floats(), st.booleans())
def test_no_number_troubles_the_reader(value: float, percent: bool) -> None:
    share.from_number(value, percent=percent)


def test_a_column_says_the_same_as_its_cells() -> None:
    texts = [row[0] for row in WRITTEN] + ["共同共有", "0", "各50%"]
    statuses, codes, canonicals = share.check_column(texts)
    assert statuses.tolist() == [share.check(t).status for t in texts]
    assert [share.REASONS[c] for c in codes.tolist()] == [share.check(t).reason for t in texts]
    assert canonicals == [share.canonical(t) for t in texts]
