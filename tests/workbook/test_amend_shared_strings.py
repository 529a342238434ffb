"""New text goes where staff's workbook holds its texts: among the shared strings, or inside the cell."""

from __future__ import annotations

import codecs
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from amend_builders import ID_NEW, ID_OLD, MAIN, amended, book, by_calamine, by_openpyxl, part, raw_part, refused, sheet, sst, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownerbook.workbook.amend import AppendRow, SetCell, amending, new_strings, proof
from ownerbook.workbook.amend.edits import cell_name
from ownerbook.workbook.difference import difference

STRINGS = "xl/sharedStrings.xml"
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>80.5</v></c></row>'
)
PARTS = sst("房号", "面积", ID_OLD)


def plain(rows: str = ROWS, shared: str | None = PARTS) -> bytes:
    return book(sheet(rows), shared=shared)


def items(data: bytes) -> list[bytes]:
    """The string items as bytes."""
    return re.findall(rb"<(?:\w+:)?si>.*?</(?:\w+:)?si>|<(?:\w+:)?si/>", raw_part(data, STRINGS), re.DOTALL)


def with_strings(data: bytes, raw: bytes) -> bytes:
    """The same workbook with other bytes as its shared strings."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({n: archive.read(n) for n in archive.namelist()} | {STRINGS: raw})


def test_a_new_text_comes_after_the_last_string_and_nothing_else_moves() -> None:
    data = plain()
    result = amended(data, SetCell("表", "A1", "新 <&>"))
    assert part(result.data) == part(data).replace('<c r="A1" t="s"><v>0</v>', '<c r="A1" t="s"><v>3</v>')
    assert part(result.data, STRINGS) == part(data, STRINGS).replace("</sst>", "<si><t>新 &lt;&amp;&gt;</t></si></sst>")
    assert by_openpyxl(result.data)["A1"].value == by_calamine(result.data)[0][0] == "新 <&>"
    assert set(result.receipt.proof.parts_touched) == {"xl/worksheets/sheet1.xml", STRINGS}  # type: ignore[union-attr]


def test_a_text_that_stands_there_is_used_again_and_the_part_stays() -> None:
    data = plain(shared=PARTS.replace("<t>面积</t>", '<t xml:space="preserve">面积</t>'))
    result = amended(data, SetCell("表", "B2", "房号"), SetCell("表", "C9", "面积")).data
    assert '<c r="B2" t="s"><v>0</v></c>' in part(result)
    assert '<c r="C9" t="s"><v>1</v></c>' in part(result)
    assert raw_part(result, STRINGS) == raw_part(data, STRINGS)


def test_a_text_with_formatted_runs_or_phonetics_is_not_taken_for_the_plain_one() -> None:
    shared = sst("<r><t>房号</t></r>", '<t>面积</t><phoneticPr fontId="1"/>', "余")
    result = amended(plain(shared=shared), SetCell("表", "B2", "房号"), SetCell("表", "C2", "面积")).data
    assert part(result, STRINGS).endswith("<si><t>房号</t></si><si><t>面积</t></si></sst>")


def test_quotes_are_known_in_both_spellings() -> None:
    for written in ("a&quot;b", 'a"b'):
        data = plain(shared=sst("房号", "面积", written))
        assert raw_part(amended(data, SetCell("表", "C1", 'a"b')).data, STRINGS) == raw_part(data, STRINGS)


def test_one_text_in_several_cells_and_sheets_is_added_once() -> None:
    data = book({"表": sheet(ROWS), "别": sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')}, shared=PARTS)
    result = amended(data, SetCell("表", "A1", "新"), SetCell("表", "C2", "新"), SetCell("别", "A1", "新"), SetCell("别", "A2", "又")).data
    assert items(result)[3:] == ["<si><t>新</t></si>".encode(), "<si><t>又</t></si>".encode()]
    assert by_calamine(result, "别") == [["新"], ["又"]]


def test_the_counts_are_set_right_where_they_are_given() -> None:
    root = f'<sst xmlns="{MAIN}" count="3" uniqueCount="3">'
    data = plain(shared=PARTS.replace(f'<sst xmlns="{MAIN}">', root))
    replaced = part(amended(data, SetCell("表", "A1", "新")).data, STRINGS)
    assert root.replace('uniqueCount="3"', 'uniqueCount="4"') in replaced
    added = part(amended(data, SetCell("表", "A9", "新"), SetCell("表", "B9", "新"), SetCell("表", "A1", 5)).data, STRINGS)
    assert root.replace('"3"', '"4"') in added


def test_adding_and_blanking_are_one_change_of_the_part() -> None:
    data = plain()
    result = amended(data, SetCell("表", "A2", ID_NEW, ID_OLD, identifier=True))
    assert items(result.data) == [*items(data)[:2], b"<si><t></t></si>", b"<si><t>%s</t></si>" % ID_NEW.encode()]
    assert result.receipt.scrubbed == 1
    assert by_calamine(result.data)[1][0] == ID_NEW


def test_an_old_identifier_that_moves_to_another_cell_is_not_blanked() -> None:
    result = amended(plain(), SetCell("表", "A2", ID_NEW, identifier=True), SetCell("表", "A3", ID_OLD, identifier=True))
    assert [row[0] for row in by_calamine(result.data)] == ["房号", ID_NEW, ID_OLD]
    assert result.receipt.scrubbed == 0


def test_a_sheet_with_inline_texts_keeps_to_them() -> None:
    data = book({"表": sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'), "别": sheet(ROWS)}, shared=PARTS)
    result = amended(data, SetCell("表", "A1", "新"))
    assert '<c r="A1" t="inlineStr"><is><t>新</t></is></c>' in part(result.data)
    assert raw_part(result.data, STRINGS) == raw_part(data, STRINGS)
    assert not result.receipt.notes


@pytest.mark.parametrize("rows", ["", '<row r="1"><c r="A1"><v>1</v></c></row>'])
def test_a_sheet_without_texts_follows_its_workbook(rows: str) -> None:
    for shared, kind in ((PARTS, "s"), (sst(), "inlineStr"), (f'<sst xmlns="{MAIN}"/>', "inlineStr"), (None, "inlineStr")):
        data = book({"表": sheet(rows), "别": sheet("")}, shared=shared)
        result = amended(data, SetCell("表", "B2", "新"))
        assert f'<c r="B2" t="{kind}">' in part(result.data)
        assert by_openpyxl(result.data)["B2"].value == "新"
        assert not result.receipt.notes


def test_an_appended_row_follows_the_sheet() -> None:
    result = amended(plain(), AppendRow("表", {"A": "新", "B": 12, "C": ID_NEW}, frozenset("C"))).data
    assert by_calamine(result)[2] == ["新", 12, ID_NEW]
    assert "inlineStr" not in part(result)


@pytest.mark.parametrize("text", [" 两端 ", "一\n二", "制\t表", "_x0041_", "a\rb", "]]>", "𠮷", "x" * 32767])
def test_a_shared_text_is_read_back_as_it_was_given(text: str) -> None:
    result = amended(plain(), SetCell("表", "A1", text)).data
    assert '<c r="A1" t="s">' in part(result)
    assert by_calamine(result)[0][0] == text


def test_the_prefix_of_the_part_is_its_own() -> None:
    shared = f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>房号</x:t></x:si>\n<x:si/></x:sst>\n'
    data = plain('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared)
    result = amended(data, SetCell("表", "A1", "新")).data
    assert part(result, STRINGS) == shared.replace("<x:si/>", "<x:si/><x:si><x:t>新</x:t></x:si>")
    assert by_openpyxl(result)["A1"].value == "新"


def test_line_breaks_between_the_strings_stay() -> None:
    shared = '<?xml version="1.0" encoding="UTF-8"?>\r\n' + PARTS.replace("</si>", "</si>\r\n")
    result = amended(plain(shared=shared), SetCell("表", "A1", "新"), SetCell("表", "C1", "面积")).data
    assert part(result, STRINGS) == shared.replace("\r\n</sst>", "<si><t>新</t></si>\r\n</sst>")
    assert '<c r="C1" t="s"><v>1</v></c>' in part(result)


@pytest.mark.parametrize(
    "shared",
    [
        codecs.BOM_UTF16_LE + PARTS.encode("utf-16-le"),
        PARTS.replace("<t>面积</t>", "<t><![CDATA[面积]]></t>").encode(),
        PARTS.replace("</sst>", "<!-- <si> --></sst>").encode(),
        PARTS.replace("</sst>", "<extLst/></sst>").encode(),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>' + PARTS.replace("房号", "a").replace("面积", "b")).encode(),
    ],
    ids=["UTF-16", "CDATA", "comment", "extension", "encoding"],
)
def test_an_unusual_part_is_left_alone_and_that_is_said(shared: bytes) -> None:
    data = with_strings(plain(), shared)
    result = amended(data, SetCell("表", "B2", "新"))
    assert '<c r="B2" t="inlineStr">' in part(result.data)
    assert raw_part(result.data, STRINGS) == shared
    assert ["共享字符串" in n.zh and "shared strings" in n.en for n in result.receipt.notes] == [True]


def test_a_large_part_is_left_alone_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    data = plain()
    monkeypatch.setattr(new_strings, "SIZE_UP_TO", len(PARTS.encode()))
    assert '<c r="B2" t="s">' in part(amended(data, SetCell("表", "B2", "新")).data)
    monkeypatch.setattr(new_strings, "SIZE_UP_TO", len(PARTS.encode()) - 1)
    result = amended(data, SetCell("表", "B2", "新"))
    assert '<c r="B2" t="inlineStr">' in part(result.data)
    assert len(result.receipt.notes) == 1


def test_a_cell_that_shows_a_string_that_is_not_there_does_not_come_to_show_a_new_one() -> None:
    data = plain(ROWS + '<row r="7"><c r="A7" t="s"><v>3</v></c></row>')
    result = amended(data, SetCell("表", "B2", "新"))
    assert '<c r="B2" t="inlineStr">' in part(result.data)
    assert raw_part(result.data, STRINGS) == raw_part(data, STRINGS)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("新</t>", "坏</t>"),
        ("</si></sst>", "</si><si/></sst>"),
        ("<si><t>面积</t></si>", ""),
        ("房号", "屋号"),
        ("面积</t></si>", "面积</t></si><si/>"),
    ],
)
def test_the_proof_covers_the_strings(monkeypatch: pytest.MonkeyPatch, whole: bool, there: str, instead: str) -> None:
    """A part written otherwise than planned is found, whether all cells are read again or the touched rows only."""
    made = amending.carried_out
    monkeypatch.setattr(proof, "WHOLE_UP_TO", 1 << 30 if whole else 0)
    edit = SetCell("表", "B2", "新")
    assert amended(plain(), edit).receipt.proof.whole is whole  # type: ignore[union-attr]
    monkeypatch.setattr(
        amending, "carried_out", lambda p: with_strings(made(p), raw_part(made(p), STRINGS).replace(there.encode(), instead.encode()))
    )
    assert refused(plain(), edit) == ["proof"]


def test_an_old_text_that_another_cell_still_shows_is_never_blanked() -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="5"><c r="E5" t="s"><v>0</v></c></row>'
    result = amended(plain(rows, sst("房号", "面积")), SetCell("表", "A1", "0", identifier=True))
    assert result.receipt.scrubbed == 0
    assert items(result.data)[:2] == items(plain(rows, sst("房号", "面积")))


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=6)
KNOWN = ["房号", "面积", " 空 ", 'a"b', "_x0041_"]
PLACES = st.tuples(st.integers(1, 5), st.integers(1, 4))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(PLACES, st.integers(0, 4), max_size=10),
    st.dictionaries(PLACES, st.one_of(TEXTS, st.sampled_from(KNOWN), st.integers(0, 9), st.none()), min_size=1, max_size=6),
    st.booleans(),
    st.booleans(),
)
def test_a_patch_and_its_inverse_leave_every_old_string_at_its_number(
    monkeypatch: pytest.MonkeyPatch, held: dict[tuple[int, int], int], patch: dict[tuple[int, int], str | int | None], whole: bool, named: bool
) -> None:
    monkeypatch.setattr(proof, "WHOLE_UP_TO", 1 << 30 if whole else 0)
    held[5, 5] = 0  # so that the sheet holds shared strings
    rows = "".join(
        f'<row r="{r}">'
        + "".join(f'<c r="{cell_name(r, c)}" t="s"><v>{held[r, c]}</v></c>' for _, c in sorted(k for k in held if k[0] == r))
        + "</row>"
        for r in sorted({r for r, _ in held})
    )
    data = plain(rows, sst("房号", "面积", '<t xml:space="preserve"> 空 </t>', 'a"b', "_x005F_x0041_"))
    there = amended(data, *(SetCell("表", cell_name(*at), v, identifier=named and isinstance(v, str)) for at, v in patch.items()))
    assert "inlineStr" not in part(there.data)
    before, after = items(data), items(there.data)
    assert sum(a != b for a, b in zip(before, after, strict=False)) == there.receipt.scrubbed
    assert len(set(after[len(before) :])) == len(after) - len(before)
    back = amended(there.data, *(SetCell("表", cell_name(*at), KNOWN[held[at]] if at in held else None, patch[at]) for at in patch)).data
    assert [d for d in difference(data, back).cells if not d.only_style] == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_libreoffice_keeps_the_text_when_it_saves_again(tmp_path: Path) -> None:
    source = tmp_path / "改.xlsx"
    source.write_bytes(
        amended(plain(), SetCell("表", "A1", " 新 <&>\n二"), SetCell("表", "A2", ID_NEW, identifier=True), AppendRow("表", {"A": "末行"})).data
    )
    (tmp_path / "out").mkdir()
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "out"),
        str(source),
    ]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    saved = (tmp_path / "out" / "改.xlsx").read_bytes()
    assert [row[:2] for row in by_calamine(saved)] == [[" 新 <&>\n二", "面积"], [ID_NEW, 80.5], ["末行", ""]]
    assert ID_OLD.encode() not in raw_part(saved, STRINGS)
