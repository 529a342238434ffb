"""J04: the same change is submitted twice."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.changes.targets import NEEDS, group_numbers
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="J04",
    severity="notice",
    stage=Stage.AGREEMENT,
    repair="auto",
    title=Text("同一变更重复提交", "Change submitted twice"),
    message=Text(
        "变更 {record} 与 {other} 对同一对象、同一字段由同一原值改为同一新值",
        "change {record} repeats {other}: same record, field, old and new value",
    ),
    why=Text("重复的变更单使更新的次数和先后说不清。", "Repeated changes blur how often and in what order a fact was updated."),
    fix=Text("合并为一条，保留先提交的。", "Keep the one submitted first."),
    needs=NEEDS + " changes.record changes.old changes.new changes.applied_on changes.decision",
    wrong="""
        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 原值 | 新值 | 申请日期 | 审核结果
        B1 | 业主 | Y1 | 联系电话 | 139-0000-0001 | 139-0000-0002 | 2026-03-01 | 同意
        B2 | 业主 | Y2 | 联系电话 | 139-0000-0001 | 139-0000-0002 | 2026-03-01 | 同意
        «B3» | 业主 | Y1 | 联系电话 | 139-0000-0001 | 139-0000-0002 | 2026-03-02 | 待审
        B5 | 业主 | Y3 | 备用电话 | | 139-0000-0002 | 2026-03-01 | 同意
        «B6» | 业主 | Y3 | 备用电话 | | 139-0000-0002 | 2026-03-01 | 同意
        «B4» | 业主 | Y2 | 联系电话 | 139-0000-0001 | 139-0000-0002 | 2026-02-01 | 同意
    """,
    right="""
        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 原值 | 新值 | 申请日期 | 审核结果
        B1 | 房屋 | 1-1-101 | 房屋状态 | 自住 | 出租 | 2024-03-01 | 同意
        B2 | 房屋 | 1-1-101 | 房屋状态 | 出租 | 自住 | 2025-03-01 | 同意
        B3 | 房屋 | 1-1-101 | 房屋状态 | 自住 | 出租 | 2026-03-01 | 同意
        B4 | 业主 | Y1 | 姓名 | 王芳 | 王方 | 2026-03-01 | 不同意
        B5 | 业主 | Y1 | 姓名 | 王芳 | 王方 | 2026-04-01 | 同意
        B6 | 业主 | Y2 | 备用电话 | | 139-0000-0003 | 2026-03-01 | 同意
        B6 | 业主 | Y2 | 备用电话 | | 139-0000-0003 | 2026-03-01 | 同意
        B7 | 业主 | Y2 | 联系电话 | | 139-0000-0003 | 2026-03-01 | 同意
        B8 | 业主 | | 联系电话 | | 139-0000-0004 | 2026-03-01 | 同意
        B9 | 业主 | | 联系电话 | | 139-0000-0004 | 2026-03-01 | 同意
        BA | 业主 | Y3 | | | 139-0000-0004 | 2026-03-01 | 同意
        BB | 业主 | Y3 | | | 139-0000-0004 | 2026-03-01 | 同意
        BC | 业主 | Y3 | 姓名 | | | 2026-03-01 | 同意
        BD | 业主 | Y3 | 姓名 | | | 2026-03-01 | 同意
        BE | 住户 | Y4 | 姓名 | | 王芳 | 2026-03-01 | 同意
        BF | 租客 | Y4 | 姓名 | | 王芳 | 2026-03-01 | 同意
        BG | 业主 | Y5 | 姓名 | | 王芳 | 2026年 | 同意
        BH | 业主 | Y5 | 姓名 | | 王芳 | 2026年 | 同意
        BI | 业主 | Y6 | 姓名 | e:#N/A | 王芳 | 2026-03-01 | 同意
        BJ | 业主 | Y6 | 姓名 | e:#N/A | 王芳 | 2026-03-01 | 同意
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Alike in record, field, old and new, with no other change of that field in between; a refused one may be submitted again."""
    c = v.changes
    mine = rows(c.first & c.sheet.ok & c.record.ok & c.field.ok & c.new.ok & (c.old.ok | c.old.blank) & c.applied_on.ok & ~c.decision.is_("不同意"))
    cell = group_numbers(c.sheet.choice[mine], c.record.ids[mine], c.field.ids[mine])
    order = np.lexsort((mine, c.applied_on.days[mine], cell))
    mine, cell = mine[order], cell[order]
    a, b = mine[:-1], mine[1:]
    alike = (cell[:-1] == cell[1:]) & (c.old.ids[a] == c.old.ids[b]) & (c.new.ids[a] == c.new.ids[b])
    other = {int(max(x, y)): int(min(x, y)) for x, y in zip(a[alike], b[alike], strict=True)}
    yield Hit("changes", sorted(other), "change_no", lambda r: {"other": c.key_text(other[r])})
