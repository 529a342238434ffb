"""An OpenDocument spreadsheet shows all that an .xlsx would: kinds, places, merges, formulas, what is hidden."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from ods_builders import SPACES, cell, content, opened, package, row, spelled, table, value, words
from read_builders import seen, shared_file

from ownerbook.schema.cells import Flag, Kind, Style
from ownerbook.workbook.book import Unreadable

ERROR = 'office:value-type="string" office:string-value="" calcext:value-type="error"'


def kinds(folder: Path, *cells: str) -> list[tuple[Kind, str, Flag]]:
    """Kind, value and flags of the cells of one row."""
    return [(c[2], c[3], c[5]) for c in spelled(folder, row(*cells))]


def test_each_type_of_value_is_its_kind(tmp_path: Path) -> None:
    found = spelled(
        tmp_path,
        row(
            value("12.5"),
            cell('office:value-type="percentage" office:value="0.5"', "50%"),
            cell('office:value-type="currency" office:currency="CNY" office:value="3"', "¥3.00"),
            cell('office:value-type="date" office:date-value="2024-03-05T12:00:00"', "2024-03-05"),
            cell('office:value-type="time" office:time-value="PT36H30M00S"', "12:30"),
            cell('office:value-type="boolean" office:boolean-value="true"', "TRUE"),
            words("007"),
        ),
    )
    assert [(c[2], c[3], c[4]) for c in found] == [
        (Kind.NUMBER, "12.5", Style()),
        (Kind.NUMBER, "0.5", Style("0%")),
        (Kind.NUMBER, "3.0", Style()),
        (Kind.DATE, "45356.5", Style("yyyy-mm-dd", date=True)),
        (Kind.NUMBER, repr(36.5 / 24), Style("h:mm:ss")),
        (Kind.BOOL, "1.0", Style()),
        (Kind.TEXT, "007", Style()),
    ]


def test_a_value_that_is_not_of_its_type_is_kept_as_text(tmp_path: Path) -> None:
    found = kinds(
        tmp_path,
        cell('office:value-type="date" office:date-value="2024-02-30"', "二月三十"),
        cell('office:value-type="float" office:value="NaN"', "?"),
        cell('office:value-type="time" office:time-value="P1M"', "一个月"),
    )
    assert found == [(Kind.TEXT, "二月三十", 0), (Kind.TEXT, "?", 0), (Kind.TEXT, "一个月", 0)]


def test_a_date_before_march_1900_means_the_same_day_in_both_formats(tmp_path: Path) -> None:
    dates = ("1899-12-30T06:00:00", "1900-01-01", "1900-02-28", "1900-03-01")
    found = kinds(tmp_path, *(cell(f'office:value-type="date" office:date-value="{d}"', d) for d in dates))
    assert [c[1] for c in found] == ["0.25", "1.0", "59.0", "61.0"]


def test_the_date_system_of_1904_is_the_files_own(tmp_path: Path) -> None:
    settings = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    day = row(cell('office:value-type="date" office:date-value="1904-01-02"', "x"))
    book, pool, known = opened(tmp_path, package(content(table(day), before=settings)))
    assert book.date1904
    assert seen(book.tabs[0], pool, known)[0][2:4] == (Kind.DATE, "1.0")


def test_a_text_is_its_paragraphs_with_blanks_tabs_and_breaks(tmp_path: Path) -> None:
    marks = '张三<text:s text:c="3"/>x<text:tab/>y<text:line-break/>z <text:a xlink:href="h">链接</text:a>'
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    one = f'<table:table-cell office:value-type="string">{note}<text:p>{marks}</text:p><text:p/><text:p>李四</text:p></table:table-cell>'
    assert kinds(tmp_path, one) == [(Kind.TEXT, "张三   x\ty\nz 链接\n\n李四", 0)]


def test_what_stands_beside_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    reading = "<text:ruby><text:ruby-base>单</text:ruby-base><text:ruby-text>shàn</text:ruby-text></text:ruby>"
    beside = (
        "<text:note><text:note-body><text:p>脚注</text:p></text:note-body></text:note><office:annotation><text:p>批注</text:p></office:annotation>"
    )
    assert kinds(tmp_path, words(f"{reading}{beside}三")) == [(Kind.TEXT, "单三", 0)]


def test_layout_of_the_xml_is_no_part_of_a_text_but_a_typed_blank_is(tmp_path: Path) -> None:
    assert [c[1] for c in kinds(tmp_path, words("\n    张三\n  "), words(" 李四 "))] == ["张三", " 李四 "]


def test_a_note_without_a_text_is_no_cell(tmp_path: Path) -> None:
    note = "<table:table-cell><office:annotation><text:p>批注</text:p></office:annotation></table:table-cell>"
    assert kinds(tmp_path, note, words("x")) == [(Kind.TEXT, "x", 0)]


def test_errors_are_told_from_texts_that_look_like_them(tmp_path: Path) -> None:
    found = kinds(
        tmp_path,
        cell(f'table:formula="of:=1/0" {ERROR}', "#DIV/0!"),
        cell(f'table:formula="of:=VLOOKUP(1)" {ERROR}', "Err:502"),
        cell('table:formula="=NA()" office:value-type="string" office:string-value=""', "#N/A"),
        words("#N/A"),
    )
    assert found == [(Kind.ERROR, "#DIV/0!", 1), (Kind.ERROR, "Err:502", 1), (Kind.ERROR, "#N/A", 1), (Kind.TEXT, "#N/A", 0)]


def test_formulas_with_and_without_a_result(tmp_path: Path) -> None:
    rows = row(
        value("3", 'table:formula="of:=[.A1]+1"'),
        cell('table:formula="of:=IF([.A1]=1;&quot;&quot;;2)" office:value-type="string" office:string-value=""'),
        cell('table:formula="of:=SUM([.A1:.B2];[$表2.C3])"'),
        cell('table:formula="of:=HYPERLINK(&quot;http://a;b&quot;;&quot;见&quot;)" office:value-type="string"', "见"),
    )
    book, pool, known = opened(tmp_path, package(content(table(rows))))
    assert [(c[2], c[5]) for c in seen(book.tabs[0], pool, known)] == [(Kind.NUMBER, 1), (Kind.BLANK, 1), (Kind.BLANK, 3), (Kind.TEXT, 1)]
    assert book.tabs[0].formulas == {(1, 3): "SUM(A1:B2,表2!C3)", (1, 4): 'HYPERLINK("http://a;b","见")'}


def test_a_formula_that_reaches_into_another_file_says_so_and_names_it(tmp_path: Path) -> None:
    elsewhere = "of:=['file:///D:/旧/业主%20名册.xlsx'#$'一 栋'.A1]+[.B1]"
    kept = table(row(words("看不见")), "'file:///D:/旧/业主%20名册.xlsx'#一 栋").replace("'", "&apos;")
    rows = row(cell(f'table:formula="{elsewhere}" office:value-type="float" office:value="7"', "7"), words("甲'#乙"))
    book, pool, known = opened(tmp_path, package(content(table(rows) + kept)))
    assert [t.name for t in book.tabs] == ["业主"]
    assert [c[5] for c in seen(book.tabs[0], pool, known)] == [Flag.FORMULA | Flag.EXTERNAL, 0]
    assert book.external == {1: "file:///D:/旧/业主 名册.xlsx"}
    assert book.tabs[0].formulas == {(1, 1): "'[1]一 栋'!A1+B1"}


def test_spans_are_merges_and_what_they_cover_stays_blank_or_as_found(tmp_path: Path) -> None:
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    covered = '<table:covered-table-cell office:value-type="string"><text:p>底下</text:p></table:covered-table-cell>'
    book, pool, known = opened(tmp_path, package(content(table(row(words("x"), words("101", spans), covered, words("y")) + row(words("z"))))))
    assert book.tabs[0].merges == [(1, 2, 3, 3)]
    assert [c[:4] for c in seen(book.tabs[0], pool, known)] == [
        (1, 1, Kind.TEXT, "x"),
        (1, 2, Kind.TEXT, "101"),
        (1, 3, Kind.TEXT, "底下"),
        (1, 4, Kind.TEXT, "y"),
        (2, 1, Kind.TEXT, "z"),
    ]


def test_hidden_tables_rows_and_columns_are_read_and_known(tmp_path: Path) -> None:
    automatic = '<style:style style:name="t1" style:family="table"><style:table-properties table:display="false"/></style:style>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    rows = [
        row(words("a")),
        row(words("b"), attributes='table:visibility="collapse" table:number-rows-repeated="2"'),
        f'<table:table-row-group table:display="false">{row(words("c"))}</table:table-row-group>',
        "<table:table-header-rows>" + row(words("d"), attributes='table:visibility="filter"') + "</table:table-header-rows>",
    ]
    two = table(columns + "".join(rows)) + table(row(words("e")), "旧", 'table:style-name="t1"')
    book, pool, known = opened(tmp_path, package(content(two, automatic)))
    assert [(t.name, t.hidden) for t in book.tabs] == [("业主", False), ("旧", True)]
    tab = book.tabs[0]
    assert (tab.hidden_rows.tolist(), tab.hidden_columns.tolist(), tab.filtered) == ([2, 3, 4, 5], [2, 3], True)
    assert [c[0] for c in seen(tab, pool, known)] == [1, 2, 3, 4, 5]


def test_a_filter_in_force_is_known_even_where_it_hides_no_row(tmp_path: Path) -> None:
    condition = '<table:filter><table:filter-and><table:filter-condition table:field-number="0"/></table:filter-and></table:filter>'
    ranges = (
        f"<table:database-ranges><table:database-range table:target-range-address=\"$'一 栋'.A1:$'一 栋'.B9\">{condition}</table:database-range>"
        '<table:database-range table:target-range-address="二栋.A1:二栋.B9"/></table:database-ranges>'
    )
    two = table(row(words("a")), "一 栋") + table(row(words("b")), "二栋")
    assert [t.filtered for t in opened(tmp_path, package(content(two, after=ranges)))[0].tabs] == [True, False]


def test_a_cell_at_the_far_corner_costs_no_more_than_any_other(tmp_path: Path) -> None:
    far = row('<table:table-cell table:number-columns-repeated="16383"/>', words("远"))
    found = spelled(tmp_path, far, row("<table:table-cell/>", attributes='table:number-rows-repeated="1048574"'), far)
    assert [c[:2] for c in found] == [(1, 16384), (1048576, 16384)]


def test_blank_rows_may_be_repeated_past_the_end(tmp_path: Path) -> None:
    endless = row('<table:table-cell table:number-columns-repeated="99999999999"/>', attributes='table:number-rows-repeated="99999999999"')
    assert len(spelled(tmp_path, row(words("x")), endless, endless)) == 1


def test_filled_runs_are_written_out_in_order(tmp_path: Path) -> None:
    twice = words("甲", 'table:number-columns-repeated="2"')
    rows = row(twice, value("1"), attributes='table:number-rows-repeated="3"'), row(words("乙"))
    assert [(c[0], c[1], c[3]) for c in spelled(tmp_path, *rows)] == [
        *((r, c, said) for r in (1, 2, 3) for c, said in ((1, "甲"), (2, "甲"), (3, "1.0"))),
        (4, 1, "乙"),
    ]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (row(words("x", 'table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048576"'), "bomb"),
        (row(words("x"), attributes='table:number-rows-repeated="1048577"'), "damaged"),
        (row('<table:table-cell table:number-columns-repeated="16384"/>', words("x")), "damaged"),
        (row(words('<text:s text:c="999999999"/>')), "bomb"),
        (row(*[words('<text:s text:c="1000000"/>')] * 20), "bomb"),
        (row(cell('table:number-rows-spanned="2"', "x"), attributes='table:number-rows-repeated="1048576"'), "bomb"),
    ],
)
def test_what_would_fill_the_memory_or_lies_outside_is_refused(tmp_path: Path, rows: str, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        spelled(tmp_path, rows)
    assert caught.value.reason == reason


def test_entities_are_never_declared_nor_used(tmp_path: Path) -> None:
    said = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content(table(row(words("&a;"))))
    with pytest.raises(Unreadable) as caught:
        opened(tmp_path, package(said))
    assert caught.value.reason == "bomb"


@pytest.mark.parametrize("said", ["", "<a>", content(table(row(words("x"))))[:-9]])
def test_a_content_that_is_cut_off_is_damage(tmp_path: Path, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        opened(tmp_path, package(said))
    assert caught.value.reason == "damaged"


def test_without_a_table_there_is_no_worksheet(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        opened(tmp_path, package(content("")))
    assert caught.value.reason == "no_worksheet"


def test_an_indented_file_reads_as_the_same_file_unindented(tmp_path: Path) -> None:
    plain = content(table(row(words("张三"), value("7"))))
    indented = plain.replace("><", ">\n  <")
    pictures = []
    for said in (plain, indented):
        book, pool, known = opened(tmp_path, package(said))
        pictures.append(seen(book.tabs[0], pool, known))
    assert pictures[0] == pictures[1]


def test_the_documents_own_properties_and_macros_are_known(tmp_path: Path) -> None:
    meta = f'<office:document-meta {SPACES}><office:meta><meta:user-defined meta:name="kind"> 名册 </meta:user-defined></office:meta></office:document-meta>'
    parts: dict[str, bytes | str] = {"meta.xml": meta, "Basic/script-lc.xml": "<x/>", "Basic/Standard/Module1.xml": "<x/>"}
    book = opened(tmp_path, package(content(table(row(words("x")))), parts=parts))[0]
    assert (book.properties, book.macros) == ({"kind": "名册"}, True)
    assert not opened(tmp_path, package(content(table(row(words("x"))))))[0].macros


def test_a_flat_file_reads_as_the_packed_one(tmp_path: Path) -> None:
    said = content(table(row(words("张三"), value("7"))))
    flat = '<?xml version="1.0"?>' + said.replace("document-content", "document").replace(
        "<office:body>", "<office:meta><meta:x/></office:meta><office:body>"
    )
    books = [opened(tmp_path, package(said)), opened(tmp_path, flat.encode(), "业主.fods")]
    assert [b[0].format for b in books] == ["ods", "ods"]
    assert seen(books[0][0].tabs[0], *books[0][1:]) == seen(books[1][0].tabs[0], *books[1][1:])


def test_a_public_file_agrees_with_what_its_xml_shows(tmp_path: Path) -> None:
    path = shared_file("xlsx", "ext_ods-1503f6.ods")
    book, pool, known = opened(tmp_path, path.read_bytes())
    with zipfile.ZipFile(path) as z:
        said = z.read("content.xml").decode()
    assert said.count("table:number-columns-spanned=") == len(book.tabs[0].merges) == 3
    assert sum(Flag.FORMULA in c[5] for c in seen(book.tabs[0], pool, known)) == said.count("table:formula=")
