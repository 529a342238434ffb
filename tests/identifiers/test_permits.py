"""Permits of Hong Kong, Macao and Taiwan residents and cards of foreigners."""

from __future__ import annotations

from datetime import date

import pytest

from ownerbook.identifiers import permanent_resident, residence_permit, travel_permit
from ownerbook.identifiers.mod11 import check_digit
from ownerbook.identifiers.permanent_resident import old_check_digit
from ownerbook.identifiers.verdict import Status

TODAY = date(2026, 10, 31)
V, L, S, I = Status.VALID, Status.LEGACY, Status.SUSPECT, Status.INVALID  # noqa: E741


def whole(first17: str) -> str:
    return first17 + check_digit(first17)


RESIDENCE = [
    (whole("81000019940823002"), V, ""),
    (whole("82000019950101001"), V, ""),
    (whole("83000019500615012"), V, ""),
    (whole("81000019940823002").lower(), V, ""),
    (whole("81010119940823002"), I, "region"),
    (whole("84000019940823002"), I, "region"),
    (whole("60000019940823002"), I, "region"),
    ("11010519491231002X", I, "region"),
    (whole("81000019940230002"), I, "birth"),
    (whole("83000020991231002"), I, "birth-future"),
    (whole("81000018991231002"), I, "birth"),
    ("810000199408230020" if whole("81000019940823002")[-1] != "0" else "810000199408230021", I, "check-digit"),
    (whole("81000019940823000"), S, "order"),
    (whole("81000019000101001"), S, "age"),
    ("8100001994082300", I, "length"),
    ("810000940823002", I, "length"),
    ("81000019940823002Z", I, "characters"),
    ("810000********0021", I, "masked"),
    (whole("81000019940823002") + "、" + whole("82000019950101001"), I, "several"),
]

HK_MACAO = [
    ("H12345678", V, ""),
    ("h12345678", V, ""),
    ("M12345678", V, ""),
    ("H1234567800", V, ""),
    ("H1234567801", V, ""),
    ("HA1234567", V, ""),
    ("MA1234567", V, ""),
    ("H 1234 5678", V, ""),
    ("H1234567", I, "length"),
    ("H123456780", I, "length"),
    ("H123456789012", I, "length"),
    ("HA12345678", I, "length"),
    ("HB1234567", I, "shape"),
    ("A12345678", I, "shape"),
    ("12345678", I, "shape"),
    ("H1234567A", I, "shape"),
    ("", I, "shape"),
    ("H*****678", I, "masked"),
    ("H12345678/M12345678", I, "several"),
]

TAIWAN = [
    ("12345678", V, ""),
    ("00123456", V, ""),
    ("0012345601", V, ""),
    ("0012345601B", V, ""),
    ("0012345601(B)", V, ""),
    ("0012345601（B）", V, ""),
    ("1234567", I, "length"),
    ("123456789", I, "length"),
    ("H12345678", I, "shape"),
    ("1234567A", I, "shape"),
    ("T12345678", I, "shape"),
    ("*****678", I, "masked"),
    ("12345678、00123456", I, "several"),
]

PERMANENT = [
    ("932682198501010017", V, ""),
    ("911124198108030024", V, ""),
    ("931586198001010028", V, ""),
    ("PAK310080010103", V, ""),
    ("pak310080010103", V, ""),
    ("932682198501010018", I, "check-digit"),
    (whole("99968219850101001"), I, "province"),
    (whole("93268219850231001"), I, "birth"),
    (whole("93268220991231001"), I, "birth-future"),
    (whole("93200019850101001"), S, "country"),
    (whole("93215619850101001"), S, "country"),
    (whole("93268219850101000"), S, "order"),
    (whole("93268219000101001"), S, "age"),
    ("PAK310080010104", I, "check-digit"),
    ("PAK310080023103", I, "birth"),
    ("CHN31008001010" + old_check_digit("CHN31008001010"), S, "country"),
    ("USA11000002290" + old_check_digit("USA11000002290"), V, ""),
    ("PA1310080010103", I, "shape"),
    ("11010519491231002X", I, "shape"),
    ("9ABC82198501010017", I, "shape"),
    ("93268219850101001", I, "length"),
    ("E12345678", I, "length"),
    ("932682********0017", I, "masked"),
    ("932682198501010017/911124198108030024", I, "several"),
]


@pytest.mark.parametrize(("text", "status", "reason"), RESIDENCE)
def test_residence_permits(text: str, status: Status, reason: str) -> None:
    verdict = residence_permit.check(text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(("text", "status", "reason"), HK_MACAO)
def test_permits_of_hong_kong_and_macao(text: str, status: Status, reason: str) -> None:
    verdict = travel_permit.check_hk_macao(text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(("text", "status", "reason"), TAIWAN)
def test_permits_of_taiwan(text: str, status: Status, reason: str) -> None:
    verdict = travel_permit.check_taiwan(text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(("text", "status", "reason"), PERMANENT)
def test_permanent_residence_cards(text: str, status: Status, reason: str) -> None:
    verdict = permanent_resident.check(text, today=TODAY)
    assert (verdict.status, verdict.reason) == (status, reason)


def test_a_renewed_permit_is_the_same_person_but_another_number() -> None:
    old, new = travel_permit.canonical("H1234567800"), travel_permit.canonical("h1234567801")
    assert old != new
    assert travel_permit.person_key(old) == travel_permit.person_key(new) == travel_permit.person_key("H12345678")
    assert travel_permit.person_key("H12345678") != travel_permit.person_key("H12345679")


@pytest.mark.parametrize(("first14", "check"), [("10000000000000", "7"), ("01000000000000", "3"), ("00100000000000", "1"), ("A0000000000001", "3")])
def test_the_old_check_place_weighs_seven_three_one(first14: str, check: str) -> None:
    assert old_check_digit(first14) == check


def test_a_taiwan_number_is_compared_whole_and_keeps_its_zeros() -> None:
    assert travel_permit.person_key(travel_permit.canonical("00123456")) == "00123456"
    assert travel_permit.canonical("0012345601（b）") == "0012345601B"


@pytest.mark.parametrize(
    ("text", "of", "person", "renewal", "foreign"),
    [
        ("H1234567802", "香港", "H12345678", "02", False),
        ("M12345678", "澳门", "M12345678", "", False),
        ("HA1234567", "香港", "HA1234567", "", True),
        ("12345678", "台湾", "12345678", "", False),
        ("0012345601(B)", "台湾", "00123456", "01", False),
    ],
)
def test_the_parts_of_a_travel_permit(text: str, of: str, person: str, renewal: str, foreign: bool) -> None:
    parts = travel_permit.parse(text)
    assert parts is not None
    assert tuple(parts) == (of, person, renewal, foreign)


def test_the_parts_of_cards_tell_birth_and_sex_where_the_number_does() -> None:
    new = permanent_resident.parse("932682198501010017")
    old = permanent_resident.parse("PAK310080010103")
    permit = residence_permit.parse(whole("81000019940823002"))
    assert new is not None and tuple(new) == ("32", "682", date(1985, 1, 1), "男", 18)
    assert old is not None and tuple(old) == ("3100", "PAK", None, None, 15)
    assert permit is not None and (permit.region, permit.birth, permit.sex) == ("810000", date(1994, 8, 23), "女")


@pytest.mark.parametrize(("scheme", "text"), [(residence_permit, "H12345678"), (permanent_resident, "E1"), (travel_permit, "张三")])
def test_what_is_no_number_of_the_scheme_has_no_parts(scheme: object, text: str) -> None:
    assert scheme.parse(text) is None  # type: ignore[attr-defined]
    assert scheme.canonical(text) == ""  # type: ignore[attr-defined]
