"""Documents by the type that the register gives them: wrong types, kinds of owners, the same person, columns."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from ownerbook.identifiers import document
from ownerbook.identifiers.document import REASONS, TYPES, check, check_column, fits_kind, identify, mask, person_key, shapes
from ownerbook.identifiers.mod11 import check_digit
from ownerbook.identifiers.verdict import Status

TODAY = date(2026, 10, 31)
V, L, S, I = Status.VALID, Status.LEGACY, Status.SUSPECT, Status.INVALID  # noqa: E741

PERMIT = "81000019940823002" + check_digit("81000019940823002")
EXAMPLES = {
    "居民身份证": "11010519491231002X",
    "港澳居民来往内地通行证": "H12345678",
    "台湾居民来往大陆通行证": "12345678",
    "港澳台居民居住证": PERMIT,
    "外国人永久居留身份证": "932682198501010017",
    "护照": "E12345678",
    "军官证": "军字第1234567号",
    "统一社会信用代码": "91110000600037341L",
}


def test_the_types_are_the_registers() -> None:
    assert tuple(EXAMPLES) == TYPES


@pytest.mark.parametrize("id_type", TYPES)
def test_each_type_accepts_its_own_number(id_type: str) -> None:
    assert check(id_type, EXAMPLES[id_type], today=TODAY).status is V


@pytest.mark.parametrize("id_type", TYPES)
def test_each_number_is_recognised(id_type: str) -> None:
    assert shapes(EXAMPLES[id_type]) == {id_type}
    assert identify(EXAMPLES[id_type]) == id_type


@pytest.mark.parametrize("id_type", TYPES)
@pytest.mark.parametrize("other", TYPES)
def test_a_number_of_another_type_is_told_as_such(id_type: str, other: str) -> None:
    if id_type == other:
        return
    verdict = check(id_type, EXAMPLES[other], today=TODAY)
    # a foreign passport may look like a travel permit, and six to eight bare digits like a military ID without its prefix
    if (id_type, other) in {("护照", "港澳居民来往内地通行证"), ("护照", "台湾居民来往大陆通行证")}:
        assert verdict.status is V
    elif (id_type, other) == ("军官证", "台湾居民来往大陆通行证"):
        assert verdict.reason == "no-prefix"
    else:
        assert (verdict.status, verdict.reason) == (I, "other-type")


CASES = [
    # wrong within its own type
    ("居民身份证", "110105194912310021", I, "check-digit"),
    ("居民身份证", "11010519491231002", I, "length"),
    ("居民身份证", "1101051949123100210", I, "length"),
    ("居民身份证", "99" + "0105194912310021"[0:16], I, "province"),
    ("居民身份证", "110105491231002", L, "legacy-15"),
    ("居民身份证", "440301103097413", I, "birth"),
    ("居民身份证", "110105********002X", I, "masked"),
    ("居民身份证", "11010519491231002X/H12345678", I, "several"),
    ("居民身份证", "某某", I, "length"),
    ("统一社会信用代码", "440301103097413", L, "legacy-licence"),
    ("统一社会信用代码", "91110000600037341N", I, "check-digit"),
    ("港澳居民来往内地通行证", "H1234567800", V, ""),
    ("港澳居民来往内地通行证", "MA1234567", V, ""),
    ("港澳居民来往内地通行证", "H1234567", I, "length"),
    ("护照", "MA1234567", V, ""),
    ("护照", "AB1234567890", S, "long-or-short"),
    ("军官证", "1234567", S, "no-prefix"),
    # of another type
    ("居民身份证", "H12345678", I, "other-type"),
    ("居民身份证", "E12345678", I, "other-type"),
    ("居民身份证", PERMIT, I, "other-type"),
    ("居民身份证", "PAK310080010103", I, "other-type"),
    ("护照", "110105491231002", I, "other-type"),
    ("护照", "11010519491231002X", I, "other-type"),
    ("台湾居民来往大陆通行证", "H12345678", I, "other-type"),
    ("港澳居民来往内地通行证", "12345678", I, "other-type"),
    ("港澳台居民居住证", "11010519491231002X", I, "other-type"),
    # 81 with a county of its own is no permit's region
    ("居民身份证", "81010119940823002" + check_digit("81010119940823002"), S, "county"),
]


@pytest.mark.parametrize(("id_type", "text", "status", "reason"), CASES)
def test_each_number_is_judged_as_what_it_is_said_to_be(id_type: str, text: str, status: Status, reason: str) -> None:
    verdict = check(id_type, text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)


def test_a_mixed_column_is_judged_as_its_numbers_are_one_by_one() -> None:
    rows = [(t, n) for t, n, _, _ in CASES] + [(t, EXAMPLES[o]) for t in TYPES for o in TYPES]
    codes = np.array([TYPES.index(t) for t, _ in rows], np.int8)
    statuses, reasons = check_column(codes, [n for _, n in rows], today=TODAY)
    single = [check(t, n, today=TODAY) for t, n in rows]
    assert [(Status(s), REASONS[r]) for s, r in zip(statuses, reasons, strict=True)] == [(v.status, v.reason) for v in single]


def test_rows_without_a_known_type_are_not_judged() -> None:
    statuses, reasons = check_column(np.array([-1, 8, 0]), ["?", "?", "?"], today=TODAY)
    assert statuses.tolist() == [V, V, I]
    assert [REASONS[r] for r in reasons] == ["", "", "length"]


def test_reasons_have_one_code_each() -> None:
    assert REASONS[0] == ""
    assert len(set(REASONS)) == len(REASONS) < 256


def test_a_number_with_the_form_of_two_types_is_not_identified() -> None:
    assert shapes("MA1234567") == {"港澳居民来往内地通行证", "护照"}
    assert identify("MA1234567") is None


@pytest.mark.parametrize("text", ["", "440301103097413", "123", "张三", "*", "11010519491231002X/H12345678", "110105194912310021"])
def test_what_fits_no_type_is_not_identified(text: str) -> None:
    assert shapes(text) == set()
    assert identify(text) is None


def test_a_type_outside_the_list_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="身份证"):
        check("身份证", "11010519491231002X", today=TODAY)


@pytest.mark.parametrize("id_type", TYPES)
def test_companies_have_credit_codes_and_people_everything_else(id_type: str) -> None:
    assert fits_kind(id_type, "法人") is (id_type == "统一社会信用代码")
    assert fits_kind(id_type, "自然人") is (id_type != "统一社会信用代码")
    assert not fits_kind(id_type, "其他")
    assert not fits_kind("身份证", "自然人")


@pytest.mark.parametrize(
    ("id_type", "one", "other", "same"),
    [
        ("港澳居民来往内地通行证", "H1234567800", "H1234567801", True),
        ("港澳居民来往内地通行证", "H1234567800", "h12345678", True),
        ("港澳居民来往内地通行证", "H12345678", "M12345678", False),
        ("居民身份证", "110105491231002", "11010519491231002x", True),
        ("台湾居民来往大陆通行证", "12345678", "1234567801", False),
        ("护照", "H1234567800", "H1234567801", False),
    ],
)
def test_one_holder_has_one_key(id_type: str, one: str, other: str, same: bool) -> None:
    keys = [person_key(id_type, document.canonical(id_type, text)) for text in (one, other)]
    assert (keys[0] == keys[1]) is same


def test_masks_are_the_same_for_every_type() -> None:
    assert {mask(t, "11010519491231002X") for t in (*TYPES, "")} == {"**************002X"}
    assert mask("台湾居民来往大陆通行证", "12345678") == "*****678"


def test_births_and_sexes_are_told_by_the_types_that_carry_them() -> None:
    texts = [EXAMPLES[t] for t in TYPES] + ["PAK310080010103", "110105194912310021"]
    codes = np.array([*range(len(TYPES)), 4, 0])
    births, sexes = document.births_and_sexes(codes, texts)
    assert [str(b) for b in births] == ["1949-12-31", "NaT", "NaT", "1994-08-23", "1985-01-01", "NaT", "NaT", "NaT", "NaT", "NaT"]
    assert sexes.tolist() == [2, 0, 0, 2, 1, 0, 0, 0, 0, 0]
