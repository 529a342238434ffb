"""Damage: what is undone, what is only told."""

from __future__ import annotations

import sys
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import damage

NUMBERS = [
    ("13800001234", "13800001234", ()),
    (" 13800001234", "13800001234", ("invisible",)),
    ("138\u200b00001234", "13800001234", ("invisible",)),
    ("\ufeff13800001234\u00a0", "13800001234", ("invisible",)),
    ("13800001234\n", "13800001234", ("invisible",)),
    ("13800001234\r\n", "13800001234", ("invisible",)),
    ("138\t00001234", "13800001234", ("invisible",)),
    ("138 0000 1234", "138 0000 1234", ()),
    ("１３８００００１２３４", "13800001234", ("full-width",)),
    ("１－２－３０１", "1-2-301", ("full-width",)),
    ("\u3000１－２－３０１", "1-2-301", ("invisible", "full-width")),
    ("13800001234.0", "13800001234", ("float-tail",)),
    ("20240305.00", "20240305", ("float-tail",)),
    ("13800001234.5", "13800001234.5", ()),
    ("'13800001234", "13800001234", ("apostrophe",)),
    ("’13800001234.0", "13800001234", ("apostrophe", "float-tail")),
    ("（0755）82345678", "（0755）82345678", ()),
    ("13800001234，13900001234", "13800001234，13900001234", ()),
    ("13800001234\n13900001234", "13800001234\n13900001234", ()),
    ("13800001234\r\n13900001234", "13800001234\r\n13900001234", ()),
    ("13800001234\u200b\n13900001234", "13800001234\n13900001234", ("invisible",)),
    ("1-2-301\n1-2-302", "1-2-301\n1-2-302", ()),
    ("1-2-\n301", "1-2-301", ("invisible",)),
    ("110105194912\n31002X", "11010519491231002X", ("invisible",)),
    ("110105194\n91231002X", "11010519491231002X", ("invisible",)),
    ("110105\u00a019491231\u00a0002X", "11010519491231002X", ("invisible",)),
    ("110105 19491231 002X", "110105 19491231 002X", ()),
    ("11010519491231\u00a0002X ", "11010519491231002X", ("invisible",)),
    ("138\u00a00000\u00a01234", "13800001234", ("invisible",)),
    ("13800001234\u00a013900001234", "13800001234 13900001234", ("invisible",)),
    ("0755\u00a082345678", "0755 82345678", ("invisible",)),
    ("12\u00a01203", "12 1203", ("invisible",)),
    ("2024-03-05\u00a010:30", "2024-03-05 10:30", ("invisible",)),
    ("①", "①", ()),
    ("'", "'", ()),
    ("", "", ()),
]
NAMES = [
    ("张伟", "张伟", ()),
    ("张\u200b伟", "张伟", ("invisible",)),
    ("张\u3000伟", "张 伟", ("invisible",)),
    ("张 伟", "张 伟", ()),
    ("张伟 ", "张伟", ("invisible",)),
    ("张\n伟", "张伟", ("invisible",)),
    ("张三\n李四", "张三\n李四", ()),
    ("张三\r\n李四", "张三\r\n李四", ()),
    ("ＪＯＨＮ", "ＪＯＨＮ", ()),
    ("𠮷田", "𠮷田", ()),
    ("㐂明", "㐂明", ()),
    ("\uf9dc明", "\uf9dc明", ()),  # a compatibility ideograph stays: NFKC would make another character of it
    ("买买提•艾力", "买买提•艾力", ()),
    ("'张三", "张三", ("apostrophe",)),
]
CROSSES = [
    ("11010519491231002X", "11010519491231002X", ()),
    ("11010519491231002x", "11010519491231002X", ("look-alike",)),
    ("11010519491231002×", "11010519491231002X", ("look-alike",)),
    ("11010519491231002Х", "11010519491231002X", ("look-alike",)),
    ("11010519491231002х", "11010519491231002X", ("look-alike",)),
    ("11010519491231002Ⅹ", "11010519491231002X", ("look-alike",)),
    ("11010519491231002ｘ", "11010519491231002X", ("full-width", "look-alike")),
    (" 11010519491231002x", "11010519491231002X", ("invisible", "look-alike")),
    ("x", "x", ()),
    ("Hx", "Hx", ()),
]


@pytest.mark.parametrize(("text", "repaired", "kinds"), NUMBERS)
def test_harmless_damage_to_a_number_is_undone_and_named(text: str, repaired: str, kinds: tuple[str, ...]) -> None:
    assert damage.clean(text, width=True) == (repaired, kinds)


@pytest.mark.parametrize(("text", "repaired", "kinds"), NAMES)
def test_a_name_loses_only_what_nobody_can_see(text: str, repaired: str, kinds: tuple[str, ...]) -> None:
    assert damage.clean(text, width=False) == (repaired, kinds)


@pytest.mark.parametrize(("text", "repaired", "kinds"), CROSSES)
def test_whatever_looks_like_an_x_in_the_last_place_is_read_as_x(text: str, repaired: str, kinds: tuple[str, ...]) -> None:
    assert damage.clean(text, width=True, look_alike_x=True) == (repaired, kinds)


def test_line_breaks_are_spared_where_they_are_allowed() -> None:
    assert damage.clean("一行\n两行\r\n", width=False, newlines_ok=True) == ("一行\n两行\r\n", ())
    assert damage.clean("一\u200b行\n两行", width=False, newlines_ok=True) == ("一行\n两行", ("invisible",))


@given(st.text(max_size=30), st.booleans(), st.booleans(), st.booleans())
def test_any_text_is_cleaned_and_clean_text_stays(text: str, width: bool, cross: bool, newlines: bool) -> None:
    once, kinds = damage.clean(text, width=width, look_alike_x=cross, newlines_ok=newlines)
    if not kinds:
        assert once == text
    bits = damage.clean_column([text], width=width, look_alike_x=cross, newlines_ok=newlines)
    assert bits[0] == [once]
    assert [kind for i, kind in enumerate(damage.KINDS) if bits[1][0] >> i & 1] == list(kinds)


def test_a_column_says_the_same_as_its_cells() -> None:
    texts = [t for t, _, _ in NUMBERS + NAMES + CROSSES]
    for width, cross in ((True, False), (True, True), (False, False)):
        out, bits = damage.clean_column(texts, width=width, look_alike_x=cross)
        assert out == [damage.clean(t, width=width, look_alike_x=cross)[0] for t in texts]
        named = [tuple(k for i, k in enumerate(damage.KINDS) if b >> i & 1) for b in bits.tolist()]
        assert named == [damage.clean(t, width=width, look_alike_x=cross)[1] for t in texts]
        assert bits.dtype == np.uint8


@pytest.mark.parametrize("text", ["1.10101E+17", "1.1e+17", "1E+17", "1.38001E+10", "1.38E10", " 1.38E+10 "])
def test_a_number_shortened_to_a_power_of_ten_is_known(text: str) -> None:
    assert damage.scientific(text)


@pytest.mark.parametrize("text", ["1E12", "1E-12房", "E+17", "13800001234", "11.2E+17", ""])
def test_other_texts_are_not_taken_for_a_power_of_ten(text: str) -> None:
    assert not damage.scientific(text)


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#name?", "#SPILL!", "Err:502"])
def test_error_texts_are_known(text: str) -> None:
    assert damage.error_literal(text)


def test_a_hash_in_a_house_number_is_no_error() -> None:
    assert not damage.error_literal("1#2-301")


@pytest.mark.parametrize("text", ["110105********002X", "138****1234", "张*", "138＊＊＊＊1234", "1101051949xxxx002X", "138●●●●1234"])
def test_hidden_places_are_seen(text: str) -> None:
    assert damage.masked(text)


@pytest.mark.parametrize("text", ["11010519491231002X", "13800001234", "***", "XXX", "买买提•艾力"])
def test_whole_values_are_not_called_hidden(text: str) -> None:
    assert not damage.masked(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800001234.0, "13800001234"),
        (999999999999999.0, "999999999999999"),
        (1e15, None),
        (110105194912310021.0, None),
        (-3.0, "-3"),
        (0.0, "0"),
        (3.1501, "3.1501"),
        (89.99999999999999, "90"),
        (float("nan"), None),
        (float("inf"), None),
        (1e-9, None),
    ],
)
def test_digits_of_a_number_cell_are_given_only_while_they_are_certain(value: float, text: str | None) -> None:
    assert damage.number_text(value) == text


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_up_to_fifteen_digits_are_exact(n: int) -> None:
    assert damage.number_text(float(n)) == str(n)


@pytest.mark.parametrize(
    ("day", "shows_year", "house"),
    [
        (date(2001, 2, 12), True, "1-2-12"),
        (date(2003, 2, 1), True, "3-2-1"),
        (date(2012, 3, 31), True, "12-3-31"),
        (date(2026, 3, 1), False, "3-1"),
    ],
)
def test_a_house_number_that_became_a_date_comes_back(day: date, shows_year: bool, house: str) -> None:
    assert damage.house_from_date(day, shows_year) == house


@pytest.mark.parametrize(
    ("value", "house"),
    [
        (1e12, "1E-12"),
        (2e8, "2E-8"),
        (1e15, "1E-15"),
        (2000.0, None),
        (1.2e12, None),
        (123.0, None),
        (-1e12, None),
        (1e300, None),
        (float("nan"), None),
    ],
)
def test_a_house_number_that_became_a_power_comes_back_where_certain(value: float, house: str | None) -> None:
    assert damage.house_from_power(value) == house


def test_invisible_characters_are_shown() -> None:
    assert damage.show("张\u200b三") == "张⟨U+200B⟩三"
    assert damage.show(" 张三\u00a0") == "⟨U+0020⟩张三⟨U+00A0⟩"
    assert damage.show("张\ue123 三") == "张⟨U+E123⟩ 三"
    assert damage.show("  ") == "⟨U+0020⟩⟨U+0020⟩"
    assert damage.show("张三") == "张三"


@given(st.text(max_size=20))
def test_no_text_troubles_the_detectors(text: str) -> None:
    damage.show(text)
    damage.scientific(text)
    damage.masked(text)
    damage.error_literal(text)
    damage.is_blank(text)


def test_placeholders_mean_a_blank() -> None:
    assert all(damage.is_blank(t) for t in ["-", "—", "/", "无", "暂无", " ", "", " 无 ", "——"])
    assert not any(damage.is_blank(t) for t in ["无名", "0", "待补"])


def test_every_character_can_be_folded() -> None:
    for code in range(sys.maxunicode + 1):
        folded = damage.fold(chr(code))
        assert len(folded) == 1
