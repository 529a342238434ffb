"""The commands about deadlines, from a workspace on disk to what is printed."""

import json
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

LATE = "2027-03-31"
# openpyxl cannot read data bars of Excel 2010, which these workbooks have
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture
def space(tmp_path):
    tables = sheets(3)
    tables["借阅"].append(
        {
            "借阅单号": "JY1",
            "档号": "YG-1-1-101-01",
            "借阅人": "赵乙",
            "借阅人身份": "业主",
            "联系电话": "13900000001",
            "借阅事由": "核对",
            "申请日期": date(2026, 9, 1),
            "审核人": "G002",
            "审核结果": "同意",
            "审核日期": date(2026, 9, 1),
            "借出日期": date(2026, 9, 1),
            "经办人": "G001",
            "应还日期": date(2026, 10, 8),
        }
    )
    tables["档案"][0]["档案状态"] = "借出"
    tables["材料"].pop()
    return workspace(tmp_path / "小区", tables)


def told(capsys, *argv: str) -> str:
    assert main(list(argv)) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", ["loans", "audits", "retention", "missing", "due", "today"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_command_tells_text_data_and_a_workbook(space, tmp_path, capsys, command, lang):
    text = told(capsys, command, str(space), "--as-of", LATE, "--lang", lang)
    assert LATE in text and "赵乙" not in text
    data = json.loads(told(capsys, command, str(space), "--as-of", LATE, "--format", "json", "--lang", lang))
    assert data["as_of"] == LATE and data["report"] == command
    path = told(capsys, command, str(space), "--as-of", LATE, "--format", "xlsx", "--lang", lang).strip()
    assert path.startswith(str(space / "检查结果")) and openpyxl.load_workbook(path).sheetnames


def test_the_overdue_loan_is_told_with_its_days_and_step(space, capsys):
    data = json.loads(told(capsys, "loans", str(space), "--as-of", "2026-11-08", "--format", "json"))
    (line,) = data["lists"]["late"]
    assert (line["days"], line["step"], line["borrower"], line["house_no"]) == (31, "逾期30天", "赵*", "1-1-101")
    assert len(data["lists"]["blocked"]) == 1
    assert "赵乙" in told(capsys, "loans", str(space), "--as-of", "2026-11-08", "--unmask")


def test_a_missing_paper_and_the_completeness_of_the_building(space, capsys):
    data = json.loads(told(capsys, "missing", str(space), "--as-of", LATE, "--format", "json"))
    assert [x["missing"] for x in data["lists"]["papers"]] == ["隐私告知书"]
    (building,) = data["lists"]["buildings"]
    assert (building["files"], building["complete"], building["required"], building["lacking"]) == (3, 2, 18, 1)


def test_results_are_not_read_as_register(space, capsys):
    before = told(capsys, "due", str(space), "--as-of", LATE)
    told(capsys, "due", str(space), "--as-of", LATE, "--format", "xlsx", "-o", str(space / "到期.xlsx"))
    assert told(capsys, "due", str(space), "--as-of", LATE) == before


def test_filters_leave_the_rest_out(space, capsys):
    house = json.loads(told(capsys, "due", str(space), "--as-of", LATE, "--format", "json", "--house", "1-1-101"))["lists"]["items"]
    assert house and {x["house_no"] for x in house} == {"1-1-101"}
    mine = json.loads(told(capsys, "due", str(space), "--as-of", LATE, "--format", "json", "--person", "G001", "--late"))["lists"]["items"]
    assert mine and all(x["who"] == "G001 钱*" and x["tone"] == "late" for x in mine)


def test_today_is_by_person_and_as_a_calendar(space, capsys):
    text = told(capsys, "today", str(space), "--as-of", LATE)
    assert text.index("G001 钱*") < text.index("催还 JY1") < text.index("G002 孙*")
    path = told(capsys, "today", str(space), "--as-of", LATE, "--format", "ics").strip()
    data = Path(path).read_bytes().decode()
    assert data.startswith("BEGIN:VCALENDAR\r\n") and "赵乙" not in data and data.count("BEGIN:VEVENT") > 2


def test_an_unknown_list_and_a_wrong_day_are_one_line_and_status_2(space, capsys):
    assert main(["loans", str(space), "--only", "nothing"]) == 2
    assert "没有 nothing 这张清单" in capsys.readouterr().err
    assert main(["loans", str(space), "--as-of", "2026-02-30"]) == 2
    assert main(["loans", str(space), "--within", "-1"]) == 2


def test_the_same_day_gives_the_same_workbook(space, tmp_path, capsys):
    a, b = (tmp_path / f"{n}.xlsx" for n in "ab")
    for path in (a, b):
        told(capsys, "today", str(space), "--as-of", LATE, "--format", "xlsx", "-o", str(path))
    assert a.read_bytes() == b.read_bytes()


def reminded(space, capsys, day, *more) -> list[tuple[str, str]]:
    data = json.loads(told(capsys, "loans", str(space), "--as-of", day, "--reminders", "--format", "json", *more))
    return [(x["loan_no"], x["step"]) for x in data["lists"]["reminders"]]


def test_each_step_of_the_ladder_is_told_once_and_missed_nights_are_made_up_for(space, capsys):
    assert reminded(space, capsys, "2026-10-01") == [("JY1", "到期前7天")]
    assert reminded(space, capsys, "2026-10-01", "--mark") == [("JY1", "到期前7天")]
    assert reminded(space, capsys, "2026-10-08", "--mark") == []
    assert reminded(space, capsys, "2026-10-16", "--mark") == [("JY1", "逾期7天")]  # the nights since the 9th were missed
    assert reminded(space, capsys, "2026-10-17", "--mark") == []
    assert reminded(space, capsys, "2026-11-07", "--mark") == [("JY1", "逾期30天")]
    assert (space / ".ownerbook" / "reminders.json").stat().st_mode & 0o077 == 0


def test_a_memory_that_cannot_be_read_stops_the_reminders(space, capsys):
    (space / ".ownerbook").mkdir(exist_ok=True)
    (space / ".ownerbook" / "reminders.json").write_text("{", "utf-8")
    assert main(["loans", str(space), "--as-of", "2026-10-10", "--reminders"]) == 2
    assert "催还记录" in capsys.readouterr().err


def test_whose_turn_it_is_is_said_though_nobody_or_many_may(tmp_path, capsys):
    tables = sheets(3)
    tables["人员"][0]["离职日期"] = date(2026, 12, 31)
    tables["人员"] += [
        {"工号": f"G01{n}", "姓名": f"周{c}", "岗位": "档案", "权限": "审核", "入职日期": date(2020, 1, 2), "保密协议签订日期": date(2020, 1, 2)}
        for n, c in enumerate("四五六")
    ]
    tables["材料"].pop()
    space = workspace(tmp_path / "小区", tables)
    text = told(capsys, "today", str(space), "--as-of", LATE)
    assert "无人可办（档案经办）" in text and "G010 周*、G011 周*" in text
    who = {x["who"] for x in json.loads(told(capsys, "due", str(space), "--as-of", LATE, "--format", "json"))["lists"]["items"]}
    assert "有「审核」权限的 4 人" in who


@pytest.mark.parametrize("argv", [["due", "--building", "99"], ["today", "--building", "99"], ["loans", "--house", "9-9-999"]])
def test_a_building_or_house_that_is_not_there_is_said_and_not_an_empty_list(space, capsys, argv):
    assert main([*argv, str(space), "--as-of", "2026-10-31"]) == 2
    assert "「房屋」表里没有" in capsys.readouterr().err


def test_a_person_with_nothing_to_do_is_told_apart_from_a_mistyped_name(space, capsys):
    assert main(["due", str(space), "--as-of", "2026-10-31", "--person", "没有此人"]) == 0
    assert "没有与「没有此人」有关的行" in capsys.readouterr().out


@pytest.mark.parametrize("without", ["业主", "材料", "借阅", "人员", "审核", "变更", "处置", "位置", "制度"])
def test_a_sheet_that_is_not_there_stops_no_command(tmp_path, capsys, without):
    from deadline_registers import tables

    kept = {name: rows for name, rows in tables().items() if name != without}
    kept.get("借阅", []).append(
        {"借阅单号": "JY9", "档号": "YG-1-1-801-01", "借阅人": "赵辛", "借阅人身份": "受托人", "联系电话": "13900000008", "申请日期": date(2026, 10, 30), "审核结果": "待审"}
    )
    folder = workspace(tmp_path / "小区", kept)
    for command in ("today", "due", "loans", "audits", "retention", "missing"):
        told(capsys, command, str(folder), "--as-of", "2026-10-31")
    for more in (["--audit", "定期"], ["--count", "3"]):
        assert main(["form", "audit-sheet", str(folder), "--as-of", "2026-10-31", "-o", str(tmp_path / "x.xlsx"), *more]) in (0, 2)
        assert "程序出错" not in capsys.readouterr().err
