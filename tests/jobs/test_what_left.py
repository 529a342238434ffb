"""What left the house is told, and a list in hand is recognised."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
ON = ("--as-of", "2026-10-31")


@pytest.fixture
def root(tmp_path):
    return workspace(tmp_path / "小区", sheets(2))


def exported(root, path, purpose="客服", to="前台") -> Path:
    assert main(["export", "--for", purpose, "--to", to, "--reason", "年度回访", "--by", "G001", "--in", str(root), *ON, "-o", str(path)]) == 0
    return path


def test_what_left_and_what_was_shown_in_full_is_listed_with_why(root, tmp_path, capsys):
    exported(root, tmp_path / "甲.xlsx")
    exported(root, tmp_path / "乙.xlsx", "收费", "财务 13900000001")
    assert main(["find", "赵", "--reveal", "--reason", "核对来电", "--by", "G002", "--in", str(root), *ON]) == 0
    capsys.readouterr()
    assert main(["export", "--ledger", "--in", str(root), *ON]) == 0
    told = capsys.readouterr().out
    assert told.index("乙.xlsx") < told.index("甲.xlsx") and "姓名、联系电话" in told and "核对来电" in told and "Y001" in told
    assert "13900000001" not in told


def test_a_list_in_hand_is_known_by_its_bytes_and_changed_by_its_number(root, tmp_path, capsys):
    first, second = exported(root, tmp_path / "甲.xlsx"), exported(root, tmp_path / "乙.xlsx", to="工程部")
    capsys.readouterr()
    assert main(["export", "--whose", str(first), "--in", str(root)]) == 0
    told = capsys.readouterr().out
    assert "导出给 前台" in told and "编号相同" not in told
    book = openpyxl.load_workbook(second)
    book.worksheets[0]["A9"] = "添了一行"
    book.save(tmp_path / "丙.xlsx")
    assert main(["export", "--whose", str(tmp_path / "丙.xlsx"), "--in", str(root)]) == 0
    told = capsys.readouterr().out
    assert "导出给 工程部" in told and "编号相同而内容不是导出时的样子" in told


def test_what_did_not_leave_by_an_export_is_nobodys(root, tmp_path, capsys):
    exported(root, tmp_path / "甲.xlsx")
    other = tmp_path / "名单.txt"
    other.write_text("赵甲", "utf-8")
    for path in (other, root / "登记簿.xlsx"):
        assert main(["export", "--whose", str(path), "--in", str(root)]) == 1
    assert main(["export", "--whose", str(tmp_path / "没有.xlsx"), "--in", str(root)]) == 2


def test_a_number_in_the_wrong_column_does_not_leave_with_it(tmp_path):
    told = sheets(2)
    told["业主"][0] |= {"姓名": "赵甲 13900000009", "联系电话": "130125198001010018"}
    told["业主"][1]["备用电话"] = "13900000007/13900000008"
    book = openpyxl.load_workbook(exported(workspace(tmp_path / "小区", told), tmp_path / "甲.xlsx"))
    seen = [str(c) for row in book["业主"].iter_rows(values_only=True) for c in row if c]
    assert not any("13900000009" in c or "130125198001010018" in c for c in seen)
    assert any(c.startswith("赵甲 139") for c in seen) and told["业主"][1]["联系电话"] in seen and "13900000007/13900000008" in seen


def test_each_sheet_and_each_printed_page_says_for_whom_it_is(root, tmp_path):
    book = openpyxl.load_workbook(exported(root, tmp_path / "甲.xlsx", "审计", "检查组"))
    for page in book.worksheets:
        assert "仅供 检查组 用于审计" in page["A2"].value and page["A2"].font.b and page["A2"].font.sz >= 12
        assert page.print_title_rows == "$2:$3" and "仅供 检查组" in page.oddFooter.left.text + page.oddHeader.left.text
    assert book["处置"]["A4"].value == "没有"
