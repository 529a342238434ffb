"""Web pages with tables, saved under the name .xls: read as what a person sees in the browser."""

from pathlib import Path

import pytest

from ownerbook.schema.cells import Kind, Pool, Styles
from ownerbook.workbook.book import Book, Unreadable
from ownerbook.workbook.reading import read_book


def read(path: Path, text: str, encoding: str = "utf-8") -> tuple[Book, list[dict[tuple[int, int], str]]]:
    path.write_bytes(text.encode(encoding))
    pool = Pool()
    book = read_book(path, pool=pool, styles=Styles())
    tabs = []
    for tab in book.tabs:
        cells = tab.cells
        assert (cells.kind == Kind.TEXT).all()
        tabs.append({(int(r), int(c)): pool.text(int(v)) for r, c, v in zip(cells.row, cells.col, cells.value, strict=True)})
    return book, tabs


def test_a_table_is_a_tab_with_its_cells_in_place(tmp_path):
    book, (tab,) = read(tmp_path / "导出.xls", "<html><body><table border=1><tr><th>房号</th><th>姓名</th></tr><tr><td>1-1-101</td><td>钱一</td></tr></table></body></html>")
    assert book.format == "html" and book.tabs[0].name == "导出"
    assert tab == {(1, 1): "房号", (1, 2): "姓名", (2, 1): "1-1-101", (2, 2): "钱一"}


def test_spans_are_merges_and_push_the_cells_beside_them(tmp_path):
    page = "<table><tr><td rowspan=2>1-1-101</td><td>钱一</td></tr><tr><td>孙二</td></tr><tr><td colspan='2'>合计</td><td>9</td></tr></table>"
    book, (tab,) = read(tmp_path / "a.xls", page)
    assert tab == {(1, 1): "1-1-101", (1, 2): "钱一", (2, 2): "孙二", (3, 1): "合计", (3, 3): "9"}
    assert book.tabs[0].merges == [(1, 1, 2, 1), (3, 1, 3, 2)]


def test_a_page_in_gbk_says_so_and_is_read(tmp_path):
    page = "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><table><tr><td>联系电话&nbsp;</td><td>&lt;无&gt;</td></tr></table></html>"
    _, (tab,) = read(tmp_path / "a.xls", page, "gb18030")
    assert tab == {(1, 1): "联系电话", (1, 2): "<无>"}


def test_line_breaks_scripts_and_unclosed_cells(tmp_path):
    page = "<table><tr><td>钱一<br>孙二<td>a\n b<script>x<y</script></tr><tr><td>c</table>"
    _, (tab,) = read(tmp_path / "a.xls", page)
    assert tab == {(1, 1): "钱一\n孙二", (1, 2): "a b", (2, 1): "c"}


def test_two_tables_are_two_tabs(tmp_path):
    book, tabs = read(tmp_path / "a.xls", "<html><table><tr><td>1</td></tr></table><p><table></table><table><tr><td>2</td></tr></table>")
    assert [t.name for t in book.tabs] == ["a1", "a2"] and tabs == [{(1, 1): "1"}, {(1, 1): "2"}]


def test_nothing_outside_the_file_is_fetched_and_no_entity_unfolds(tmp_path):
    page = "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><html><table><tr><td>&x;</td></tr></table></html>"
    _, (tab,) = read(tmp_path / "a.xls", page)
    assert tab == {(1, 1): "&x;"}


def test_a_span_beyond_all_measure_is_refused(tmp_path):
    page = "<table>" + "<tr><td rowspan=9999 colspan=9999>x</td></tr>" * 2 + "</table>"
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / "a.xls", page)
    assert caught.value.reason == "bomb"
