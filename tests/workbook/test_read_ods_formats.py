"""How a cell of an OpenDocument spreadsheet is shown: number formats, strike-through, fills, and where a style comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from ods_builders import cell, row, spelled, value, words

from ownerbook.schema.cells import Flag, Kind, Style

LONG = 'number:style="long"'
GROUPED, LEAST_ONE = 'number:grouping="true"', 'number:min-decimal-places="1"'


def number_format(kind: str, pieces: str, name: str = "N1", attributes: str = "") -> str:
    """A data style."""
    return f'<number:{kind}-style style:name="{name}" {attributes}>{pieces}</number:{kind}-style>'


def cell_style(name: str, attributes: str = "", inside: str = "", family: str = "table-cell") -> str:
    """A style of cells, or of another family."""
    return f'<style:style style:name="{name}" style:family="{family}" {attributes}>{inside}</style:style>'


def said(*texts: str) -> str:
    """Literal pieces with date parts between them: `year 年 month 月` and so on."""
    return "".join(
        f"<number:{t}/>" if t.partition(" ")[0] in ("year", "month", "day", "hours", "minutes", "seconds") else f"<number:text>{t}</number:text>"
        for t in texts
    )


def digits(least: int, places: int | None = 0, more: str = "") -> str:
    """The attributes of a number of so many digits."""
    decimals = "" if places is None else f'number:decimal-places="{places}"'
    return f'{decimals} number:min-integer-digits="{least}" {more}'


@pytest.mark.parametrize(
    ("kind", "pieces", "code", "date"),
    [
        ("date", said(f"year {LONG}", "-", f"month {LONG}", "-", f"day {LONG}"), "yyyy-mm-dd", True),
        ("date", said("month", "月", "day", "日"), 'm"月"d"日"', True),
        ("date", said(f"year {LONG}", "年", "month", "月"), 'yyyy"年"m"月"', True),
        ("date", said('month number:textual="true"', "-", "year"), "mmm-yy", True),
        ("date", said(f"year {LONG}", "/", "month", "/", "day", " ", "hours", ":", f"minutes {LONG}"), "yyyy/m/d h:mm", True),
        ("time", said("hours", ":", f"minutes {LONG}", ":", f'seconds {LONG} number:decimal-places="1"'), "h:mm:ss.0", False),
        ("number", f"<number:number {digits(1, None)}/>", "General", False),
        ("number", f"<number:number {digits(1)}/>", "0", False),
        ("number", f"<number:number {digits(6)}/>", "000000", False),
        ("number", f"<number:number {digits(1, 2, GROUPED)}/>", "#,##0.00", False),
        ("number", f"<number:number {digits(0, 2, LEAST_ONE)}/>", "#.0#", False),
        ("number", f'<number:number {digits(7)}><number:embedded-text number:position="4">-</number:embedded-text></number:number>', '000"-"0000', False),
        ("number", f"<number:number {digits(2)}/><number:text>栋</number:text>", '00"栋"', False),
        ("number", f"<number:scientific-number {digits(1, 2)} number:min-exponent-digits='2'/>", "0.00E+00", False),
        ("number", '<number:fraction number:min-integer-digits="0" number:min-numerator-digits="1" number:min-denominator-digits="1"/>', "# ?/?", False),
        ("percentage", f"<number:number {digits(1, 2)}/><number:text>%</number:text>", "0.00%", False),
        ("currency", f"<number:currency-symbol>¥</number:currency-symbol><number:number {digits(1, 2)}/>", '"¥"0.00', False),
        ("text", "<number:text-content/>", "@", False),
    ],
)  # fmt: skip
def test_a_number_format_is_the_code_that_shows_the_same(tmp_path: Path, kind: str, pieces: str, code: str, date: bool) -> None:
    automatic = number_format(kind, pieces) + cell_style("c", 'style:data-style-name="N1"')
    found = spelled(tmp_path, row(value("45356", 'table:style-name="c"')), automatic=automatic)[0]
    assert (found[4], found[2]) == (Style(code, date), Kind.DATE if date else Kind.NUMBER)


def test_hours_that_run_past_the_day_are_no_time_of_day(tmp_path: Path) -> None:
    automatic = number_format("time", said("hours", ":", f"minutes {LONG}"), attributes='number:truncate-on-overflow="false"')
    automatic += cell_style("c", 'style:data-style-name="N1"')
    found = spelled(
        tmp_path, row(cell('table:style-name="c" office:value-type="time" office:time-value="PT30H00M00S"', "30:00")), automatic=automatic
    )
    assert (found[0][2], found[0][3], found[0][4]) == (Kind.NUMBER, "1.25", Style("[h]:mm"))


def test_sections_of_a_format_keep_their_order_and_conditions(tmp_path: Path) -> None:
    maps = '<style:map style:condition="value()&gt;=0" style:apply-style-name="P0"/><style:map style:condition="value()&lt;-9" style:apply-style-name="P1"/>'
    automatic = (
        number_format("number", f"<number:number {digits(1, 1)}/>", "P0")
        + number_format("number", f"<number:number {digits(1, 3)}/>", "P1")
        + number_format("number", f"<number:text>(</number:text><number:number {digits(1)}/><number:text>)</number:text>{maps}")
        + cell_style("c", 'style:data-style-name="N1"')
    )
    assert spelled(tmp_path, row(value("5", 'table:style-name="c"')), automatic=automatic)[0][4] == Style("0.0;[<-9]0.000;(0)")


def test_a_format_may_be_of_the_named_styles_and_of_a_parent(tmp_path: Path) -> None:
    named = number_format("number", f"<number:number {digits(4)}/>") + cell_style("四位", 'style:data-style-name="N1"')
    automatic = cell_style("c", 'style:parent-style-name="四位"') + cell_style("d", 'style:parent-style-name="d"')
    rows = row(value("7", 'table:style-name="c"'), value("7", 'table:style-name="d"'), value("7", 'table:style-name="没有"'))
    found = spelled(tmp_path, rows, automatic=automatic, styles=f"<office:styles>{named}</office:styles>")
    assert [c[4] for c in found] == [Style("0000"), Style(), Style()]


def test_styles_of_headers_and_footers_are_not_those_of_cells(tmp_path: Path) -> None:
    other = cell_style("c", inside='<style:table-cell-properties fo:background-color="#ff0000"/>')
    styles = f"<office:automatic-styles>{other}</office:automatic-styles><office:master-styles>{other}</office:master-styles>"
    assert spelled(tmp_path, row(value("7", 'table:style-name="c"')), styles=styles)[0][4] == Style()


def test_a_cell_without_a_style_takes_that_of_its_row_or_column(tmp_path: Path) -> None:
    automatic = "".join(
        number_format("number", f"<number:number {digits(n)}/>", f"N{n}") + cell_style(f"c{n}", f'style:data-style-name="N{n}"') for n in (2, 3, 4)
    )
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="c2" table:number-columns-repeated="2"/>'
    first = row(value("1"), value("1"), value("1"), value("1", 'table:style-name="c4"'), value("1"))
    second = row(value("1"), value("1"), value("1"), attributes='table:default-cell-style-name="c3"')
    found = spelled(tmp_path, first, second, automatic=automatic, columns=columns)
    assert [c[4].number_format for c in found] == ["General", "General", "00", "0000", "General", "000", "000", "000"]


def test_strike_through_is_seen_on_cells_and_on_parts_of_a_text(tmp_path: Path) -> None:
    struck = '<style:text-properties style:text-line-through-style="solid"/>'
    not_struck = '<style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/>'
    automatic = (
        cell_style("c", inside=struck)
        + cell_style("d", 'style:parent-style-name="c"', not_struck)
        + cell_style("T1", inside=struck, family="text")
        + cell_style("T2", inside=not_struck, family="text")
    )
    spans = '张三<text:span text:style-name="T1">李四</text:span>'
    plain = '<text:span text:style-name="T2">王五</text:span>'
    rows = row(words("x", 'table:style-name="c"'), words("x", 'table:style-name="d"'), words(spans), words(plain), words("x"))
    found = spelled(tmp_path, rows, automatic=automatic)
    assert [(c[3], c[4].strike, c[5]) for c in found] == [
        ("x", True, Flag.STRIKE),
        ("x", False, 0),
        ("张三李四", False, Flag.STRIKE | Flag.RICH),
        ("王五", False, Flag.RICH),
        ("x", False, 0),
    ]


def test_a_fill_is_known_and_transparent_is_none(tmp_path: Path) -> None:
    automatic = "".join(
        cell_style(name, f'style:parent-style-name="{parent}"', f'<style:table-cell-properties fo:background-color="{colour}"/>')
        for name, parent, colour in (("c", "", "#ffc000"), ("d", "c", "transparent"), ("e", "c", ""))
    )
    found = spelled(tmp_path, row(*(words("x", f'table:style-name="{n}"') for n in "cde")), automatic=automatic)
    assert [c[4].fill for c in found] == ["FFFFC000", None, None]
