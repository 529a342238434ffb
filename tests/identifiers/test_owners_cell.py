"""Cells that hold several people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import owners_cell
from ownerbook.identifiers.owners_cell import Person

A, B = "13800001234", "13900001234"
ID = "11010519491231002X"
CASES = [
    ("", []),
    ("无", []),
    ("—", []),
    ("张三", [Person("张三")]),
    ("张三、李四", [Person("张三"), Person("李四")]),
    ("张三,李四", [Person("张三"), Person("李四")]),
    ("张三/李四/王五", [Person("张三"), Person("李四"), Person("王五")]),
    ("张三\n李四", [Person("张三"), Person("李四")]),
    ("张三\r\n李四", [Person("张三"), Person("李四")]),
    (f"张三：{A}；租客{B}", [Person("张三", "", [A]), Person("", "租户", [B])]),
    (f"张三{A}、李四{B}", [Person("张三", "", [A]), Person("李四", "", [B])]),
    (f"张三 {A} 李四 {B}", [Person("张三", "", [A]), Person("李四", "", [B])]),
    (f"张三（业主）{A} 李四(配偶){B}", [Person("张三", "业主", [A]), Person("李四", "配偶", [B])]),
    (f"业主张三{A}，租户李四{B}", [Person("张三", "业主", [A]), Person("李四", "租户", [B])]),
    (f"业主：张三 电话：{A}", [Person("张三", "业主", [A])]),
    (f"租客:李四 {B}", [Person("李四", "租户", [B])]),
    (f"张三租客{B}", [Person("张三", "租户", [B])]),
    (f"张三 配偶李四 {B}", [Person("张三"), Person("李四", "配偶", [B])]),
    (f"{A}；{B}", [Person("", "", [A]), Person("", "", [B])]),
    (f"{A}，{B}", [Person("", "", [A, B])]),
    ("张三，妻子李四", [Person("张三"), Person("李四", "配偶")]),
    (f"张三{A}妻子{B}", [Person("张三", "", [A]), Person("", "配偶", [B])]),
    (f"李四{B}（女儿）", [Person("李四", "子女", [B])]),
    (f"业主本人{A}", [Person("", "业主", [A])]),
    (f"张三 {A}/{B}", [Person("张三", "", [A, B])]),
    (f"{A} 张三", [Person("张三", "", [A])]),
    (f"张三 {ID} {A}", [Person("张三", "", [A], [ID])]),
    (f"张三 {ID.lower()}", [Person("张三", "", [], [ID])]),
    (f"张三 {ID}、李四 H12345678", [Person("张三", "", [], [ID]), Person("李四", "", [], ["H12345678"])]),
    ("欧阳锋：138 0000 1234", [Person("欧阳锋", "", ["138 0000 1234"])]),
    (f"买买提·艾力 {A}", [Person("买买提·艾力", "", [A])]),
    (f"John Smith {A}", [Person("John Smith", "", [A])]),
    ("张三0755-82345678转801；李四", [Person("张三", "", ["0755-82345678转801"]), Person("李四")]),
    ("张三 +852 9123 4567", [Person("张三", "", ["+852 9123 4567"])]),
    ("张三（１３８００００１２３４）", [Person("张三", "", [A], [], "()")]),
    ("张三(已故)、李四", [Person("张三", "", [], [], "(已故)"), Person("李四")]),
    (f"张三之妻李四 {A}", [Person("", "", [A], [], "张三之妻李四")]),
]


@pytest.mark.parametrize(("text", "people"), CASES)
def test_people_in_a_cell_are_told_apart(text: str, people: list[Person]) -> None:
    assert owners_cell.parse(text) == people


def test_names_alone_can_be_asked_for() -> None:
    assert owners_cell.names(f"张三：{A}；租客{B}") == ["张三"]
    assert owners_cell.names("张三、李四") == ["张三", "李四"]


def test_a_column_says_the_same_as_its_cells() -> None:
    assert owners_cell.parse_column([text for text, _ in CASES]) == [people for _, people in CASES]


@given(st.text(max_size=30) | st.text(alphabet="张三李四业主租客配偶（）()：；、/ 0123456789+-X\n", max_size=60))
def test_no_text_troubles_the_reader_and_no_digit_is_lost(text: str) -> None:
    people = owners_cell.parse(text)
    kept = "".join(p.name + "".join(p.phones) + "".join(p.ids) + p.leftover for p in people)
    for digit in "0123456789":
        if not owners_cell.is_blank(text):
            assert kept.count(digit) >= text.count(digit)
