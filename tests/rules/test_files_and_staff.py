"""Files, disposals and staff: what one mistake sets off, and where it is told."""

from ownerbook.rules.book import chosen
from ownerbook.rules.judge import judge
from ownerbook.rules.pictures import draw


class Disk:
    def exists(self, path: str) -> bool:
        return path == "扫描/有.pdf"

    def sha256(self, path: str) -> str:
        return "a" * 64


def told(text: str, *codes: str, disk: Disk | None = None) -> list[str]:
    return [f"{f.code} {f.place.sheet}!{f.place.cell}" for f in judge(draw(text).register(), chosen(codes), disk)]


def test_a_file_under_another_house_is_told_once():
    text = "业主: 业主编号 | 房号\nY1 | 1-1-101\nY2 | 1-1-102\n\n档案: 档号 | 房号 | 业主编号\nYG-1-1-101-01 | 1-1-102 | Y1\n\n房屋: 房号\n1-1-101\n1-1-102"
    assert told(text, "I02", "R16") == ["I02 档案!A2"]


def test_a_number_of_another_house_is_suggested_only_where_owner_and_house_agree():
    head = "房屋: 房号\n1-1-101\n1-1-102\n\n业主: 业主编号 | 房号\nY1 | 1-1-101\nY2 | 1-1-102\n\n档案: 档号 | 房号 | 业主编号\n"
    sure, unsure, taken = "YG-1-1-102-01 | 1-1-101 | Y1", "YG-1-1-102-01 | 1-1-101 | Y2", "YG-1-1-102-01 | 1-1-101 | Y1\nYG-1-1-101-01 | 1-1-101 | Y1"
    found = [judge(draw(head + rows).register(), chosen(["I02"]))[0].suggestion for rows in (sure, unsure, taken)]
    assert found == ["YG-1-1-101-01", None, None]


def test_what_is_missing_elsewhere_stands_at_the_key_beside_other_problems():
    text = (
        "今天 2026-10-31\n\n房屋: 房号 | 房屋用途\n1-1-101 | 住宅\n\n业主: 业主编号 | 房号 | 业主类型 | 证件号码 | 业主状态 | 登记日期\n"
        "Y1 | 1-1-101 | 自然人 | | 现业主 | 2020-01-01\n\n档案: 档号 | 房号 | 业主编号 | 建档日期 | 密级 | 档案状态\n"
        "YG-1-1-102-01 | 1-1-101 | Y1 | 2020-01-01 | 内部 | 在库\n\n材料: 材料编号 | 档号 | 材料类型 | 材料状态\n\n审核: 审核单号 | 档号 | 审核日期\n\n"
        "制度: 参数 | 值\n必备材料.住宅 | 购房合同、购房发票"
    )
    assert sorted(told(text, "I02", "H01", "L01")) == ["H01 档案!A2", "H01 档案!A2", "I02 档案!A2", "L01 档案!A2"]


def test_what_a_sheet_as_a_whole_lacks_is_told_at_its_leftmost_header():
    (found,) = judge(draw("人员: 姓名 | 工号 | 权限 | 入职日期\n王芳 | G001 | 审核 | 2014-03-01").register(), chosen(["O01"]))
    assert (found.place.cell, found.record, found.header, found.table) == ("A1", None, None, "staff")
    assert found.say("zh") and found.advise("en")


def test_without_a_workspace_nothing_is_said_of_scans():
    text = (
        "档案: 档号 | 档案状态\nA | 在库\n\n材料: 材料编号 | 档号 | 电子件 | 电子件指纹\nC1 | A | 扫描/没有.pdf | \nC2 | A | 扫描/有.pdf | "
        + "b" * 64
    )
    assert told(text, "H07", "H08") == []
    assert told(text, "H07", "H08", disk=Disk()) == ["H07 材料!C2", "H08 材料!D3"]


def test_a_disposal_that_names_no_file_is_not_told_at_the_file_too():
    text = "档案: 档号 | 档案状态\nA | 已归档\nB | 在库\n\n借阅: 借阅单号 | 档号 | 借出日期 | 归还日期 | 归还状态\n\n处置: 处置单号 | 档号 | 处置方式 | 执行日期\nZ1 | {file} | 归档 | 2026-01-01"
    assert told(text.format(file="C"), "R17") == []
    assert told(text.format(file="B"), "R17") == ["R17 档案!B2", "R17 档案!B3"]


def test_a_lost_file_that_was_found_again_may_be_archived():
    text = (
        "档案: 档号 | 档案状态\nA | {status}\n\n借阅: 借阅单号 | 档号 | 借出日期 | 归还日期 | 归还状态\nJ1 | A | 2024-01-01 | | 遗失\n\n"
        "处置: 处置单号 | 档号 | 处置方式 | 执行日期\nZ1 | A | 归档 | 2025-01-01"
    )
    assert [told(text.format(status=s), "R17") for s in ("已归档", "遗失", "在库")] == [[], [], ["R17 档案!B2"]]


def test_days_of_employment_that_contradict_each_other_are_told_at_the_person_alone():
    text = (
        "人员: 工号 | 姓名 | 权限 | 入职日期 | 离职日期 | 保密协议签订日期\nG001 | 王芳 | 档案经办 | 2014-03-01 | 2013-01-01 | 2014-03-01\n\n"
        "业主: 业主编号 | 登记人 | 登记日期\nY1 | G001 | 2020-01-01"
    )
    assert told(text, "R27", "R48") == ["R27 人员!E2"]
