"""The two communities' workbooks: one as a large office keeps them, with the marks of use; one plain pair."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from maker.layout import CREATED, Layout, Tab, filled, numbered, plain
from maker.model import Community, Row
from ownerbook.reports.register_book import SheetRows, write_register

REGISTER = ("房屋", "业主", "家庭成员")


def spread_small(c: Community) -> Layout:
    """Two workbooks, tidy."""
    out = Layout()
    for sheet in (*REGISTER, "档案", "材料", "位置"):
        out.add("业主档案登记簿.xlsx", plain(c, sheet))
    for sheet in ("借阅", "变更", "审核", "处置", "人员", "培训", "制度", "日历", "库房检查", "满意度", "权利请求", "事件"):
        out.add("档案管理台账.xlsx", plain(c, sheet))
    return out


def _building(row: Row) -> str:
    return row.house.split("-")[0] if row.house[0].isdigit() else row.house[0]


def spread_large(c: Community) -> Layout:
    """A workbook a building, ledgers apart, and what years of use have done to them."""
    out = Layout()
    groups = sorted({_building(r) for r in c.tables["房屋"] if r.house[0].isdigit()})
    for group in groups:
        for sheet in REGISTER:
            out.add(f"登记簿/{group}栋.xlsx", plain(c, sheet, [r for r in c.tables[sheet] if _building(r) == group]))
    for name, letters in (("商铺与办公", "SB"), ("车位与储藏室", "PC")):
        for sheet in REGISTER[:2]:
            out.add(f"登记簿/{name}.xlsx", filled(plain(c, sheet, [r for r in c.tables[sheet] if _building(r) in letters])))
    out.add("档案目录.xlsx", plain(c, "档案", titles=("示例小区业主档案目录",)))
    out.add("档案目录.xlsx", numbered(plain(c, "材料")))
    out.add("档案目录.xlsx", plain(c, "位置", name="存放位置"))
    out.add("台账/借阅台账.xlsx", numbered(plain(c, "借阅", titles=("示例小区档案借阅台账", "借阅期限一个月,到期请归还"))))
    out.add("台账/变更台账.csv", plain(c, "变更"))
    for year in (2024, 2025, 2026):
        out.add("台账/审核与处置.xlsx", plain(c, "审核", [r for r in c.tables["审核"] if r.day("审核日期").year == year], name=f"审核{year}"))
    out.add("台账/审核与处置.xlsx", plain(c, "处置", titles=("档案处置台账",)))
    for sheet in ("人员", "培训", "制度", "日历", "豁免"):
        out.add("人员与制度.xlsx", plain(c, sheet))
    for sheet in ("库房检查", "满意度", "权利请求", "事件"):
        out.add("台账/库房与服务.xlsx", plain(c, sheet))
    _habits(c, out)
    return out


def _tab(out: Layout, book: str, sheet: str) -> Tab:
    return next(t for t in out.books[book] if t.sheet == sheet)


def _habits(c: Community, out: Layout) -> None:
    """Titles, wordings, orders and columns that are no problem at all."""
    for sheet, title in (("房屋", "示例小区2栋房屋清册"), ("业主", "示例小区2栋业主登记表"), ("家庭成员", "示例小区2栋家庭成员登记表")):
        _tab(out, "登记簿/2栋.xlsx", sheet).titles = (title, "填表单位:示例物业客服中心    单位:平方米")
    for sheet, words in (
        ("房屋", {"建筑面积": "建筑面积\n(㎡)", "套内面积": "套内面积\n(㎡)", "房 号": "房号"}),
        (
            "业主",
            {"业主编号": "业主\n编号", "姓名": "姓  名", "证件有效期至": "证件\n有效期至", "主联系人": "主联系人*", "隐私告知书": "隐私\n告知书"},
        ),
        ("家庭成员", {"与业主关系": "与业主\n关系", "姓名": "姓  名"}),
    ):
        tab = _tab(out, "登记簿/3栋.xlsx", sheet)
        tab.wording = {k: v for k, v in words.items() if k in tab.headers}
    owners = _tab(out, "登记簿/4栋.xlsx", "业主")
    owners.headers = [
        "房号", "姓名", "联系电话", "备用电话", "证件类型", "证件号码", "证件有效期至", "业主类型",
        "产权份额", "主联系人", "业主状态", "迁入日期", "迁出日期", "业主编号",
        *(
            h for h in owners.headers
            if h in ("通讯地址", "电子邮箱", "登记日期", "登记人", "隐私告知书", "告知日期", "个性化服务需求", "需求同意日期", "真实性声明", "备注")
        ),
    ]  # fmt: skip
    numbered(owners)
    houses = _tab(out, "登记簿/4栋.xlsx", "房屋")
    houses.headers.insert(8, "物业费标准")
    houses.own = {"物业费标准": [1.85] * len(houses.rows)}
    numbered(_tab(out, "登记簿/1栋.xlsx", "业主")).name = "业主登记表"
    _tab(out, "登记簿/1栋.xlsx", "房屋").name = "房屋信息"
    _tab(out, "登记簿/6栋.xlsx", "业主").name = "业主(6栋)"


def wear(c: Community, out: Layout, folder_extras: dict[str, bytes], used: set[str]) -> None:
    """The workbooks' own problems."""
    book = "登记簿/5栋.xlsx"
    tab = _tab(out, book, "房屋")
    tab.total = {"房号": "合计", "户型": f"{len(tab.rows)} 户"}
    out.tell("A05", book, tab, tab.cell("房号", len(tab.titles) + len(tab.rows) + 3), "表尾有合计行")
    owners = _tab(out, book, "业主")
    owners.hidden = owners.rows[20:26]
    out.tell("A07", book, owners, owners.cell("业主编号", owners.number(owners.rows[20])), "查找时隐藏了几行,忘了取消")
    book = "登记簿/6栋.xlsx"
    owners = _tab(out, book, "业主")
    owners.wording = {"联系电话": "手机号码", "登记日期": "登记时间"}
    out.tell("A02", book, owners, owners.header_cell("联系电话"), "表头写成「手机号码」")
    out.tell("A02", book, owners, owners.header_cell("登记日期"), "表头写成「登记时间」")
    members = _tab(out, book, "家庭成员")
    members.hidden_columns = ["证件号码"]
    out.tell("A07a", book, members, members.header_cell("证件号码"), "隐藏了证件号码列")
    book = "登记簿/7栋.xlsx"
    owners = _tab(out, book, "业主")
    for a, b in _neighbours(owners, used):
        owners.merged = [*owners.merged, ("房号", a, b)]
        out.tell("A04", book, owners, owners.cell("房号", owners.number(a)), "共有人的房号合并成一格")
    owners.headers.append("宗教信仰")
    owners.own = {"宗教信仰": [None] * len(owners.rows)}
    out.tell("N06", book, owners, owners.header_cell("宗教信仰"), "自加了「宗教信仰」列")
    book = "登记簿/8栋.xlsx"
    members = _tab(out, book, "家庭成员")
    members.headers.append("联系 电话")
    members.own = {"联系 电话": [None] * len(members.rows)}
    out.tell("A06", book, members, members.header_cell("联系 电话"), "联系电话列出现两次")
    book = "登记簿/车位与储藏室.xlsx"
    out.date1904.add(book)
    out.structural.append(("B12", book, "", "", "工作簿用 1904 日期系统"))
    book = "台账/2023年借阅台账.xlsx"
    folder_extras[book] = _cut_short(c)
    out.structural.append(("A11", book, "", "", "网盘没有同步完整,文件损坏"))
    book = "台账/库房与服务 - 副本.xlsx"
    out.structural.append(("R60", book, "", "", "另存的副本"))


def _neighbours(tab: Tab, used: set[str]) -> Iterator[tuple[Row, Row]]:
    """The first two pairs of co-owners on rows that follow each other, of houses without another mistake."""
    found = 0
    for a, b in zip(tab.rows, tab.rows[1:], strict=False):
        if found < 2 and a.house == b.house and a.house not in used and a["业主状态"] == b["业主状态"] == "现业主":
            found += 1
            yield a, b


def _cut_short(c: Community) -> bytes:
    """A workbook of which only the first half has arrived."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.xlsx"
        write_register(path, [SheetRows("借阅", [r.cells for r in c.tables["借阅"][:30]])], as_of=CREATED)
        whole = path.read_bytes()
    return whole[: len(whole) // 2]
