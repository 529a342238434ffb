"""House numbers: every spelling of one house is one house."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import house_no
from ownerbook.identifiers.house_format import Form
from ownerbook.identifiers.house_no import DEFAULT, HouseFormat, UnreadableFormat
from ownerbook.identifiers.verdict import Status

WITHOUT_SPACES = """
1-2-301 01-02-0301 1栋2单元301室 1栋2单元301 1栋-2单元-301室 01栋02单元0301 1幢2单元301室 1号楼2单元301 1号楼2单元301室
1#2-301 1#-2-301 1#楼2单元301 1#2单元301 1#2#301 一栋二单元三〇一 一栋二单元三零一 一号楼二单元三〇一室 １－２－３０１ １栋２单元３０１
1—2—301 1–2–301 1－2－301 1ー2ー301 1~2~301 1～2～301 1−2−301 1‑2‑301 1_2_301 1/2/301 1.2.301 1号楼2门301 1号2单元301 1-2单元-301
1-2-301室 1-2-301房 1一2一301 1栋2单元3楼301 1栋2单元3层301室 1座2单元301 1楼2单元301 1栋2单元301号
"""
SPELLINGS = [
    *WITHOUT_SPACES.split(),
    *("1 - 2 - 301", "1 2 301", "1栋 2单元 301", "1 栋 2 单元 301 室", " 1-2-301 ", "1-2-301\u200b", "1\u30002\u3000301"),
]
OTHERS = [
    ("3-2-1501", "3-2-1501"),
    ("3-1501", "3-1501"),
    ("3栋1501", "3-1501"),
    ("A座1203", "A-1203"),
    ("a座1203室", "A-1203"),
    ("A-1203", "A-1203"),
    ("A1-2-301", "A1-2-301"),
    ("B1-2-301", "B1-2-301"),
    ("3A-1-501", "3A-1-501"),
    ("5-1-15A", "5-1-15A"),
    ("5-3A01", "5-3A01"),
    ("十二号楼三单元一千五百零一", "12-3-1501"),
    ("十二栋二单元301", "12-2-301"),
    ("12号301室", "12-301"),
    ("甲栋1单元301", "甲-1-301"),
    ("东座301", "东-301"),
    ("1-B1-03", "1-B1-3"),
    ("1#301", "1-301"),
    ("3-1", "3-1"),
    ("99-9-909", "99-9-909"),
    ("S-012", "S-012"),
    ("s-012", "S-012"),
    ("S012", "S-012"),
    ("Ｓ－０１２", "S-012"),
    ("S—012", "S-012"),
    ("P-B1-088", "P-B1-088"),
    ("P—B1—088", "P-B1-088"),
    ("p - b1 - 088", "P-B1-088"),
    ("C-012", "C-012"),
    ("B-1203", "B-1203"),
    ("B座1203", "B-1203"),
    ("B-2-1501", "B-2-1501"),
]
UNREADABLE = [
    "1203", "301室", "", "无", "测试", "1-", "-1-2-301", "1--2-301", "1-2-3-301", "2单元301", "1-2-301（已售）", "1-2-301/302", "1-2-301、1-2-302",
    "1-2-301\n1-2-302", "一期3栋2单元301", "2栋3楼5号", "3/1501", "3.1501", "A1203", "1-2-123456", "1栋2栋301", "301室2单元1栋", "S-", "S-A",
    "十百栋1-1", "1-2-301-", "1栋2单元4楼301", "12345-1-301",
]  # fmt: skip


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_of_a_house_is_that_house(text: str) -> None:
    house = house_no.parse(text)
    assert house is not None
    assert (house.building, house.unit, house.floor, house.room, house.prefix) == ("1", "2", None, "301", None)
    verdict = house_no.check(text)
    assert (verdict.status, verdict.canonical) == (Status.VALID, "1-2-301")
    assert (verdict.reason, verdict.suggestion) == (("", None) if text == "1-2-301" else ("spelling", "1-2-301"))


@pytest.mark.parametrize(("text", "canonical"), OTHERS)
def test_other_numbers_have_their_canonical_form(text: str, canonical: str) -> None:
    assert house_no.canonical(text) == canonical
    assert house_no.canonical(canonical) == canonical


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_names_no_house_is_unreadable(text: str) -> None:
    verdict = house_no.check(text)
    assert (verdict.status, verdict.reason, verdict.canonical, verdict.suggestion) == (Status.INVALID, "format", "", None)


def test_a_number_of_two_parts_has_no_unit() -> None:
    house = house_no.parse("3-1501")
    assert house is not None
    assert (house.building, house.unit, house.room) == ("3", None, "1501")


def test_shops_and_parking_places_have_no_parts_and_one_key_with_or_without_zeros() -> None:
    house = house_no.parse("P-B1-088")
    assert house is not None
    assert (house.prefix, house.room, house.building, house.unit) == ("P", "B1-088", None, None)
    assert house_no.key("S-012") == house_no.key("S-12") == "S-12"
    assert house_no.key("P-B1-088") == "P-B1-88"
    assert house_no.key("3-2-1501") == "3-2-1501"
    assert house_no.keys(["S-012", "3-2-1501", "", "A-1203"]) == ["S-12", "3-2-1501", "", "A-1203"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3", "03", True), ("3栋", "3", True), ("3号楼", "３", True), ("A座", "a", True), ("2单元", "2", True), ("0301室", "301", True),
        ("三栋", "3", True), ("1#", "1", True), ("3幢", "3", True), ("3", "4", False), ("A", "B", False), ("15A", "15", False), ("10", "1", False),
        ("0", "00", True), ("一单元", "1", True), ("3-", "3", True),
    ],
)  # fmt: skip
def test_parts_are_compared_without_their_words_and_zeros(one: str, other: str, same: bool) -> None:
    assert house_no.same_part(one, other) is same


def test_the_policy_says_how_numbers_are_written() -> None:
    for spec, text, canonical in [
        ("栋-室", "3-1501", "3-1501"),
        ("栋#单元-室", "3-2-1501", "3#2-1501"),
        ("栋#单元-室", "3#2-1501", "3#2-1501"),
        ("栋号楼单元单元室", "3-2-1501", "3号楼2单元1501"),
        ("栋号楼单元单元室", "3-1501", "3号楼1501"),
        ("栋栋单元单元室室", "3#2-1501", "3栋2单元1501室"),
        ("栋-单元-层-室", "3-2-15-1", "3-2-15-1"),
        ("栋-单元-层-室", "3栋2单元15层1室", "3-2-15-1"),
        ("栋-单元-层室", "3-2-1501", "3-2-1501"),
        ("栋-单元-室、栋#室", "3-1501", "3#1501"),
        ("栋-单元-室、栋#室", "3-2-1501", "3-2-1501"),
        (" 栋 - 单元 - 室 ", "3栋2单元1501", "3-2-1501"),
    ]:
        formats = HouseFormat(spec)
        assert house_no.canonical(text, formats) == canonical, spec
        assert house_no.canonical(canonical, formats) == canonical, spec


def test_a_number_that_fits_no_form_of_the_policy_is_unreadable() -> None:
    assert house_no.parse("3-2-1501", HouseFormat("栋-室")) is None
    assert house_no.parse("3栋2单元1501", HouseFormat("栋-室")) is None
    assert house_no.parse("3-1501", HouseFormat("栋-单元-层-室")) is None
    assert house_no.parse("1-2-3-301") is None


def test_only_the_unit_may_be_left_out() -> None:
    house = house_no.parse("3-15-1", HouseFormat("栋-单元-层-室"))
    assert house is not None
    assert (house.building, house.unit, house.floor, house.room) == ("3", None, "15", "1")


@pytest.mark.parametrize("spec", ["", "、", "栋单元室", "室", "栋-单元", "编号", "栋X单元-室"])
def test_a_policy_value_that_names_no_form_is_refused(spec: str) -> None:
    with pytest.raises(UnreadableFormat):
        HouseFormat(spec)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("1-2-301", "1-2-***"), ("1栋2单元301", "1-2-***"), ("3-1501", "3-***"), ("S-012", "S-***"), ("P-B1-088", "P-B1-***"),
        ("1203", "***"), ("301室", "***"),
        ("1栋301（空置）", "1***"), ("某某花园301", "***"), ("2#（未知）", "2***"), ("1-2-301（已售）", "1***"), ("", "***"), ("某处", "***"),
    ],
)  # fmt: skip
def test_a_mask_hides_the_room(text: str, masked: str) -> None:
    assert house_no.mask(text) == masked


def test_a_column_says_the_same_as_its_cells() -> None:
    texts = [*SPELLINGS, *(t for t, _ in OTHERS), *UNREADABLE, *SPELLINGS]
    for formats in (DEFAULT, HouseFormat("栋#单元-室")):
        statuses, codes, canonicals = house_no.check_column(texts, formats)
        verdicts = [house_no.check(t, formats) for t in texts]
        assert statuses.tolist() == [v.status for v in verdicts]
        assert [house_no.REASONS[c] for c in codes.tolist()] == [v.reason for v in verdicts]
        assert canonicals == [v.canonical for v in verdicts]
        assert house_no.parse_column(texts, formats) == [house_no.parse(t, formats) for t in texts]


@given(st.integers(1, 99), st.integers(1, 9) | st.none(), st.integers(101, 4999))
def test_a_written_number_is_read_back(building: int, unit: int | None, room: int) -> None:
    house = house_no.HouseNo(str(building), None if unit is None else str(unit), None, str(room))
    for spec in ("栋-单元-室", "栋#单元-室", "栋号楼单元单元室室", "栋栋单元单元室室、栋座室"):
        formats = HouseFormat(spec)
        assert house_no.parse(house.written(formats.forms), formats) == house


@given(st.text(max_size=16) | st.text(alphabet="0123ABSPC-—#栋单元室楼层号座一二〇十 /.", max_size=16))
def test_no_text_troubles_the_reader_and_canonical_forms_are_final(text: str) -> None:
    house_no.mask(text)
    house_no.part(text)
    found = house_no.canonical(text)
    if found is not None:
        assert house_no.canonical(found) == found
        assert house_no.check(found).reason == ""
        assert house_no.key(found) == house_no.key(house_no.key(found))


def test_formats_tell_their_parts() -> None:
    assert Form("栋-单元-室").parts == ("building", "unit", "room")
    assert Form("栋栋室室").signs == ("", "栋", "室")
