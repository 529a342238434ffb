"""A developer's list becomes one act of many houses; houses are renumbered, divided and joined over all sheets."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402
from test_reconciling_rounds import BOOK, choose, round_  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.reports.forms.handover_list import HEADER_ROW, heads, write_handover_list  # noqa: E402
from ownerbook.reports.forms.house_change import HEADER_ROW as CHANGE_ROW  # noqa: E402
from ownerbook.reports.forms.house_change import write_house_change  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY = date(2026, 10, 31)
HEADS = heads()


def fill(path: Path, rows: list[dict[str, object]], *, project: str = "YG") -> Path:
    """A list as a developer fills it in; what a row does not say is as it should be."""
    path.parent.mkdir(exist_ok=True)
    write_handover_list(path, project=project, workspace="试验", as_of=DAY, lines=len(rows))
    book = openpyxl.load_workbook(path)
    tab = book.active
    for label, value in (("登记人", "G001"), ("登记日期", DAY), ("核对人", "G001")):
        cell = next(c for r in tab.iter_rows(min_row=3, max_row=4) for c in r if c.value == label)
        tab.cell(cell.row, cell.column + 2).value = value
    for n, row in enumerate(rows):
        usual = {
            "房屋用途": "住宅", "建筑面积": 90.5, "签约日期": date(2026, 9, 1), "交房日期": date(2026, 10, 20), "业主姓名": f"钱{'甲乙丙丁戊'[n % 5]}",
            "业主类型": "自然人", "证件类型": "护照", "证件号码": f"E7654{n:04d}", "联系电话": f"1380000{n + 1000:04d}", "告知书签订": "已签",
            "材料：购房合同": 12,
        }  # fmt: skip
        for head, value in (usual | row).items():
            tab.cell(HEADER_ROW + 1 + n, HEADS.index(head) + 1).value = value
    book.save(path)
    return path


def column(root: Path, sheet: str, header: str) -> list[object]:
    tab = openpyxl.load_workbook(root / BOOK)[sheet]
    at = [c.value for c in tab[1]].index(header)
    return [r[at] for r in tab.iter_rows(min_row=2, values_only=True) if r[0]]


def told(went) -> str:
    return "\n".join([n.zh for n in went.found.notes] + [x.full.zh for s in went.found.plan.stories.values() for x in s.lines])


@pytest.fixture
def root(tmp_path, monkeypatch):
    made = workspace(tmp_path / "小区", sheets(3))
    monkeypatch.chdir(made)
    return made


def test_a_list_is_one_act_that_is_chosen_once_and_founds_houses_owners_and_files(root):
    fill(root / "收件箱" / "清单.xlsx", [{"房号": f"2-1-{n}01"} for n in range(1, 6)])
    went = round_(root)
    plan = went.found.plan
    assert len(plan.stories) == 1 and len({c.bundle for c in plan.changes}) == 5
    done = choose(root, went)
    assert not done.left
    assert {"2-1-101", "2-1-501"} <= set(column(root, "房屋", "房号"))
    assert "YG-2-1-501-01" in column(root, "档案", "档号")
    assert column(root, "业主", "业主状态").count("现业主") == 8


def test_a_house_with_a_wrong_cell_stays_out_and_the_others_go(root):
    rows = [
        {"房号": "2-1-101", "证件类型": "居民身份证", "证件号码": 110110196003040000.0},
        {"房号": "2-1-201", "签约日期": "二〇二六年九月"},
        {"房号": "2-1-301", "业主姓名": "张三、李四", "证件号码": "E11112222"},
        {"房号": "2-1-401"},
    ]
    fill(root / "收件箱" / "清单.xlsx", rows)
    went = round_(root)
    assert {c.house for c in went.found.plan.changes} == {"2-1-401"}
    words = told(went)
    assert f"!K{HEADER_ROW + 1}" in words and f"!F{HEADER_ROW + 2}" in words and f"!H{HEADER_ROW + 3}" in words


def test_co_owners_in_one_cell_are_two_owners_of_one_house(root):
    row = {"房号": "2-1-101", "业主姓名": "张三、李四", "证件号码": "E11112222、E11113333", "联系电话": "13800001111、13800002222"}
    fill(root / "收件箱" / "清单.xlsx", [row])
    changes = round_(root).found.plan.changes
    assert [c.values["name"].text for c in changes if c.sheet == "owners"] == ["张三", "李四"]
    assert sum(c.sheet == "files" for c in changes) == 1


def test_a_house_named_twice_with_different_people_is_asked_about(root):
    fill(root / "收件箱" / "清单.xlsx", [{"房号": "2-1-101"}, {"房号": "2-1-201"}, {"房号": "2-1-101"}])
    went = round_(root)
    assert {c.house for c in went.found.plan.changes} == {"2-1-201"} and "又出现一次" in told(went)


def test_a_list_made_for_another_project_is_refused_and_stays_in_the_inbox(root):
    path = fill(root / "收件箱" / "清单.xlsx", [{"房号": "2-1-101"}], project="XH")
    went = round_(root)
    assert not went.found.plan.changes and path.exists()


def test_a_corrected_list_takes_only_what_is_new(root):
    rows = [{"房号": "2-1-101"}, {"房号": "2-1-201", "联系电话": "138"}]
    fill(root / "收件箱" / "清单.xlsx", rows)
    choose(root, round_(root))
    rows[1]["联系电话"] = "13800007777"
    fill(root / "收件箱" / "清单2.xlsx", rows)
    went = round_(root)
    assert {c.house for c in went.found.plan.changes} == {"2-1-201"}


def test_a_number_changes_everywhere_and_the_file_keeps_its_own(root):
    assert main(["house", "renumber", "1-1-101", "1-1-111", "--yes", "--by", "G002", "--as-of", "2026-10-31"]) == 0
    assert "1-1-111" in column(root, "房屋", "房号") and "1-1-101" not in column(root, "房屋", "房号")
    assert "1-1-111" in column(root, "业主", "房号") and "1-1-111" in column(root, "档案", "房号")
    assert "YG-1-1-101-01" in column(root, "档案", "档号")
    assert column(root, "变更", "变更字段").count("房号") == 3


def test_two_houses_change_numbers_with_each_other(root):
    words = ["house", "renumber", "1-1-101", "1-1-201", "1-1-201", "1-1-101", "--yes", "--by", "G002", "--as-of", "2026-10-31"]
    assert main(words) == 0
    assert column(root, "业主", "房号") == ["1-1-201", "1-1-101", "1-1-301"]


def test_a_form_divides_a_house_and_the_second_part_has_owner_and_file_of_its_own(root):
    path = root / "收件箱" / "变更.xlsx"
    path.parent.mkdir()
    write_house_change(path, workspace="试验", as_of=DAY)
    book = openpyxl.load_workbook(path)
    tab = book.active
    for n, (new, area) in enumerate((("1-1-101", 50), ("1-1-102", 40.5)), 1):
        for at, value in enumerate(("分割", "1-1-101", new, area), 2):
            tab.cell(CHANGE_ROW + n, at).value = value
    book.save(path)
    went = round_(root)
    assert len(went.found.plan.stories) == 1
    assert not choose(root, went).left
    assert "1-1-102" in column(root, "房屋", "房号") and "YG-1-1-102-01" in column(root, "档案", "档号")
    assert column(root, "业主", "姓名").count("赵乙") == 2


def test_houses_of_different_owners_are_not_joined(root, capsys):
    assert main(["house", "join", "1-1-101", "1-1-201", "--into", "1-1-101", "--dry-run", "--as-of", "2026-10-31"]) == 1
    assert "现业主不同" in capsys.readouterr().err


def test_a_list_too_long_for_a_receipt_a_house_is_written_whole_and_ends_well(root, monkeypatch, capsys):
    monkeypatch.setattr("ownerbook.jobs.receipts.MOST_PRINTED", 2)
    path = fill(root.parent / "交付" / "清单.xlsx", [{"房号": f"2-1-{n}01"} for n in range(1, 4)])
    assert main(["register", str(path), "--yes", "--by", "G002", "--as-of", "2026-10-31"]) == 0
    said = capsys.readouterr()
    assert "回执不逐户印" in said.out and not said.err


def test_a_yes_does_not_divide_a_house_when_that_brings_an_error(root, capsys):
    words = ["house", "divide", "1-1-101", "1-1-101", "1-1-102", "--area", "50,40.5", "--yes", "--as-of", "2026-10-31"]
    assert main([*words, "--by", "G404", "--agreed", "G002"]) == 1
    assert "处错误" in capsys.readouterr().err
    assert "1-1-102" not in column(root, "房屋", "房号")
    assert main([*words, "--by", "G001", "--agreed", "G002"]) == 0
    assert "1-1-102" in column(root, "房屋", "房号")


def test_a_list_is_told_once_and_papers_owed_do_not_count_as_problems_of_it(root, capsys):
    path = fill(root.parent / "交付" / "清单.xlsx", [{"房号": "2-1-101"}])
    words = ["register", str(path), "--yes", "--by", "G002", "--as-of", "2026-10-31"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "批量交房：清单.xlsx，1 户  [可采用]" in said and "1 户：1 户" not in said
    assert main(words) == 0  # it is all there already
    other = fill(root.parent / "交付" / "别处.xlsx", [{"房号": "2-1-101"}], project="XH")
    assert main(["register", str(other), "--by", "G002", "--as-of", "2026-10-31"]) == 1
    said = capsys.readouterr()
    assert said.out.count("这份清单是为项目 XH 开的") == 1 and said.err.count("这份清单是为项目 XH 开的") == 1


def test_a_list_of_ones_own_columns_with_passports_is_read_and_rows_of_another_community_stay_out(root, capsys):
    heads = ["序号", "项目", "楼号", "房间号", "建筑面积", "客户姓名", "证件类型", "证件号码", "手机", "签约时间", "交付时间", "房屋用途"]
    book = openpyxl.Workbook()
    tab = book.active
    tab.append(["三期交房明细表"])
    tab.append(heads)
    for n, project in enumerate(("试验", "试验", "试验", "星河湾"), 1):
        day = date(2026, 9, 1), date(2026, 10, 20)
        tab.append([n, project, "2#", f"2-1-{n}01", 90.5, f"欧阳{'甲乙丙丁'[n - 1]}", "护照", f"E2345678{n}", f"1390000001{n}", *day, "住宅"])
    path = root.parent / "名单.xlsx"
    book.save(path)
    assert main(["register", str(path), "--yes", "--by", "G001", "--agreed", "G002", "--as-of", "2026-10-31"]) == 0
    assert "1 户写的是「星河湾」，不是本项目" in capsys.readouterr().out
    assert column(root, "房屋", "房号")[3:] == ["2-1-101", "2-1-201", "2-1-301"]
