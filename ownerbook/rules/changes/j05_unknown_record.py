"""J05: a change of something that is not registered."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.changes.targets import CELL_NEEDS, RECORD_NEEDS, Records
from ownerbook.rules.view import SheetView, View, rows
from ownerbook.schema.cells import Bools
from ownerbook.schema.words import Text

CARD = Card(
    code="J05",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("变更的对象不存在", "Change of an unknown record"),
    message=Text("对象编号 {found} 在「{target}」表里没有", "record {found} is not on {target}"),
    why=Text("找不到对象，就不知改了谁的什么。", "Without the record nobody can tell whose fact was changed."),
    fix=Text(
        "核对对象表和对象编号（填变更前的编号）；无此对象的，退回申请。",
        "Check sheet and number (the number before the change); return the application if there is none.",
    ),
    needs=f"{RECORD_NEEDS} changes.applicant? {CELL_NEEDS}",
    wrong="""
        房屋: 房号
        1-2-301

        业主: 业主编号
        Y1

        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 新值 | 审核结果 | 更新日期
        B1 | 房屋 | «1-2-399» | 户型 | 三居 | 同意 | 2026-03-01
        B2 | 业主 | «1-2-301» | 姓名 | 王芳 | 待审 |
        B3 | 业主 | «Y7» | 业主编号 | Y8 | 同意 | 2026-03-01
        B4 | 业主 | «Y9» | 业主编号 | Y1 | 待审 |
    """,
    right=(
        """
        房屋: 房号
        1-2-301
        3-1-102

        业主: 业主编号
        Y1
        Y2
        Y2

        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 新值 | 审核结果 | 更新日期
        B1 | 房屋 | 1栋2单元301室 | 户型 | 三居 | 同意 | 2026-03-01
        B2 | 房屋 | 3-1-101 | 房号 | 3-1-112 | 同意 | 2026-03-01
        B3 | 房屋 | 3-1-112 | 房号 | 3-1-102 | 同意 | 2026-04-01
        B4 | 房屋 | 3-1-101 | 户型 | 两居 | 同意 | 2025-04-01
        B5 | 业主 | Y2 | 姓名 | 王芳 | 待审 |
        B6 | 家庭成员 | M1 | 姓名 | 王芳 | 待审 |
        B7 | 业主 | | 姓名 | 王芳 | 待审 |
        B8 | 车辆 | K1 | 姓名 | 王芳 | 待审 |
        """,
        """
        业主: 业主编号 | 姓名 | 联系电话
        Y1 | 王芳 | 139-0000-0001
        Y1 | 李雷 | 139-0000-0002
        e:#N/A | 韩梅 | 139-0000-0003

        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 新值 | 申请人 | 审核结果 | 更新日期
        B1 | 业主 | Y2 | 联系电话 | 13900000002 | 李磊 | 同意 | 2026-03-01
        B2 | 业主 | Y3 | 通讯地址 | 一号楼 | 韩梅 | 待审 |
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """A number that a done change replaced is followed to the new one. Whose own number is wrong is told there, not here."""
    records = Records(v)
    missing = records.missing & ~_wrong_there(v, records)
    yield Hit("changes", rows(missing), "record", lambda r: {"target": v.changes.found("sheet", r)})


def _wrong_there(v: View, records: Records) -> Bools:
    """Which changes seem to mean a row whose own key is damaged or doubled: its cell holds the new value, or it is the applicant's."""
    out = np.zeros(len(v.changes), bool)
    for sheet, column, mine in records.fields.groups():
        mine = mine[records.missing[mine]]
        if not len(mine):
            continue
        table: SheetView = getattr(v, sheet.field)
        key, cells = getattr(table, sheet.key.field), getattr(table, column.field)
        lost = ~key.ok | table.keys.is_doubled(key.ids)
        if not lost.any():
            continue
        if cells.ids is not None:
            new = v.changes.read_as("new", mine, table, column.field, np.full(len(mine), -1, np.int32))
            out[mine] |= new.ok & np.isin(new.ids, cells.ids[lost & cells.ok])
        if "name" in sheet.by_field and v.has("changes.applicant"):
            applicant = v.changes.applicant
            out[mine] |= applicant.ok[mine] & np.isin(applicant.ids[mine], table.name.ids[lost & table.name.ok])
    return out
