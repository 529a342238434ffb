"""Nothing is lost: every filled cell below the header is placed in the register or kept as a leftover; places are exact."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import ledgers  # noqa: E402

from ownerbook.adopt.converting import Converted, convert_tabs  # noqa: E402
from ownerbook.adopt.looking import Looked  # noqa: E402
from ownerbook.schema.finding import column_letters  # noqa: E402


def converted(path: Path) -> tuple[list[Looked], Converted]:
    _, tabs = ledgers.looked(path)
    return tabs, convert_tabs((path.name, t) for t in tabs)


def lost(tabs: list[Looked], out: Converted) -> set[tuple[str, str]]:
    """Cells that are neither header, nor placed, nor left over."""
    told = {(t.tab, t.cell) for t in out.traces} | {(r.tab, r.cell) for r in out.rest}
    found = set()
    for tab in tabs:
        headers = {(r, c) for r in range(*_between(tab)) for c in (tab.heading.heads if tab.heading else ())}
        for cell in tab.grid:
            if tab.layout.use and (cell.row, cell.column) in headers:
                continue
            found.add((tab.grid.tab.name, f"{column_letters(cell.column)}{cell.row}"))
    return found - told


def _between(tab: Looked) -> tuple[int, int]:
    first, last = tab.layout.header
    return first, last + 1


@pytest.mark.parametrize("name", ledgers.LEDGERS)
def test_no_cell_of_an_invented_ledger_is_lost(tmp_path, name):
    assert lost(*converted(ledgers.LEDGERS[name][0](tmp_path / f"{name}.xlsx"))) == set()


CELLS = st.sampled_from([
    None, None, "1-1-101", "2-1-302", "101", "3栋", "钱一", "孙二、李三", "周四 吴五", "张三:13900000001;李四(租客)13900000002", "13900000003", 13900000004,
    "13900000005 13900000006", "010-62000000", "身份证丢了", "110110196001010010", "E12345678、E12345679", 88.5, "89㎡", "2024-03-05", 45000, "未办", "空置", "1", "-", "无",
    "50%", "1/2 1/2", "合计", "小计", "配偶", "户主", "京A12345", "某某公司", "备注:看这里", "房号", "姓名",
])  # fmt: skip
HEADERS = st.lists(
    st.sampled_from(["房号", "楼栋", "单元", "室号", "业主", "姓名", "电话", "联系电话", "身份证号", "建筑面积", "交房日期", "房屋状态", "备注", "产权份额", "与业主关系", "租户姓名", "租户电话", "性别", "车牌号", "", "人员类型"]),
    min_size=2, max_size=8,
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(headers=HEADERS, data=st.data())
def test_whatever_stands_in_a_ledger_is_placed_or_kept(tmp_path, headers, data):
    width = len(headers)
    body = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width + 1), min_size=1, max_size=9))
    merges = {}
    if data.draw(st.booleans()) and len(body) >= 3:
        column = chr(65 + data.draw(st.integers(0, width - 1)))
        merges[f"{column}2:{column}4"] = data.draw(CELLS) or "1-1-101"
    path = ledgers.write(tmp_path / "a.xlsx", [headers, *body], merges=merges)
    assert lost(*converted(path)) == set()


def test_a_value_names_the_cell_that_it_came_from(tmp_path):
    tabs, out = converted(ledgers.classic(tmp_path / "a.xlsx"))
    texts = {(t.grid.tab.name, f"{column_letters(c.column)}{c.row}"): c.text.strip() for t in tabs for c in t.grid}
    for trace in out.traces:
        assert trace.found == texts[trace.tab, trace.cell]
        written = str(out.tables[trace.sheet][trace.row - 2][trace.header])
        if trace.how == "原样" and trace.sheet == "业主" and trace.header in ("姓名", "联系电话", "证件号码"):
            assert written == trace.found
        if trace.how == "一格几人拆开":
            assert written in trace.found


def test_several_owners_in_a_cell_become_rows_with_their_own_numbers(tmp_path):
    _, out = converted(ledgers.classic(tmp_path / "a.xlsx"))
    four = [r for r in out.tables["业主"] if r["房号"] == "1-1-401"]
    assert [(r["姓名"], r["证件号码"], r["联系电话"]) for r in four] == [(ledgers.name(n), ledgers.resident(n), ledgers.phone(n)) for n in (4, 9)]
    assert len(out.tables["房屋"]) == 12


def test_a_note_in_a_date_cell_is_left_over_with_its_place(tmp_path):
    _, out = converted(ledgers.classic(tmp_path / "a.xlsx"))
    assert [(r.cell, r.header, r.text, r.reason) for r in out.rest if r.text.startswith("客户")] == [
        ("G8", "交房日期", "客户在国外,未办", "日期格里写的不是日期")
    ]


def test_house_numbers_are_made_of_building_unit_and_room(tmp_path):
    _, out = converted(ledgers.phones_under_owner(tmp_path / "a.xlsx"))
    assert [r["房号"] for r in out.tables["房屋"]][:3] == ["3-2-101", "3-1-201", "3-2-301"]


def test_the_building_comes_from_the_tab_and_the_unit_from_the_section(tmp_path):
    _, out = converted(ledgers.building_tabs(tmp_path / "a.xlsx"))
    numbers = [r["房号"] for r in out.tables["房屋"]]
    assert numbers[:5] == ["1-1-101", "1-1-201", "1-1-301", "1-1-401", "1-2-102"] and "2-2-402" in numbers and len(numbers) == 16


def test_a_merged_house_number_counts_for_all_its_rows(tmp_path):
    _, out = converted(ledgers.merged_family(tmp_path / "a.xlsx"))
    assert [r["房号"] for r in out.tables["业主"]] == [f"5-1-{n}01" for n in range(1, 5) for _ in range(3)]
    assert len(out.tables["房屋"]) == 4


def test_a_spouse_in_the_owners_cell_is_of_the_household(tmp_path):
    _, out = converted(ledgers.everything_in_one(tmp_path / "a.xlsx"))
    assert [(r["姓名"], r["与业主关系"], r["联系电话"]) for r in out.tables["家庭成员"]] == [
        (ledgers.name(n + 3), "配偶", ledgers.phone(n + 30)) for n in (3, 6)
    ]


def test_the_head_of_the_household_is_the_owner(tmp_path):
    _, out = converted(ledgers.household_list(tmp_path / "a.xlsx"))
    assert len(out.tables["业主"]) == 5 and [r["与业主关系"] for r in out.tables["家庭成员"]] == ["配偶", "子女"] * 5


def test_a_second_phone_is_the_spare_one(tmp_path):
    _, out = converted(ledgers.second_table_codes(tmp_path / "a.xlsx"))
    first = out.tables["业主"][0]
    assert (first["联系电话"], first["备用电话"]) == (ledgers.phone(1), ledgers.phone(51))
    assert [r["房屋状态"] for r in out.tables["房屋"]][:3] == ["自住", "出租", "空置"]
