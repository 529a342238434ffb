"""Tenants move in and out by their page or by number; whether the house's status follows is asked."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402
from registration_pages_filled import DAY, rows, taken, tenancy  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture
def root(tmp_path):
    tables = sheets(3)
    one = {"登记日期": date(2026, 8, 11), "居住状态": "在住", "成员编号": "CY001", "房号": "1-1-201", "姓名": "周租", "与业主关系": "租户"}
    tables["家庭成员"] = [one]
    return workspace(tmp_path / "小区", tables)


def test_a_tenant_moves_in_with_the_lease_and_the_status_is_asked(root, capsys):
    page = tenancy(root, "1-1-101").put("登记日期", DAY).put("登记人", "G001").put("租期起", DAY).put("租期止", date(2027, 10, 30))
    page.line("新租户", 1, 姓名="吴租", 证件类型="护照", 证件号码="E55550001", 联系电话="13900005555").came("其他", "复印件")
    assert taken(root, page.saved(), command="tenant") == 0
    out = capsys.readouterr().out
    assert "2026-10-31 至 2027-10-30" in out and "房屋状态  自住 → 出租" in out
    new = rows(root, "家庭成员")[-1]
    assert new["与业主关系"] == "租户" and "2027-10-30" in new["备注"] and new["居住状态"] == "在住"
    paper = rows(root, "材料")[-1]
    assert paper["档号"] == "YG-1-1-101-01" and paper["备注"] == "房屋租赁合同"
    assert next(r for r in rows(root, "房屋") if r["房号"] == "1-1-101")["房屋状态"] == "自住"
    main(["reconcile", "--in", str(root), "--as-of", DAY.isoformat()])
    assert "房屋状态  自住 → 出租" in capsys.readouterr().out


def test_a_tenant_moves_out_by_the_page(root, capsys):
    page = tenancy(root, "1-1-201").put("登记日期", DAY).put("登记人", "G001").line("现住人", 1, 去留="迁出")
    assert taken(root, page.saved(), command="tenant") == 0
    assert rows(root, "家庭成员")[0]["居住状态"] == "迁出"
    told = [r for r in rows(root, "变更") if r["对象编号"] == "CY001"]
    assert [r["新值"] for r in told] == ["迁出"] and told[0]["经办人"] == "G001"
    assert "自住 → 空置" in capsys.readouterr().out


def test_a_tenant_moves_out_by_number_and_a_wrong_number_is_refused(root, capsys):
    argv = ["tenant", "1-1-201", "--in", str(root), "--as-of", DAY.isoformat(), "--yes", "--by", "G001", "--agreed", "G002", "--left"]
    assert main([*argv, "CY999"]) == 1
    assert "没有登记过 CY999" in capsys.readouterr().err
    main([*argv, "CY001"])
    assert rows(root, "家庭成员")[0]["居住状态"] == "迁出"


def test_a_lease_that_ends_before_it_begins_is_refused(root, capsys):
    page = tenancy(root, "1-1-101").put("登记日期", DAY).put("登记人", "G001").put("租期起", DAY).put("租期止", date(2026, 1, 1))
    assert taken(root, page.line("新租户", 1, 姓名="吴租").saved(), command="tenant") == 1
    assert "早于租期起" in capsys.readouterr().out


def test_the_page_is_written_once_however_often_it_comes(root):
    page = tenancy(root, "1-1-101").put("登记日期", DAY).put("登记人", "G001").line("新租户", 1, 姓名="吴租").came("其他")
    path = page.saved()
    taken(root, path, command="tenant")
    page.put("租期起", DAY)
    taken(root, page.saved(root.parent / "再交.xlsx"), command="tenant")
    assert [r["姓名"] for r in rows(root, "家庭成员")].count("吴租") == 1
    assert len(rows(root, "材料")) == 19
