"""The check of files on disk: which are read, how problems are placed, what is new, open, waived and fixed."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import registers  # noqa: E402

from ownerbook.jobs.check import check  # noqa: E402
from ownerbook.jobs.workspace import Unusable, open_workspace  # noqa: E402


def run(*paths, cwd=None, **options):
    return check(open_workspace([Path(p) for p in paths], cwd or Path.cwd()), registers.DAY, **options)


def told(result):
    return {(f.code, f.place.workbook, f.place.sheet, f.place.cell) for f in result.findings}


@pytest.fixture
def space(tmp_path):
    return registers.workspace(tmp_path / "小区")


def broken(space, sheet="业主", row=0, header="联系电话", value="1390000000"):
    tables = registers.sheets()
    tables[sheet][row][header] = value
    registers.write(space, tables)


def test_a_right_register_has_no_problem(space):
    assert told(run(space)) == set()


def test_a_problem_stands_at_its_cell(space):
    broken(space)
    result = run(space)
    assert told(result) == {("E01", "登记簿.xlsx", "业主", "H2")}
    assert result.fails("error") and not result.fails("never")


def test_without_arguments_the_workspace_is_checked_from_any_folder_in_it(space):
    broken(space)
    (space / "收件箱").mkdir()
    assert len(run(cwd=space / "收件箱").findings) == 1


def test_outside_a_workspace_without_arguments_nothing_can_be_checked(tmp_path):
    with pytest.raises(Unusable):
        run(cwd=tmp_path)


def test_a_path_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(Unusable, match="没有这个.xlsx"):
        run(tmp_path / "没有这个.xlsx")


def test_an_absent_needed_sheet_is_an_error_for_a_folder_and_a_notice_for_loose_workbooks(tmp_path):
    tables = registers.sheets()
    del tables["处置"]
    path = registers.write(tmp_path, tables)
    for argument, severity in ((tmp_path, "error"), (path, "notice")):
        (found,) = run(argument).findings
        assert (found.code, found.severity, found.place.workbook, found.place.row) == ("A01", severity, None, None)


def test_sheets_spread_over_workbooks_are_one_table(tmp_path):
    tables = registers.sheets(4)
    first, second = dict(tables), {"业主": tables["业主"][2:], "房屋": tables["房屋"][2:]}
    first["业主"], first["房屋"] = tables["业主"][:2], tables["房屋"][:2]
    registers.write(tmp_path, first, "甲.xlsx")
    registers.write(tmp_path, second, "乙.xlsx", 业主={"tab": "3栋业主登记表(2)"})
    assert told(run(tmp_path)) == set()
    second["业主"][1]["业主编号"] = "Y001"  # a key doubled over two workbooks
    registers.write(tmp_path, second, "乙.xlsx")
    doubled = {f.place.workbook for f in run(tmp_path).findings if f.code == "R08"}
    assert len(doubled) == 1


def test_titles_order_of_columns_and_own_columns_do_not_matter(tmp_path):
    tables = registers.sheets()
    from ownerbook.register.sheets import BY_NAME

    headers = ["序号", *[c.header.zh for c in reversed(BY_NAME["业主"].columns)], "物业费"]
    path = registers.write(tmp_path, tables, 业主={"titles": ["阳光花园业主登记表", "二〇二六年十月"], "headers": headers})
    assert told(run(tmp_path)) == set()
    tables["业主"][1]["业主状态"] = "在家"
    registers.write(tmp_path, tables, path.name, 业主={"titles": ["阳光花园业主登记表", "二〇二六年十月"], "headers": headers})
    ((code, _, sheet, cell),) = told(run(tmp_path))
    assert (code, sheet, cell) == ("R02", "业主", f"{chr(65 + headers.index('业主状态'))}5")


def test_results_inbox_backups_hidden_folders_and_links_are_not_read(space):
    bad = registers.sheets()
    bad["业主"][0]["联系电话"] = "1"
    for folder in ("检查结果", "收件箱", "备份", ".旧"):
        registers.write(space / folder, bad)
    (space / "链接.xlsx").symlink_to(space / "收件箱" / "登记簿.xlsx")
    assert told(run(space)) == set()


def test_an_open_workbook_is_mentioned_with_its_holder(space):
    (space / ".~lock.登记簿.xlsx#").write_text(",李工,PC-3,24.11.2026 09:00,file:///;", "utf-8")
    name = "王".encode("utf-16-le")
    (space / "~$登记簿.xlsx").write_bytes(b"\x01W" + b" " * 53 + (1).to_bytes(2, "little") + name.ljust(108, b"\0"))
    notes = [n.zh for n in run(space).notes]
    assert any("李工" in n for n in notes) and any("王" in n for n in notes)


@pytest.mark.parametrize(
    "name",
    [
        "登记簿 - 副本.xlsx",
        "登记簿(1).xlsx",
        "登记簿 (2).xlsx",
        "登记簿 (李的 conflicted copy 2026-10-01).xlsx",
        "登记簿-冲突副本.xlsx",
        "登记簿\uff081\uff09.xlsx",
        "登记簿 - 副本\uff082\uff09.xlsx",
        "登记簿\uff08冲突\uff09.xlsx",
    ],
)
def test_a_conflict_copy_is_one_warning_and_is_not_read(space, name):
    bad = registers.sheets()
    bad["业主"][0]["联系电话"] = "1"
    registers.write(space, bad, name)
    (found,) = run(space).findings
    assert (found.code, found.severity, found.place.workbook) == ("R60", "warning", name)


@pytest.mark.parametrize("text", ["合计", "小计 3 户", "制表人\uff1a钱一", "制表人: 钱一", "填表人 钱一", "审核\uff1a孙二"])
def test_a_row_that_sums_up_or_signs_is_told_once_and_is_no_house(space, text):
    tables = registers.sheets()
    tables["房屋"].append({"房号": text})
    registers.write(space, tables)
    assert told(run(space)) == {("A05", "登记簿.xlsx", "房屋", "A5")}


def test_a_remark_that_begins_like_a_signature_makes_no_row_a_total(space):
    tables = registers.sheets()
    tables["房屋"].append({"建筑面积": 90, "房屋用途": "住宅", "房屋状态": "未售", "备注": "审核\uff1a已核对"})
    registers.write(space, tables)
    assert told(run(space)) == {("R01", "登记簿.xlsx", "房屋", "A5")}


def test_a_folder_of_a_workspace_that_is_not_read_holds_no_workbook(space):
    registers.write(space / "检查结果", registers.sheets())
    with pytest.raises(Unusable):
        run(space / "检查结果")


def test_an_unreadable_file_is_a_problem_of_that_file_and_the_others_are_checked(space):
    broken(space)
    (space / "坏的.xlsx").write_bytes(b"PK\x03\x04 not a zip")
    assert {(f.code, f.place.workbook) for f in run(space).findings} == {("A11", "坏的.xlsx"), ("E01", "登记簿.xlsx")}


def test_problems_are_new_then_open_then_fixed(space):
    broken(space)
    assert [f.state for f in run(space).findings] == ["new"]
    assert [f.state for f in run(space).findings] == ["open"]
    registers.write(space, registers.sheets())
    result = run(space)
    assert not result.findings and len(result.fixed) == 1
    assert not run(space).fixed


def test_a_run_of_some_rules_fixes_only_what_it_ran(space):
    broken(space)
    run(space)
    registers.write(space, registers.sheets())
    assert not run(space, select=["C"]).fixed
    assert len(run(space).fixed) == 1


def test_a_problem_keeps_its_state_when_its_row_moves(space):
    broken(space, row=2)
    run(space)
    tables = registers.sheets()
    tables["业主"][2]["联系电话"] = "1390000000"
    tables["业主"].reverse()
    registers.write(space, tables)
    assert [(f.state, f.place.row) for f in run(space).findings] == [("open", 2)]


def test_where_the_state_cannot_be_kept_all_is_new_and_one_line_says_so(space):
    broken(space)
    (space / ".ownerbook").write_text("in the way")
    for _ in range(2):
        result = run(space)
        assert [f.state for f in result.findings] == ["new"]
        assert len(result.notes) == 1


def test_a_named_workbook_of_a_workspace_is_judged_against_all_of_it(space):
    tables = registers.sheets()
    moved = {"借阅": tables.pop("借阅")}
    tables["业主"][0]["联系电话"] = "1390000000"
    registers.write(space, tables)
    registers.write(space, moved, "借阅.xlsx")
    assert told(run(space / "借阅.xlsx")) == set()
    assert len(run(space / "登记簿.xlsx").findings) == 1


def test_a_waiver_excuses_until_its_last_day(space):
    tables = registers.sheets()
    tables["业主"][0]["联系电话"] = "1390000000"
    tables["豁免"] = [
        {"豁免编号": "W1", "规则": "E01", "对象表": "业主", "对象编号": "Y001", "理由": "业主在国外", "批准人": "G002", "截止日期": registers.DAY}
    ]
    registers.write(space, tables)
    result = run(space)
    assert [f.state for f in result.findings] == ["waived"]
    assert (result.count("error"), result.waived, result.fails("error")) == (0, 1, False)
    later = check(open_workspace([space], Path.cwd()), date(2026, 11, 1))
    assert [f.state for f in later.findings if f.code == "E01"] != ["waived"]


def test_our_own_workbooks_are_not_the_register(space):
    from ownerbook.reports.pen import Pen

    broken(space)
    with Pen(space / "别处.xlsx", as_of=registers.DAY, title="x", kind="problems") as pen:
        pen.page("业主").text(1, 1, "业主编号")
    assert run(space).workbooks == ["登记簿.xlsx"]


def test_what_a_rule_could_not_look_at_is_not_fixed(tmp_path):
    tables = registers.sheets()
    owners = {"业主": tables.pop("业主")}
    tables["档案"][1]["业主编号"] = "Y999"
    registers.write(tmp_path, tables)
    registers.write(tmp_path, owners, "业主.xlsx")
    before = {f.code for f in run(tmp_path).findings}
    assert before
    alone = run(tmp_path / "登记簿.xlsx")  # 业主 is not there, so nobody looked who owns the file
    assert not alone.fixed and {f.code for f in alone.findings} == {"A01"}
    assert {f.code: f.state for f in run(tmp_path).findings} == dict.fromkeys(before, "open")
