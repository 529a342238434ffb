"""Text files: encodings, delimiters, and cells that are all text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ownerbook.schema.cells import Kind, Pool, Styles
from ownerbook.workbook.csv_reading import delimiter
from ownerbook.workbook.reading import read_book

TEXT = '房号,姓名,备注\n1-1-101,测试甲,"有, 逗号"\n\n0012,"两""引号","两行\n文字"\n'


def table(path: Path) -> tuple[dict[tuple[int, int], str], str]:
    """The cells of a text file by row and column, and its encoding."""
    pool = Pool()
    book = read_book(path, pool=pool, styles=Styles())
    assert book.format == "csv"
    (tab,) = book.tabs
    assert tab.name == path.stem
    assert set(tab.cells.kind.tolist()) <= {Kind.TEXT}
    codes = tab.cells.value.astype("int64")
    return dict(zip(zip(tab.cells.row.tolist(), tab.cells.col.tolist(), strict=True), pool.texts(codes), strict=True)), book.encoding


EXPECTED = {
    (1, 1): "房号", (1, 2): "姓名", (1, 3): "备注",
    (2, 1): "1-1-101", (2, 2): "测试甲", (2, 3): "有, 逗号",
    (4, 1): "0012", (4, 2): '两"引号', (4, 3): "两行\n文字",
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (("a," * 40 + "\n" + TEXT).encode("utf-16-le"), "utf-16-le"),
    ],
    ids=["UTF-8", "UTF-8 with mark", "GB18030", "UTF-16", "UTF-16 big-endian", "UTF-16 without mark"],
)
def test_every_encoding_of_office_programs_is_told(tmp_path: Path, data: bytes, encoding: str) -> None:
    path = tmp_path / "业主.csv"
    path.write_bytes(data)
    found, said = table(path)
    assert said == encoding
    if encoding != "utf-16-le":
        assert found == EXPECTED


def test_a_character_outside_gbk_is_read(tmp_path: Path) -> None:
    path = tmp_path / "业主.csv"
    path.write_bytes("姓名\n𠮷田\n".encode("gb18030"))
    assert table(path)[0][2, 1] == "𠮷田"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a\tb\tc\n1,5\t2\t3\n", "\t"),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("只有一列\n没有分隔\n", ","),
        ('"a;b",c\n"d;e;f",g\n', ","),
        ("标题，一行\na\tb\n1\t2\n", "\t"),
    ],
)
def test_the_delimiter_is_the_one_that_parts_evenly(text: str, expected: str) -> None:
    assert delimiter(text) == expected


def test_a_line_that_names_the_separator_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "业主.csv"
    path.write_bytes("sep=;\r\n房号;姓名\r\n".encode())
    assert table(path)[0] == {(1, 1): "房号", (1, 2): "姓名"}


def test_digits_stay_text_and_blank_records_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "业主.csv"
    path.write_bytes(b"\r\n007,2024-03-05\r\n")
    assert table(path)[0] == {(2, 1): "007", (2, 2): "2024-03-05"}


def test_a_tab_separated_file_named_xls_is_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_bytes("房号\t姓名\n1\t测试甲\n".encode("gb18030"))
    assert table(path)[0][2, 2] == "测试甲"
