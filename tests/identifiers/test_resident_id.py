"""Resident IDs: the published specimens, every way of being wrong, and where python-stdnum judges otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from ownerbook.identifiers import resident_id
from ownerbook.identifiers.counties import WITHDRAWN_BEFORE_1984, is_known
from ownerbook.identifiers.mod11 import CHECKS, WEIGHTS, check_digit
from ownerbook.identifiers.resident_id import REASONS, check, check_column, downgrade, mask, parse, upgrade
from ownerbook.identifiers.verdict import Status

TODAY = date(2026, 10, 31)
V, L, S, I = Status.VALID, Status.LEGACY, Status.SUSPECT, Status.INVALID  # noqa: E741


def made_up(region: str = "132101", born: str = "19800101", order: str = "001") -> str:
    """A fictional number with the right check place."""
    return region + born + order + check_digit(region + born + order)


CASES = [
    # published specimens
    ("11010519491231002X", V, ""),
    ("11010519491231002x", V, ""),
    (" 110105 19491231 002X ", V, ""),
    ("360426199101010071", V, ""),
    ("44011320141005001X", V, ""),
    ("412723199010050012", V, ""),
    ("110102199101010078", V, ""),
    ("120110198012010073", V, ""),
    ("120110199212010072", V, ""),
    # the code is that of the day of numbering, not of birth: Fangshan became a district in 1986
    ("110111198012010078", V, ""),
    # check place
    ("110105194912310021", I, "check-digit"),
    ("36042619910102009X", I, "check-digit"),
    ("110105194912310000", I, "check-digit"),
    # length
    ("", I, "length"),
    ("1", I, "length"),
    ("1101051949123100", I, "length"),
    ("11010519491231002", I, "length"),
    ("11010519491231002XX", I, "length"),
    ("1101051949123100212", I, "length"),
    ("H12345678", I, "length"),
    # characters
    ("T60426199101010078", I, "characters"),
    ("1101051949123100X2", I, "characters"),
    ("11010519491231002Y", I, "characters"),
    ("11010519491231002Х", I, "characters"),
    ("１１０１０５１９４９１２３１００２X", I, "characters"),
    ("²10105194912310021", I, "characters"),
    ("11010549123100X", I, "characters"),
    ("X10105491231002", I, "characters"),
    # province
    ("990426199112010074", I, "province"),
    (made_up("160101"), I, "province"),
    (made_up("000101"), I, "province"),
    (made_up("470101"), I, "province"),
    (made_up("840000"), I, "province"),
    (made_up("911101"), I, "province"),
    ("990105491231002", I, "province"),
    # county
    (made_up("119999"), S, "county"),
    (made_up("110000"), S, "county"),
    (made_up("110199"), S, "county"),
    (made_up("810000"), S, "county"),
    (made_up("330113"), V, ""),
    (made_up("330114"), V, ""),
    (made_up("460321"), V, ""),
    (made_up("429004"), V, ""),
    (made_up("441900"), V, ""),
    (made_up("710000"), V, ""),
    # birth
    (made_up(born="19490231"), I, "birth"),
    (made_up(born="19491301"), I, "birth"),
    (made_up(born="19490001"), I, "birth"),
    (made_up(born="19490100"), I, "birth"),
    (made_up(born="19490431"), I, "birth"),
    (made_up(born="19000229"), I, "birth"),
    (made_up(born="20010229"), I, "birth"),
    (made_up(born="20000229"), V, ""),
    (made_up(born="20040229"), V, ""),
    (made_up(born="18991231"), I, "birth"),
    (made_up(born="00000101"), I, "birth"),
    (made_up(born="99991231"), I, "birth-future"),
    (made_up(born="20991231"), I, "birth-future"),
    (made_up(born="20261101"), I, "birth-future"),
    (made_up(born="20261031"), V, ""),
    # age and order
    (made_up(born="19051030"), S, "age"),
    (made_up(born="19051031"), S, "age"),
    (made_up(born="19051101"), V, ""),
    (made_up(born="19000101"), S, "age"),
    (made_up(order="000"), S, "order"),
    (made_up(order="999"), V, ""),
    # fifteen digits
    ("110105491231002", L, "legacy-15"),
    ("132101800101001", L, "legacy-15"),
    ("132101800231001", I, "birth"),
    ("440301103097413", I, "birth"),
    ("119999491231002", L, "legacy-15"),
    # masked, several
    ("110105********002X", I, "masked"),
    ("*", I, "masked"),
    ("11010519491231002*", I, "masked"),
    ("11010519491231002X/440301199001011232", I, "several"),
    ("11010519491231002X 440301199001011232", I, "several"),
    ("11010519491231002X、440301199001011232", I, "several"),
    ("11010519491231002X\n440301199001011232", I, "several"),
    ("11010519491231002X和440301199001011232", I, "several"),
    ("110105491231002;132101800101001", I, "several"),
    ("110105491231002/1******", I, "masked"),
    # the first that applies, in the order of judging
    (made_up("999999", "19490231")[:17] + "?", I, "characters"),
    ("999999194902310020", I, "province"),
    ("119999194902310020", I, "birth"),
    ("11999919491231000" + "0", I, "check-digit"),
    (made_up("119999", "19000101", "000"), S, "county"),
    (made_up("132101", "19000101", "000"), S, "order"),
]


@pytest.mark.parametrize(("text", "status", "reason"), CASES)
def test_each_number_is_judged_for_the_first_thing_wrong_with_it(text: str, status: Status, reason: str) -> None:
    verdict = check(text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)


def test_a_column_is_judged_as_its_numbers_are_one_by_one() -> None:
    statuses, reasons = check_column([text for text, _, _ in CASES], today=TODAY)
    assert [(Status(s), REASONS[r]) for s, r in zip(statuses, reasons, strict=True)] == [(s, r) for _, s, r in CASES]


def test_an_empty_column_gives_empty_answers() -> None:
    statuses, reasons = check_column([], today=TODAY)
    assert len(statuses) == len(reasons) == 0


def test_a_number_longer_than_eighteen_never_passes_for_its_first_eighteen() -> None:
    statuses, reasons = check_column(["11010519491231002X0", "11010519491231002X"], today=TODAY)
    assert statuses.tolist() == [I, V]
    assert REASONS[reasons[0]] == "length"


def test_without_a_day_neither_future_births_nor_great_ages_are_judged() -> None:
    for born in ("20991231", "19000101"):
        assert check(made_up(born=born), today=None).status is V
        assert check_column([made_up(born=born)], today=None)[0].tolist() == [V]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("110105 19491231 002X", "11010519491231002X"),
        ("110105491231002", "11010519491231002X"),
        ("110105194912310021", "110105194912310021"),
        ("11010519491231", ""),
        ("110105********002X", ""),
        ("张三", ""),
    ],
)
def test_the_canonical_form_has_eighteen_places_or_is_empty(text: str, canonical: str) -> None:
    assert resident_id.canonical(text) == canonical


def test_old_and_new_number_of_one_person_are_equal() -> None:
    assert resident_id.canonical("110105491231002") == resident_id.canonical("11010519491231002x")


def test_only_an_old_number_carries_a_suggestion_never_a_computed_check_place() -> None:
    assert check("110105491231002", today=TODAY).suggestion == "11010519491231002X"
    assert all(check(text, today=TODAY).suggestion is None for text, _, reason in CASES if reason != "legacy-15")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11010519491231002X", ("110105", date(1949, 12, 31), "002", "女", 18)),
        ("110105491231002", ("110105", date(1949, 12, 31), "002", "女", 15)),
        ("360426199101010071", ("360426", date(1991, 1, 1), "007", "男", 18)),
        ("44011320141005001x", ("440113", date(2014, 10, 5), "001", "男", 18)),
        ("110105194912310021", None),
        ("11010519490231002X", None),
        ("", None),
    ],
)
def test_the_parts_tell_region_birth_and_sex(text: str, expected: tuple[object, ...] | None) -> None:
    parts = parse(text)
    assert (tuple(parts) if parts else None) == expected


def test_a_column_tells_births_and_sexes_of_numbers_without_error() -> None:
    texts = ["11010519491231002X", "110105491231002", "110105194912310021", "360426199101010071", "", made_up(born="20000229", order="012")]
    births, sexes = resident_id.births_and_sexes(texts)
    assert [str(b) for b in births] == ["1949-12-31", "1949-12-31", "NaT", "1991-01-01", "NaT", "2000-02-29"]
    assert sexes.tolist() == [2, 2, 0, 1, 0, 2]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("11010519491231002X", "**************002X"),
        ("110105491231002", "***********1002"),
        ("110105********002X", "**************002X"),
        ("**************002X", "**************002X"),
        ("110105 19491231 002X", "**************002X"),
        ("12345678", "*****678"),
        ("123456789", "*****6789"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_a_mask_shows_four_places_of_long_numbers_and_three_of_short_ones(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("region", WITHDRAWN_BEFORE_1984)
def test_made_up_numbers_do_not_warn(region: str) -> None:
    assert check(made_up(region), today=TODAY).status is V


def test_the_two_published_definitions_of_the_check_place_agree() -> None:
    # the sum over 17 places picks the check place; the sum over all 18, each weighing twice the next, leaves 1
    number = "11010519491231002X"
    values = [10 if c == "X" else int(c) for c in number]
    assert CHECKS[sum(w * v for w, v in zip(WEIGHTS, values[:17], strict=True)) % 11] == "X"
    assert sum(w * v for w, v in zip((*WEIGHTS, 1), values, strict=True)) % 11 == 1
    assert all(2 ** (17 - i) % 11 == w for i, w in enumerate(WEIGHTS))


def test_any_single_wrong_digit_is_caught() -> None:
    number = made_up()
    for i in range(17):
        for digit in "0123456789":
            wrong = number[:i] + digit + number[i + 1 :]
            assert digit == number[i] or check(wrong, today=TODAY).status is not V


births = st.dates(date(1900, 1, 1), date(1999, 12, 31))


@given(st.sampled_from(WITHDRAWN_BEFORE_1984), births, st.integers(1, 999))
def test_fifteen_digits_to_eighteen_and_back_is_no_change(region: str, born: date, order: int) -> None:
    fifteen = f"{region}{born:%y%m%d}{order:03d}"
    assert downgrade(upgrade(fifteen)) == fifteen
    assert check(fifteen, today=TODAY).canonical == upgrade(fifteen)
    assert check(upgrade(fifteen), today=None).status is V


@given(st.text("0123456789", min_size=17, max_size=17))
def test_check_places_agree_with_python_stdnum(first17: str) -> None:
    assert check_digit(first17) == ric.calc_check_digit(first17 + "0")


def stdnum_accepts(number: str) -> bool | None:
    """What python-stdnum says; None where it fails."""
    try:
        return bool(ric.is_valid(number))
    except KeyError:
        return None


@pytest.mark.parametrize(
    ("number", "stdnum", "status", "why"),
    [
        ("110111198012010078", False, V, "it holds the code's first year against the year of birth; numbers were given from 1984 on"),
        (made_up("330113"), None, V, "it fails on codes that are missing under a province it knows"),
        (made_up("330114"), None, V, "the same"),
        (made_up("460321"), None, V, "the same"),
        (made_up("110101", "20991231"), True, I, "it accepts births in the future"),
        (made_up("110101", "18000101"), True, I, "it accepts births before 1900"),
        (made_up("110101", order="000"), True, S, "it accepts an order of 000, which is improbable"),
        ("110105491231002", False, L, "it knows no numbers of fifteen digits"),
        (made_up("119999"), None, S, "an unknown county is a warning here"),
    ],
)
def test_each_disagreement_with_python_stdnum_has_its_reason(number: str, stdnum: bool | None, status: Status, why: str) -> None:
    assert stdnum_accepts(number) is stdnum, why
    assert check(number, today=TODAY).status is status, why


@given(st.dates(date(1990, 1, 1), date(2020, 12, 31)), st.integers(1, 999), st.sampled_from("0123456789X"))
def test_where_county_and_birth_are_beyond_dispute_python_stdnum_agrees(born: date, order: int, last: str) -> None:
    number = f"110105{born:%Y%m%d}{order:03d}{last}"
    assert stdnum_accepts(number) is (check(number, today=TODAY).status is V)
    assert is_known("110105")
