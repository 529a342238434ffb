"""Whatever a whole column calls plain is right and canonical when it is judged alone, and ordinary values are plain."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import file_no, house_no, mobile, person_name, resident_id, title_certificate
from ownerbook.identifiers.mod11 import check_digit
from ownerbook.schema.cells import Pool

TODAY = date(2026, 10, 31)
NEAR_HOUSES = st.one_of(st.from_regex(r"[0-9]{1,5}-[0-9]{1,3}-[0-9]{2,6}", fullmatch=True), st.text(st.sampled_from("0123-S一"), max_size=14))
NEAR_FILES = st.one_of(st.builds("YG-{}-{}".format, NEAR_HOUSES, st.from_regex(r"[0-9]{1,11}", fullmatch=True)), st.text(max_size=8))
NEAR_MOBILES = st.one_of(st.from_regex(r"1[3-9][0-9]{9}[0-9x]?", fullmatch=True), st.sampled_from(["13800138000", "13812345678", "13888888888"]))
NEAR_NAMES = st.one_of(st.text(st.sampled_from("张王业主测试㐀鿿a·"), max_size=4), st.sampled_from(sorted(person_name.PLACEHOLDERS)))
NEAR_IDS = st.builds(
    lambda body, last: body + (check_digit(body) if last == "?" else last),
    st.from_regex(r"(110101|999999)(19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}", fullmatch=True).filter(str.isascii),
    st.sampled_from("????1Xx "),
)


def matrix(texts: list[str], width: int) -> tuple[np.ndarray, np.ndarray]:
    """The texts as a pool gives them."""
    pool = Pool()
    pool.extend_texts(texts)
    return pool.matrix(np.arange(len(texts)), width)


@given(st.lists(NEAR_HOUSES))
def test_plain_houses_are_those_that_the_scalar_way_calls_plain(texts: list[str]) -> None:
    for form in (house_no.DEFAULT, house_no.HouseFormat("栋-室")):
        assert form.read_plain(*matrix(texts, house_no.LONGEST_PLAIN)).good.tolist() == [form.is_plain(t) for t in texts]


@given(st.lists(NEAR_FILES))
def test_plain_file_numbers_are_right(texts: list[str]) -> None:
    for form in (
        file_no.DEFAULT,
        file_no.FileFormat("房号-流水"),
        file_no.FileFormat("流水-房号"),
        file_no.FileFormat(houses=house_no.HouseFormat("栋-室")),
    ):
        read = form.read_plain(*matrix(texts, form.plain_width))
        for i, text in enumerate(texts):
            if read.good[i]:
                found = form.parse(text)
                assert found is not None
                building, unit, room, serial = read.values[:, i].tolist()
                assert (found.house, found.serial) == (f"{building}-{unit}-{room}", serial)


@given(st.lists(NEAR_MOBILES))
def test_plain_mobiles_are_right(texts: list[str]) -> None:
    for text, plain in zip(texts, mobile.plain_column(*matrix(texts, mobile.DIGITS)), strict=True):
        assert not plain or mobile.is_plain(text)


@given(st.lists(NEAR_NAMES))
def test_plain_names_are_right(texts: list[str]) -> None:
    for text, plain in zip(texts, person_name.plain_column(*matrix(texts, person_name.LONGEST_PLAIN)), strict=True):
        assert not plain or person_name.is_plain(text)


@given(st.lists(NEAR_IDS))
def test_plain_resident_ids_are_valid_and_canonical(texts: list[str]) -> None:
    for text, plain in zip(texts, resident_id.plain_column(*matrix(texts, resident_id.LENGTH), today=TODAY), strict=True):
        verdict = resident_id.check(text, today=TODAY)
        assert plain == (verdict.reason == "" and verdict.canonical == text)


BODY = "11010119550101001"


@pytest.mark.parametrize(
    "plain",
    [
        house_no.DEFAULT.read_plain(*matrix(["12-1-1501"], house_no.LONGEST_PLAIN)).good,
        file_no.DEFAULT.read_plain(*matrix(["YG-1-1-101-01"], file_no.DEFAULT.plain_width)).good,
        mobile.plain_column(*matrix(["13800000107"], mobile.DIGITS)),
        person_name.plain_column(*matrix(["张三丰"], person_name.LONGEST_PLAIN)),
        resident_id.plain_column(*matrix([BODY + check_digit(BODY)], resident_id.LENGTH), today=TODAY),
    ],
)
def test_an_ordinary_value_is_plain(plain: np.ndarray) -> None:
    assert plain.all()


NEAR_TITLES = st.builds(
    "{}{}{}{}{}{}".format,
    st.sampled_from(["京", "苏州", "", "A"]),
    st.sampled_from(["（2020）", "(2020)", "（2014）", "（2027）", "（2020年）"]),
    st.sampled_from(["朝阳区", "", "朝 阳", "不动产证明", "不动产权", "一" * 21]),
    st.sampled_from(["不动产权第", "不动产权", "不动产权证明第"]),
    st.sampled_from(["0012345", "12345", "123456789", "12*4567"]),
    st.sampled_from(["号", "", "号 "]),
)


@given(NEAR_TITLES)
def test_plain_titles_are_right_and_canonical(text: str) -> None:
    verdict = title_certificate.check(text, today=TODAY)
    assert not title_certificate.is_plain(text, TODAY) or (verdict.ok and verdict.canonical == text and not verdict.suggestion)


def test_an_ordinary_title_is_plain() -> None:
    assert title_certificate.is_plain("京（2020）朝阳区不动产权第0012345号", TODAY)
