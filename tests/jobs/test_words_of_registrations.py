"""What people read of a registration: the house once, shares as they say them, what is owed or wrong, and a status that fits."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402
from registration_pages_filled import Page, change, registration, taken  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
HOUSE = "1-1-401"


@pytest.fixture
def root(tmp_path):
    made = sheets(3)
    house = {"房号": HOUSE, "楼栋": "1", "单元": "1", "室号": "401", "建筑面积": 90.5, "房屋用途": "住宅", "签约日期": date(2026, 10, 1)}
    made["房屋"].append(house | {"交房日期": date(2026, 10, 20), "房屋状态": "空置"})
    return workspace(tmp_path / "小区", made)


def form(root: Path, name: str = "登记.xlsx", clerk: str = "G001") -> Page:
    page = registration(root, HOUSE, name).person("欧阳甲", "E12345678").office(clerk)
    for paper in ("购房合同", "购房发票", "房屋交接验收单", "隐私告知书", "业主登记表"):
        page.came(paper)
    return page.came("身份证件复印件", "复印件")


def co_owner(page: Page, share: object) -> Page:
    return page.line("共有人", 1, 姓名="欧阳乙", 证件类型="护照", 证件号码="E20000001", 联系电话="13900000011", 份额=share, 告知书="已签")


def test_the_same_form_handed_in_again_is_well_and_names_the_house_once(root, capsys):
    path = form(root).saved()
    assert taken(root, path) == 0
    capsys.readouterr()
    assert taken(root, path) == 0
    said = capsys.readouterr().out
    assert "登记 1-1-401 的业主已经登记（Y004），没有再登记" in said and f"{HOUSE} {HOUSE}" not in said


def test_a_form_of_registered_owners_that_says_another_phone_is_not_well(root, capsys):
    assert taken(root, form(root).saved()) == 0
    other = form(root, "又一份.xlsx").put("联系电话", "13900005678").saved()
    assert taken(root, other) == 1
    said = "".join(capsys.readouterr())
    assert "表上的联系电话与登记簿不同" in said and "13900005678" not in said


def test_shares_are_told_as_people_say_them(root, capsys):
    assert taken(root, co_owner(form(root).put("产权份额", 0.5), "1/2").saved(), yes=False) == 0
    said = capsys.readouterr().out
    assert said.count("份额 50%") == 2 and "份额 0.5" not in said


def test_owners_without_shares_are_told(root, capsys):
    assert taken(root, co_owner(form(root), None).saved(), yes=False) == 0
    assert "几位业主都没有写份额" in capsys.readouterr().out


def test_an_act_that_brings_problems_says_so_in_its_title(root, capsys):
    assert taken(root, form(root, clerk="G099").saved()) == 1
    assert f"{HOUSE} 业主登记  [可采用，会新增问题]" in capsys.readouterr().out


def test_of_two_forms_for_a_house_the_second_is_told_that_the_first_waits(root, capsys):
    first = form(root, "甲.xlsx").saved()
    second = form(root, "乙.xlsx").person("欧阳丙", "E99999999", "13900007777").saved()
    assert taken(root, first, yes=False) == 0
    assert taken(root, second) == 1
    assert f"登记 {HOUSE} 没有采用：甲.xlsx 登记 {HOUSE} 先交来，正等着办" in capsys.readouterr().out


def test_the_page_for_a_change_does_not_ask_for_those_who_stay_twice(root):
    page = change(root, "1-1-101")
    words = "".join(str(c.value) for row in openpyxl.load_workbook(page.path).worksheets[0].iter_rows() for c in row if c.value)
    assert "过户后的全部业主" not in words and "新来的业主写在下面" in words


def test_a_house_whose_owner_has_no_status_is_neither_registered_anew_nor_sold(tmp_path, capsys):
    made = sheets(3)
    made["业主"][0]["业主状态"] = None
    root = workspace(tmp_path / "小区", made)
    page = registration(root, "1-1-101").person("欧阳甲", "E12345678").office()
    assert taken(root, page.saved()) == 1
    assert "1-1-101 的业主（Y001）没有写业主状态" in capsys.readouterr().out
    assert main(["transfer", "1-1-101", "--reason", "买卖", "--in", str(root), "--as-of", "2026-10-31"]) == 2
    assert "没有写业主状态" in capsys.readouterr().err


def test_a_register_that_cannot_be_written_is_told_on_the_page_before_the_yes(tmp_path, capsys):
    made = sheets(3)
    root = workspace(tmp_path / "小区", made)
    book = openpyxl.load_workbook(root / "登记簿.xlsx")
    houses = [[c.value for c in r] for r in book["业主"].iter_rows()]
    del book["业主"]
    book.save(root / "登记簿.xlsx")
    day = "{:%Y-%m-%d}"
    lines = [",".join("" if v is None else day.format(v) if isinstance(v, date) else str(v) for v in r) for r in houses]
    (root / "业主.csv").write_text("\n".join(lines), "utf-8-sig")
    page = change(root, "1-1-101", "份额变更").office()
    page.line("现业主", 1, 去留="转出")
    page.person("欧阳甲", "E12345678").came("变更证明")
    assert taken(root, page.saved(), command="transfer", yes=False) == 0
    said = capsys.readouterr().out
    assert "业主.csv 是 .csv 文件，ownerbook 不能写入" in said
    assert taken(root, page.path, command="transfer") == 1
    assert "no zip" not in "".join(capsys.readouterr())


def test_a_document_that_stands_under_another_name_is_not_taken_by_a_yes(root, capsys):
    assert taken(root, form(root).put("证件号码", "E12340001").saved()) == 1
    said = capsys.readouterr()
    assert "新增问题 C11" in said.out and "没有写入 1-1-401 业主登记" in said.err


def test_rows_that_were_put_in_are_told_and_are_no_refusal(root, capsys):
    page = form(root).put("产权份额", "12.5%")
    top = next(c.row for r in page.tab.iter_rows(max_col=1) for c in r if str(c.value or "").startswith("共有人"))
    page.tab.insert_rows(top + 5, 4)
    heads = {str(c.value).split("\n")[0]: c.column for c in page.tab[top + 1] if c.value}
    for n in range(1, 8):
        line = {"姓名": f"欧阳{n}", "证件类型": "护照", "证件号码": f"E2000000{n}", "联系电话": f"1390000000{n}", "份额": "12.5%", "告知书": "已签"}
        for head, value in line.items():
            page.tab.cell(top + 1 + n, heads[head]).value = value
    assert taken(root, page.saved()) == 0
    said = capsys.readouterr()
    assert "是插入的" in said.out and "是插入的" not in said.err and said.out.count("份额 12.5%") == 8


def test_an_act_whose_proof_came_does_not_say_that_it_waits_for_proof(root, capsys):
    page = change(root, "1-1-101").person("欧阳买", "E20000009").office(appraiser="G002")
    assert taken(root, page.saved(), command="transfer", yes=False) == 0
    assert "1-1-101 产权变更（买卖）  [待证明" in capsys.readouterr().out
    assert taken(root, page.came("变更证明").saved(), command="transfer", yes=False) == 0
    assert "1-1-101 产权变更（买卖）  [有证明，待同意" in capsys.readouterr().out


def test_a_sale_of_a_house_without_a_file_says_that_there_is_none(tmp_path, capsys):
    made = sheets(3)
    made["档案"], made["材料"] = made["档案"][1:], [r for r in made["材料"] if "1-1-101" not in r["档号"]]
    root = workspace(tmp_path / "小区", made)
    page = change(root, "1-1-101").person("欧阳买", "E20000009").office(appraiser="G002").came("变更证明")
    assert taken(root, page.saved(), command="transfer", yes=False) == 0
    assert "! 原档案：1-1-101 没有档案" in capsys.readouterr().out
