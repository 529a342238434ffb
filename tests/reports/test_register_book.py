"""Filled registers: what is written is what the reader finds, damage included."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ownerbook.reports.register_book import Raw, SheetRows, write_register
from ownerbook.schema.cells import Kind, Pool, Styles
from ownerbook.workbook.assembly import Assembly, assemble
from ownerbook.workbook.reading import read_book

DAY = date(2026, 10, 31)


def read(path: Path) -> Assembly:
    pool, styles = Pool(), Styles()
    return assemble([(path.name, read_book(path, pool=pool, styles=styles))], pool, styles)


def test_values_are_written_as_their_columns_ask(tmp_path):
    path = tmp_path / "登记簿.xlsx"
    write_register(path, {"房屋": [{"房号": "1-1-101", "建筑面积": 89.5, "交房日期": date(2024, 3, 1), "备注": "=1+1"}]}, as_of=DAY)
    table = read(path).tables["houses"]
    kinds = {f: Kind(int(table.cells[f].kind[0])) for f in ("house_no", "floor_area", "handover_on", "note")}
    assert kinds == {"house_no": Kind.TEXT, "floor_area": Kind.NUMBER, "handover_on": Kind.DATE, "note": Kind.TEXT}
    assert table.found("handover_on", 0) == "2024-03-01"
    assert table.found("note", 0) == "=1+1"


def test_damage_is_written_as_said(tmp_path):
    path = tmp_path / "登记簿.xlsx"
    rows = [
        {"业主编号": "Y1", "证件号码": Raw("number", 110101194912310021), "登记日期": Raw("text", "2024.3.1")},
        {"业主编号": Raw("error", "#N/A"), "房号": Raw("date", date(2026, 3, 2), form='m"月"d"日"'), "姓名": Raw("formula", "=A1", result="王芳")},
    ]
    write_register(path, [SheetRows("业主", rows)], as_of=DAY)
    table = read(path).tables["owners"]
    assert Kind(int(table.cells["id_no"].kind[0])) is Kind.NUMBER
    assert Kind(int(table.cells["registered_on"].kind[0])) is Kind.TEXT
    assert Kind(int(table.cells["owner_no"].kind[1])) is Kind.ERROR
    assert Kind(int(table.cells["house_no"].kind[1])) is Kind.DATE
    assert table.found("name", 1) == "王芳"


def test_titles_other_wordings_and_columns_of_staffs_own_stand_where_they_are_put(tmp_path):
    path = tmp_path / "3号楼.xlsx"
    tab = SheetRows(
        "业主",
        [{"业主编号": "Y1", "身份证号": "X", "车牌": "某A0000"}],
        headers=["车牌", "身份证号", "业主编号"],
        titles=("3号楼业主登记表", "2026"),
        tab="业主登记表",
    )
    write_register(path, [tab], as_of=DAY)
    table = read(path).tables["owners"]
    assert table.sources[0].header_row == 3
    assert table.found("owner_no", 0) == "Y1"
    assert table.sources[0].unknown == {1: "车牌"}


def test_merges_and_hidden_rows_are_as_asked(tmp_path):
    path = tmp_path / "合并.xlsx"
    rows = [{"房号": "1-1-101", "楼栋": "1"}, {"楼栋": "1"}, {"房号": "1-1-103"}]
    write_register(path, [SheetRows("房屋", rows, merges=((2, 1, 3, 1),), hidden_rows=(4,))], as_of=DAY)
    sheet = openpyxl.load_workbook(path)["房屋"]
    assert [str(r) for r in sheet.merged_cells.ranges] == ["A2:A3"]
    assert sheet.row_dimensions[4].hidden


def test_a_value_for_no_column_is_refused_and_leaves_no_file(tmp_path):
    with pytest.raises(ValueError, match="没有的列"):
        write_register(tmp_path / "坏.xlsx", {"房屋": [{"没有的列": "x"}]}, as_of=DAY)
    assert list(tmp_path.iterdir()) == []


def test_the_same_rows_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_register(tmp_path / name / "登记簿.xlsx", {"房屋": [{"房号": "1-1-101"}]}, as_of=DAY)
    assert (tmp_path / "a" / "登记簿.xlsx").read_bytes() == (tmp_path / "b" / "登记簿.xlsx").read_bytes()
