"""Invented ledgers, looked at: the header, each column, what rows are, and what is not taken for sure."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import ledgers  # noqa: E402

from ownerbook.adopt.layout import HIGH  # noqa: E402


@pytest.mark.parametrize("name", ledgers.LEDGERS)
def test_every_column_of_an_invented_ledger_is_recognised(tmp_path, name):
    writer, header, expected = ledgers.LEDGERS[name]
    _, (tab, *_) = ledgers.looked(writer(tmp_path / f"{name}.xlsx"))
    assert tab.layout.header == header
    assert ledgers.fields(tab) == expected
    assert tab.layout.use


def test_titles_notes_totals_and_rows_of_running_numbers_are_no_data(tmp_path):
    _, (tab,) = ledgers.looked(ledgers.padded(tmp_path / "a.xlsx"))
    roles = list(tab.roles.values())
    assert len(tab.roles) == 848
    assert roles.count("data") == 405 and roles.count("subtotal") == 4 and roles.count("title") == 1 and roles.count("note") == 1
    assert roles.count("serial") == 848 - 405 - 4 - 3


def test_an_example_row_is_no_data(tmp_path):
    _, (tab,) = ledgers.looked(ledgers.second_table_codes(tmp_path / "a.xlsx"))
    assert tab.roles[2] == "example" and len(tab.data_rows) == 7


def test_codes_that_a_header_explains_are_kept(tmp_path):
    _, (tab,) = ledgers.looked(ledgers.second_table_codes(tmp_path / "a.xlsx"))
    assert next(c for c in tab.layout.columns if c.field == "houses.status").codes == {"0": "空置", "1": "自住", "2": "出租"}


def test_two_blocks_side_by_side_are_two_blocks(tmp_path):
    _, (tab,) = ledgers.looked(ledgers.side_by_side(tmp_path / "a.xlsx"))
    assert [(b.first, b.last) for b in tab.layout.blocks] == [(1, 3), (5, 7)]


def test_names_and_phones_repeated_in_one_row_are_several_persons_and_no_blocks(tmp_path):
    rows = [
        ["房号", "姓名", "电话", "姓名", "电话"],
        *([f"1-1-{n}01", ledgers.name(n), ledgers.phone(n), ledgers.name(n + 7), ledgers.phone(n + 7)] for n in range(1, 6)),
    ]
    _, (tab,) = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", rows))
    assert list(ledgers.fields(tab).values()) == ["houses.house_no", "owners.name", "owners.phone", "owners.name@2", "owners.phone@2"]


def test_a_header_that_its_cells_gainsay_is_never_sure(tmp_path):
    """业主 over phones, 联系电话 over names, 面积 over dates, 房号 over names: the cells veto."""
    rows = [["房号", "联系电话", "姓名", "身份证号", "建筑面积", "交房日期"]]
    rows += [[ledgers.name(n), ledgers.name(n + 3), ledgers.phone(n), f"2024-03-{n:02d}", ledgers.resident(n), 90.5 + n] for n in range(1, 9)]
    _, (tab,) = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", rows))
    wrong = {
        "房号": "houses.house_no",
        "联系电话": "owners.phone",
        "姓名": "owners.name",
        "身份证号": "owners.id_no",
        "建筑面积": "houses.floor_area",
        "交房日期": "houses.handover_on",
    }
    for column in tab.layout.columns:
        assert column.confidence < HIGH, column
        assert column.field != wrong[column.wording], column


def test_explanations_beside_the_table_belong_to_no_block(tmp_path):
    rows = [["房号", "业主", "业主电话", None, None, None, None], *([f"1-1-{n}01", ledgers.name(n), ledgers.phone(n)] for n in range(1, 9))]
    rows[3] = [*rows[3], None, None, None, "说明", None]
    rows[4] = [*rows[4], None, None, None, "业主电话", "业主的手机号,没有的写无"]
    _, (tab,) = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", rows))
    assert [(b.first, b.last) for b in tab.layout.blocks] == [(1, 3)] and tab.layout.header == (1, 1)


def test_a_printed_again_header_is_no_data(tmp_path):
    rows = [
        ["房号", "姓名", "电话"],
        *([f"1-1-{n}01", ledgers.name(n), ledgers.phone(n)] for n in range(1, 6)),
        ["房号", "姓名", "电话"],
        ["1-1-601", "钱一", "13900000001"],
    ]
    _, (tab,) = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", rows))
    assert tab.roles[7] == "again" and tab.data_rows == [2, 3, 4, 5, 6, 8]


def test_what_only_the_file_shows_is_said_and_not_guessed_at(tmp_path):
    from ownerbook.adopt.observing import observe

    rows = [["房号", "姓名", "电话"], *([f"1-1-{n}01", ledgers.name(n), ledgers.phone(n)] for n in range(1, 9))]
    path = ledgers.write(tmp_path / "a.xlsx", rows, hidden=(4,), strike=(5,), yellow=(6, 7), formulas={"C9": ("=C8", "13900000001")})
    book, (tab,) = ledgers.looked(path)
    said = " ".join(t.zh for t in observe(tab.grid, tab.heading, tab.roles, book))
    for words in ("有 1 行隐藏（第 4 行起）", "1 行有删除线（第 5 行）", "黄 2 行", "公式（按结果读取） 1 格：C9"):
        assert words in said


def test_a_sheet_of_fees_or_meters_does_not_matter(tmp_path):
    rows = [["费用编号", "收费项目", "计费单价", "滞纳金"], [1, "物业费", 1.5, 0], [2, "公摊费", 0.3, 0]]
    _, (tab,) = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", rows))
    assert not tab.layout.use and all(c.field == "own.fee" for c in tab.layout.columns)


def test_an_empty_sheet_and_one_without_a_header_are_told_apart(tmp_path):
    _, tabs = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", [], more={"二": [[1, 2], [3, 4]]}))
    assert [t.layout.why for t in tabs] == ["空表", "没有找到表头"]


def test_a_column_of_somebody_else_is_not_the_owners(tmp_path):
    rows = [["日期", "房号", "业主姓名", "业主电话", "装修公司", "负责人", "负责人电话", "物业联系电话"]]
    rows += [
        [
            f"2026-01-{n:02d}",
            f"1-1-{n}01",
            ledgers.name(n),
            ledgers.phone(n),
            "某某装饰有限公司",
            ledgers.name(n + 4),
            ledgers.phone(n + 4),
            ledgers.phone(99),
        ]
        for n in range(1, 9)
    ]
    _, (tab,) = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", rows))
    placed = {c.wording: c.field for c in tab.layout.columns if c.placed}
    assert placed == {"房号": "houses.house_no", "业主姓名": "owners.name", "业主电话": "owners.phone"} and tab.layout.header == (1, 1)


def test_a_unit_of_three_digits_is_a_room(tmp_path):
    rows = [["栋号", "单元", "业主", "面积"], *([f"B{1 + n // 5}", 100 * n + 1, ledgers.name(n), 80.25 + n] for n in range(1, 9))]
    _, (tab,) = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", rows))
    assert ledgers.fields(tab)["单元"] == "houses.house_no" and tab.layout.columns[1].level != "高"


def test_of_tables_one_below_the_other_the_first_is_read(tmp_path):
    rows = [
        ["房号", "房屋状态", "面积"],
        *([f"1-1-{n}01", "空置", 80.5 + n] for n in range(1, 6)),
        [None],
        ["栋数", "业主姓名", "联系电话", "收楼日期"],
        ["B1", "钱一", "13900000001", "2024-01-02"],
    ]
    _, (tab,) = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", rows))
    assert tab.layout.header == (1, 1) and tab.data_rows == [2, 3, 4, 5, 6] and tab.roles[8] == tab.roles[9] == "other"
