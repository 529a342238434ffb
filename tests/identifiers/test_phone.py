"""Phones: mobiles, land lines, numbers abroad, and cells that hold more or less than one."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import landline, mobile, phone
from ownerbook.identifiers.verdict import Status

VALID = [
    ("13800001234", "13800001234"),
    (" 13800001234 ", "13800001234"),
    ("138 0000 1234", "13800001234"),
    ("138-0000-1234", "13800001234"),
    ("138 00001234", "13800001234"),
    ("+86 138 0000 1234", "13800001234"),
    ("+8613800001234", "13800001234"),
    ("+86-138-0000-1234", "13800001234"),
    ("008613800001234", "13800001234"),
    ("8613800001234", "13800001234"),
    ("１３８００００１２３４", "13800001234"),
    ("13800001234、", "13800001234"),
    ("13800000001", "13800000001"),
    ("19900009999", "19900009999"),
    ("17000001234", "17000001234"),
    ("16200001234", "16200001234"),
    ("19200001234", "19200001234"),
    ("14800001234", "14800001234"),
    ("0755-82345678", "075582345678"),
    ("075582345678", "075582345678"),
    ("(0755)82345678", "075582345678"),
    ("（0755）82345678", "075582345678"),
    ("0755 8234 5678", "075582345678"),
    ("0755—82345678", "075582345678"),
    ("0755--82345678", "075582345678"),
    ("0755 - 82345678", "075582345678"),
    ("0755-82345678-801", "075582345678-801"),
    ("0755-82345678转801", "075582345678-801"),
    ("0755-82345678 转 801", "075582345678-801"),
    ("0755-82345678分机801", "075582345678-801"),
    ("0755-82345678ext801", "075582345678-801"),
    ("0755-82345678*801", "075582345678-801"),
    ("+86 755 82345678", "075582345678"),
    ("+86-0755-82345678", "075582345678"),
    ("010-82345678", "01082345678"),
    ("0310-8234567", "03108234567"),
    ("+852 9123 4567", "+85291234567"),
    ("00852-91234567", "+85291234567"),
    ("+853 6612 3456", "+85366123456"),
    ("+886 912 345 678", "+886912345678"),
    ("+1 (415) 555-2671", "+14155552671"),
    ("+44 20 7946 0958", "+442079460958"),
    ("+65 9123 4567", "+6591234567"),
]
TOLD = [
    ("15400001234", Status.SUSPECT, "segment", "15400001234", None),
    ("16000001234", Status.SUSPECT, "segment", "16000001234", None),
    ("19400001234", Status.SUSPECT, "segment", "19400001234", None),
    ("17900001234", Status.SUSPECT, "segment", "17900001234", None),
    ("12800001234", Status.INVALID, "segment", "", None),
    ("11111111111", Status.INVALID, "segment", "", None),
    ("23800001234", Status.INVALID, "segment", "", None),
    ("73892345678", Status.INVALID, "segment", "", None),
    ("+8612800001234", Status.INVALID, "segment", "", None),
    ("1380000123", Status.INVALID, "length", "", None),
    ("1380013800", Status.INVALID, "length", "", None),
    ("138000012345", Status.INVALID, "length", "", None),
    ("3800001234", Status.INVALID, "length", "", None),
    ("110105194912310021", Status.INVALID, "length", "", None),
    ("1380000123412", Status.INVALID, "length", "", None),
    ("+86 1380000123", Status.INVALID, "length", "", None),
    ("+86 9000", Status.INVALID, "length", "", None),
    ("9512345", Status.SUSPECT, "no-area", "07559512345", "0755-9512345"),
    ("955123", Status.INVALID, "service", "", None),
    ("电话123456", Status.INVALID, "format", "", None),
    ("1380000 82345678", Status.INVALID, "length", "", None),
    ("110", Status.INVALID, "length", "", None),
    ("12345", Status.INVALID, "length", "", None),
    ("13490001234", Status.SUSPECT, "satellite", "13490001234", None),
    ("17400001234", Status.SUSPECT, "satellite", "17400001234", None),
    ("16190001234", Status.SUSPECT, "satellite", "16190001234", None),
    ("1440012345678", Status.SUSPECT, "iot", "1440012345678", None),
    ("14400001234", Status.SUSPECT, "iot", "14400001234", None),
    ("1064812345678", Status.SUSPECT, "iot", "1064812345678", None),
    ("13000000000", Status.SUSPECT, "placeholder", "13000000000", None),
    ("13800138000", Status.SUSPECT, "placeholder", "13800138000", None),
    ("13812345678", Status.SUSPECT, "placeholder", "13812345678", None),
    ("13911111111", Status.SUSPECT, "placeholder", "13911111111", None),
    ("0755-88888888", Status.SUSPECT, "placeholder", "075588888888", None),
    ("0755-12345678", Status.SUSPECT, "placeholder", "075512345678", None),
    ("0755-01234567", Status.SUSPECT, "number", "075501234567", None),
    ("82345678", Status.SUSPECT, "no-area", "075582345678", "0755-82345678"),
    ("8234567", Status.SUSPECT, "no-area", "07558234567", "0755-8234567"),
    ("8234-5678", Status.SUSPECT, "no-area", "075582345678", "0755-82345678"),
    ("82345678转801", Status.SUSPECT, "no-area", "075582345678-801", "0755-82345678-801"),
    ("755-82345678", Status.SUSPECT, "lost-zero", "075582345678", "0755-82345678"),
    ("20-82345678", Status.SUSPECT, "lost-zero", "02082345678", "020-82345678"),
    ("010-8234567", Status.INVALID, "length", "", None),
    ("0310-823456", Status.INVALID, "length", "", None),
    ("0755-823456789", Status.INVALID, "length", "", None),
    ("026-82345678", Status.INVALID, "area", "", None),
    ("85291234567", Status.SUSPECT, "country", "+85291234567", "+852-91234567"),
    ("+852 9123 456", Status.INVALID, "length", "", None),
    ("+1 415 555 267", Status.INVALID, "length", "", None),
    ("+0 12345678", Status.INVALID, "length", "", None),
    ("+211 1", Status.INVALID, "length", "", None),
    ("400-800-1234", Status.INVALID, "service", "", None),
    ("4008001234", Status.INVALID, "service", "", None),
    ("95588", Status.INVALID, "service", "", None),
    ("13800001234/13912345867", Status.SUSPECT, "several", "", None),
    ("13800001234、13900001234", Status.SUSPECT, "several", "", None),
    ("13800001234 13900001234", Status.SUSPECT, "several", "", None),
    ("13800001234-13900001234", Status.SUSPECT, "several", "", None),
    ("13800001234\n13900001234", Status.SUSPECT, "several", "", None),
    ("13800001234或13900001234", Status.SUSPECT, "several", "", None),
    ("1380000123413900001234", Status.SUSPECT, "several", "", None),
    ("13800001234；0755-82345678", Status.SUSPECT, "several", "", None),
    ("82345678 13800001234", Status.SUSPECT, "several", "", None),
    ("张三13800001234，李四13900001234", Status.SUSPECT, "several", "", None),
    ("手机:13800001234 座机:0755-82345678", Status.SUSPECT, "several", "", None),
    ("0755-82345678/82345679", Status.SUSPECT, "several", "", None),
    ("13800001234 李四", Status.SUSPECT, "text", "13800001234", "13800001234"),
    ("李四13800001234", Status.SUSPECT, "text", "13800001234", "13800001234"),
    ("李四：13800001234（配偶）", Status.SUSPECT, "text", "13800001234", "13800001234"),
    ("13800001234(微信同号)", Status.SUSPECT, "text", "13800001234", "13800001234"),
    ("电话0755-82345678", Status.SUSPECT, "text", "075582345678", "0755-82345678"),
    ("物业82345678", Status.SUSPECT, "text", "075582345678", "0755-82345678"),
    ("李四15400001234", Status.SUSPECT, "text", "15400001234", None),
    ("李四1380000123", Status.INVALID, "length", "", None),
    ("138****1234", Status.INVALID, "masked", "", None),
    ("1.38E+10", Status.INVALID, "scientific", "", None),
    ("无电话", Status.INVALID, "format", "", None),
    ("不详", Status.INVALID, "format", "", None),
    ("", Status.INVALID, "format", "", None),
]


@pytest.mark.parametrize(("text", "digits"), VALID)
def test_every_way_of_writing_a_good_phone_is_good(text: str, digits: str) -> None:
    assert phone.check(text) == phone.Verdict(Status.VALID, "", digits)
    assert phone.canonical(text) == digits


@pytest.mark.parametrize(("text", "status", "reason", "digits", "suggestion"), TOLD)
def test_what_is_odd_about_a_phone_is_told(text: str, status: Status, reason: str, digits: str, suggestion: str | None) -> None:
    assert phone.check(text, area_code="0755") == phone.Verdict(status, reason, digits, suggestion)


def test_made_up_phones_of_our_own_data_never_warn() -> None:
    for head in mobile.GIVEN_OUT[mobile.ORDINARY].split():
        first = head.split("-")[0][:3]
        for tail in range(1, 10_000, 7):
            assert phone.check(f"{first}0000{tail:04d}").ok


@pytest.mark.parametrize("text", ["400-800-1234", "4008001234", "800-820-8820", "95588", "955888", "95123456", "96110"])
def test_service_numbers_are_right_for_a_company_only(text: str) -> None:
    assert phone.check(text, company=True).ok
    assert not phone.check(text).ok


def test_a_number_cell_has_no_place_for_a_leading_zero() -> None:
    for text, suggestion in [
        ("75582345678", "0755-82345678"),
        ("7558234567", "0755-8234567"),
        ("2082345678", "020-82345678"),
        ("1082345678", "010-82345678"),
    ]:
        verdict = phone.check(text, from_number=True)
        assert (verdict.reason, verdict.suggestion) == ("lost-zero", suggestion)
        assert verdict.canonical == suggestion.replace("-", "")
        assert phone.check(text).status is Status.INVALID
    assert phone.check("13800001234", from_number=True).ok
    assert phone.check("1380000123", from_number=True).reason == "length"


def test_without_an_area_code_in_the_policy_nothing_is_proposed() -> None:
    assert phone.check("82345678") == phone.Verdict(Status.SUSPECT, "no-area", "82345678", None)


def test_one_number_is_one_whatever_its_dress() -> None:
    assert len({phone.canonical(t) for t in ["138 0000 1234", "+86-13800001234", "13800001234"]}) == 1
    assert len({phone.canonical(t) for t in ["0755-82345678", "(0755)82345678", "+86 755 8234 5678"]}) == 1
    assert phone.canonical("0755-82345678-801") != phone.canonical("0755-82345678")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("13800001234", "mobile"), ("1440012345678", "mobile"), ("0755-82345678", "landline"), ("+852 91234567", "abroad"), ("95588", "service")],
)
def test_a_phone_has_a_kind(text: str, kind: str) -> None:
    found = phone.parse(text, company=True)
    assert found is not None
    assert found.kind == kind
    assert phone.parse("不详") is None


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13800001234", "138****1234"),
        ("+86 138 0000 1234", "138****1234"),
        ("0755-82345678", "****5678"),
        ("0755-82345678转801", "****5678"),
        ("+852 9123 4567", "****4567"),
        ("13800001234/0755-82345678", "138****1234、****5678"),
        ("李四13800001234", "138****1234"),
        ("138****1234", "138****1234"),
        ("不详", "****"),
        ("95588", "****"),
    ],
)
def test_a_mask_leaves_only_what_it_may(text: str, masked: str) -> None:
    assert phone.mask(text) == masked


def test_short_numbers_are_masked_too() -> None:
    assert mobile.mask("1380000123") == "******0123"
    assert mobile.mask("12345") == "****"
    assert landline.mask("12") == "****"


def test_segments_of_three_digits_hold_all_their_numbers() -> None:
    assert mobile.kind("13999999999") == mobile.ORDINARY
    assert mobile.kind("13480000000") == mobile.ORDINARY
    assert mobile.kind("13490000000") == mobile.SATELLITE
    assert mobile.kind("16180000000") is None
    assert mobile.kind("16190000000") == mobile.SATELLITE


def test_a_column_says_the_same_as_its_cells() -> None:
    texts = [row[0] for row in VALID] + [row[0] for row in TOLD] * 2
    for company in (False, True):
        statuses, codes, digits = phone.check_column(texts, company=company, area_code="0755")
        verdicts = [phone.check(t, company=company, area_code="0755") for t in texts]
        assert statuses.tolist() == [v.status for v in verdicts]
        assert [phone.REASONS[c] for c in codes.tolist()] == [v.reason for v in verdicts]
        assert digits == [v.canonical for v in verdicts]
    for scheme in (mobile, landline):
        statuses, codes, digits = scheme.check_column(texts)
        assert [scheme.REASONS[c] for c in codes.tolist()] == [scheme.check(t).reason for t in texts]
        assert digits == [scheme.canonical(t) for t in texts]


def test_where_the_library_says_otherwise_we_know_why() -> None:
    """phonenumbers knows other segments: it lacks 146, 148 and 149, which are given out, and takes satellite phones (1349, 174)
    and the withdrawn 161 for mobiles."""
    differing: set[str] = set()
    for four in range(1300, 2000):
        number = f"{four}2345671"
        theirs = phonenumbers.parse(number, "CN")
        good = phonenumbers.is_valid_number(theirs) and phonenumbers.number_type(theirs) == phonenumbers.PhoneNumberType.MOBILE
        if good != mobile.check(number).ok:
            differing.add(number[:3])
    assert differing == {"134", "146", "148", "149", "161", "174"}
    assert phonenumbers.is_valid_number(phonenumbers.parse("13492345671", "CN"))


def test_foreign_numbers_that_the_library_takes_are_taken() -> None:
    for region in ("HK", "MO", "TW", "SG", "US", "GB", "JP", "KR", "AU", "DE", "FR", "MY", "TH", "VN", "RU", "IN", "BR", "ZA", "AE", "NZ"):
        example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        text = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        assert phone.check(text).ok, text
        assert phone.canonical(text) == phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)


@given(st.text(max_size=30) | st.text(alphabet="0123456789+-()（） 转张三/、*#ext.\n", max_size=40), st.booleans(), st.booleans())
def test_no_text_troubles_the_reader(text: str, company: bool, from_number: bool) -> None:
    verdict = phone.check(text, company=company, area_code="0755", from_number=from_number)
    assert verdict.reason in phone.REASONS
    assert (verdict.status is Status.INVALID) == (verdict.canonical == "") or verdict.reason == "several"
    phone.mask(text)
    phone.parse(text)
    mobile.mask(text)
    landline.mask(text)


@given(st.integers(13000000000, 19999999999), st.sampled_from(["{0}-{1}-{2}", "{0} {1} {2}", "+86{0}{1}{2}", "+86 {0} {1} {2}", "86{0}{1}{2}"]))
def test_digits_survive_any_dress(number: int, dress: str) -> None:
    text = str(number)
    dressed = dress.format(text[:3], text[3:7], text[7:])
    assert phone.check(dressed) == phone.check(text)
