"""A small register that is right in every way, written to disk, for tests that need files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from ownerbook.reports.register_book import SheetRows, write_register

DAY = date(2026, 10, 31)
PAPERS = ("业主登记表", "身份证件复印件", "购房合同", "购房发票", "房屋交接验收单", "隐私告知书")


def sheets(houses: int = 3) -> dict[str, list[dict[str, Any]]]:
    """Every needed sheet: houses with one owner, one file and its papers each; two members of staff."""
    out: dict[str, list[dict[str, Any]]] = {
        "房屋": [], "业主": [], "档案": [], "材料": [], "借阅": [], "变更": [], "审核": [], "处置": [], "人员": [], "位置": [], "制度": [], "培训": [],
    }  # fmt: skip
    for n, (name, rights) in enumerate((("钱一", "档案经办"), ("孙二", "审核、借阅审批、处置批准")), 1):
        out["人员"].append(
            {"工号": f"G00{n}", "姓名": name, "岗位": "档案", "权限": rights, "入职日期": date(2020, 1, 2), "保密协议签订日期": date(2020, 1, 2)}
        )
    for year in range(2020, 2027):
        out["培训"].append(
            {"培训编号": f"PX{year}", "培训日期": date(year, 3, 2), "培训主题": "档案整理", "学时": 8, "讲师": "孙二", "参加人": "G001、G002"}
        )
    out["位置"].append({"位置编号": "A01-01-01-01", "档案室": "A01", "柜号": "01", "层": "01", "盒号": "01", "容量": 100})
    out["制度"].append({"参数": "制度版本", "值": "V1"})
    for n in range(1, houses + 1):
        house, owner, file = f"1-1-{n}01", f"Y{n:03d}", f"YG-1-1-{n}01-01"
        bought, moved = date(2026, 8, 3), date(2026, 8, 10)
        out["房屋"].append(
            {
                "房号": house,
                "楼栋": "1",
                "单元": "1",
                "室号": f"{n}01",
                "建筑面积": 90.5,
                "套内面积": 72.4,
                "房屋用途": "住宅",
                "签约日期": bought,
                "交房日期": moved,
                "入住日期": moved,
                "房屋状态": "自住",
            }
        )
        out["业主"].append(
            {
                "业主编号": owner,
                "房号": house,
                "姓名": "赵" + "甲乙丙丁戊己庚辛壬癸"[n % 10],
                "业主类型": "自然人",
                "证件类型": "护照",
                "证件号码": f"E1234{n:04d}",
                "联系电话": f"1390000{n:04d}",
                "登记日期": moved,
                "登记人": "G001",
                "迁入日期": moved,
                "业主状态": "现业主",
                "隐私告知书": "已签",
                "告知日期": moved,
                "真实性声明": "已签",
            }
        )
        out["档案"].append(
            {
                "档号": file,
                "房号": house,
                "业主编号": owner,
                "题名": "业主档案",
                "建档日期": moved,
                "建档人": "G001",
                "存放位置": "A01-01-01-01",
                "密级": "内部",
                "保管期限": "永久",
                "档案状态": "在库",
            }
        )
        for k, paper in enumerate(PAPERS):
            copied = "复印件" in paper
            out["材料"].append(
                {
                    "材料编号": f"CL{n:03d}{k}",
                    "档号": file,
                    "材料类型": paper,
                    "形式": "复印件" if copied else "原件",
                    "页数": 2,
                    "份数": 1,
                    "收件日期": moved,
                    "收件人": "G001",
                    "核对人": "G001" if copied else None,
                    "材料状态": "齐全",
                }
            )
    return out


def write(folder: Path, tables: dict[str, list[dict[str, Any]]], name: str = "登记簿.xlsx", **options: Any) -> Path:
    """Write the register as one workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    write_register(folder / name, [SheetRows(s, rows, **options.get(s, {})) for s, rows in tables.items()], as_of=DAY)
    return folder / name


def workspace(folder: Path, tables: dict[str, list[dict[str, Any]]] | None = None) -> Path:
    """A workspace with one workbook."""
    write(folder, tables if tables is not None else sheets())
    (folder / "ownerbook.toml").write_text('[workspace]\nname = "试验"\n', "utf-8")
    return folder


def ticked(path: Path) -> None:
    """The tick sheet of an audit as it comes back filled in: all there, all well."""
    book = openpyxl.load_workbook(path)
    page = book["在库核对"]
    heads = [str(c.value).split("\n")[0] for c in page[4]]
    for row in range(5, page.max_row + 1):
        if page.cell(row, heads.index("档号") + 1).value:
            page.cell(row, heads.index("在位") + 1).value = "√"
            page.cell(row, heads.index("结果") + 1).value = "合格"
    book.save(path)
