"""A new owner at the counter: the form is made, filled in, shown on one page, written after the yes, and a receipt is printed."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402
from registration_pages_filled import DAY, Page, registration, rows, taken  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
HOUSE = "1-1-401"
PAPERS = ("购房合同", "购房发票", "房屋交接验收单", "隐私告知书", "业主登记表")


@pytest.fixture
def root(tmp_path):
    tables = sheets(3)
    for n, use in ((401, "住宅"), (501, "住宅")):
        house = {"房号": f"1-1-{n}", "楼栋": "1", "单元": "1", "室号": str(n), "建筑面积": 90.5, "房屋用途": use}
        tables["房屋"].append(house | {"签约日期": date(2026, 10, 1), "交房日期": date(2026, 10, 20), "房屋状态": "空置"})
    tables["家庭成员"] = []
    return workspace(tmp_path / "小区", tables)


def whole(root: Path, house: str = HOUSE, name: str = "登记.xlsx") -> Page:
    """A form that lacks nothing."""
    page = registration(root, house, name).person("欧阳甲", "E12345678").office()
    for kind in PAPERS:
        page.came(kind)
    return page.came("身份证件复印件", "复印件")


def errors(root: Path, capsys) -> list[str]:
    capsys.readouterr()
    main(["check", str(root), "--as-of", DAY.isoformat(), "--format", "json"])
    import json

    return [p["code"] for p in json.loads(capsys.readouterr().out)["problems"] if p["severity"] == "error"]


def test_a_whole_form_becomes_owner_file_and_papers_and_check_stays_clean(root, capsys):
    assert errors(root, capsys) == []
    assert taken(root, whole(root).saved()) == 0
    owner, file = rows(root, "业主")[-1], rows(root, "档案")[-1]
    assert owner["姓名"] == "欧阳甲" and owner["登记人"] == "G001" and owner["业主状态"] == "现业主"
    assert file["档号"] == "YG-1-1-401-01" and file["业主编号"] == owner["业主编号"] and file["档案状态"] == "在库"
    mine = [r for r in rows(root, "材料") if r["档号"] == file["档号"]]
    assert len(mine) == 6 and {r["收件人"] for r in mine} == {"G001"}
    assert [r["核对人"] for r in mine if r["形式"] == "复印件"] == ["G001"]
    assert errors(root, capsys) == []


def test_the_receipt_and_the_labels_lie_ready_and_the_receipt_shows_people_in_part(root):
    page = registration(root, HOUSE).person("欧阳甲", "E12345678").office().came("购房合同")
    assert taken(root, page.saved()) == 0
    prints = sorted(p.name for p in (root / "检查结果" / "登记").iterdir())
    assert any(n.startswith("业主登记回执") for n in prints) and len(prints) == 4
    told = [str(c.value) for r in openpyxl.load_workbook(root / "检查结果" / "登记" / f"业主登记回执_{HOUSE}_2026-10-31.xlsx").active for c in r if c.value]
    assert any("欧阳*" in t for t in told) and not any("欧阳甲" in t or "E12345678" in t for t in told)
    assert "购房发票" in told and any("2026年11月15日" in t for t in told)


def test_without_a_yes_nothing_is_written_and_the_plan_is_one_line_and_one_page(root, capsys):
    before = (root / "登记簿.xlsx").read_bytes()
    assert taken(root, whole(root).saved(), yes=False) == 0
    assert (root / "登记簿.xlsx").read_bytes() == before
    out = capsys.readouterr().out
    assert f"{HOUSE} 业主登记" in out and "存放位置" in out and "欧阳甲" not in out
    book = openpyxl.load_workbook(next((root / "检查结果").glob("变更方案*.xlsx")))
    lines = [r for r in book["变更方案"].iter_rows(min_row=5, values_only=True) if r[0] is not None]
    assert len(lines) == 1 and lines[0][15] == "采用"
    assert any("收到材料" in str(c.value) for r in book["办理"] for c in r)


def test_one_choice_in_the_plan_takes_the_whole_act(root):
    taken(root, whole(root).saved(), yes=False)
    plan = next((root / "检查结果").glob("变更方案*.xlsx"))
    book = openpyxl.load_workbook(plan)
    tab = book["变更方案"]
    tab.cell(5, 16).value, tab.cell(5, 18).value = "采用", "G002"
    book.save(plan)
    assert main(["reconcile", "--apply", str(plan), "--in", str(root), "--as-of", DAY.isoformat(), "--by", "G001"]) == 0
    assert rows(root, "业主")[-1]["姓名"] == "欧阳甲" and len(rows(root, "材料")) == 18 + 6


def test_a_form_dropped_into_the_inbox_is_proposed_by_reconcile_as_well(root):
    (root / "收件箱").mkdir()
    whole(root).saved(root / "收件箱" / "登记.xlsx")
    assert main(["reconcile", "--in", str(root), "--as-of", DAY.isoformat(), "--by", "G001"]) == 1
    assert next((root / "检查结果").glob("变更方案*.xlsx")) and len(rows(root, "业主")) == 3


def test_half_filled_forms_are_told_line_by_line_and_write_nothing(root, capsys):
    page = registration(root, HOUSE).put("姓名或名称", "欧阳甲").put("登记日期", DAY)
    assert taken(root, page.saved()) == 1
    told = capsys.readouterr()
    assert "没有写证件类型、证件号码、联系电话" in told.out + told.err
    assert len(rows(root, "业主")) == 3


def test_the_same_form_twice_is_written_once(root, capsys):
    first = whole(root).saved()
    second = Path(shutil.copy(first, root.parent / "另一份.xlsx"))
    page = Page(second)
    page.tab["A60"].value = None
    page.saved(second)
    assert taken(root, first, second) in (0, 1)
    assert "只办一次" in capsys.readouterr().out
    assert len(rows(root, "业主")) == 4 and len(rows(root, "档案")) == 4
    assert taken(root, second) == 0
    assert len(rows(root, "业主")) == 4


def test_a_corrected_form_takes_the_place_of_the_one_that_waits(root):
    taken(root, whole(root).saved(), yes=False)
    page = whole(root).put("联系电话", "13900009999")
    assert taken(root, page.saved()) == 0
    assert rows(root, "业主")[-1]["联系电话"] == "13900009999" and len(rows(root, "业主")) == 4


def test_two_people_for_one_house_in_one_round_are_for_somebody_to_decide(root, capsys):
    a = whole(root, name="甲.xlsx").saved()
    b = registration(root, HOUSE, "乙.xlsx").person("司马乙", "E87654321").office().saved()
    assert taken(root, a, b) == 1
    assert "请先办完那一份" in capsys.readouterr().out
    assert [r["姓名"] for r in rows(root, "业主")].count("司马乙") == 0


def test_forms_of_one_name_for_two_houses_wait_side_by_side(root):
    taken(root, whole(root).saved(), yes=False)
    page = registration(root, "1-1-501").person("司马乙", "E87654321").office()
    taken(root, page.saved(), yes=False)
    main(["reconcile", "--in", str(root), "--as-of", DAY.isoformat()])
    plan = sorted((root / "检查结果").glob("变更方案*.xlsx"))[-1]
    lines = [r for r in openpyxl.load_workbook(plan)["变更方案"].iter_rows(min_row=5, values_only=True) if r[0] is not None]
    assert {r[2] for r in lines} == {HOUSE, "1-1-501"}


@pytest.mark.parametrize(
    ("label", "value", "words"),
    [
        ("房号", "9-9-901", "没有 9-9-901"),
        ("登记日期", date(2026, 11, 30), "在今天之后"),
        ("取得日期", date(2027, 1, 1), "在今天之后"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(root, capsys, label, value, words):
    page = whole(root).put(label, value)
    assert taken(root, page.saved()) == 1
    told = capsys.readouterr()
    assert words in told.out + told.err
    assert len(rows(root, "业主")) == 3


def test_a_wrong_check_digit_is_not_written_by_a_yes_and_waits_in_the_plan(root, capsys):
    page = registration(root, HOUSE).person("欧阳甲", "532502198001010013", kind="居民身份证").office()
    assert taken(root, page.saved()) == 1
    assert "C01" in capsys.readouterr().err
    assert len(rows(root, "业主")) == 3 and next((root / "检查结果").glob("变更方案*.xlsx"))


def test_who_owns_elsewhere_is_told_and_another_name_under_the_same_document_is_asked(root, capsys):
    taken(root, registration(root, HOUSE).person("欧阳甲", "E12340001").office().saved(), yes=False)
    out = capsys.readouterr().out
    assert "已登记在 1-1-101（Y001" in out and "姓名不符" in out


def test_a_company_with_its_agent_owes_the_licence_and_the_authority(root, capsys):
    page = registration(root, HOUSE).put("办理类型", "单位").put("姓名或名称", "试验贸易有限公司").put("业主类型", "法人")
    page.put("证件类型", "统一社会信用代码").put("证件号码", "91350100M000100Y43").put("联系电话", "13900001234").office()
    page.line("监护人、代理人或单位经办人", 1, 姓名="经甲", 与业主关系="单位经办人", 联系电话="13900005678")
    taken(root, page.saved(), yes=False)
    out = capsys.readouterr().out
    assert "授权委托书" in out and "经办人：经*" in out


def test_a_minor_needs_a_guardian_who_is_entered_as_family(root, capsys):
    number = "532502201501010011"
    taken(root, registration(root, HOUSE).person("欧阳小", number, kind="居民身份证").office().saved(), yes=False)
    assert "没有写监护人" in capsys.readouterr().out
    page = registration(root, HOUSE).person("欧阳小", number, kind="居民身份证").office().put("办理类型", "未成年人")
    page.line("监护人、代理人或单位经办人", 1, 姓名="欧阳父", 与业主关系="父母", 联系电话="13900005678")
    taken(root, page.saved(), yes=False)
    out = capsys.readouterr().out
    assert "监护人：欧阳*" in out and "新登记 欧阳*（父母" in out


def test_rows_put_in_between_and_copied_pages_are_read_and_a_lost_hidden_column_is_told(root, capsys):
    page = whole(root)
    page.line("共有人", 1, 姓名="欧阳乙", 证件类型="护照", 证件号码="E22345678", 联系电话="13900002222", 份额="50%").put("产权份额", "50%")
    page.saved()
    copy = page.book.copy_worksheet(page.tab)
    copy.title = "副本"
    taken(root, page.saved(root.parent / "两页.xlsx"), yes=False)
    out = capsys.readouterr().out
    assert "办理 (1)" in out and "内容相同，只办一次" in out and "欧阳*（Y005" in out
    wide = whole(root)
    top = next(c.row for r in wide.tab.iter_rows(max_col=1) for c in r if str(c.value or "").startswith("家庭成员"))
    below = wide.tab.max_row
    for n in range(1, 5):
        wide.line("家庭成员", n, 姓名=f"欧阳{'丙丁戊己'[n - 1]}", 与业主关系="子女")
    gap = top + 6  # the row right below the table, where a fifth is squeezed in
    wide.tab.cell(gap, 1).value, wide.tab.cell(gap, 3).value = "欧阳庚", "子女"
    assert below > gap
    taken(root, wide.saved(root.parent / "多一行.xlsx"), yes=False)
    assert "是插入的" in capsys.readouterr().out
    lost = whole(root)
    lost.tab.delete_cols(13)
    assert taken(root, lost.saved(root.parent / "缺列.xlsx")) == 1
    told = capsys.readouterr()
    assert "隐藏列不在了" in told.out + told.err


def test_in_english_the_page_is_english(root, capsys):
    path = whole(root).saved()
    assert main(["--lang", "en", "register", str(path), "--in", str(root), "--as-of", DAY.isoformat(), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "registration of owners" in out and "Place: A01-01-01-01" in out


def test_a_file_that_is_no_form_is_refused_by_name(root, capsys):
    assert taken(root, root / "登记簿.xlsx") == 2
    assert "不是业主登记表" in capsys.readouterr().err


def test_the_receipt_can_be_printed_again_with_all_papers_of_the_file(root, tmp_path):
    taken(root, whole(root).saved())
    path = tmp_path / "回执.xlsx"
    assert main(["form", "业主登记回执", str(root), "--house", HOUSE, "-o", str(path), "--as-of", "2026-11-20"]) == 0
    told = [str(c.value) for r in openpyxl.load_workbook(path).active for c in r if c.value]
    assert "欧阳*（Y004）" in told and "购房发票" in told and "材料已齐，档案已建。" in told


def test_papers_that_are_late_hold_up_no_registration(root, capsys):
    page = registration(root, HOUSE).person("欧阳甲", "E12345678").office(day=date(2026, 10, 5), since=date(2026, 10, 5)).came("业主登记表")
    assert taken(root, page.saved()) == 0
    assert rows(root, "业主")[-1]["姓名"] == "欧阳甲"
    assert set(errors(root, capsys)) == {"H01"}
