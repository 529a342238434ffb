"""Messy ledgers of real offices' kinds: the header found, the columns named, nothing lost, house numbers whole."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import ledgers  # noqa: E402
from messy import MESSY, score  # noqa: E402
from test_placing import converted, lost  # noqa: E402

from ownerbook.adopt.fields import is_register  # noqa: E402


def columns(tab):
    """The fields in order, `-` for what is left alone; columns between blocks aside."""
    filled = {c for r in tab.data_rows for c in tab.grid.rows[r]}
    return [c.field if is_register(c.field) else "-" for c in tab.layout.columns if c.wording or c.column in filled]


@pytest.mark.parametrize("name", MESSY)
def test_every_column_of_a_messy_ledger_is_named_and_its_header_found(tmp_path, name):
    writer, header, expected = MESSY[name]
    _, tabs = ledgers.looked(writer(tmp_path / f"{name}.xlsx"))
    assert tabs[0].layout.header == header
    assert tabs[0].layout.use
    assert score(columns(tabs[0]), expected) == []


@pytest.mark.parametrize("name", MESSY)
def test_no_cell_of_a_messy_ledger_is_lost(tmp_path, name):
    assert lost(*converted(MESSY[name][0](tmp_path / f"{name}.xlsx"))) == set()


@pytest.mark.parametrize(
    ("name", "houses"),
    [
        ("three_row_header", {"1-2-101", "1-1-201"}),
        ("buildings_over_blocks", {"1-101", "2-102", "3-103"}),
        ("sections_and_totals", {"2-1-101", "2-2-102"}),
        ("one_head_over_three", {"2-2-102", "3-1-202"}),
        ("visits_in_dates", {"8-101", "8-301"}),
        ("hints_and_example", {"2-2-102"}),
        ("late_header", {"2号楼2单元104室"}),
    ],
)
def test_house_numbers_are_made_whole_from_whatever_stands_around_them(tmp_path, name, houses):
    _, out = converted(MESSY[name][0](tmp_path / f"{name}.xlsx"))
    found = {str(r.get("房号")) for rows in out.tables.values() for r in rows}
    assert houses <= found


def test_a_tenant_beside_an_owner_is_of_the_household(tmp_path):
    _, out = converted(MESSY["visits_in_dates"][0](tmp_path / "a.xlsx"))
    assert len(out.tables["业主"]) == 9
    assert {r["与业主关系"] for r in out.tables["家庭成员"]} == {"租户"}


def test_phones_and_names_that_are_numbered_belong_together(tmp_path):
    _, out = converted(MESSY["co_owner_columns"][0](tmp_path / "a.xlsx"))
    second = [r for r in out.tables["业主"] if r["姓名"] == ledgers.name(2 + 8)]
    assert ledgers.phone(82) in [r["联系电话"] for r in second]


def test_a_merge_whose_first_cell_is_blank_is_no_head(tmp_path):
    rows = [[None, None, "租户", None], ["姓名", "电话", "姓名", "电话"], ["甲一", "13900000001", "乙二", "13900000002"]]
    path = ledgers.write(tmp_path / "a.xlsx", rows, merges={"A1:B1": "业主", "C1:D1": "租户"})
    import openpyxl

    book = openpyxl.load_workbook(path)
    book.active["A1"].value = None
    book.save(path)
    _, tabs = ledgers.looked(path)
    assert tabs[0].layout.header == (1, 2)
    assert columns(tabs[0]) == ["owners.name", "owners.phone", "household.name", "household.phone"]
