"""A block of rows that is skimmed tells the same as one that is looked at row by row."""

from __future__ import annotations

import random

import pytest
from amend_builders import amended, book, by_calamine, sheet

from ownerbook.workbook.amend import AppendRow, SetCell
from ownerbook.workbook.amend.row_text import Cutter
from ownerbook.workbook.amend.sheet_text import SheetText
from ownerbook.workbook.amend.survey import Surveyor
from ownerbook.workbook.package import Package

MANY = 30_000  # rows, some 2.5 MB: several blocks


def rows(numbers: range | list[int], odd: dict[int, str]) -> str:
    plain = '<row r="{0}" spans="1:3"><c r="A{0}"><v>{0}</v></c><c r="B{0}" s="1"/><c r="C{0}"><v>1</v></c></row>'
    return "".join(odd.get(n, plain.format(n)) for n in numbers)


ODD = {
    "plain": {},
    "a row of one tag": {700: '<row r="700"/>', 701: '<row r="701" />'},
    "a formula": {20_000: '<row r="20000"><c r="A20000"><f>B1</f><v>1</v></c></row>'},
    "a blank end": {n: f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(12_000, MANY + 1)},
    "a row missing": {15_000: ""},
    "a row without number": {15_000: '<row><c r="A15000"><v>1</v></c></row>'},
    "blanks between rows": {15_000: '\n <row r="15000"><c r="A15000"><v>1</v></c></row>\n'},
    "rows changed about": {
        15_000: '<row r="15001"><c r="A15001"><v>1</v></c></row>',
        15_001: '<row r="15000"><c r="A15000"><v>1</v></c></row>',
    },
    "attributes in another order": {15_000: '<row spans="1:3" r="15000"><c r="A15000"><v>1</v></c></row>'},
    "a far row at the end": {MANY: '<row r="900000"><c r="A900000"><v>1</v></c></row>'},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_skimming_tells_the_same(odd: dict[int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(sheet(rows(range(1, MANY + 1), odd)))
    wanted = set(random.Random(5).sample(range(1, MANY + 40), 60)) | {700, 701, 14_999, 15_000, 15_001, MANY, MANY + 1, 950_000}

    def survey() -> tuple[object, ...]:
        package = Package(data)
        text = SheetText(package, package.members[-1])
        s = Surveyor(0, text, wanted, 3, []).survey()
        missing = {n: p for n, p in s.places.items() if n not in s.rows}
        return s.rows, s.twice, missing, s.last, s.first, s.highest, [(f.row, f.formula) for f in s.formulas], text.ascending, text.rows_end

    skimmed = survey()
    monkeypatch.setattr(Cutter, "skim", lambda *_: None)
    assert skimmed == survey()


def test_most_blocks_of_a_plain_sheet_are_skimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[bool] = []
    skim = Cutter.skim

    def counted(self: Cutter, *args: object) -> object:
        out = skim(self, *args)  # type: ignore[arg-type]
        calls.append(out is not None)
        return out

    monkeypatch.setattr(Cutter, "skim", counted)
    result = amended(
        book(sheet(rows(range(1, MANY + 1), {}))), SetCell("表", "A15000", -1), SetCell("表", f"D{MANY + 5}", 2), AppendRow("表", {"A": 3})
    ).data
    assert len(calls) >= 3 and all(calls)
    cells = by_calamine(result)
    assert (cells[14_999][0], cells[MANY][0], cells[MANY + 4][3]) == (-1, 3, 2)
