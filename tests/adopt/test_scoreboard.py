"""The real ledgers of ../shared/workbooks, whose columns were named by hand: how many are recognised without help.

`-` stands for a column that the register has no place for: it must be left alone, whatever it is called.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import ledgers  # noqa: E402
from test_placing import lost  # noqa: E402

from ownerbook.adopt.converting import convert_tabs  # noqa: E402
from ownerbook.adopt.fields import is_register  # noqa: E402
from ownerbook.adopt.layout import HIGH  # noqa: E402

SHARED = Path(__file__).parents[3] / "shared" / "workbooks"

_OWNER_LIST = "houses.house_no houses.floor_area owners.name owners.id_no owners.phone houses.movein_on - - - - - - - - - - houses.status"
_RESIDENTS = "- houses.house_no owners.name - - owners.id_no - - - - - - - - - - - - owners.phone houses.movein_on - - - - -"
_BUILDINGS = "- houses.building - - - - - houses.use - - -"
_FEES = "- " * 12
_DICTIONARY = "- " * 6

EXPECTED: dict[str, dict[str, tuple[tuple[int, int], str]]] = {
    "hc.masked.xlsx": {
        "楼栋单元": ((1, 1), "houses.building houses.unit - -"),
        "业主信息": ((1, 1), "- owners.name - - owners.phone owners.id_no - owners.owner_no"),
        "费用设置": ((1, 1), _FEES),
        "房屋信息": ((1, 1), "houses.house_no houses.building houses.unit - houses.layout houses.floor_area owners.owner_no - - houses.use houses.inner_area -"),
        "车位信息": ((1, 1), "- - - houses.floor_area owners.owner_no - - - - - - -"),
    },
    "wy.masked.xlsx": {
        "楼栋单元": ((1, 1), "houses.building houses.unit - -"),
        "业主信息": ((1, 1), "owners.owner_no owners.name - - owners.phone owners.id_no"),
        "费用设置": ((1, 1), _FEES),
        "房屋信息": ((1, 1), "houses.house_no houses.building houses.unit - houses.layout houses.floor_area owners.owner_no - -"),
        "车位信息": ((1, 1), "- - - houses.floor_area owners.owner_no - - - - -"),
    },
    "importRoom.masked.xlsx": {
        "资产信息": ((1, 1), "houses.building houses.unit houses.room - - - houses.use houses.layout houses.floor_area houses.inner_area - houses.status owners.name - owners.phone owners.id_no -"),
    },
    "业主信息导入格式表_v0.masked.xls": {"Sheet1": ((1, 1), _OWNER_LIST + " - - - -")},
    "业主信息导入格式表_v1.masked.xls": {"Sheet1": ((1, 1), _OWNER_LIST + " - - - - -")},
    "业主信息导入格式表_v2.masked.xls": {"Sheet1": ((1, 1), _OWNER_LIST + " - - - - - -")},
    "合同数据导入格式表.xls": {"Sheet1": ((2, 2), "- " * 15)},
    "水电表抄表记录初始化表.xls": {"Sheet1": ((1, 1), "- " * 6)},
    "业主导入模板.masked.xlsx": {"Sheet1": ((1, 1), "owners.name - owners.id_no owners.phone - owners.phone2 - - - houses.house_no houses.floor_area houses.note")},
    "住户批量注册.masked.xls": {"门户批量注册": ((6, 6), _RESIDENTS), "数据填写示例": ((5, 5), _RESIDENTS)},
    "楼栋批量注册.masked.xls": {"楼栋批量注册": ((6, 6), _BUILDINGS), "数据填写示例": ((5, 5), _BUILDINGS)},
    "装修入驻资料模板.xlsx": dict.fromkeys(["公司", "项目", "房产", "销售客户", "租赁客户", "收费项目(下载和同步)", "收费项目和银行账号的对照(下载和同步)", "开发公司费用数据(下载和同步)", "物业公司费用数据(下载和同步)", "销售合同数据", "租赁合同数据", "运营收款单(下载)", "上传生成临时费用单"], ((1, 1), _DICTIONARY)),
    "业主信息.masked.xlsx": {"Sheet": ((1, 1), "houses.house_no - owners.name owners.phone")},
    "物业费.xlsx": {"Sheet": ((1, 1), "houses.house_no - - - -")},
    "real_shop_address_contact_table.masked.xls": {"Sheet1": ((3, 3), "- houses.house_no - - household.phone owners.phone houses.note")},
}  # fmt: skip
LEAST = 0.95


def looked(name):
    if not (SHARED / name).exists():
        pytest.skip("../shared/workbooks is not here")
    _, tabs = ledgers.looked(SHARED / name)
    return {t.grid.tab.name.replace("（", "(").replace("）", ")"): t for t in tabs}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_header_of_every_real_ledger_is_found(name):
    tabs = looked(name)
    assert {t: tabs[t].layout.header for t in EXPECTED[name]} == {t: header for t, (header, _) in EXPECTED[name].items()}
    assert all(not t.grid.rows for n, t in tabs.items() if n not in EXPECTED[name])


def test_the_scoreboard():
    right, wrong, surely_wrong = 0, [], []
    for name, tabs in EXPECTED.items():
        found = looked(name)
        for tab, (_, fields) in tabs.items():
            columns = found[tab].layout.columns
            assert len(columns) == len(fields.split()), (name, tab)
            for column, expected in zip(columns, fields.split(), strict=True):
                got = column.field if is_register(column.field) else "-"
                if got == expected:
                    right += 1
                    continue
                wrong.append((name, tab, column.wording, got, expected, column.confidence))
                if column.confidence >= HIGH:
                    surely_wrong.append(wrong[-1])
    share = right / (right + len(wrong))
    print(
        f"\n{right} of {right + len(wrong)} columns of {len(EXPECTED)} workbooks recognised ({share:.1%}); {len(surely_wrong)} wrong with high confidence"
    )
    for item in wrong:
        print("  ", *item)
    assert surely_wrong == []
    assert share >= LEAST, wrong


@pytest.mark.parametrize("name", EXPECTED)
def test_no_cell_of_a_real_ledger_is_lost(name):
    tabs = list(looked(name).values())
    assert lost(tabs, convert_tabs((name, t) for t in tabs)) == set()


def test_only_ledgers_of_houses_and_people_are_used():
    used = {(n, t) for n in EXPECTED for t, x in looked(n).items() if x.layout.use}
    assert used == {
        ("hc.masked.xlsx", "业主信息"), ("hc.masked.xlsx", "房屋信息"), ("wy.masked.xlsx", "业主信息"), ("wy.masked.xlsx", "房屋信息"), ("importRoom.masked.xlsx", "资产信息"),
        *((f"业主信息导入格式表_v{n}.masked.xls", "Sheet1") for n in range(3)), ("业主导入模板.masked.xlsx", "Sheet1"), ("业主信息.masked.xlsx", "Sheet"),
        ("real_shop_address_contact_table.masked.xls", "Sheet1"),
    }  # fmt: skip
