"""The proof finds a cell that still shows a blanked shared string, whatever the plan believes, in workbooks of any size."""

from __future__ import annotations

import io
import zipfile

import pytest
from amend_builders import ID_NEW, ID_OLD, MAIN, amended, book, part, raw_part, refused, rel, sheet, sst, zipped

from ownerbook.workbook.amend import SetCell, amending, blanked_proof, proof, string_users, strings
from ownerbook.workbook.amend.blanked_proof import PLAINLY_UP_TO, Unshown
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.sheet_text import SheetText
from ownerbook.workbook.package import Package

LAST = 90_000
STRINGS = sst("房号", "面积", ID_OLD, "别")
EDIT = SetCell("表", "A2", ID_NEW, ID_OLD, identifier=True)
FORMS = [
    '<c r="C{0}" t="s"><v>2</v></c>',
    '<c t="s" r="C{0}" s="1"><v>2</v></c>',
    "<c r='C{0}' t = 's' ><v>2</v></c>",
    '<c r="C{0}" t="s">\n <v xml:space="preserve">\n 2 \n</v>\n</c>',
    '<c r="C{0}" t="s"><v>002</v></c>',
    '<c r="C{0}" t="s"><v>&#50;</v></c>',
    '<c r="C{0}" t="s"><v><![CDATA[2]]></v></c>',
    '<c r="C{0}" t="s"><v><!-- nought --><?x y?>2</v></c>',
]


def rows(extra: str = "", at: int = LAST, last: int = LAST) -> str:
    """Many rows with numbers that look like those of strings; the strings themselves in the first two, and something more in one."""
    first = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>2</v></c></row>'
    )
    plain = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}" s="1"><v>2</v></c></row>'
    return first + "".join(f'<row r="{n}">{extra.format(n)}</row>' if n == at else plain.format(n) for n in range(3, last + 1))


def blind(monkeypatch: pytest.MonkeyPatch, *, cut: bool = True) -> None:
    """A planner that sees no cell but the edited ones; by default small sheets are proved as large ones are."""
    monkeypatch.setattr(string_users.Users, "watched", lambda _, __, chunks: chunks)
    if cut:
        monkeypatch.setattr(proof, "WHOLE_UP_TO", 0)


LARGE, FEW = rows(), rows(last=9)


def test_the_large_workbook_is_one_of_which_rows_are_left_out() -> None:
    result = amended(book(sheet(LARGE), shared=STRINGS), EDIT)
    assert len(LARGE) > max(proof.WHOLE_UP_TO, PLAINLY_UP_TO)
    assert result.receipt.scrubbed == 1
    assert result.receipt.proof.whole is False  # type: ignore[union-attr]


@pytest.mark.parametrize(("form", "at"), [(FORMS[0], LAST), (FORMS[3], 60_000), (FORMS[6], 3)])
def test_a_planner_that_overlooks_a_cell_of_a_large_sheet_is_caught(monkeypatch: pytest.MonkeyPatch, form: str, at: int) -> None:
    data = book(sheet(rows(form, at)), shared=STRINGS)
    blind(monkeypatch, cut=False)
    assert refused(data, EDIT) == ["proof"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("plainly", [0, PLAINLY_UP_TO])
def test_a_number_is_found_however_it_is_written(monkeypatch: pytest.MonkeyPatch, form: str, plainly: int) -> None:
    monkeypatch.setattr(blanked_proof, "PLAINLY_UP_TO", plainly)
    blind(monkeypatch)
    assert refused(book(sheet(rows(form, 7, 9)), shared=STRINGS), EDIT) == ["proof"]


@pytest.mark.parametrize(("form", "size"), [(FORMS[0], 9), (FORMS[5], 9), (FORMS[1], LAST)])
def test_a_planner_that_overlooks_another_sheet_is_caught(monkeypatch: pytest.MonkeyPatch, form: str, size: int) -> None:
    data = book({"表": sheet(LARGE), "别": sheet(rows(form, 5, size).replace('<c r="A2" t="s"><v>2</v></c>', ""))}, shared=STRINGS)
    blind(monkeypatch)
    assert refused(data, EDIT) == ["proof"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("plainly", [0, PLAINLY_UP_TO])
def test_without_the_fault_the_string_stays_and_the_amendment_is_made(monkeypatch: pytest.MonkeyPatch, form: str, plainly: int) -> None:
    monkeypatch.setattr(blanked_proof, "PLAINLY_UP_TO", plainly)
    data = book({"表": sheet(FEW), "别": sheet(f'<row r="7">{form.format(7)}</row>')}, shared=STRINGS)
    result = amended(data, EDIT)
    assert result.receipt.scrubbed == 0
    assert ID_OLD in part(result.data, "xl/sharedStrings.xml")


def test_the_fault_that_there_was_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell cut in two by the end of a stretch went uncounted."""
    data = book(sheet(rows(FORMS[0])), shared=STRINGS)
    plain = string_users.Users.watched

    def shortsighted(self: string_users.Users, text: object, chunks: object) -> object:
        yield from plain(self, text, chunks)  # type: ignore[arg-type]
        self.count = {n: min(c, 1) for n, c in self.count.items()}

    monkeypatch.setattr(string_users.Users, "watched", shortsighted)
    assert refused(data, EDIT) == ["proof"]


def test_a_prefixed_sheet_and_one_in_another_encoding_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blanked_proof, "PLAINLY_UP_TO", 0)
    blind(monkeypatch)
    few = rows(FORMS[0], 5, 9).replace('<c r="A2" t="s"><v>2</v></c>', "")
    named = few.replace("</", "</x:")
    for tag in ("row", "c", "v"):
        named = named.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
    prefixed = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{named}</x:sheetData></x:worksheet>'
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + sheet(few)).encode("utf-16")
    latin = ('<?xml version="1.0" encoding="ISO-8859-1"?>' + sheet(few)).encode("iso-8859-1")
    for other in (prefixed, wide, latin):
        assert refused(book({"表": sheet(FEW), "别": other}, shared=STRINGS), EDIT) == ["proof"]


@pytest.mark.parametrize("shift", range(0, 60, 3))
def test_numbers_are_found_wherever_a_stretch_ends(shift: int) -> None:
    lead = 1 << 20
    cell = '<row r="3"><c r="C3" t="s"><v>2</v></c><c r="D3"><v>3</v></c></row>'
    text = f'<worksheet xmlns="{MAIN}"><sheetData>' + " " * (lead - 120 - shift) + cell + " " * lead + "</sheetData></worksheet>"
    package = Package(book(text, shared=STRINGS))
    with pytest.raises(Stop):
        Unshown(package, {2}).prove()
    Unshown(package, {1, 3, 20, 22, 12}).prove()


def test_a_macro_sheet_that_shows_the_string_keeps_it() -> None:
    macros = f'<xm:macrosheet xmlns="{MAIN}" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetData>{FORMS[0].format(1)}</sheetData></xm:macrosheet>'
    data = book({"表": sheet(FEW), "宏": ""}, shared=STRINGS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist() if not n.endswith("sheet2.xml")}
    rels = "xl/_rels/workbook.xml.rels"
    plain = bytes(parts[rels]).decode()  # type: ignore[arg-type]
    old = rel("worksheet", "worksheets/sheet2.xml", 2)
    new = '<Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/>'
    assert old in plain
    data = zipped(parts | {rels: plain.replace(old, new), "xl/macrosheets/sheet1.xml": macros})
    result = amended(data, EDIT)
    assert result.receipt.scrubbed == 0
    assert ID_OLD in part(result.data, "xl/sharedStrings.xml")


@pytest.mark.parametrize("wrong", [1, 3])
def test_a_planner_that_blanks_another_string_is_caught(monkeypatch: pytest.MonkeyPatch, wrong: int) -> None:
    """As one that miscounts the strings would."""
    monkeypatch.setattr(proof, "WHOLE_UP_TO", 0)
    blank = strings.SharedStrings.blank

    def miscounting(self: strings.SharedStrings, numbers: set[int]) -> object:
        self.fetch({wrong})
        self._span[2], self._raw[2] = self._span[wrong], self._raw[wrong]
        return blank(self, numbers)

    monkeypatch.setattr(strings.SharedStrings, "blank", miscounting)
    data = book({"表": sheet(FEW), "别": sheet('<row r="1"><c r="A1" t="s"><v>3</v></c></row>')}, shared=STRINGS)
    assert refused(data, SetCell("表", "A2", None, identifier=True)) == ["proof"]


def test_a_blanked_place_that_held_two_strings_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "WHOLE_UP_TO", 0)
    blank = strings.SharedStrings.blank

    def greedy(self: strings.SharedStrings, numbers: set[int]) -> object:
        return [s._replace(end=s.end + len("<si><t>别</t></si>".encode())) for s in blank(self, numbers)]

    monkeypatch.setattr(strings.SharedStrings, "blank", greedy)
    assert refused(book(sheet(FEW), shared=STRINGS), SetCell("表", "A2", 5, identifier=True)) == ["proof"]


def test_a_result_that_was_spoilt_on_the_way_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edited cell itself, written as it was."""
    made = amending.carried_out

    def spoilt(plan: object) -> bytes:
        data = made(plan)  # type: ignore[arg-type]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return zipped({n: archive.read(n) for n in archive.namelist()} | {"xl/worksheets/sheet1.xml": sheet(FEW)})

    monkeypatch.setattr(amending, "carried_out", spoilt)
    assert refused(book(sheet(FEW), shared=STRINGS), EDIT) == ["proof"]
    assert raw_part(book(sheet(FEW), shared=STRINGS)) == sheet(FEW).encode()


def test_cells_without_attributes_are_no_users() -> None:
    bare = "<row>" + "<c><v>2</v></c>" * 40 + "</row>"
    text = sheet('<row r="1"><c r="A1" t="s"><v>2</v></c></row>' + bare * 12_000)
    users = string_users.Users({2})
    package = Package(book({"表": sheet(FEW), "别": text}, shared=STRINGS))
    users.sheet(SheetText(package, package.find("xl/worksheets/sheet2.xml")))  # type: ignore[arg-type]
    assert users.count == {2: 1}


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("far", [string_users._FAR, 8])
def test_users_are_counted_wherever_the_text_is_cut(prefix: str, far: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a cell's start is out of sight one may count too many, which keeps a string; one too few would blank it under a cell."""
    monkeypatch.setattr(string_users, "_FAR", far)
    cells = '<row><c t="s"><v>2</v></c><c><v>2</v></c><c\nr="C1"\tt=\'s\'><v> 02 </v></c><c r="D1" s="1"><f>2*1</f><v>2</v></c></row><row><c t="s"><v>12</v></c></row>'
    root = f'xmlns:x="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    text = f"<worksheet {root}><sheetData>{cells}</sheetData><cols><col/></cols></worksheet>"
    if prefix:
        text = text.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    package = Package(book({"表": sheet(FEW), "别": text}, shared=STRINGS))
    for size in range(1, len(text) + 1):
        users = string_users.Users({2})
        pieces = [text.encode()[at : at + size] for at in range(0, len(text), size)]
        for _ in users.watched(SheetText(package, package.find("xl/worksheets/sheet2.xml")), pieces):  # type: ignore[arg-type]
            pass
        assert users.count[2] == 2 if far > len(text) else 2 <= users.count[2] <= 4
