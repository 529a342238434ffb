"""Nobody is registered and no house is changed on a part of the register; what waits goes on waiting, and nothing is lost."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace, write  # noqa: E402
from registration_pages_filled import registration, taken  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
HOUSE, OWNERS = "1-1-401", "业主.xlsx"
IN = ["--as-of", "2026-10-31", "--in"]


def tables():
    made = sheets(3)
    house = {"房号": HOUSE, "楼栋": "1", "单元": "1", "室号": "401", "建筑面积": 90.5, "房屋用途": "住宅", "签约日期": date(2026, 10, 1)}
    made["房屋"].append(house | {"交房日期": date(2026, 10, 20), "房屋状态": "空置"})
    return made


@pytest.fixture
def root(tmp_path):
    made = tables()
    owners = made.pop("业主")
    folder = workspace(tmp_path / "小区", made)
    write(folder, {"业主": owners}, OWNERS)
    return folder


def form(root: Path) -> Path:
    page = registration(root, HOUSE).person("欧阳甲", "E12345678").office()
    for paper in ("购房合同", "购房发票", "房屋交接验收单", "隐私告知书", "业主登记表"):
        page.came(paper)
    return page.came("身份证件复印件", "复印件").saved()


def in_inbox(root: Path) -> Path:
    path = root / "收件箱" / "登记.xlsx"
    path.parent.mkdir()
    path.write_bytes(form(root).read_bytes())
    return path


def column(path: Path, sheet: str, at: int) -> list[object]:
    return [r[at] for r in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True)]


def test_a_form_is_not_taken_while_a_workbook_cannot_be_read(root, capsys):
    path = form(root)
    (root / OWNERS).write_bytes((root / OWNERS).read_bytes()[:3000])
    assert taken(root, path) == 2
    assert f"{OWNERS} 读不了" in capsys.readouterr().err


def test_no_house_is_renumbered_while_its_owners_cannot_be_read(root, capsys):
    (root / OWNERS).write_bytes(b"PK")
    assert main(["house", "renumber", "1-1-101", "1-1-111", "--yes", "--by", "G002", *IN, str(root)]) == 2
    assert f"{OWNERS} 读不了" in capsys.readouterr().err
    assert "1-1-101" in column(root / "登记簿.xlsx", "房屋", 0)


def test_a_form_in_the_inbox_stays_there_until_the_register_is_whole(root):
    path, whole = in_inbox(root), (root / OWNERS).read_bytes()
    (root / OWNERS).write_bytes(whole[:3000])
    assert main(["reconcile", *IN, str(root)]) == 1
    assert path.exists()
    (root / OWNERS).write_bytes(whole)
    assert main(["reconcile", *IN, str(root)]) == 1
    assert not path.exists() and list((root / "检查结果").glob("变更方案*.xlsx"))


def test_a_form_that_waits_in_a_plan_goes_on_waiting_while_a_workbook_is_gone(root, capsys):
    in_inbox(root)
    whole = (root / OWNERS).read_bytes()
    assert main(["reconcile", *IN, str(root)]) == 1
    (root / OWNERS).unlink()
    capsys.readouterr()
    assert main(["reconcile", *IN, str(root)]) == 1
    assert f"{OWNERS} 不见了，登记簿不全" in capsys.readouterr().out
    (root / OWNERS).write_bytes(whole)
    capsys.readouterr()
    assert main(["reconcile", *IN, str(root)]) == 1
    assert "1-1-401 业主登记" in capsys.readouterr().out


def test_rows_that_moved_to_another_workbook_are_not_missed(root, capsys):
    path = form(root)
    assert taken(root, path, yes=False) == 0
    (root / OWNERS).unlink()
    write(root, tables())
    assert taken(root, path) == 0
    assert "它的行都在别的工作簿里" in capsys.readouterr().out
    assert column(root / "登记簿.xlsx", "业主", 0) == ["Y001", "Y002", "Y003", "Y004"]


def test_what_was_typed_elsewhere_is_told_while_a_workbook_is_gone(root, capsys):
    assert main(["reconcile", *IN, str(root)]) == 0
    (root / OWNERS).unlink()
    book = openpyxl.load_workbook(root / "登记簿.xlsx")
    heads = [c.value for c in book["房屋"][1]]
    book["房屋"].cell(2, heads.index("备注") + 1).value = "新备注"
    book.save(root / "登记簿.xlsx")
    capsys.readouterr()
    assert main(["reconcile", *IN, str(root)]) == 1
    said = capsys.readouterr().out
    assert "登记簿里直接改动 1 处" in said and "无法比较" not in said


def test_a_file_that_is_left_in_the_inbox_unread_is_no_clean_round(root):
    assert main(["reconcile", *IN, str(root)]) == 0
    (root / "收件箱").mkdir(exist_ok=True)
    (root / "收件箱" / "业主.docx").write_bytes(b"PK\x03\x04 nothing")
    assert main(["reconcile", *IN, str(root)]) == 1


def test_an_old_ruin_beside_the_register_stops_nobody_and_a_locked_workbook_does(root, capsys):
    (root / "旧台账.xlsx").write_bytes(b"PK ruin")
    assert main(["house", "renumber", "1-1-101", "1-1-111", *IN, str(root)]) == 0
    locked = OOXMLFile(io.BytesIO((root / OWNERS).read_bytes()))
    with (root / "2号楼.xlsx").open("wb") as file:
        locked.encrypt("一个密码", file)
    capsys.readouterr()
    assert main(["house", "renumber", "1-1-101", "1-1-111", *IN, str(root)]) == 2
    assert "2号楼.xlsx 读不了（文件设有打开密码）" in capsys.readouterr().err
