"""What LibreOffice saves as .ods or .xls reads as the .xlsx it came from, cell by cell.

Some differences are LibreOffice's own; each is named where it is allowed for.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from conversions import converted
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from read_builders import SHARED, seen
from test_read_against_others import Value, by_calamine, same

from ownerbook.schema.cells import Flag, Kind, Pool, Style, Styles
from ownerbook.workbook.book import Book, Tab
from ownerbook.workbook.number_formats import _LITERAL, shows_date
from ownerbook.workbook.ods_values import duration
from ownerbook.workbook.reading import read_book

# Of the public ones: whole without pivots and data tables, which LibreOffice makes anew.
PUBLIC = [
    "date1904-c2e6f5",
    "date1904-f49868",
    "extlink-7cb509",
    "extlink-83c0d8",
    "filter-5e3384",
    "hidden-82df99",
    "hidden-883599",
    "inline-5575fb",
    "merge-3187cf",
    "merge-cb725a",
    "merge-fdc1ad",
    "no_r-b3212b",
    "strict-13e1ff",
    "table-281cc3",
    "x14dv-f3ecc5",
    "prefixed-68e614",
    "hc.masked",
    "importRoom.masked",
    "业主信息.masked",
    "业主导入模板.masked",
]
FORMATS = [
    "General",
    "0",
    "0.00",
    "000000",
    "#,##0.00",
    "0%",
    "0.00%",
    "yyyy-mm-dd",
    "yyyy/m/d",
    'm"月"d"日"',
    'yyyy"年"m"月"d"日"',
    'yyyy"年"m"月"',
    "mmm-yy",
    "h:mm",
    "h:mm:ss",
    "[h]:mm:ss",
    "yyyy-mm-dd hh:mm",
    "0.00E+00",
    "@",
    "# ?/?",
    "¥#,##0.00",
    '0"号"',
    "[Red]0;[Blue]-0",
    "m/d",
    "d-mmm",
    '"A"0000',
    "0_ ",
    "0.0_);(0.0)",
    '000"-"0000',
    'yyyy"年";@',
    '[$-804]yyyy"年"m"月"d"日";@',
    '00"栋"',
    "yy-m-d",
]
Cell = tuple[Kind, str, Style, Flag]


def made_by_xlsxwriter(path: Path) -> None:
    """Formats, formulas, errors, merges, what is hidden and filtered."""
    book = xlsxwriter.Workbook(path)
    look = book.add_format
    one, two, three = book.add_worksheet("业主"), book.add_worksheet("旧"), book.add_worksheet("筛选 表")
    one.merge_range("B2:C4", "1-2-301", look({"bg_color": "#FFC000"}))
    for n, code in enumerate(FORMATS):
        for column, number in enumerate((45356.5, 101, 0.25)):
            one.write_number(5 + n, column, number, look({"num_format": code}))
        one.write_string(5 + n, 3, code)
    for n, (formula, value) in enumerate(
        (("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=#REF!+1", "#REF!"), ("=A6*2", 90713), ("='[别处.xlsx]表'!$A$1", 5))
    ):
        one.write_formula(50, n, formula, None, value)
    one.write_string(51, 0, "张三\n李四  王五 ")
    one.write_rich_string(51, 1, "张三", look({"font_strikeout": True}), "李四", look(), "王五")
    one.write_string(51, 2, "注销", look({"font_strikeout": True}))
    one.write_string(51, 3, "#N/A")
    one.set_row(52, None, None, {"hidden": True})
    one.write_string(52, 0, "看不见")
    one.set_column("T:U", None, look({"bg_color": "#00FF00", "num_format": "@"}), {"hidden": True})
    one.write_string(53, 19, "007")
    two.hide()
    two.write_number(0, 0, 1)
    three.write_row(0, 0, ["号", "值"])
    for r in range(1, 10):
        three.write_row(r, 0, [r, r % 2], None)
        if not r % 2:
            three.set_row(r, None, None, {"hidden": True})
    three.autofilter("A1:B10")
    three.filter_column("B", "x == 1")
    three.write_string(60_000, 200, "远")
    book.close()


def made_by_openpyxl(path: Path) -> None:
    """Dates, truth values, a text in two formats; no results of formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "入住日期", "备注"])
    sheet.append(["欧阳三", dt.date(2024, 3, 5), True])
    sheet.append(["𠮷四", dt.datetime(2024, 2, 29, 12, 30), "110101199003070000"])
    sheet["A4"] = CellRichText("甲", TextBlock(InlineFont(strike=True), "乙"))
    sheet["B4"].fill = PatternFill("solid", fgColor="FF92D050")
    sheet["B4"] = 3
    sheet["C4"].font = Font(strike=True)
    sheet["C4"] = "迁出"
    sheet["A5"] = "=1+1"
    sheet.merge_cells("A6:C7")
    sheet["A6"] = "合并"
    sheet.row_dimensions[9].hidden = True
    sheet["A9"] = "x"
    book.save(path)


def shown(style: Style) -> tuple[bool, bool, bool, int]:
    """What of a number format must be the same: date, year, percentage, the digits it always shows."""
    code = style.number_format
    plain_code = _LITERAL.sub("", code.split(";")[0]).lower()
    return shows_date(code), "y" in plain_code, "%" in plain_code, plain_code.partition(".")[0].partition("e")[0].count("0")


def agree(mine: Cell | None, other: Cell | None, kind: str) -> bool:
    """Whether a cell of the .xlsx and of the converted file are the same, LibreOffice's own changes allowed for."""
    if mine is None or other is None:
        return mine is other
    flag, theirs = mine[3], other[3]
    if kind == "xls":  # a font of its own for Chinese becomes several formats
        flag, theirs = flag & ~Flag.RICH, theirs & ~Flag.RICH
    if mine[0] == Kind.BOOL:  # it has no truth values, only the formula TRUE()
        return other[0] in (Kind.BOOL, Kind.NUMBER) and mine[1] == other[1] and theirs == Flag.FORMULA
    if shown(mine[2]) != shown(other[2]) or mine[2].strike != other[2].strike or (mine[2].fill or "")[-6:] != (other[2].fill or "")[-6:]:
        return False
    if Flag.FORMULA in flag:  # it works out anew what it can; where there was no result there is one
        right = flag & ~Flag.NO_CACHE == theirs & ~Flag.NO_CACHE
        return right and (mine[0] == other[0] or Flag.NO_CACHE in flag or (kind == "xls" and mine[0] == Kind.TEXT))  # a text it writes as 0 there
    if flag != theirs or mine[0] != other[0]:
        return False
    if mine[0] in (Kind.NUMBER, Kind.DATE):  # it writes 15 digits and whole milliseconds, and has no day too many in 1900
        a, b = float(mine[1]), float(other[1])
        return abs(a - b) <= (2e-8 if mine[0] == Kind.DATE else 1e-14 * abs(a)) or (
            mine[0] == Kind.DATE and kind == "ods" and 0 < a < 61 and abs(a - b) == 1
        )
    return mine[1] == other[1] or mine[0] == Kind.ERROR


def spelled(c: Cell) -> Value:
    """A cell as the comparisons with other libraries spell it."""
    match c[0]:
        case Kind.TEXT:
            return "text", c[1]
        case Kind.ERROR:
            return "error", c[1]
        case Kind.BOOL:
            return "bool", c[1] == "1.0"
    return "number", float(c[1])


def cells(tab: Tab, pool: Pool, known: Styles) -> dict[tuple[int, int], Cell]:
    """The cells of a tab by place."""
    return {c[:2]: c[2:] for c in seen(tab, pool, known)}


def read(path: Path) -> tuple[Book, Pool, Styles]:
    pool, known = Pool(), Styles()
    return read_book(path, pool=pool, styles=known), pool, known


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Workbooks to convert: some made here, some public ones where they are there."""
    folder = tmp_path_factory.mktemp("sources")
    made_by_xlsxwriter(folder / "made-x.xlsx")
    made_by_openpyxl(folder / "made-o.xlsx")
    public = [p for f in ("xlsx", "workbooks") for n in PUBLIC if (p := SHARED / f / f"{n}.xlsx").exists()]
    return [folder / "made-x.xlsx", folder / "made-o.xlsx", *public]


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_converted_workbook_reads_as_the_one_it_came_from(sources: list[Path], kind: str, tmp_path: Path) -> None:
    found = converted(sources, kind, tmp_path)
    compared, wrong = 0, []
    for source in sources:
        book, *mine = read(source)
        other, *theirs = read(found[source.stem])
        assert (other.format, other.date1904) == (kind, book.date1904)
        assert [t.name for t in other.tabs] == [t.name for t in book.tabs]
        for a, b in zip(book.tabs, other.tabs, strict=True):
            facts = [(t.hidden, t.filtered, sorted(t.merges), t.hidden_rows.tolist(), t.hidden_columns.tolist()) for t in (a, b)]
            assert facts[0] == facts[1], (source.name, a.name)
            x, y = cells(a, *mine), cells(b, *theirs)
            compared += len(x)
            wrong += [(source.name, a.name, at, x.get(at), y.get(at)) for at in sorted(x.keys() | y.keys()) if not agree(x.get(at), y.get(at), kind)]
    assert not wrong, wrong[:5]
    assert compared > 250


def test_a_converted_open_document_reads_as_calamine_reads_it(sources: list[Path], tmp_path: Path) -> None:
    compared = 0
    for path in converted(sources[:2], "ods", tmp_path).values():
        book, *mine = read(path)
        theirs = by_calamine(path, book.date1904)
        for tab in book.tabs:
            if tab.name == "筛选 表":  # it fills the area up to the far cell
                continue
            for at, c in cells(tab, *mine).items():
                if c[0] == Kind.BLANK or (c[0] == Kind.DATE and float(c[1]) < 61):  # it has the day too many in 1900 below zero too
                    continue
                their = theirs[tab.name].get(at)
                if their and str(their[1]).startswith("PT"):  # a duration of more than a day, which it leaves as it is written
                    their = "number", duration(str(their[1]))
                assert same(spelled(c), their), (path.name, tab.name, at, c, their)
                compared += 1
    assert compared > 120
