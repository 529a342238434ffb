"""Parts that are made to fill the memory: refused by what they say and by what really comes out, before they are held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from ownerbook.schema.cells import Pool
from ownerbook.workbook import package, shared_strings, whole_file, xml_parts
from ownerbook.workbook.amend import Refused, SetCell, amend
from ownerbook.workbook.difference import difference
from ownerbook.workbook.package import PackageError
from ownerbook.workbook.scan_strings import scan_strings
from ownerbook.workbook.shared_strings import read_shared_strings
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.whole_file import bytes_of
from ownerbook.workbook.xlsx_styles import read_styles
from ownerbook.workbook.xlsx_workbook import read_properties, read_workbook

MIB = 1 << 20


def endless(before: str, piece: bytes, drawn: list[int], most: int = 200) -> Iterator[bytes]:
    """A part that goes on and on; `drawn` counts what was taken of it, in bytes."""
    yield before.encode()
    for _ in range(most):
        drawn[0] += len(piece)
        yield piece


@pytest.mark.parametrize("opening", ['<a x="', "<!--", "<?x ", "<a><b ", "<"])
def test_a_tag_a_comment_or_an_instruction_without_end_is_not_held(opening: str) -> None:
    drawn = [0]
    with pytest.raises(Trouble) as refused:
        xml_parts.parse(endless(opening if opening.startswith(("<a", "<!", "<?")) else f"<a>{opening}", b"x" * MIB, drawn), lambda *_: None)
    assert refused.value.reason == "bomb"
    assert drawn[0] <= xml_parts.LONGEST_TOKEN + 4 * MIB


@pytest.mark.parametrize("piece", [b"x" * MIB, b"<r><t>abcdefgh</t></r>" * 50_000])
def test_a_shared_string_without_end_is_refused_by_both_readers(piece: bytes) -> None:
    head = f'<sst xmlns="{xml_parts.MAIN}"><si>' + ("<t>" if piece.startswith(b"x") else "")
    drawn = [0]
    assert scan_strings(endless(head, piece, drawn), Pool()) is None
    with pytest.raises(Trouble) as refused:
        read_shared_strings(endless(head, piece, drawn), Pool())
    assert refused.value.reason == "bomb"
    assert drawn[0] < 120 * MIB


def test_texts_that_are_put_away_in_parts_keep_their_numbers_and_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_strings, "_AT_ONCE", 3)
    items = "".join(f"<si><r><t>甲{i}</t></r></si>" if i % 4 == 0 else f"<si><t>乙{i}</t></si>" if i % 5 else "<si/>" for i in range(11))
    pool = Pool()
    pool.add("before")
    found = read_shared_strings([f'<sst xmlns="{xml_parts.MAIN}">{items}</sst>'.encode()], pool)
    wanted = [f"甲{i}" if i % 4 == 0 else f"乙{i}" if i % 5 else "" for i in range(11)]
    assert [pool.text(found.first + i) for i in range(len(found))] == wanted
    assert [bool(f) for f in found.flag] == [i % 4 == 0 for i in range(11)]
    assert [bool(e) for e in found.empty] == [not w for w in wanted]


def test_texts_that_come_one_by_one_and_many_at_a_time_keep_their_order() -> None:
    pool = Pool()
    codes = [pool.extend_texts(["甲"]), pool.extend_texts(["乙", "丙"]), pool.extend_texts(["丁"]), pool.add("戊")]
    assert codes == [0, 1, 3, 4]
    assert [pool.text(i) for i in range(5)] == list("甲乙丙丁戊")
    assert (len(pool), pool.size) == (5, 15)


def test_a_workbook_that_names_more_sheets_than_there_can_be_is_refused() -> None:
    sheets = "".join(f'<sheet name="s{i}" sheetId="{i}"/>' for i in range(10_001))
    with pytest.raises(Trouble) as refused:
        read_workbook([f'<workbook xmlns="{xml_parts.MAIN}"><sheets>{sheets}</sheets></workbook>'.encode()])
    assert refused.value.reason == "bomb"


def test_a_property_without_measure_is_cut_short() -> None:
    found = read_properties([b'<a><property name="x">', *[b"y" * MIB] * 8, b"</property></a>"])
    assert len(found["x"]) < 2 * MIB


def test_columns_that_are_hidden_over_and_over_are_held_once() -> None:
    from ownerbook.schema.cells import Style, Styles
    from ownerbook.workbook.raw_cells import Around
    from ownerbook.workbook.shared_strings import SharedStrings
    from ownerbook.workbook.xlsx_careful import read_sheet
    from ownerbook.workbook.xlsx_styles import CellStyles

    column = '<col min="1" max="16384" hidden="1"/>' * 50
    part = f'<worksheet xmlns="{xml_parts.MAIN}"><cols>{column}</cols><sheetData/></worksheet>'
    around = Around(Pool(), SharedStrings.none(), CellStyles.of([Style()], Styles()), False)
    tab = read_sheet([part.encode()], around)
    assert set(tab.hidden_columns) == set(range(1, 16385))
    assert len(tab.hidden_columns) <= 5 * 16384


def test_a_text_file_of_one_line_without_end_is_refused_and_every_kind_of_line_end_is_one() -> None:
    from ownerbook.workbook.csv_reading import read_csv

    with pytest.raises(Trouble) as refused:
        read_csv(b"x" * (9 * MIB), "a", Pool())
    assert refused.value.reason in ("bomb", "damaged")
    for end in ("\n", "\r\n", "\r"):
        pool = Pool()
        pool.add("before")
        tab, _ = read_csv(f'甲,"a{end}b"{end}{end}乙,丙'.encode(), "a", pool)
        found = [(int(r), int(c), pool.text(int(v))) for r, c, v in zip(tab.cells.row, tab.cells.col, tab.cells.value, strict=True)]
        assert found == [(1, 1, "甲"), (1, 2, f"a{end}b"), (3, 1, "乙"), (3, 2, "丙")]


def test_more_styles_than_there_can_be_are_refused() -> None:
    drawn = [0]
    styles = f'<styleSheet xmlns="{xml_parts.MAIN}"><cellXfs>'
    with pytest.raises(Trouble) as refused:
        read_styles(endless(styles, b'<xf numFmtId="1" fontId="0"/>' * 20_000, drawn), [])
    assert refused.value.reason == "bomb" and drawn[0] < 20 * MIB


def test_what_is_no_workbook_or_beyond_measure_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, zipped = tmp_path / "a.csv", tmp_path / "b.xlsx"
    text.write_bytes(b"x" * 10_000)
    zipped.write_bytes(b"PK\x03\x04" + b"x" * 10_000)
    assert len(bytes_of(text)) == 4096 and len(bytes_of(zipped)) == 10_004
    monkeypatch.setattr(whole_file, "LARGEST_FILE", 5_000)
    with pytest.raises(PackageError) as refused:
        bytes_of(zipped)
    assert refused.value.reason == "too-large"


def test_a_sheet_beyond_measure_is_neither_amended_nor_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["x" * 5_000])
    book.save(made)
    monkeypatch.setattr(package, "LARGEST_TO_AMEND", 100)
    with pytest.raises(Refused) as refused:
        amend(made.read_bytes(), [SetCell("Sheet", "A1", "y")])
    assert "异常巨大" in refused.value.refusals[0].zh
    with pytest.raises(PackageError):
        difference(made.read_bytes(), made.read_bytes())
