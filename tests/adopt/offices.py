"""More ledgers of offices, invented, each as its header and one row that is varied; what each column is was written before the reader saw it.

BATCHES says in what order they were written: the later one was tried after the rules had learnt from the earlier one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ledgers import name, phone, resident, write

Row = list[Any]


@dataclass(frozen=True)
class Office:
    """A ledger: rows above the header, the header, a row of data by its number, what the columns are."""

    head: Sequence[Row]
    row: Callable[[int], Row]
    truth: str
    above: Sequence[Row] = ()
    merges: Mapping[str, str] = field(default_factory=dict)
    tab: str = "Sheet1"
    use: bool = True

    def write(self, path: Path) -> Path:
        """Put it on disk, with twelve rows."""
        return write(path, [*self.above, *self.head, *(self.row(n) for n in range(1, 13))], merges=self.merges, tab=self.tab)


FIRST: dict[str, Office] = {
    "buyers": Office(
        [["序", "栋号", "房号", "购房人", "身份证", "联系方式", "签约时间", "成交面积", "付款方式", "是否交房", "交房时间", "备忘"]],
        lambda i: [i, f"{i % 3 + 1}#", f"{i}01", name(i), resident(i), phone(i), date(2019, 5, i), 98.6 + i, "按揭", "是", date(2021, 5, i), None],
        "- houses.building houses.house_no|houses.room owners.name owners.id_no owners.phone houses.contract_on houses.floor_area - - houses.handover_on houses.note",
        above=[["海棠湾业主购房明细"]],
    ),
    "grid": Office(
        [["楼号", "单元", "门牌", "户主姓名", "家庭人口", "户主手机", "配偶姓名", "配偶手机", "子女", "常住/租住", "车牌", "网格员"]],
        lambda i: [i % 4 + 1, i % 2 + 1, f"{i}02", name(i), 3, phone(i), name(i + 3), phone(i + 50), name(i + 5) if i % 2 else None, "常住" if i % 3 else "租住", f"京A0000{i % 10}", name(22)],
        "houses.building houses.unit houses.house_no|houses.room owners.name - owners.phone household.name household.phone household.name -|houses.status - -",
        above=[["网格化管理住户台账"], ["社区:", "某某社区"]],
    ),
    "two_groups": Office(
        [["客户信息", None, None, None, "房产信息", None, None, None], ["客户名称", "证件号码", "手机号", "通讯地址", "楼栋", "房号", "产权面积", "交付状态"]],
        lambda i: [name(i), resident(i), phone(i), "某市某路3号", f"{i % 3 + 1}号楼", f"{i % 2 + 1}-{i}01", 88.8 + i, "已交付" if i % 2 else "未交付"],
        "owners.name owners.id_no owners.phone owners.address houses.building houses.house_no|houses.room houses.floor_area houses.status",
        merges={"A1:D1": "客户信息", "E1:H1": "房产信息"},
    ),
    "market": Office(
        [["位置", "铺号", "建面", "店主", "店主电话", "房东", "房东电话", "合同起止", "备注"]],
        lambda i: ["一层A区", f"A-{i:02d}", 45 + i, name(i), phone(i), name(i + 9), phone(i + 90), "2025.1.1-2026.12.31", None],
        "-|houses.house_no houses.house_no houses.floor_area household.name household.phone owners.name owners.phone - houses.note",
    ),
    "three_phones": Office(
        [["房间代码", "房间名称", "客户", "电话1", "电话2", "电话3", "邮箱", "入住标志"]],
        lambda i: [f"0101{i:02d}0101", f"1栋1单元{i}01", name(i), phone(i), phone(i + 40) if i % 2 else None, f"010-6200{i:04d}" if i % 3 else None, f"u{i}@example.com", "已入住" if i % 2 else "空置"],
        "-|houses.house_no houses.house_no owners.name owners.phone owners.phone2 - owners.email houses.status",
    ),
    "archive": Office(
        [["档案盒号", "案卷号", "房屋", "产权人", "卷内材料", "页数", "入库时间", "保存年限", "存放柜"]],
        lambda i: [i, f"YG-1-1-{i}01-01", f"1-1-{i}01", name(i), "合同、身份证复印件", 12, date(2023, 3, i), "永久", "A3"],
        "- files.file_no files.house_no - - - files.created_on files.retention files.location",
        tab="档案",
    ),
    "lending": Office(
        [["日 期", "借档人", "所在单位", "借阅内容(档号)", "事 由", "预计归还", "实际归还", "经办", "批准领导"]],
        lambda i: [date(2026, 6, i), name(i), "工程部", f"YG-1-1-{i}01-01", "查图纸", date(2026, 6, i + 14), date(2026, 6, i + 7) if i % 2 else None, name(30), name(31)],
        "loans.lent_on loans.borrower loans.borrower_kind|- loans.file_no loans.purpose loans.due_on loans.returned_on loans.handled_by loans.reviewer",
        above=[["档案借阅登记"]], tab="借阅记录",
    ),
    "english": Office(
        [["Building", "Unit", "Room", "Owner Name", "Mobile", "ID Number", "Area (sqm)", "Handover Date", "Status", "Remark"]],
        lambda i: [f"B{i % 3 + 1}", i % 2 + 1, 100 * i + 1, name(i), phone(i), resident(i), 101.5, date(2020, 1, i), "自住" if i % 2 else "空置", None],
        "houses.building houses.unit houses.room|houses.house_no owners.name owners.phone owners.id_no houses.floor_area houses.handover_on houses.status houses.note",
    ),
    "deeds": Office(
        [["序号", "房产证地址", "所有权人", "共有人", "所有权证号", "面积", "电话", "现住人", "现住人电话", "居住性质"]],
        lambda i: [i, f"阳光小区{i % 4 + 1}号楼{i % 2 + 1}单元{i}01", name(i), name(i + 4) if i % 2 else None, f"京(2019)海淀不动产权第{i:07d}号", 77 + i, phone(i), name(i + 8) if i % 3 == 0 else None, phone(i + 70) if i % 3 == 0 else None, "租住" if i % 3 == 0 else "自住"],
        "- houses.house_no owners.name owners.name houses.title_no houses.floor_area owners.phone household.name|- household.phone|- -|houses.status",
    ),
    "staff": Office(
        [["工号", "员工", "职务", "到岗时间", "身份证", "手机", "紧急联系人", "学历"]],
        lambda i: [f"G{i:03d}", name(i), "保安", date(2022, 3, i), resident(i), phone(i), name(i + 2), "高中"],
        "staff.staff_no staff.name staff.role staff.joined_on - staff.phone - -",
        tab="员工花名册",
    ),
    "renovation_group": Office(
        [["房号", "业主", "性别", "面积", "装修情况", None, None, "联系"], [None, None, None, None, "申请日", "竣工日", "押金", None]],
        lambda i: [f"6-1-{i}03", name(i), "男", 90 + i, date(2024, 1, i), date(2024, 5, i), 2000, phone(i)],
        "houses.house_no owners.name - houses.floor_area - - - owners.phone",
        merges={"A1:A2": "房号", "B1:B2": "业主", "C1:C2": "性别", "D1:D2": "面积", "E1:G1": "装修情况", "H1:H2": "联系"},
    ),
    "floor_plan": Office(
        [["楼层", "01室", "02室", "03室"]], lambda i: [i, f"{name(i)} {phone(i)}", f"{name(i + 1)} {phone(i + 20)}", f"{name(i + 2)} {phone(i + 40)}"],
        "- - - -", above=[["3栋住户平面表"]], tab="3栋", use=False,
    ),
}  # fmt: skip

SECOND: dict[str, Office] = {
    "handover_list": Office(
        [["楼栋单元", "室号", "业主/产权人", "身份证明号码", "联系手机号", "合同建面", "实测建面", "面积差", "通知书签收", "验房结果", "钥匙(把)", "领钥匙时间", "经办人"]],
        lambda i: [f"{i % 3 + 1}栋{i % 2 + 1}单元", f"{i}01", name(i), resident(i), phone(i), 100.1, 101.2, 1.1, "已签收", "合格", 5, date(2023, 9, i), name(40)],
        "houses.building|- houses.room|houses.house_no owners.name owners.id_no owners.phone houses.floor_area|- houses.floor_area|- - - - - houses.handover_on -|owners.registered_by",
        above=[["幸福里集中交付登记表"]],
    ),
    "committee": Office(
        [["门牌号", "专有部分面积(㎡)", "业主(产权人)姓名", "身份证号后四位", "联系电话", "是否同意", "签名", "备注"]],
        lambda i: [f"{i % 5 + 1}-1-{i}02", 89 + i, name(i), f"{1000 + i}", phone(i), "同意", None, None],
        "houses.house_no houses.floor_area owners.name - owners.phone - - houses.note",
        above=[["业主大会表决票统计"]],
    ),
    "old_town": Office(
        [["弄", "号", "室", "户名", "电话", "居住面积", "房屋来源", "户口人数"]],
        lambda i: [f"{100 + i % 2}弄", i % 6 + 1, f"{i}01", name(i), f"6200{i:04d}", 45 + i, "售后公房", 3],
        "-|houses.building houses.building|houses.unit|- houses.room|houses.house_no owners.name owners.phone houses.floor_area|houses.inner_area - -",
    ),
    "property_system": Office(
        [["项目名称", "楼宇", "单元", "楼层", "房间号", "房间状态", "收费面积", "套内面积", "客户名称", "客户类型", "证件类型", "证件号", "手机号码", "其他联系方式", "关系", "入伙日期", "装修状态", "创建时间"]],
        lambda i: ["金桂园", f"{i % 3 + 1}栋", f"{i % 2 + 1}单元", i, f"{i}03", "已入住", 99.5, 80.2, name(i), "个人", "身份证", resident(i), phone(i), None, "业主", date(2020, 4, i), "已装修", "2020-04-01 10:00:00"],
        "- houses.building houses.unit - houses.house_no|houses.room houses.status houses.floor_area houses.inner_area owners.name|household.name -|owners.kind owners.id_type|household.id_type owners.id_no|household.id_no owners.phone|household.phone owners.phone2|-|household.phone household.relation houses.movein_on - -",
    ),
    "company_tenants": Office(
        [["单元", "承租单位", "负责人", "联系电话", "租赁面积", "起租日", "到期日", "业主", "业主联系电话"]],
        lambda i: [f"A{i:02d}01", f"某某科技{i}有限公司", name(i), phone(i), 200 + i, date(2025, 1, i), date(2027, 1, i), name(i + 20), phone(i + 20)],
        "houses.house_no household.name|- - household.phone|-|owners.phone houses.floor_area - - owners.name owners.phone",
    ),
    "deceased_and_heirs": Office(
        [["房 号", "原产权人", "现产权人", "过户时间", "现产权人电话", "产权份额", "不动产权证书号", "证件号码", "特殊说明"]],
        lambda i: [f"2-1-{i}04", name(i), name(i + 6), date(2022, 8, i), phone(i + 6), "100%", f"京(2022)朝阳不动产权第{i:07d}号", resident(i + 6), None],
        "houses.house_no - owners.name owners.owned_from owners.phone owners.share houses.title_no owners.id_no houses.note",
    ),
    "archive_list": Office(
        [["序号", "档号", "题名", "房号", "业主", "立卷时间", "立卷人", "页数", "密级", "期限", "存放地点", "备注"]],
        lambda i: [i, f"YG-1-1-{i}01-01", f"1-1-{i}01业主档案", f"1-1-{i}01", name(i), date(2022, 2, i), name(33), 20, "内部", "永久", "A1柜2层", None],
        "- files.file_no files.title files.house_no - files.created_on files.created_by - files.confidentiality files.retention files.location files.note",
        tab="档案目录",
    ),
    "training": Office(
        [["培训日期", "培训内容", "学时(小时)", "授课人", "参训人员", "考核结果", "备注"]],
        lambda i: [date(2026, 1, i), "档案保密", 2, name(1), f"{name(i)}、{name(i + 1)}", "合格", None],
        "training.held_on training.topic training.hours training.trainer training.attendees training.result|- training.note",
        tab="培训记录",
    ),
}  # fmt: skip

BATCHES = {"first": FIRST, "second": SECOND}
