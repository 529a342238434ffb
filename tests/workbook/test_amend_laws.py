"""Laws of amending, on made-up sheets: what was there comes back, and nothing else moves."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from amend_builders import STYLES, amended, book, sheet, sst, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownerbook.workbook.amend import Refused, SetCell
from ownerbook.workbook.amend.edits import cell_name, column_letters, column_number, position
from ownerbook.workbook.amend.ranges import block
from ownerbook.workbook.amend.xml_bytes import Splice, escaped, from_xstring, spliced, unescaped, xstring
from ownerbook.workbook.difference import difference

LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=12)
VALUES = st.one_of(TEXTS, st.integers(-(10**14), 10**14), st.floats(-1e9, 1e9).map(lambda x: round(x, 3)), st.booleans())
PLACES = st.tuples(st.integers(1, 9), st.integers(1, 6))


@st.composite
def books(draw: st.DrawFn) -> tuple[bytes, dict[tuple[int, int], Any]]:
    """A workbook, and what its sheet holds."""
    held = draw(st.dictionaries(PLACES, VALUES, max_size=14))
    named = draw(st.booleans())
    texts = sorted({v for v in held.values() if isinstance(v, str)})
    rows = ""
    for row in sorted({r for r, _ in held}) if named else range(1, max((r for r, _ in held), default=0) + 1):
        cells = ""
        columns = sorted(c for r, c in held if r == row)
        for column in columns if named else range(1, max(columns, default=0) + 1):
            name = f' r="{cell_name(row, column)}"' if named else ""
            value = held.get((row, column))
            if value is None:
                cells += f"<c{name}/>"
            elif isinstance(value, bool):
                cells += f'<c{name} t="b"><v>{int(value)}</v></c>'
            elif isinstance(value, str):
                cells += f'<c{name} t="s"><v>{texts.index(value)}</v></c>'
            else:
                cells += f"<c{name} s='3'><v>{value!r}</v></c>"
        number = f' r="{row}"' if named else ""
        rows += f"<row{number}>{cells}</row>" if cells or draw(st.booleans()) else f"<row{number}/>"
    stored = sst(*(f"<t>{escaped(xstring(t)).decode()}</t>" for t in texts))
    return book(sheet(rows), shared=stored, styles=STYLES), held


@LAW
@given(books(), st.dictionaries(PLACES, st.one_of(VALUES, st.none()), min_size=1, max_size=6))
def test_a_patch_and_its_inverse_restore_every_member_but_sheet_and_strings_and_the_cells_are_equal(
    made: tuple[bytes, dict[tuple[int, int], Any]], patch: dict[tuple[int, int], Any]
) -> None:
    data, held = made
    there = amended(data, *(SetCell("表", cell_name(*at), value) for at, value in patch.items()))
    back = amended(there.data, *(SetCell("表", cell_name(*at), held.get(at), patch[at]) for at in patch)).data
    with zipfile.ZipFile(io.BytesIO(data)) as a, zipfile.ZipFile(io.BytesIO(back)) as b:
        assert a.namelist() == b.namelist()
        assert {n for n in a.namelist() if a.read(n) != b.read(n)} <= {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}
        assert b.read("xl/sharedStrings.xml").startswith(a.read("xl/sharedStrings.xml").removesuffix(b"</sst>"))
    assert difference(data, back).cells == []


@LAW
@given(books(), st.dictionaries(PLACES, VALUES, min_size=1, max_size=6))
def test_what_differs_is_what_was_asked_for(made: tuple[bytes, dict[tuple[int, int], Any]], patch: dict[tuple[int, int], Any]) -> None:
    data, held = made
    result = amended(data, *(SetCell("表", cell_name(*at), value) for at, value in patch.items()))
    asked = {at for at, v in patch.items() if held.get(at) != v or isinstance(held.get(at), bool) != isinstance(v, bool)}
    quick, plain = difference(data, result.data), difference(data, result.data, plainly=True)
    assert {(d.row, d.column) for d in plain.cells} == asked
    assert quick == plain


PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]
WHOLE = book(
    sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45356</v></c></row><row r="2"><c r="A2"><f>B1+1</f><v>45357</v></c></row>'),
    shared=sst("房号"),
    names='<definedName name="名">表!$B$1</definedName>',
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(PARTS),
    st.integers(0, 900),
    st.integers(0, 12),
    st.one_of(st.binary(max_size=4), st.sampled_from([b"<!--", b'"', b"&#9999999;", b"<![CDATA[", b"</c>", b"-1"])),
)
def test_damage_ends_in_a_refusal_or_in_a_right_result(part: str, at: int, length: int, new: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    whole = bytes(parts[part])  # type: ignore[arg-type]
    at = min(at, len(whole))
    parts[part] = whole[:at] + new + whole[at + length :]
    try:
        amended(zipped(parts), SetCell("表", "B1", 5), SetCell("表", "A1", "新", identifier=True))
    except Refused as refused:
        assert refused.refusals


@given(TEXTS)
def test_a_text_survives_escaping(text: str) -> None:
    assert from_xstring(unescaped(escaped(xstring(text)))) == text


@given(st.binary(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8), st.binary(max_size=5)), max_size=6), st.integers(1, 9))
def test_splices_do_not_care_how_a_stream_is_cut(data: bytes, wanted: list[tuple[int, int, bytes]], size: int) -> None:
    splices: list[Splice] = []
    at = 0
    for start, length, new in sorted(wanted):
        if at <= start <= len(data):
            splices.append(Splice(start, min(start + length, len(data)), new))
            at = splices[-1].end
    plain, last = b"", 0
    for s in splices:
        plain += data[last : s.start] + s.new
        last = s.end
    plain += data[last:]
    assert b"".join(spliced((data[i : i + size] for i in range(0, len(data), size)), splices)) == plain


@given(st.integers(1, 16384), st.integers(1, 1_048_576))
def test_names_of_cells_go_there_and_back(column: int, row: int) -> None:
    assert column_number(column_letters(column)) == column
    assert position(cell_name(row, column)) == (row, column)
    assert str(block(cell_name(row, column))) == cell_name(row, column)


@pytest.mark.parametrize("name", ["A0", "A1048577", "XFE1", "1A", "", "A1:B2", "AAAA1"])
def test_what_is_no_cell(name: str) -> None:
    assert position(name) is None
