"""Messy ledgers in the manner of real offices, invented; for each the header rows and what every column is, written before the reader saw it.

`-` stands for a column that the register has no place for; `a|b` where either answer is right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ledgers import name, phone, resident, write

Rows = list[list[Any]]


def three_row_header(path: Path) -> Path:
    rows: Rows = [
        ["翠湖苑住户登记表"], ["填报单位:翠湖苑物业服务中心", None, None, None, None, None, None, None, None, None, "2026年3月"],
        ["序号", "房屋信息", None, None, None, None, "业主信息", None, None, None, None, "备注"],
        [None, "楼号", "单元", "室号", "面积(平方米)", None, "姓名", "证件", None, "联系方式", None, None],
        [None, None, None, None, "建筑", "套内", None, "类型", "号码", "手机", "固话", None],
    ]  # fmt: skip
    for n in range(1, 12):
        rows.append([n, 1 + n // 6, 1 + n % 2, 100 * n + 1, 88.5 + n, 70.1 + n, name(n), "身份证", resident(n), phone(n), f"010-6200{n:04d}" if n % 3 else None, None])
    merges = {
        "A1:L1": "翠湖苑住户登记表", "A3:A5": "序号", "B3:F3": "房屋信息", "G3:K3": "业主信息", "L3:L5": "备注", "B4:B5": "楼号", "C4:C5": "单元", "D4:D5": "室号",
        "E4:F4": "面积(平方米)", "G4:G5": "姓名", "H4:I4": "证件", "J4:K4": "联系方式",
    }  # fmt: skip
    return write(path, rows, merges=merges)


def dates_for_houses(path: Path) -> Path:
    rows: Rows = [["房 号", "户名", "业主", "面积(m2)", "收楼", "入伙手续", "备  注"]]
    for n in range(1, 13):
        house = date(2024, 1 + n % 9, n) if n % 5 == 0 else f"{1 + n % 9}-{n}01"
        rows.append([house, name(n), int(phone(n)), 75 + n * 1.5, "尚未通知" if n == 4 else date(2023, 6, n), "齐" if n % 2 else "欠照片", "老人独居" if n == 3 else None])
    return write(path, rows)


def blank_headers(path: Path) -> Path:
    rows: Rows = [["金桂园7栋资料"], ["房号", "姓名", None, None, "建面", None]]
    for n in range(1, 15):
        rows.append([f"7-{n:02d}02", name(n), phone(n), resident(n), 99.25 + n, f"2020/{1 + n % 12}/{n}"])
    return write(path, rows)


def buildings_over_blocks(path: Path) -> Path:
    """Three buildings side by side, the building only above each block."""
    rows: Rows = [["各栋业主通讯录"], ["1栋", None, None, None, "2栋", None, None, None, "3栋", None, None], ["房号", "业主", "电话", None] * 2 + ["房号", "业主", "电话"]]
    for n in range(1, 10):
        rows.append([100 * n + 1, name(n), phone(n), None, 100 * n + 2, name(n + 10), phone(n + 10), None, *([100 * n + 3, name(n + 20), phone(n + 20)] if n < 7 else [])])
    return write(path, rows, merges={"A1:K1": "各栋业主通讯录", "A2:C2": "1栋", "E2:G2": "2栋", "I2:K2": "3栋"})


def sections_and_totals(path: Path) -> Path:
    rows: Rows = [["康乐家园产权登记台账"], ["门牌", "产权人", "产权面积", "产权证", "联系", "交付", "状态"]]
    for u in (1, 2):
        rows.append([f"2栋{u}单元"])
        for n in range(1, 6):
            rows.append([f"{n}0{u}", name(n + 6 * u), 101.5 + n, f"京(2020)西不动产权第{n:07d}号", phone(n + 60 * u), date(2021, n, 2), "出租" if n == 2 else "自住"])
        rows.append(["小计", "5户", 522.5])
    rows += [["合计", "10户", 1045.0], [], ["制表人:", None, None, "审核:"]]
    return write(path, rows)


def families_merged(path: Path) -> Path:
    rows: Rows = [["房号", "户主", "户主电话", "成员姓名", "与户主关系", "身份证号码", "联系手机", "户籍所在地"]]
    merges: dict[str, Any] = {}
    for h in range(5):
        top = 2 + 3 * h
        merges |= {f"A{top}:A{top + 2}": f"4-2-{h + 1}01", f"B{top}:B{top + 2}": name(h * 9), f"C{top}:C{top + 2}": phone(h * 9)}
        for k, relation in enumerate(("配偶", "子女", "父母")):
            rows.append([None, None, None, name(h * 9 + k + 1), relation, resident(h * 9 + k + 1), phone(h * 9 + k + 1) if k != 1 else None, "某省某市"])
    return write(path, rows, merges=merges)


def two_languages(path: Path) -> Path:
    rows: Rows = [["Resident List 住户名册"], ["No. 序号", "Room No. 房号", "Owner 业主", "Tel 电话", "ID No. 证件号码", "Area(㎡) 面积", "Move-in 入住日期", "Status 状态", "Remarks 备注"]]
    for n in range(1, 12):
        rows.append([n, f"A-{n:02d}01", "John Smith" if n == 4 else name(n), phone(n), "E12345678" if n == 4 else resident(n), 120.5, date(2019, n, n), "自住" if n % 2 else "空置", None])
    return write(path, rows, hidden=(5, 6), strike=(8,), yellow=(9,))


def hints_and_example(path: Path) -> Path:
    rows: Rows = [
        ["客户房产资料导入模板"], ["填写说明:带*为必填;日期格式为 2020-01-01;请勿改动表头。"],
        ["*楼盘", "*楼栋", "单元", "*房间号", "*客户姓名", "*证件类型", "*证件号码", "*移动电话", "客户性质", "建筑面积(㎡)", "*交付日期", "房屋状态(空置/自住/出租)", "收费标准"],
        ["必填", "必填", "选填", "必填", "必填", "下拉选择", "必填", "必填", "选填", "选填", "必填", "下拉选择", "选填"],
        ["示例小区", "1栋", "1单元", "101", "示例", "身份证", "110110196001010010", "13800000000", "个人", "89", "2020-01-01", "自住", "住宅1.8元"],
    ]  # fmt: skip
    for n in range(1, 10):
        rows.append(["金色家园", f"{1 + n % 3}栋", f"{1 + n % 2}单元", f"{n}02", name(n), "身份证", resident(n), phone(n), "个人", 89 + n, f"2021-0{n}-15", ("空置", "自住", "出租")[n % 3], "住宅1.8元"])
    return write(path, rows)


def shops_with_tenants(path: Path) -> Path:
    rows: Rows = [["铺位号", "铺位面积", "产权人", "产权人电话", "承租人", "承租人电话", "承租人身份证", "业态", "租期", "月租金", "经营状态", "营业执照"]]
    for n in range(1, 10):
        rows.append([f"S1-{n:02d}", 30.5 + n, name(n), phone(n), name(n + 30), phone(n + 30), resident(n + 30), ("餐饮", "零售", "服务")[n % 3], f"2025.{n}.1-2027.{n}.1", 3500 + 100 * n, "营业中" if n % 4 else "停业", f"9111010100000{n:03d}XX"])
    return write(path, rows)


def owners_and_tenants(path: Path) -> Path:
    rows: Rows = [
        ["云景台住户信息汇总"], ["房号", "业主", None, None, "租户", None, None, None, None, "同住人", None],
        [None, "姓名", "电话", "身份证", "姓名", "电话", "身份证", "入住时间", "到期时间", "姓名", "关系"],
    ]  # fmt: skip
    for n in range(1, 12):
        t = n % 2 == 0
        rows.append([
            f"9-1-{n}03", name(n), phone(n), resident(n), name(n + 5) if t else None, phone(n + 50) if t else None, resident(n + 50) if t else None,
            date(2025, n, 1) if t else None, date(2027, n, 1) if t else None, name(n + 11), "配偶" if n % 3 else "子女",
        ])  # fmt: skip
    return write(path, rows, merges={"A1:K1": "云景台住户信息汇总", "A2:A3": "房号", "B2:D2": "业主", "E2:I2": "租户", "J2:K2": "同住人"})


def from_a_system(path: Path) -> Path:
    rows: Rows = [["资源编码", "资源名称", "客户编码", "客户名称", "联系电话", "证件号码", "计租面积", "收费起始日", "客户类别", "建档人", "建档时间", "最后修改时间"]]
    for n in range(1, 14):
        rows.append([f"RES{n:06d}", f"3-1-{n}01", f"KH{n:05d}", name(n), phone(n), resident(n), f"{90 + n}.50", f"2022-0{1 + n % 9}-01", "业主", name(40), f"2022-01-{n:02d} 10:2{n % 10}:00", f"2024-05-{n:02d} 09:00:00"])
    return write(path, rows)


def co_owner_columns(path: Path) -> Path:
    rows: Rows = [["楼座", "门牌号", "业主1", "电话1", "业主2", "电话2", "产权比例", "建面", "车位号", "车牌号", "物业费缴至"]]
    for n in range(1, 12):
        two = n % 2 == 0
        rows.append([f"{1 + n % 4}座", f"{n}05", name(n), phone(n), name(n + 8) if two else None, phone(n + 80) if two else None, "50%/50%" if two else "100%", 130 + n, f"B1-{n:03d}", f"京B0000{n % 10}", f"2026年{1 + n % 12}月"])
    return write(path, rows)


def everybody_in_a_cell(path: Path) -> Path:
    rows: Rows = [["【湖畔花园】业主联系表"], ["室", "业主及电话", "户型", "备 注"]]
    for n in range(1, 12):
        text = f"{name(n)} {phone(n)}/{name(n + 3)} {phone(n + 30)}" if n % 3 == 0 else f"{name(n)}\n{phone(n)}"
        rows.append([f"12-{n}01", text, "三室两厅" if n % 2 else "两室一厅", "急事请打第二个电话" if n % 3 == 0 else None])
    return write(path, rows)


def lending_book(path: Path) -> Path:
    rows: Rows = [["2026年档案借阅登记本"], ["序号", "日期", "借阅人", "部门", "所借档案", "借阅用途", "批准人", "应还日期", "归还日期", "签字", "备注"]]
    for n in range(1, 9):
        rows.append([n, date(2026, 4, n), name(n), ("客服部", "财务部")[n % 2], f"YG-1-1-{n}01-01", "核对面积", name(30), date(2026, 4, n + 15), date(2026, 4, n + 9) if n < 6 else None, None, None])
    return write(path, rows, tab="借阅")


def archive_catalogue(path: Path) -> Path:
    rows: Rows = [["业主档案目录"], ["柜号", "盒号", "档号", "房号", "业主姓名", "案卷题名", "页数", "归档日期", "保管期限", "密级", "备注"]]
    for n in range(1, 10):
        rows.append([f"A{n % 3}", f"{n:02d}", f"YG-1-1-{n}01-01", f"1-1-{n}01", name(n), f"1-1-{n}01业主档案", 12 + n, date(2024, n, 9), "永久" if n % 2 else "10年", "内部", None])
    return write(path, rows, tab="档案目录")


def late_header(path: Path) -> Path:
    """The header in row 9, headers with line breaks, values with units, dates as people write them."""
    rows: Rows = [["关于开展住户信息核查的通知"], ["各楼管员:"], ["请于本月底前核对本表。"], ["一、核对姓名与电话"], ["二、核对面积"], [], ["联系人:客服中心"], []]
    rows.append(["顺序", "房屋\n坐落", "业 主\n姓 名", "身 份 证", "手机\n号码", "建筑\n面积", "交房\n时间", "是否\n入住", "核对\n签字"])
    for n in range(1, 12):
        told = (f"2019.3.{n}", f"2019年{n}月", 43500 + n, f"19/{n}/8")[n % 4]
        rows.append([n, f"{1 + n % 3}号楼{1 + n % 2}单元{n}04室", name(n), resident(n), phone(n), f"{89 + n}.5平", told, "是" if n % 2 else "否", None])
    return write(path, rows)


def one_head_over_three(path: Path) -> Path:
    """房号 merged over three columns without heads of their own."""
    rows: Rows = [["业主花名册"], ["房号", None, None, "业主姓名", "联系电话", "面积"]]
    for n in range(1, 12):
        rows.append([1 + n % 3, 1 + n % 2, 100 * n + 2, name(n), phone(n), 66 + n])
    return write(path, rows, merges={"A1:F1": "业主花名册", "A2:C2": "房号"})


def broken_cells(path: Path) -> Path:
    """Errors, formulas without a result, documents kept as numbers."""
    rows: Rows = [["房间", "楼栋", "单元", "业主名", "身份证件号", "电话(手机)", "计费面积", "月物业费", "入住时间"]]
    for n in range(1, 12):
        rows.append([100 * n + 1, "5栋", 1, name(n), int(resident(n)[:15] + "000") if n % 4 == 0 else resident(n), int(phone(n)), None, None, date(2018, n, 1)])
    formulas: dict[str, tuple[str, Any]] = {f"G{r}": ("=50+ROW()", 50 + r) for r in range(2, 13)}
    formulas |= {f"H{r}": (f"=G{r}*1.8", "#REF!" if r == 5 else "" if r == 6 else (50 + r) * 1.8) for r in range(2, 13)}
    return write(path, rows, formulas=formulas)


def printed_pages(path: Path) -> Path:
    """The header again on every printed page, page numbers between."""
    rows: Rows = []
    for page in range(3):
        rows += [[f"阳光苑业主名单(第{page + 1}页)"], ["编号", "住址", "户主姓名", "宅电", "手机", "人口", "说明"]]
        rows += [[page * 10 + n, f"{page + 1}-{n}-201", name(page * 10 + n), f"6200{page}{n:03d}", phone(page * 10 + n), 3, None] for n in range(1, 11)]
        rows.append([None, None, None, f"第 {page + 1} 页 共 3 页"])
    return write(path, rows)


def wide_everything(path: Path) -> Path:
    """Thirty columns, most of which the register has no place for."""
    heads = "期数 楼号 单元号 楼层 房号 房屋性质 建筑面积 套内面积 公摊面积 朝向 合同号 签约日期 交房日期 装修开始日期 装修押金 客户姓名 性别 身份证号码 联系电话1 联系电话2 紧急联系人 紧急联系电话 通讯地址 工作单位 车位号 门禁卡号 水表底数 电表底数 欠费金额 备注"
    rows: Rows = [heads.split()]
    for n in range(1, 13):
        rows.append([
            "一期", 1 + n % 3, 1 + n % 2, n, f"{n}02", "住宅", 100.5 + n, 80.2 + n, 20.3, "南", f"HT2020{n:04d}", date(2020, n, 3), date(2021, n, 3), date(2021, n, 20), 2000,
            name(n), "男" if n % 2 else "女", resident(n), phone(n), phone(n + 100) if n % 3 == 0 else None, name(n + 2), phone(n + 200), "某市某区某路12号", "某某公司", f"D-{n}", f"{n:08d}", 12.5, 345, 0, None,
        ])  # fmt: skip
    return write(path, rows)


def visits_in_dates(path: Path) -> Path:
    """An old ledger of one building: a block of owners, one of tenants beside it, both by room."""
    rows: Rows = [["8栋业主及租户一览表"], ["业主情况", None, None, None, None, "租户情况", None, None], ["室号", "姓名", "联系电话", "入伙日期", None, "室号", "姓名", "联系电话"]]
    for n in range(1, 10):
        t = n % 3 == 0
        rows.append([f"{n}01", name(n), phone(n), date(2015, n, 5), None, f"{n}01" if t else None, name(n + 9) if t else None, phone(n + 9) if t else None])
    return write(path, rows, merges={"A1:H1": "8栋业主及租户一览表", "A2:D2": "业主情况", "F2:H2": "租户情况"}, tab="8栋")


MESSY: dict[str, tuple[Callable[[Path], Path], tuple[int, int], str]] = {
    "three_row_header": (three_row_header, (3, 5), "- houses.building houses.unit houses.room houses.floor_area houses.inner_area owners.name owners.id_type owners.id_no owners.phone owners.phone2 houses.note"),
    "dates_for_houses": (dates_for_houses, (1, 1), "houses.house_no owners.name owners.phone houses.floor_area houses.handover_on - houses.note"),
    "blank_headers": (blank_headers, (2, 2), "houses.house_no owners.name owners.phone owners.id_no houses.floor_area -|houses.handover_on|houses.movein_on"),
    "buildings_over_blocks": (buildings_over_blocks, (2, 3), "houses.house_no|houses.room owners.name owners.phone houses.house_no|houses.room owners.name owners.phone houses.house_no|houses.room owners.name owners.phone"),
    "sections_and_totals": (sections_and_totals, (2, 2), "houses.house_no|houses.room owners.name houses.floor_area houses.title_no owners.phone houses.handover_on houses.status"),
    "families_merged": (families_merged, (1, 1), "houses.house_no owners.name owners.phone household.name household.relation household.id_no household.phone -"),
    "two_languages": (two_languages, (2, 2), "- houses.house_no owners.name owners.phone owners.id_no houses.floor_area houses.movein_on houses.status houses.note"),
    "hints_and_example": (hints_and_example, (3, 3), "- houses.building houses.unit houses.house_no|houses.room owners.name owners.id_type owners.id_no owners.phone -|owners.kind houses.floor_area houses.handover_on houses.status -"),
    "shops_with_tenants": (shops_with_tenants, (1, 1), "houses.house_no houses.floor_area owners.name owners.phone household.name household.phone household.id_no -|houses.use - - -|houses.status -"),
    "owners_and_tenants": (owners_and_tenants, (2, 3), "houses.house_no owners.name owners.phone owners.id_no household.name household.phone household.id_no - - household.name household.relation"),
    "from_a_system": (from_a_system, (1, 1), "-|houses.house_no houses.house_no owners.owner_no owners.name owners.phone owners.id_no houses.floor_area - -|owners.kind -|owners.registered_by -|owners.registered_on -"),
    "co_owner_columns": (co_owner_columns, (1, 1), "houses.building houses.house_no|houses.room owners.name owners.phone owners.name owners.phone owners.share houses.floor_area - - -"),
    "everybody_in_a_cell": (everybody_in_a_cell, (2, 2), "houses.house_no|houses.room owners.name houses.layout houses.note"),
    "lending_book": (lending_book, (2, 2), "- loans.lent_on loans.borrower loans.borrower_kind|- loans.file_no loans.purpose loans.reviewer loans.due_on loans.returned_on - loans.note"),
    "archive_catalogue": (archive_catalogue, (2, 2), "-|files.location - files.file_no files.house_no - files.title documents.pages|- files.created_on files.retention files.confidentiality files.note"),
    "late_header": (late_header, (9, 9), "- houses.house_no owners.name owners.id_no owners.phone houses.floor_area houses.handover_on - -"),
    "one_head_over_three": (one_head_over_three, (2, 2), "houses.building houses.unit houses.room owners.name owners.phone houses.floor_area"),
    "broken_cells": (broken_cells, (1, 1), "houses.room|houses.house_no houses.building houses.unit owners.name owners.id_no owners.phone houses.floor_area - houses.movein_on"),
    "printed_pages": (printed_pages, (2, 2), "- houses.house_no owners.name owners.phone2 owners.phone - houses.note"),
    "wide_everything": (wide_everything, (1, 1), "- houses.building houses.unit - houses.house_no|houses.room houses.use houses.floor_area houses.inner_area - - - houses.contract_on houses.handover_on - - owners.name - owners.id_no owners.phone owners.phone2 - - owners.address - - - - - - houses.note"),
    "visits_in_dates": (visits_in_dates, (2, 3), "houses.house_no|houses.room owners.name owners.phone houses.movein_on houses.house_no|houses.room household.name household.phone"),
}  # fmt: skip
"""name: (writer, header rows, what each column is, in order; a column between blocks counts for none)."""


def score(got: Sequence[str], expected: str) -> list[tuple[int, str, str]]:
    """Columns that are not what they should be: place, got, expected."""
    wanted = expected.split()
    if len(got) != len(wanted):
        return [(-1, " ".join(got), expected)]
    return [(i, g, w) for i, (g, w) in enumerate(zip(got, wanted, strict=True)) if g not in w.split("|")]
