"""Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import numerals


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("三〇一", "301"), ("三零一", "301"), ("〇一", "01"), ("十", "10"), ("十二", "12"), ("二十", "20"), ("二十三", "23"),
        ("一百零三", "103"), ("一百二十", "120"), ("两", "2"), ("一千五百零一", "1501"), ("二〇二四", "2024"),
        ("", None), ("栋", None), ("十百", None), ("一二十", None), ("零十", None), ("十十", None),
    ],
)  # fmt: skip
def test_numerals_are_read_as_people_write_them(text: str, digits: str | None) -> None:
    assert numerals.number(text) == digits


def test_numerals_inside_a_text_become_digits() -> None:
    assert numerals.with_digits("一栋二单元三〇一") == "1栋2单元301"
    assert numerals.with_digits("十二号楼") == "12号楼"
    assert numerals.with_digits("1-2-301") == "1-2-301"


@given(st.text(alphabet="〇零一二三两十百千栋", max_size=12))
def test_no_text_troubles_the_reader(text: str) -> None:
    numerals.with_digits(text)
