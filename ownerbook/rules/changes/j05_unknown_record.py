"""J05: a change of something that is not registered."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.changes.targets import RECORD_NEEDS, Records
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="J05",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("变更的对象不存在", "Change of an unknown record"),
    message=Text("对象编号 {found} 在「{target}」表里没有", "record {found} is not on {target}"),
    why=Text("找不到对象,就不知改了谁的什么。", "Without the record nobody can tell whose fact was changed."),
    fix=Text(
        "核对对象表和对象编号(填变更前的编号);无此对象的,退回申请。",
        "Check sheet and number (the number before the change); return the application if there is none.",
    ),
    needs=RECORD_NEEDS,
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
    right="""
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
)


def find(v: View) -> Iterator[Hit]:
    """A number that a done change replaced is followed to the new one."""
    yield Hit("changes", rows(Records(v).missing), "record", lambda r: {"target": v.changes.found("sheet", r)})
