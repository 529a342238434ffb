"""Requests of owners and incidents: a form comes back as a row, a request is answered, an incident is told to whom it concerns."""

from __future__ import annotations

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
DAY = ("--as-of", "2026-10-31")
MINE, THEIRS = "13900000001", "13900000091"


def tables(*asked):
    out = sheets(2)
    out["业主"][0] |= {"个性化服务需求": "送件上门", "需求同意日期": date(2026, 8, 10)}
    out["家庭成员"] = [{"成员编号": "M001", "房号": "1-1-101", "姓名": "赵小明", "与业主关系": "子女", "联系电话": THEIRS, "登记日期": date(2026, 8, 10), "居住状态": "在住"}]
    out["权利请求"] = [
        {"请求编号": f"QQ00{n}", "业主编号": "Y001", "类型": kind, "提出日期": date(2026, 10, 20), "答复期限": date(2026, 11, 4)} for n, kind in enumerate(asked, 1)
    ]
    out["事件"] = [
        {"事件编号": "SJ001", "发现日期": date(2026, 10, 1), "类型": "泄露", "涉及档案": "YG-1-1-101-01", "原因": "名单误发", "可能危害": "涉及姓名、电话：骚扰电话", "补救措施": "已要求删除；个人可：警惕冒名来电", "责任人": "G001"}
    ]
    return out


@pytest.fixture
def root(tmp_path):
    return workspace(tmp_path / "小区", tables("查阅", "撤回同意", "删除"))


def fill(path, **said):
    book = openpyxl.load_workbook(path)
    tab = book.active
    for row in tab.iter_rows():
        texts = {str(c.value).split("\n")[0]: c for c in row if c.value is not None}
        for ask, value in said.items():
            if ask in texts:
                tab.cell(row[0].row, 4).value = value
    book.save(path)


def rows(root, sheet):
    tab = openpyxl.load_workbook(root / "登记簿.xlsx")[sheet]
    heads = [c.value for c in tab[1]]
    return [{h: v for h, v in zip(heads, r, strict=True) if v is not None} for r in tab.iter_rows(min_row=2, values_only=True) if r[0]]


def taken(root, path):
    """The form goes through the inbox, and everything that it asks is chosen."""
    (root / "收件箱").mkdir(exist_ok=True)
    path.rename(root / "收件箱" / path.name)
    main(["reconcile", "--in", str(root), *DAY])
    (plan,) = sorted((root / "检查结果").glob("变更方案*.xlsx"))
    book = openpyxl.load_workbook(plan)
    tab = book["变更方案"]
    top = next(r for r in range(1, 30) if "处理" in [c.value for c in tab[r]])
    column = [c.value for c in tab[top]].index("处理") + 1
    for r in range(top + 1, tab.max_row + 1):
        if any(c.value for c in tab[r]):
            tab.cell(r, column).value = "采用"
    book.save(plan)
    main(["reconcile", "--in", str(root), "--apply", str(plan), "--by", "G002", *DAY])


def test_a_request_form_comes_back_as_a_row_with_its_term(root, tmp_path, capsys):
    path = tmp_path / "请求.xlsx"
    assert main(["form", "权利请求登记表", str(root), "--owner", "Y002", "-o", str(path), "--lang", "en", *DAY]) == 0
    fill(path, 类型="复制", 提出日期=date(2026, 10, 30), 请求内容="要全部材料", 经办人="G001")
    taken(root, path)
    new = next(r for r in rows(root, "权利请求") if r["业主编号"] == "Y002")
    assert new["请求编号"] == "QQ004" and new["类型"] == "复制" and new["答复期限"].date() == date(2026, 11, 14) and new["经办人"] == "G001"


def test_an_incident_form_comes_back_with_what_article_57_asks(root, tmp_path):
    path = tmp_path / "事件.xlsx"
    assert main(["form", "incident-form", str(root), "-o", str(path), *DAY]) == 0
    fill(path, 发现日期=date(2026, 10, 29), 类型="丢失", 涉及档案="YG-1-1-201-01", 信息种类="证件号码", 原因="搬运中遗失", 可能危害="冒用证件", 补救措施="已报案", 责任人="G001", 个人可采取的措施="挂失")
    taken(root, path)
    new = next(r for r in rows(root, "事件") if r["事件编号"] == "SJ002")
    assert new["可能危害"] == "涉及证件号码：冒用证件" and new["补救措施"] == "已报案；个人可：挂失" and new["涉及档案"] == "YG-1-1-201-01"


def test_an_incident_form_without_what_the_law_asks_is_not_taken(root, tmp_path, capsys):
    path = tmp_path / "事件.xlsx"
    main(["form", "incident-form", str(root), "-o", str(path), *DAY])
    fill(path, 类型="丢失", 原因="搬运中遗失", 可能危害="冒用", 补救措施="已报案", 责任人="G001")
    assert main(["filled", str(path), "--in", str(root), *DAY]) == 1
    assert "信息种类" in capsys.readouterr().err


def test_letters_go_to_the_authority_and_to_each_owner_of_the_files_named(root, tmp_path):
    path = tmp_path / "通知.xlsx"
    assert main(["form", "事件通知书", str(root), "--file", "SJ001", "-o", str(path), *DAY]) == 0
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 2 and all(str(s.page_setup.paperSize) == "9" for s in book)
    first = path.read_bytes()
    assert main(["form", "事件通知书", str(root), "--file", "SJ001", "-o", str(path), *DAY]) == 0 and path.read_bytes() == first
    authority, owner = ("\n".join(str(c.value) for row in tab.iter_rows() for c in row if c.value) for tab in book)
    assert "业主 1 人" in authority and "骚扰电话" in authority and "赵" not in authority
    assert "赵乙" in owner and "警惕冒名来电" in owner and "姓名、电话" in owner


def test_the_extract_shows_the_owner_in_full_and_everybody_else_masked_after_the_journal(root, tmp_path, capsys):
    path = tmp_path / "本人.xlsx"
    assert main(["request", "extract", "QQ001", "--in", str(root), "--out", str(path), *DAY]) == 0
    text = "\n".join(str(c.value) for tab in openpyxl.load_workbook(path) for row in tab.iter_rows() for c in row if c.value)
    assert MINE in text and "E12340001" in text and "YG-1-1-101-01" in text
    assert THEIRS not in text and "赵小明" not in text and "13900000002" not in text
    (entry,) = Journal(root).entries("access")
    assert entry.data["command"] == "request" and entry.data["records"] == ["Y001"]
    assert main(["request", "extract", "QQ003", "--in", str(root), *DAY]) == 2


def test_what_is_open_is_listed_with_its_last_day(root, capsys):
    assert main(["request", "--in", str(root), "--as-of", "2026-11-05"]) == 0
    out = capsys.readouterr().out
    assert "已过期限 3" in out and "QQ002" in out and "2026-11-04" in out


def test_an_answer_is_shown_first_and_written_after_a_yes_with_what_follows_from_it(root, capsys):
    before = (root / "登记簿.xlsx").read_bytes()
    assert main(["request", "answer", "QQ002", "--in", str(root), *DAY]) == 0
    assert (root / "登记簿.xlsx").read_bytes() == before
    assert main(["request", "answer", "QQ002", "--in", str(root), "--yes", "--by", "G002", *DAY]) == 0
    answered = next(r for r in rows(root, "权利请求") if r["请求编号"] == "QQ002")
    assert answered["答复日期"].date() == date(2026, 10, 31) and "停止处理" in answered["答复"]
    assert "个性化服务需求" not in next(r for r in rows(root, "业主") if r["业主编号"] == "Y001")
    assert main(["request", "answer", "QQ002", "--in", str(root), *DAY]) == 2


def test_a_refused_answer_changes_nothing_else(root):
    assert main(["request", "answer", "QQ002", "--refuse", "--in", str(root), "--yes", "--by", "G002", *DAY]) == 0
    assert "不予" in next(r for r in rows(root, "权利请求") if r["请求编号"] == "QQ002")["答复"]
    assert "个性化服务需求" in next(r for r in rows(root, "业主") if r["业主编号"] == "Y001")


def test_open_requests_and_incidents_stand_on_today_s_page(root, capsys):
    main(["today", str(root), "--format", "json", *DAY])
    told = json.dumps(json.loads(capsys.readouterr().out), ensure_ascii=False)
    assert "业主查阅请求未答复" in told and "事件未通知、未结案" in told
