"""Unified social credit codes: both checks hold, and where python-stdnum judges otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from ownerbook.identifiers import credit_code
from ownerbook.identifiers.credit_code import ALPHABET, REASONS, WEIGHTS, check, check_column, check_digit, organisation_check, parse
from ownerbook.identifiers.verdict import Status

TODAY = date(2026, 10, 31)
V, L, S, I = Status.VALID, Status.LEGACY, Status.SUSPECT, Status.INVALID  # noqa: E741


def made_up(head: str = "91", region: str = "999999", body: str = "00000000") -> str:
    """A fictional code with both checks right."""
    first17 = head + region + body + organisation_check(body)
    return first17 + check_digit(first17)


def with_wrong_organisation() -> str:
    body = "00000000"
    first17 = "91999999" + body + ("1" if organisation_check(body) != "1" else "2")
    return first17 + check_digit(first17)


CASES = [
    # published
    ("91110000600037341L", V, ""),
    ("91110000600037341l", V, ""),
    ("9 1 110000 600037341L", V, ""),
    ("91110000600037341N", I, "check-digit"),
    ("9111000060003IOZSV", I, "characters"),
    ("A1110000600037341L", I, "check-digit"),
    ("12345", I, "length"),
    # made up
    *((made_up(head + "1"), V, "") for head in "12345678ANY9"),
    (made_up("92"), V, ""),
    (made_up("93"), V, ""),
    (made_up("52"), V, ""),
    (made_up("54"), V, ""),
    (made_up("19"), V, ""),
    (made_up("94"), S, "category"),
    (made_up("1A"), S, "category"),
    (made_up("B1"), S, "registrar"),
    (made_up("01"), S, "registrar"),
    (made_up(body="MA01ABCD"), V, ""),
    (made_up(body="12345678"), V, ""),
    (with_wrong_organisation(), I, "organisation-check"),
    (made_up()[:17], I, "length"),
    (made_up() + "0", I, "length"),
    ("", I, "length"),
    ("9199999A000000000X", I, "characters"),
    (made_up()[:8] + "I" + made_up()[9:], I, "characters"),
    (made_up()[:8] + "Ａ" + made_up()[9:], I, "characters"),
    (made_up()[:8] + "é" + made_up()[9:], I, "characters"),
    ("440301103097413", L, "legacy-licence"),
    ("123456789012345", L, "legacy-licence"),
    ("12345678901234X", I, "length"),
    ("9111**********341L", I, "masked"),
    (made_up() + "/" + made_up("92"), I, "several"),
    (made_up() + " " + made_up("92"), I, "several"),
    ("某某公司", I, "length"),
]


@pytest.mark.parametrize(("text", "status", "reason"), CASES)
def test_each_code_is_judged_for_the_first_thing_wrong_with_it(text: str, status: Status, reason: str) -> None:
    verdict = check(text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)


def test_a_column_is_judged_as_its_codes_are_one_by_one() -> None:
    statuses, reasons = check_column([text for text, _, _ in CASES], today=TODAY)
    assert [(Status(s), REASONS[r]) for s, r in zip(statuses, reasons, strict=True)] == [(s, r) for _, s, r in CASES]


def test_weights_are_the_powers_of_three() -> None:
    assert tuple(pow(3, i, 31) for i in range(17)) == WEIGHTS


def test_the_check_of_an_organisation_code_may_be_ten() -> None:
    bodies = [f"{n:08d}" for n in range(200)]
    assert {organisation_check(body) for body in bodies} == set("0123456789X")
    assert all(check(made_up(body=body), today=TODAY).status is V for body in bodies)
    assert not check_column([made_up(body=body) for body in bodies], today=TODAY)[0].any()


def test_the_parts_of_a_code() -> None:
    parts = parse("91110000600037341l")
    assert parts is not None
    assert tuple(parts) == ("9", "1", "110000", "600037341")
    assert parse("440301103097413") is None
    assert parse("91110000600037341N") is None


def test_old_licences_are_compared_as_written_and_get_no_suggestion() -> None:
    verdict = check("440301 103097413", today=TODAY)
    assert verdict.canonical == "440301103097413"
    assert verdict.suggestion is None


def test_a_mask_shows_the_last_four_places() -> None:
    assert credit_code.mask("91110000600037341L") == "**************341L"


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_check_places_agree_with_python_stdnum(first17: str) -> None:
    assert check_digit(first17) == uscc.calc_check_digit(first17 + "0")


@given(st.sampled_from("123456789"), st.text("0123456789", min_size=6, max_size=6), st.text(ALPHABET, min_size=8, max_size=8))
def test_codes_with_both_checks_right_pass_in_python_stdnum_too(registrar: str, region: str, body: str) -> None:
    code = made_up(registrar + "1", region, body)
    assert uscc.is_valid(code)
    assert check(code, today=TODAY).status is V


@pytest.mark.parametrize(
    ("code", "stdnum", "status", "why"),
    [
        (with_wrong_organisation(), True, I, "it does not check the organisation code inside"),
        (made_up("A1"), False, V, "it wants digits in the first two places and so refuses bodies of the army"),
        (made_up("N1"), False, V, "the same, rural collectives"),
        (made_up("Y1"), False, V, "the same, others"),
        (made_up("01"), True, S, "no registrar has 0"),
        (made_up("94"), True, S, "the market regulator has no category 4"),
        ("440301103097413", False, L, "it knows no licences from before"),
        ("9111-0000-6000-3734-1L", True, I, "it drops hyphens; a code is not written with them"),
    ],
)
def test_each_disagreement_with_python_stdnum_has_its_reason(code: str, stdnum: bool, status: Status, why: str) -> None:
    assert uscc.is_valid(code) is stdnum, why
    assert check(code, today=TODAY).status is status, why
