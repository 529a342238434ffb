"""A house changes hands: who leaves is closed, who comes is entered, the old file is proposed for 归档, and what is open is told and asked."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402
from registration_pages_filled import DAY, Page, change, registration, row, rows, taken  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
SINCE = date(2026, 10, 20)


def built(tmp_path: Path, **more: list[dict[str, object]]) -> Path:
    """Three houses; in the first two owners with shares, a child and a tenant."""
    tables = sheets(3)
    tables["业主"][0] |= {"产权份额": "50%", "主联系人": "是"}
    tables["业主"].append(tables["业主"][0] | {"业主编号": "Y009", "姓名": "钱乙", "证件号码": "E99990001", "主联系人": "否"})
    person = {"登记日期": date(2026, 8, 11), "居住状态": "在住"}
    tables["家庭成员"] = [
        person | {"成员编号": "CY001", "房号": "1-1-201", "姓名": "赵童", "与业主关系": "子女"},
        person | {"成员编号": "CY002", "房号": "1-1-201", "姓名": "周租", "与业主关系": "租户"},
    ]
    for sheet, some in more.items():
        tables[sheet] += some
    return workspace(tmp_path / "小区", tables)


@pytest.fixture
def root(tmp_path):
    return built(tmp_path)


def problems(root: Path, capsys) -> list[str]:
    capsys.readouterr()
    main(["check", str(root), "--as-of", DAY.isoformat(), "--format", "json"])
    return [f"{p['code']} {p['record']}" for p in json.loads(capsys.readouterr().out)["problems"] if p["severity"] == "error"]


def sale(root: Path, house: str = "1-1-201", *, proof: bool = True) -> Page:
    """A sale to somebody new."""
    page = change(root, house).person("欧阳买", "E12345678").office(since=SINCE, appraiser="G002").came("业主登记表")
    return page.came("变更证明").came("购房合同") if proof else page


def test_a_sale_closes_the_old_owner_opens_a_file_and_keeps_the_history(root, capsys):
    assert taken(root, sale(root).saved(), command="transfer") == 0
    old, new = row(root, "业主", "Y002"), rows(root, "业主")[-1]
    assert old["业主状态"] == "原业主" and str(old["迁出日期"])[:10] == "2026-10-20" and old["姓名"] == "赵丙"
    assert new["姓名"] == "欧阳买" and str(new["迁入日期"])[:10] == "2026-10-20"
    file = rows(root, "档案")[-1]
    assert file["档号"] == "YG-1-1-201-02" and file["业主编号"] == new["业主编号"] and file["档案状态"] == "待整理"
    disposal = rows(root, "处置")[-1]
    assert disposal["档号"] == "YG-1-1-201-01" and disposal["处置方式"] == "归档" and disposal["批准人"] is None
    proof = next(r["材料编号"] for r in rows(root, "材料") if r["材料类型"] == "变更证明")
    told = [r for r in rows(root, "变更") if r["对象编号"] == "Y002"]
    assert {r["变更字段"] for r in told} == {"业主状态", "迁出日期"} and {r["证明材料"] for r in told} == {proof}
    assert {r["审核人"] for r in told} == {"G002"} and {r["经办人"] for r in told} == {"G001"}
    assert problems(root, capsys) == []


def test_the_household_is_asked_one_by_one_and_a_tenant_by_the_lease(root, capsys):
    taken(root, sale(root).saved(), command="transfer")
    out = capsys.readouterr().out
    assert "买卖不破租赁" in out and "是否已随原业主迁出" in out
    assert {r["居住状态"] for r in rows(root, "家庭成员")} == {"在住"}
    main(["reconcile", "--in", str(root), "--as-of", DAY.isoformat()])
    assert capsys.readouterr().out.count("居住状态  在住 → 迁出") == 2


def test_without_a_paper_that_proves_it_a_yes_does_not_write(root, capsys):
    assert taken(root, sale(root, proof=False).saved(), command="transfer") == 1
    told = capsys.readouterr()
    assert "没有证明材料" in told.err and "没有交来证明产权变更的材料" in told.out
    assert row(root, "业主", "Y002")["业主状态"] == "现业主" and len(rows(root, "材料")) == 18


def test_who_agrees_must_have_the_right(root, capsys):
    path = sale(root).saved()
    assert main(["transfer", str(path), "--in", str(root), "--as-of", DAY.isoformat(), "--yes", "--by", "G001"]) == 1
    assert "没有「审核」权限" in capsys.readouterr().err
    assert row(root, "业主", "Y002")["业主状态"] == "现业主" and len(rows(root, "业主")) == 4


def test_a_divorce_where_one_stays_keeps_the_file_and_gives_the_whole_share(root, capsys):
    page = change(root, "1-1-101", "离婚").office(since=SINCE).came("变更证明")
    page.line("现业主", 1, 去留="转出").line("现业主", 2, 去留="留下", 新份额="100%")
    assert taken(root, page.saved(), command="transfer") == 0
    assert row(root, "业主", "Y001")["业主状态"] == "原业主"
    stays = row(root, "业主", "Y009")
    assert stays["业主状态"] == "现业主" and stays["产权份额"] in (1, "100%")
    files = [r for r in rows(root, "档案") if r["房号"] == "1-1-101"]
    assert len(files) == 1 and files[0]["业主编号"] == "Y009" and not rows(root, "处置")
    assert problems(root, capsys) == []


def test_who_stays_and_who_leaves_must_be_said(root, capsys):
    page = change(root, "1-1-101", "继承").person("欧阳继", "E12345678").office(since=SINCE)
    assert taken(root, page.line("现业主", 1, 去留="转出").saved(), command="transfer") == 1
    told = capsys.readouterr()
    assert "现业主 Y009 没有选去留" in told.out
    assert len(rows(root, "业主")) == 4


def test_several_heirs_come_with_shares_and_one_main_contact(root, capsys):
    page = change(root, "1-1-301", "继承").person("欧阳继", "E12345678").office(since=SINCE, appraiser="G002").put("产权份额", "50%")
    page.line("现业主", 1, 去留="转出").came("变更证明")
    page.line("共有人", 1, 姓名="欧阳乙", 证件类型="护照", 证件号码="E22345678", 联系电话="13900002222", 份额="50%", 告知书="已签")
    assert taken(root, page.saved(), command="transfer") == 0
    heirs = rows(root, "业主")[-2:]
    assert [h["主联系人"] for h in heirs] == ["是", "否"] and len({h["迁入日期"] for h in heirs}) == 1
    assert len([r for r in rows(root, "档案") if r["房号"] == "1-1-301"]) == 2
    assert problems(root, capsys) == []


def test_a_change_of_shares_alone_leaves_owners_and_file_as_they_are(root, capsys):
    page = change(root, "1-1-101", "份额变更").office(since=SINCE).came("变更证明")
    page.line("现业主", 1, 新份额="30%").line("现业主", 2, 新份额="70%")
    assert taken(root, page.saved(), command="transfer") == 0
    assert [row(root, "业主", k)["产权份额"] for k in ("Y001", "Y009")] == ["30%", "70%"]
    assert len(rows(root, "业主")) == 4 and len(rows(root, "档案")) == 3
    assert problems(root, capsys) == []


def test_a_lent_file_an_open_rectification_and_a_hold_stop_archiving_and_are_told(tmp_path, capsys):
    loan = {"借阅单号": "JY001", "档号": "YG-1-1-201-01", "借阅人": "赵丙", "借阅人身份": "业主", "联系电话": "13900000002", "借阅事由": "核对"}
    loan |= {"申请日期": date(2026, 10, 8), "审核人": "G002", "审核结果": "同意", "审核日期": date(2026, 10, 8), "借出日期": date(2026, 10, 9)}
    loan |= {"经办人": "G001", "应还日期": date(2026, 11, 9)}
    root = built(tmp_path, 借阅=[loan])
    taken(root, sale(root).saved(), yes=False)
    out = capsys.readouterr().out
    assert "YG-1-1-201-01 正借出（JY001，赵*，应还 2026-11-09）" in out and "提请归档" not in out


def test_an_owner_of_today_cannot_be_older_than_the_former_ones(root, capsys):
    page = change(root, "1-1-201").person("欧阳买", "E12345678").office(since=date(2026, 8, 1)).came("变更证明")
    assert taken(root, page.saved(), command="transfer") == 1
    assert "早于原业主 Y002 的迁入日期" in capsys.readouterr().out


def test_a_company_buys(root, capsys):
    page = change(root, "1-1-201").office(since=SINCE, appraiser="G002").came("变更证明").came("营业执照", "复印件").came("授权委托书")
    page.put("办理类型", "单位").put("姓名或名称", "试验贸易有限公司").put("业主类型", "法人").put("证件类型", "统一社会信用代码")
    page.put("证件号码", "91350100M000100Y43", 2).put("联系电话", "13900001234").put("隐私告知书", "已签")
    assert taken(root, page.saved(), command="transfer") == 0
    assert rows(root, "业主")[-1]["业主类型"] == "法人"
    assert problems(root, capsys) == []


def test_a_first_registration_of_an_owned_house_is_refused(root, capsys):
    page = registration(root, "1-1-201").person("欧阳买", "E12345678").office().put("登记原因", "首次登记")
    assert taken(root, page.saved()) == 1
    assert "过户 1-1-201 没有采用：已有现业主（Y002）" in capsys.readouterr().out


def test_the_form_lists_the_owners_in_part_and_a_house_without_one_has_no_form(root, capsys):
    told = [str(c.value) for r in change(root, "1-1-101").tab for c in r if c.value]
    assert told.count("50%") == 2, "the share now is printed, the new one is for people to write"
    assert "Y001" in told and "赵*" in told and not any("赵乙" in t or "E12340001" in t for t in told)
    assert main(["transfer", "9-9-901", "--in", str(root)]) == 2
    assert "没有 9-9-901" in capsys.readouterr().err


def test_every_row_written_leads_back_to_the_form_in_the_history(root, capsys):
    taken(root, sale(root).saved(), command="transfer")
    capsys.readouterr()
    main(["history", "1-1-201", "--in", str(root)])
    out = capsys.readouterr().out
    assert "过户.xlsx" in out and "G001" in out


def test_a_form_saved_as_another_program_saves_it_without_our_properties_is_still_known(root):
    page = sale(root)
    for name in list(page.book.custom_doc_props.names):
        del page.book.custom_doc_props[name]
    assert taken(root, page.saved(), command="transfer") == 0


def test_who_is_left_alone_owns_the_whole_without_anybody_writing_it(root):
    page = change(root, "1-1-101", "离婚").office(since=SINCE).came("变更证明")
    assert taken(root, page.line("现业主", 1, 去留="转出").line("现业主", 2, 去留="留下").saved(), command="transfer") == 0
    stays = row(root, "业主", "Y009")
    assert stays["产权份额"] == "100%" and stays["主联系人"] == "是"
