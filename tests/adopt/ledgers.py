"""Ledgers of the kinds that offices keep, invented, written to disk or to memory; and what each of their columns is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from ownerbook.adopt.looking import Looked, look
from ownerbook.schema.cells import Pool, Styles
from ownerbook.workbook.book import Book
from ownerbook.workbook.reading import read_book

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
GIVEN = ("志远", "晓梅", "文", "国强", "丽", "建华", "思雨", "海", "玉兰", "子轩")


def name(n: int) -> str:
    """A made-up name."""
    return FAMILY[n % len(FAMILY)] + GIVEN[(n // 3) % len(GIVEN)]


def phone(n: int) -> str:
    """A made-up mobile: 1xx-0000-xxxx."""
    return f"13{n % 10}0000{n:04d}"


def resident(n: int) -> str:
    """A made-up resident ID of a county code withdrawn before 1984, with its check digit."""
    body = f"110110{1960 + n % 40}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def write(
    path: Path,
    rows: Sequence[Sequence[Any]],
    *,
    merges: Mapping[str, Any] | None = None,
    tab: str = "Sheet1",
    formulas: Mapping[str, tuple[str, Any]] | None = None,
    hidden: Sequence[int] = (),
    strike: Sequence[int] = (),
    yellow: Sequence[int] = (),
    more: Mapping[str, Sequence[Sequence[Any]]] | None = None,
) -> Path:
    """Write a workbook: rows from the first on; None is a blank. Rows are numbered from 1. merges: range → text."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    looks = {
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "strike": book.add_format({"font_strikeout": True}),
        "yellow": book.add_format({"bg_color": "#FFFF00", "pattern": 1}),
    }
    sheet = book.add_worksheet(tab)
    _fill(sheet, rows, looks, strike, yellow)
    for where, text in (merges or {}).items():
        sheet.merge_range(where, text)
    for where, (formula, value) in (formulas or {}).items():
        sheet.write_formula(where, formula, None, value)
    for row in hidden:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for other, content in (more or {}).items():
        _fill(book.add_worksheet(other), content, looks, (), ())
    book.close()
    return path


def _fill(sheet: Any, rows: Sequence[Sequence[Any]], looks: Mapping[str, Any], strike: Sequence[int], yellow: Sequence[int]) -> None:
    for r, row in enumerate(rows):
        look = looks["strike"] if r + 1 in strike else looks["yellow"] if r + 1 in yellow else None
        for c, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, date):
                sheet.write_datetime(r, c, value, looks["date"])
            else:
                sheet.write(r, c, value, look)


def looked(path: Path) -> tuple[Book, list[Looked]]:
    """Read a file and look at it."""
    pool, styles = Pool(), Styles()
    book = read_book(path, pool=pool, styles=styles)
    return book, look(book, pool, styles)[1]


def fields(tab: Looked) -> dict[str, str]:
    """Header → field, with the person's number where it is not the first. A blank header shows as its column."""
    out: dict[str, str] = {}
    for c in tab.layout.columns:
        key = c.wording or f"#{c.column}"
        while key in out:
            key += "'"
        out[key] = c.field + (f"@{c.slot}" if c.slot > 1 else "") + (f":{c.relation}" if c.relation else "")
    return out


def classic(path: Path) -> Path:
    """Title over the table, header in row 3, owners together in a cell, notes in date cells, totals."""
    rows: list[list[Any]] = [
        [None], ["制表:物业服务中心", None, None, None, "2026年10月"],
        ["序号", "房号", "业主", "身份证号码", "联系电话", "建筑面积(㎡)", "收楼日期", "房屋现状", "备注"],
    ]  # fmt: skip
    for n in range(1, 13):
        two = n % 4 == 0
        rows.append([
            n, f"{1 + n // 7}-{1 + n % 2}-{n}01", f"{name(n)}、{name(n + 5)}" if two else name(n), f"{resident(n)}、{resident(n + 5)}" if two else resident(n),
            f"{phone(n)} {phone(n + 5)}" if two else phone(n), 80.5 + n, "客户在国外,未办" if n == 5 else date(2024, 3, n), "自住" if n % 3 else "空置", "急修过水管" if n == 3 else None,
        ])  # fmt: skip
    rows.append(["合计", None, None, None, None, 1044.0])
    return write(path, rows, merges={"A1:I1": "幸福花园业主信息台账"})


def phones_under_owner(path: Path) -> Path:
    """The header says 业主, the cells are phones as numbers; names stand under a blank header."""
    rows: list[list[Any]] = [["楼号", "单元", "室", None, "业主", "面积", "交房时间"]]
    for n in range(1, 11):
        rows.append([3, 1 + n % 2, 100 * n + 1, name(n), int(phone(n)), 95 + n / 4, f"2023.5.{n}"])
    return write(path, rows)


def side_by_side(path: Path) -> Path:
    """Two blocks beside each other, a blank column between them."""
    rows: list[list[Any]] = [["1栋住户登记"], ["房号", "姓名", "电话", None, "房号", "姓名", "电话"]]
    for n in range(1, 9):
        rows.append([f"1-1-{n}01", name(n), phone(n), None, f"1-2-{n}01", name(n + 9), phone(n + 9)] if n < 8 else [f"1-1-{n}01", name(n), phone(n)])
    return write(path, rows)


def two_rows(path: Path) -> Path:
    """A header of two rows with heads of groups, tenants beside owners."""
    rows: list[list[Any]] = [
        ["阳光小区租住情况表"],
        ["序号", "房号", "面积", "业主", None, None, "租户", None, "备注"],
        [None, None, None, "姓名", "电话", "身份证号", "姓名", "电话", None],
    ]
    for n in range(1, 10):
        rows.append(
            [n, f"2-1-{n}02", 77.7 + n, name(n), phone(n), resident(n), name(n + 4) if n % 2 else None, phone(n + 40) if n % 2 else None, None]
        )
    return write(path, rows, merges={"A2:A3": "序号", "B2:B3": "房号", "C2:C3": "面积", "D2:F2": "业主", "G2:H2": "租户", "I2:I3": "备注"})


def padded(path: Path, used: int = 848, filled: int = 405) -> Path:
    """Running numbers and formats far below the data; subtotals after each building."""
    rows: list[list[Any]] = [
        ["某某家园房屋清册"],
        ["填表说明:面积以产权证为准"],
        ["序号", "房间编号", "产权人", "产权面积", "联系方式", "入伙时间", "备注"],
    ]
    for n in range(1, filled + 1):
        b = 1 + (n - 1) // 100
        rows.append(
            [
                n,
                f"{b}栋{1 + (n % 2)}单元{(n % 100) // 2 + 1:02d}0{1 + n % 2}",
                name(n),
                round(60 + n / 7, 2),
                phone(n),
                date(2022, 1 + n % 12, 1 + n % 28),
                None,
            ]
        )
        if n % 100 == 0:
            rows.append([None, "小计", None, 12345.6])
    while len(rows) < used:
        rows.append([len(rows)])
    return write(path, rows)


def merged_family(path: Path) -> Path:
    """A house number merged over its three co-owners; one row a person."""
    rows: list[list[Any]] = [["房号", "建筑面积", "产权人姓名", "产权份额", "证件号码", "手机"]]
    for n in range(4):
        for k in range(3):
            rows.append([None, None, name(10 * n + k), "1/3", resident(10 * n + k), phone(10 * n + k)])
    merges = {f"{c}{2 + 3 * n}:{c}{4 + 3 * n}": v for n in range(4) for c, v in (("A", f"5-1-{n + 1}01"), ("B", 120 + n))}
    return write(path, rows, merges=merges)


def building_tabs(path: Path) -> Path:
    """One tab a building, rooms without their building; a section a unit."""

    def tab(b: int) -> list[list[Any]]:
        rows: list[list[Any]] = [[f"{b}号楼业主名单"], ["室号", "户主", "户主电话", "家庭人口", "车牌号"]]
        for u in (1, 2):
            rows.append([f"{u}单元"])
            rows += [[f"{k}0{u}", name(b * 10 + k + u), phone(b * 100 + k * 10 + u), 3, f"京A{b}{u}00{k}"] for k in range(1, 5)]
        return rows

    return write(path, tab(1), tab="1号楼", more={"2号楼": tab(2), "说明": [["本表由物业服务中心每月更新"]]})


def everything_in_one(path: Path) -> Path:
    """Name and phone of everybody in one cell."""
    rows: list[list[Any]] = [["门牌", "业主及联系方式", "房屋用途", "签约时间", "附注"]]
    for n in range(1, 9):
        text = f"{name(n)} {phone(n)}" if n % 3 else f"{name(n)}:{phone(n)};{name(n + 3)}(配偶){phone(n + 30)}"
        rows.append([f"6-2-{n}03", text, "住宅", f"2021年{n}月8日", "租客请联系中介" if n == 2 else None])
    return write(path, rows)


def second_table_codes(path: Path) -> Path:
    """Codes instead of words, explained in the header; two phones a cell; shares; an example row."""
    rows: list[list[Any]] = [
        ["*房屋编码", "业主姓名(必填)", "房屋状态(0空置 1自住 2出租)", "房屋类型", "联系电话(多个用/隔开)", "产权比例", "证件类型", "证件号"],
        ["示例:1-1-101", "示例", "1", "住宅", "13800000000", "100%", "身份证", "110110196001010010"],
    ]
    for n in range(1, 8):
        rows.append([f"8-1-{n}01", name(n), str(n % 3), "住宅", f"{phone(n)}/{phone(n + 50)}" if n % 2 else phone(n), "100%", "身份证", resident(n)])
    return write(path, rows)


def loans_book(path: Path) -> Path:
    """A lending book of the archive."""
    rows: list[list[Any]] = [["档案借阅登记簿"], ["序号", "档案编号", "借阅人", "借阅日期", "借阅事由", "归还日期", "经办人", "备注"]]
    for n in range(1, 7):
        rows.append([n, f"YG-1-1-{n}01-01", name(n), date(2026, 5, n), "查阅合同", date(2026, 5, n + 9) if n < 5 else None, name(20), None])
    return write(path, rows, tab="借阅登记2026年")


def household_list(path: Path) -> Path:
    """Who lives where: one row a person, the head of the house among them."""
    rows: list[list[Any]] = [["楼栋", "房间号", "姓名", "与户主关系", "性别", "公民身份号码", "手机号码", "工作单位"]]
    for n in range(1, 6):
        for k, relation in enumerate(("户主", "配偶", "子女")):
            rows.append(
                [
                    f"{n}栋",
                    f"{n}01",
                    name(n * 7 + k),
                    relation,
                    "女" if k == 1 else "男",
                    resident(n * 7 + k),
                    phone(n * 7 + k) if k < 2 else None,
                    "某某厂" if k == 0 else None,
                ]
            )
    return write(path, rows)


def shops(path: Path) -> Path:
    """Shops: shop number, tenant and owner by phone cells that hold names."""
    rows: list[list[Any]] = [["商铺一览"], ["商铺号", "商铺名称", "租赁面积", "承租人", "承租人电话", "产权人", "产权人电话", "租赁到期日"]]
    for n in range(1, 8):
        rows.append(
            [
                f"S-{n:03d}",
                f"{name(n)}小吃店",
                30 + n,
                name(n),
                phone(n),
                name(n + 11),
                f"{name(n + 11)[0]}先生{phone(n + 11)}" if n % 2 else phone(n + 11),
                date(2027, 1, n),
            ]
        )
    return write(path, rows)


LEDGERS: dict[str, tuple[Any, tuple[int, int], dict[str, str]]] = {
    "classic": (classic, (3, 3), {"序号": "own.serial", "房号": "houses.house_no", "业主": "owners.name", "身份证号码": "owners.id_no", "联系电话": "owners.phone", "建筑面积(㎡)": "houses.floor_area", "收楼日期": "houses.handover_on", "房屋现状": "houses.status", "备注": "houses.note"}),
    "phones_under_owner": (phones_under_owner, (1, 1), {"楼号": "houses.building", "单元": "houses.unit", "室": "houses.room", "#4": "owners.name", "业主": "owners.phone", "面积": "houses.floor_area", "交房时间": "houses.handover_on"}),
    "side_by_side": (side_by_side, (2, 2), {"房号": "houses.house_no", "姓名": "owners.name", "电话": "owners.phone", "房号'": "houses.house_no", "姓名'": "owners.name", "电话'": "owners.phone"}),
    "two_rows": (two_rows, (2, 3), {"序号": "own.serial", "房号": "houses.house_no", "面积": "houses.floor_area", "业主/姓名": "owners.name", "业主/电话": "owners.phone", "业主/身份证号": "owners.id_no", "租户/姓名": "household.name:租户", "租户/电话": "household.phone:租户", "备注": "houses.note"}),
    "padded": (padded, (3, 3), {"序号": "own.serial", "房间编号": "houses.house_no", "产权人": "owners.name", "产权面积": "houses.floor_area", "联系方式": "owners.phone", "入伙时间": "houses.movein_on", "备注": "houses.note"}),
    "merged_family": (merged_family, (1, 1), {"房号": "houses.house_no", "建筑面积": "houses.floor_area", "产权人姓名": "owners.name", "产权份额": "owners.share", "证件号码": "owners.id_no", "手机": "owners.phone"}),
    "building_tabs": (building_tabs, (2, 2), {"室号": "houses.room", "户主": "owners.name", "户主电话": "owners.phone", "家庭人口": "own.count", "车牌号": "own.vehicle"}),
    "everything_in_one": (everything_in_one, (1, 1), {"门牌": "houses.house_no", "业主及联系方式": "owners.name", "房屋用途": "houses.use", "签约时间": "houses.contract_on", "附注": "houses.note"}),
    "second_table_codes": (second_table_codes, (1, 1), {"*房屋编码": "houses.house_no", "业主姓名(必填)": "owners.name", "房屋状态(0空置 1自住 2出租)": "houses.status", "房屋类型": "houses.use", "联系电话(多个用/隔开)": "owners.phone", "产权比例": "owners.share", "证件类型": "owners.id_type", "证件号": "owners.id_no"}),
    "loans_book": (loans_book, (2, 2), {"序号": "own.serial", "档案编号": "loans.file_no", "借阅人": "loans.borrower", "借阅日期": "loans.lent_on", "借阅事由": "loans.purpose", "归还日期": "loans.returned_on", "经办人": "loans.handled_by", "备注": "loans.note"}),
    "household_list": (household_list, (1, 1), {"楼栋": "houses.building", "房间号": "houses.house_no", "姓名": "household.name", "与户主关系": "household.relation", "性别": "own.sex", "公民身份号码": "household.id_no", "手机号码": "household.phone", "工作单位": "own.personal"}),
    "shops": (shops, (2, 2), {"商铺号": "houses.house_no", "商铺名称": "own.shop", "租赁面积": "houses.floor_area", "承租人": "household.name:租户", "承租人电话": "household.phone:租户", "产权人": "owners.name", "产权人电话": "owners.phone", "租赁到期日": "own.rent"}),
}  # fmt: skip
"""name: (writer, header rows, header → field) of each invented ledger."""
