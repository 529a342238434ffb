"""All about a house on one page: in any spelling, people in part, in full only once the journal says why."""

import json
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
ON = "2026-10-31"
FILE = "YG-1-1-101-01"


def loan(number, lent, returned=None):
    return {"借阅单号": number, "档号": FILE, "借阅人": "欧阳若兰", "借阅人身份": "业主", "联系电话": "13900000001", "借阅事由": "办证", "申请日期": lent, "审核人": "G002", "审核结果": "同意", "审核日期": lent, "借出日期": lent, "经办人": "G001", "应还日期": date(2026, 9, 30), "归还日期": returned, "接收人": "G001" if returned else None, "归还状态": "完好" if returned else None}  # fmt: skip


def tables():
    t = sheets(3)
    t["业主"][0]["姓名"] = "欧阳若兰"
    t["业主"].append(t["业主"][0] | {"业主编号": "Y900", "姓名": "司马长风", "业主状态": "原业主", "迁入日期": date(2016, 1, 4), "迁出日期": date(2026, 8, 10)})
    t["档案"][0]["档案状态"] = "借出"
    t["借阅"] += [loan("JY001", date(2026, 8, 12), date(2026, 8, 20)), loan("JY002", date(2026, 8, 31)), loan("JY003", date(2026, 9, 5), date(2026, 9, 6))]
    t["变更"].append({"变更单号": "BG001", "对象表": "业主", "对象编号": "Y001", "变更字段": "姓名", "原值": "欧阳若栏", "新值": "欧阳若兰", "证明材料": "CL0011", "申请人": "欧阳若兰", "申请日期": date(2026, 9, 1), "审核人": "G002", "审核结果": "同意", "经办人": "G001", "更新日期": date(2026, 9, 2)})  # fmt: skip
    t["变更"].append({"变更单号": "BG002", "对象表": "档案", "对象编号": "YG-1-1-201-01", "变更字段": "密级", "原值": "内部", "新值": "敏感", "申请人": "赵", "申请日期": date(2026, 9, 1), "审核结果": "待审"})  # fmt: skip
    t["权利请求"] = [{"请求编号": "QQ01", "业主编号": "Y001", "类型": "查阅", "提出日期": date(2026, 9, 3), "答复日期": date(2026, 9, 4), "答复": "已查阅", "经办人": "G001"}]  # fmt: skip
    t["事件"] = [{"事件编号": "SJ01", "发现日期": date(2026, 9, 5), "类型": "丢失", "涉及档案": f"{FILE}、YG-1-1-201-01", "原因": "搬动", "可能危害": "泄露", "补救措施": "找回", "责任人": "G001"}]  # fmt: skip
    t["材料"] = [m for m in t["材料"] if not (m["档号"] == FILE and m["材料类型"] == "购房发票")]
    t["材料"][0]["电子件"] = "扫描件/欧阳若兰.pdf"
    return t


@pytest.fixture
def root(tmp_path):
    return workspace(tmp_path / "小区", tables())


def told(root, capsys, word="1-1-101", *more):
    assert main(["dossier", word, "--in", str(root), "--as-of", ON, "--format", "json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def test_everything_of_the_house_is_there_and_nothing_of_another(root, capsys):
    lists = told(root, capsys)["lists"]
    assert [x["owner_no"] for x in lists["owners"]] == ["Y001", "Y900"]
    assert [x["file_no"] for x in lists["files"]] == [FILE] and lists["files"][0]["location"] == "A01-01-01-01"
    assert len(lists["documents"]) == 5 and lists["owed"] == [{"file_no": FILE, "lacks": "购房发票", "due_on": "2026-08-25", "tone": "late"}]
    assert [x["change_no"] for x in lists["changes"]] == ["BG001"]
    assert [x["request_no"] for x in lists["requests"]] == ["QQ01"] and [x["incident_no"] for x in lists["incidents"]] == ["SJ01"]
    assert "YG-1-1-201-01" not in json.dumps({k: v for k, v in lists.items() if k != "incidents"})


def test_open_loans_come_first(root, capsys):
    assert [(x["loan_no"], x["tone"]) for x in told(root, capsys)["lists"]["loans"]] == [("JY002", "late"), ("JY003", None), ("JY001", None)]


@pytest.mark.parametrize("word", ["1-1-101", "1栋1单元101", "1号楼1单元101室", FILE, "Y001", "Y900"])
def test_the_house_may_be_named_in_any_way(root, capsys, word):
    assert told(root, capsys, word)["lists"]["houses"][0]["house_no"] == "1-1-101"


def test_a_house_that_is_not_there_is_said(root, capsys):
    assert main(["dossier", "9-9-999", "--in", str(root), "--as-of", ON]) == 2
    assert "没有 9-9-999 这套房" in capsys.readouterr().err


def test_a_folder_of_other_workbooks_is_sent_to_adopting(tmp_path, capsys):
    (tmp_path / "ownerbook.toml").touch()
    book = openpyxl.Workbook()
    book.active.append(["日期", "电表"])
    book.save(tmp_path / "抄表.xlsx")
    for words in (["dossier", "1-1-101"], ["cabinet", "load"]):
        assert main([*words, "--in", str(tmp_path)]) == 2
        assert "ownerbook adopt" in capsys.readouterr().err


def test_people_are_shown_in_part_wherever_they_stand(root, capsys, tmp_path):
    text = json.dumps(told(root, capsys), ensure_ascii=False)
    path = tmp_path / "a.xlsx"
    assert main(["dossier", "1-1-101", "--in", str(root), "--as-of", ON, "--format", "xlsx", "-o", str(path)]) == 0
    text += "".join(str(c.value) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for c in row)
    for secret in ("若兰", "若栏", "长风", "E12340001", "13900000001"):
        assert secret not in text
    assert not list(Journal(root).entries("access"))


def test_in_full_only_with_a_reason_and_the_journal_keeps_it(root, capsys):
    assert main(["dossier", "1-1-101", "--in", str(root), "--as-of", ON, "--unmask"]) == 2
    assert "--reason" in capsys.readouterr().err
    assert "欧阳若兰" in json.dumps(told(root, capsys, "1-1-101", "--unmask", "--reason", "业主来访 13900000001", "--by", "G001"), ensure_ascii=False)
    (entry,) = Journal(root).entries("access")
    assert (entry.data["command"], entry.data["by"], entry.data["asked"]) == ("dossier", "G001", "1-1-101")
    assert entry.data["records"] == ["Y001", "Y900", FILE] and "13900000001" not in entry.data["reason"]


def test_the_page_is_one_of_a4_that_only_its_owner_reads(root, capsys):
    assert main(["dossier", "1-1-101", "--in", str(root), "--as-of", ON, "--format", "xlsx"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.stat().st_mode & 0o077 == 0
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight or 1, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, 1, True)
    assert not sheet.row_breaks.brk


def test_a_house_with_much_history_goes_on_to_more_pages(tmp_path, capsys):
    t = tables()
    t["材料"] += [t["材料"][0] | {"材料编号": f"ZZ{n:03d}"} for n in range(150)]
    root = workspace(tmp_path / "多", t)
    assert main(["dossier", "1-1-101", "--in", str(root), "--as-of", ON, "--format", "xlsx"]) == 0
    sheet = openpyxl.load_workbook(capsys.readouterr().out.strip()).worksheets[0]
    assert sheet.page_setup.fitToHeight == 0 and sheet.print_title_rows == "$1:$2"


def test_problems_and_history_come_from_the_last_check_and_the_journal(root, capsys):
    assert "还没有检查过" in " ".join(told(root, capsys)["notes"])
    main(["check", str(root), "--as-of", ON])
    main(["cabinet", "move", "1-1-201", "--to", "A01", "--in", str(root), "--as-of", ON])
    capsys.readouterr()
    found = told(root, capsys)
    assert {"K01", "H01"} <= {x["code"] for x in found["lists"]["problems"]}
    assert found["counts"]["problems"] == len(found["lists"]["problems"]) and not found["notes"]


def test_a_register_of_few_sheets_has_a_dossier_too(tmp_path, capsys):
    t = {k: v for k, v in sheets(1).items() if k in ("房屋", "业主", "制度")}
    assert told(workspace(tmp_path / "少", t), capsys)["lists"]["owners"][0]["owner_no"] == "Y001"


def test_a_house_is_found_by_the_number_that_it_had(tmp_path, capsys):
    t = sheets(2)
    del t["业主"][1], t["档案"][1]
    t["材料"] = [m for m in t["材料"] if m["档号"] != "YG-1-1-201-01"]
    root = workspace(tmp_path / "小区", t)
    assert main(["reconcile", "--in", str(root), "--as-of", ON]) in (0, 1)
    book = openpyxl.load_workbook(root / "登记簿.xlsx")
    book["房屋"]["A3"], book["房屋"]["D3"] = "1-1-901", "901"
    book.save(root / "登记簿.xlsx")
    assert main(["reconcile", "--in", str(root), "--as-of", ON]) in (0, 1)
    capsys.readouterr()
    found = told(root, capsys, "1-1-201")
    assert found["lists"]["houses"][0]["house_no"] == "1-1-901" and found["lists"]["history"]


def test_a_place_is_told_in_words_where_its_number_does_not_say_it(tmp_path, capsys):
    t = sheets(1)
    t["位置"] = [{"位置编号": "K-17", "档案室": "东库", "柜号": "2", "层": "4", "盒号": None, "容量": 9}]
    t["档案"][0]["存放位置"] = "K-17"
    assert told(workspace(tmp_path / "小区", t), capsys)["lists"]["files"][0]["location"] == "K-17（东库 2 4）"


def test_open_rectifications_come_first(tmp_path, capsys):
    t = sheets(1)
    audit = {"档号": FILE, "审核人": "G002", "审核类型": "抽查", "问题描述": "缺页", "审核结果": "不合格", "整改期限": date(2026, 9, 30)}
    t["审核"] += [audit | {"审核单号": "SH1", "审核日期": date(2026, 9, 1)}, audit | {"审核单号": "SH2", "审核日期": date(2026, 9, 9), "整改完成日期": date(2026, 9, 10), "复核人": "G002", "复核日期": date(2026, 9, 11)}]
    found = told(workspace(tmp_path / "小区", t), capsys)
    assert [(x["audit_no"], x["tone"]) for x in found["lists"]["audits"]] == [("SH1", "late"), ("SH2", None)]
    assert found["counts"]["rectifying"] == 1
