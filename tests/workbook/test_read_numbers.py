"""Numbers, serials and formats: the scanner's arithmetic against Python's own."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.workbook.cell_texts import area, number, position
from ownerbook.workbook.number_formats import BUILT_IN, shows_date
from ownerbook.workbook.scan_words import PAD, decimals, up_to, whole_numbers, word_view
from ownerbook.workbook.serials import day_serial, iso_serial


def laid_out(texts: list[str]) -> tuple[bytes, np.ndarray, np.ndarray]:
    """Texts one behind the other with a bracket between, their starts and their lengths."""
    data = b"".join(t.encode() + b"<" for t in texts) + bytes(PAD)
    lengths = np.array([len(t) for t in texts], np.int64)
    return data, np.cumsum(lengths + 1) - lengths - 1, lengths


@given(st.lists(st.integers(0, 99_999_999).map(str) | st.from_regex(r"[0-9]{1,8}", fullmatch=True), min_size=1))
def test_whole_numbers_of_up_to_eight_digits_are_read(texts: list[str]) -> None:
    data, starts, lengths = laid_out(texts)
    values, good = whole_numbers(word_view(data)[starts], lengths)
    assert good.all()
    assert values.tolist() == [int(t) for t in texts]


@given(st.lists(st.text("0123456789-./:e \x7f", min_size=1, max_size=8).filter(lambda t: not t.isdigit()), min_size=1))
def test_a_word_with_anything_but_digits_is_no_whole_number(texts: list[str]) -> None:
    data, starts, lengths = laid_out(texts)
    assert not whole_numbers(word_view(data)[starts], lengths)[1].any()


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False).map(repr) | st.decimals(-(10**9), 10**9, places=3).map(str), min_size=1))
def test_a_decimal_reads_as_python_reads_it_or_is_left_to_python(texts: list[str]) -> None:
    data, starts, lengths = laid_out(texts)
    values, good = decimals(np.frombuffer(data, np.uint8), starts, lengths)
    for text, value, read in zip(texts, values.tolist(), good.tolist(), strict=True):
        if read:
            assert repr(value) == repr(float(text))
        else:
            assert "e" in text.lower() or len(text.replace(".", "").lstrip("-")) > 15


@pytest.mark.parametrize("text", ["", "-", ".", "1.2.3", "1-2", "--1", "1e5", "1 "])
def test_what_is_no_plain_decimal_is_left(text: str) -> None:
    data, starts, lengths = laid_out([text])
    assert not decimals(np.frombuffer(data, np.uint8), starts, lengths)[1].any()


@pytest.mark.parametrize(
    ("text", "value"),
    [("1e5", 1e5), (" 7 ", 7.0), (".5", 0.5), ("5.", 5.0), ("+5", 5.0), ("1_0", None), ("nan", None), ("inf", None), ("1e999", None), ("１", None), ("", None)],
)
def test_only_finite_decimal_numbers_are_numbers(text: str, value: float | None) -> None:
    assert number(text) == value


@given(st.lists(st.binary(min_size=8, max_size=8), min_size=1))
def test_a_word_is_cut_behind_the_first_such_byte(words: list[bytes]) -> None:
    cut, found = up_to(np.frombuffer(b"".join(words), "<u8"), 62)
    for word, got, there in zip(words, cut.tolist(), found.tolist(), strict=True):
        at = word.find(b">")
        assert there == (at >= 0)
        assert got.to_bytes(8, "little") == (word[: at + 1].ljust(8, b"\0") if at >= 0 else word)


@pytest.mark.parametrize(
    ("day", "serial", "serial_1904"),
    [(dt.date(1900, 1, 1), 1, -1460), (dt.date(1900, 2, 28), 59, -1402), (dt.date(1900, 3, 1), 61, -1401), (dt.date(2024, 3, 5), 45356, 43894)],
)
def test_days_are_counted_as_spreadsheets_count_them(day: dt.date, serial: int, serial_1904: int) -> None:
    assert day_serial(day, False) == serial
    assert day_serial(day, True) == serial_1904


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05", (45356.0, True)),
        ("2024-03-05T12:00:00Z", (45356.5, True)),
        ("2024-03-05 06:00", (45356.25, True)),
        ("18:00:00.000", (0.75, False)),
        ("2024-02-30", None),
        ("2024", None),
        ("", None),
    ],
)
def test_iso_dates_and_times(text: str, expected: tuple[float, bool] | None) -> None:
    assert iso_serial(text, False) == expected


@pytest.mark.parametrize("code", [BUILT_IN[n] for n in (14, 15, 16, 17, 22, 27, 28, 30, 31, 36, 50, 57, 58)])
def test_built_in_date_formats_show_a_date(code: str) -> None:
    assert shows_date(code)


@pytest.mark.parametrize("code", [BUILT_IN[n] for n in (0, 1, 2, 4, 5, 9, 11, 12, 18, 20, 21, 32, 33, 34, 45, 46, 47, 48, 49, 55)])
def test_built_in_formats_of_numbers_and_times_show_none(code: str) -> None:
    assert not shows_date(code)


@pytest.mark.parametrize(
    ("code", "date"),
    [
        ("yyyy\\-mm\\-dd;@", True),
        ("[$-804]yyyy年m月d日", True),
        ("[DBNum1][$-804]yyyy年m月", True),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", True),
        ("mmm", True),
        ("aaaa", True),
        ("e/m/d", True),
        ("yyyy-mm-dd hh:mm:ss.000", True),
        ("h:mm;@", False),
        ("[h]:mm", False),
        ('0"天"', False),
        ('0.00"m"', False),
        ('#,##0\\ "days"', False),
        ("0.0E+00", False),
        ("G/通用格式", False),
        ("[Red]0.00", False),
        ("@", False),
        ("", False),
    ],
)
def test_formats_of_staff_show_a_date_or_not(code: str, date: bool) -> None:
    assert shows_date(code) is date


def test_references_and_areas() -> None:
    assert position("XFD1048576") == (1048576, 16384)
    assert position("b12") == (12, 2)
    assert [position(r) for r in ("XFE1", "A1048577", "A0", "1A", "", "A1:B2")] == [None] * 6
    assert area("$B$2:A1") == (1, 1, 2, 2)
    assert area("C3") == (3, 3, 3, 3)
    assert area("A:A") is None
