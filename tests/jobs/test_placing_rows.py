"""New rows of a register that is spread over a workbook a building go to the workbook of their building."""

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, write  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.deadlines import read  # noqa: E402
from ownerbook.jobs.placing import Places  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402

DAY = date(2026, 10, 31)
SHARED = ("人员", "位置", "制度", "培训")
OLD = {"借阅人": "赵甲", "借阅人身份": "业主", "联系电话": "13900000001", "借阅事由": "核对", "申请日期": date(2026, 9, 1), "审核人": "G002", "审核结果": "不同意", "审核日期": date(2026, 9, 1)}


def of_building(number: str, loans: int) -> dict:
    tables = {name: rows for name, rows in sheets(3).items() if name not in SHARED}
    for name, rows in tables.items():
        for row in rows:
            for header in ("房号", "档号"):
                if header in row:
                    row[header] = row[header].replace("1-1-", f"{number}-1-")
            if name == "房屋":
                row["楼栋"] = number
            if name == "业主":
                row["证件号码"], row["联系电话"] = f"E5{number}{row['证件号码'][3:]}", f"1390000{number}{row['联系电话'][-3:]}"
            for header in ("业主编号", "材料编号"):
                if header in row:
                    row[header] = f"{number}{row[header]}"
    tables["借阅"] = [OLD | {"借阅单号": f"JY{number}{n:02d}", "档号": f"YG-{number}-1-101-01"} for n in range(loans)]
    return tables


@pytest.fixture
def space(tmp_path):
    """Building 1 has most loans; building 2 has one; building 3 has none yet. What all share stands in a workbook of its own."""
    folder = tmp_path / "小区"
    for number, loans in (("1", 5), ("2", 1), ("3", 0)):
        write(folder, of_building(number, loans), f"{number}栋.xlsx")
    write(folder, {name: rows for name, rows in sheets(3).items() if name in SHARED}, "公共.xlsx")
    (folder / "ownerbook.toml").write_text('[workspace]\nname = "试验"\n', "utf-8")
    return folder


def spot(space, name, **values):
    return Places(read(open_workspace([space], space), DAY).register).of(name, values)


@pytest.mark.parametrize("building", ["1", "2", "3"])
def test_a_loan_goes_to_the_workbook_of_its_building(space, building):
    assert spot(space, "loans", file_no=f"YG-{building}-1-101-01").workbook == f"{building}栋.xlsx"


def test_a_row_stands_below_the_rows_that_are_there_and_the_first_one_below_the_header(space):
    two, three = (spot(space, "loans", file_no=f"YG-{n}-1-101-01") for n in ("2", "3"))
    assert two.after == three.after + 1


@pytest.mark.parametrize(
    ("sheet", "values"),
    [
        ("changes", {"sheet": "档案", "record": "YG-2-1-301-01"}),
        ("changes", {"sheet": "房屋", "record": "2-1-101"}),
        ("changes", {"sheet": "业主", "record": "2Y001"}),
        ("owners", {"house_no": "2-1-101"}),
        ("files", {"house_no": "2-1-999"}),
        ("audits", {"file_no": "YG-2-1-101-01"}),
        ("disposals", {"file_no": "YG-2-1-101-01"}),
    ],
)
def test_every_kind_of_row_follows_its_house(space, sheet, values):
    assert spot(space, sheet, **values).workbook == "2栋.xlsx"


def test_what_belongs_to_no_building_goes_where_most_rows_are(space):
    assert spot(space, "loans", file_no="没有").workbook == "1栋.xlsx"
    assert spot(space, "staff", staff_no="G009").workbook == "公共.xlsx"


def test_a_file_lent_is_written_into_the_workbook_of_its_building(space, capsys):
    acts = ("lend", "YG-3-1-101-01", "--in", str(space), "--on", "2026-10-31", "--borrower", "赵乙", "--phone", "13900003001", "--purpose", "核对")
    assert main([*acts, "--reviewer", "G002", "--clerk", "G001", "--write"]) == 0, capsys.readouterr().err
    book = openpyxl.load_workbook(space / "3栋.xlsx")
    assert "YG-3-1-101-01" in [c.value for row in book["借阅"].iter_rows() for c in row]
    assert "借出" in [c.value for row in book["档案"].iter_rows() for c in row]
