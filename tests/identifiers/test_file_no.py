"""File numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import file_no
from ownerbook.identifiers.file_no import FileFormat, FileNo, UnreadableFileFormat
from ownerbook.identifiers.house_no import HouseFormat
from ownerbook.identifiers.verdict import Status, Verdict

GOOD = [
    ("YG-3-2-1501-01", "3-2-1501", 1),
    ("YG-3-2-1501-12", "3-2-1501", 12),
    ("YG-3-2-1501-001", "3-2-1501", 1),
    ("YG-01-02-0301-001", "1-2-301", 1),
    ("YG-3-1501-02", "3-1501", 2),
    ("YG-3-2-01", "3-2", 1),
    ("YG-S-012-01", "S-012", 1),
    ("YG-P-B1-088-03", "P-B1-088", 3),
    ("YG-B-1203-01", "B-1203", 1),
]
TOLD = [
    ("yg-3-2-1501-01", "format", "YG-3-2-1501-01"),
    ("YG—3—2—1501—01", "format", "YG-3-2-1501-01"),
    ("yg—3—2—1501—1", "format", "YG-3-2-1501-01"),
    ("ＹＧ－３－２－１５０１－０１", "format", "YG-3-2-1501-01"),
    ("YG - 3 - 2 - 1501 - 01", "format", "YG-3-2-1501-01"),
    ("YG-s-012-01", "format", "YG-S-012-01"),
    ("YG-3-2-1501-1", "serial", "YG-3-2-1501-01"),
    ("YG-3-2-1501-1234567890", "serial", None),
    ("XHY-3-2-1501-01", "project", None),
    ("YG3-2-1501-01", "project", None),
    ("YG-1203-01", "house", None),
    ("YG-3-2-1501-01-02", "house", None),
    ("YG-3-2-1501", "format", None),
    ("YG-3-2-301", "format", None),
    ("YG-3-2-1501-", "format", None),
    ("YG", "format", None),
    ("", "format", None),
    ("第三柜", "format", None),
]


@pytest.mark.parametrize(("text", "house", "serial"), GOOD)
def test_a_file_number_has_its_parts(text: str, house: str, serial: int) -> None:
    found = file_no.parse(text)
    assert found is not None
    assert (found.project, found.house, found.serial) == ("YG", house, serial)
    assert file_no.check(text) == Verdict(Status.VALID, "", text)


@pytest.mark.parametrize(("text", "reason", "suggestion"), TOLD)
def test_another_form_is_told_and_repaired_only_where_certain(text: str, reason: str, suggestion: str | None) -> None:
    assert file_no.parse(text) is None
    verdict = file_no.check(text)
    assert (verdict.reason, verdict.suggestion) == (reason, suggestion)
    assert verdict.canonical == (suggestion or "")
    assert verdict.status is (Status.SUSPECT if suggestion else Status.INVALID)


def test_the_policy_says_how_a_file_number_is_built() -> None:
    houses = HouseFormat("栋#单元-室")
    form = FileFormat("项目/房号/流水", "XHY", houses)
    assert form.parse("XHY/3#2-1501/01") == FileNo("XHY", "3#2-1501", 1, "3#2-1501")
    assert form.write("3#2-1501", 7) == "XHY/3#2-1501/07"
    assert form.parse("XHY-3#2-1501-01") is None
    plain = FileFormat("房号-流水", "YG")
    assert plain.parse("3-2-1501-01") == FileNo("", "3-2-1501", 1, "3-2-1501")
    turned = FileFormat("流水-项目-房号", "YG")
    assert turned.parse("01-YG-3-2-1501") == FileNo("YG", "3-2-1501", 1, "3-2-1501")


@pytest.mark.parametrize("spec", ["", "项目-房号", "房号流水", "项目-房号-流水-流水", "A-房号-流水", "项目-流水"])
def test_a_policy_value_that_names_no_form_is_refused(spec: str) -> None:
    with pytest.raises(UnreadableFileFormat):
        FileFormat(spec)


def test_a_mask_hides_the_room() -> None:
    assert file_no.mask("YG-3-2-1501-01") == "YG-3-2-***-01"
    assert file_no.mask("YG-P-B1-088-01") == "YG-P-B1-***-01"
    assert "1501" not in file_no.mask("yg-3-2-1501-1")
    assert "1203" not in file_no.mask("YG-1203-01")


@given(st.integers(1, 99), st.integers(1, 9), st.integers(101, 4999), st.integers(1, 999))
def test_a_written_number_is_read_back(building: int, unit: int, room: int, serial: int) -> None:
    text = file_no.DEFAULT.write(f"{building}-{unit}-{room}", serial)
    assert file_no.parse(text) == FileNo("YG", f"{building}-{unit}-{room}", serial, f"{building}-{unit}-{room}")


def test_a_column_says_the_same_as_its_cells() -> None:
    texts = [row[0] for row in GOOD] + [row[0] for row in TOLD] * 2
    statuses, codes, canonicals = file_no.check_column(texts)
    assert statuses.tolist() == [file_no.check(t).status for t in texts]
    assert [file_no.REASONS[c] for c in codes.tolist()] == [file_no.check(t).reason for t in texts]
    assert canonicals == [file_no.canonical(t) for t in texts]
    assert file_no.parse_column(texts) == [file_no.parse(t) for t in texts]


@given(st.text(max_size=24) | st.text(alphabet="YGyg0123-—SPB栋 ", max_size=24))
def test_no_text_troubles_the_reader(text: str) -> None:
    verdict = file_no.check(text)
    assert verdict.reason in file_no.REASONS
    if verdict.suggestion:
        assert file_no.check(verdict.suggestion).ok
    file_no.mask(text)
