"""J08: an older change was carried out after a newer one of the same field."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.changes.targets import NEEDS, done, group_numbers
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="J08",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("变更没有按先后更新", "Changes carried out of order"),
    message=Text(
        "{applied} 申请的变更 {record} 到 {done} 才更新，晚于 {later} 申请、{before} 已更新的 {other}",
        "change {record}, applied for on {applied}, was carried out on {done}, after {other}, applied for on {later} and carried out on {before}",
    ),
    why=Text("后更新的旧申请会盖掉较新的值。", "An old application carried out late overwrites the newer value."),
    fix=Text(
        "核对该字段现在应是哪一个值，必要时按申请先后重新更新。",
        "Check which value the field should have now; carry the changes out again in order if need be.",
    ),
    needs=NEEDS + " changes.record changes.decision changes.applied_on changes.done_on",
    wrong="""
        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 申请日期 | 审核结果 | 更新日期
        B1 | 业主 | Y1 | 联系电话 | 2026-03-01 | 同意 | «2026-06-01»
        B2 | 业主 | Y1 | 联系电话 | 2026-05-01 | 同意 | 2026-05-02
    """,
    right="""
        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 申请日期 | 审核结果 | 更新日期
        B1 | 业主 | Y1 | 联系电话 | 2026-03-01 | 同意 | 2026-05-02
        B2 | 业主 | Y1 | 联系电话 | 2026-05-01 | 同意 | 2026-05-02
        B3 | 业主 | Y2 | 联系电话 | 2026-03-01 | 同意 | 2026-06-01
        B4 | 业主 | Y2 | 联系电话 | 2026-05-01 | 不同意 | 2026-05-02
        B5 | 业主 | Y2 | 备用电话 | 2026-05-01 | 同意 | 2026-05-02
        B6 | 业主 | Y3 | 联系电话 | 2026-05-01 | 同意 | 2026-05-03
        B7 | 业主 | Y3 | 联系电话 | 2026-05-01 | 同意 | 2026-05-02
        B8 | 业主 | Y4 | 联系电话 | 2026-05-01 | 同意 | 2026-05-02
        B8 | 业主 | Y4 | 联系电话 | 2026-04-01 | 同意 | 2026-05-03
        B9 | 业主 | | 联系电话 | 2026-05-01 | 同意 | 2026-05-02
        BA | 业主 | | 联系电话 | 2026-04-01 | 同意 | 2026-05-03
        BB | 业主 | Y5 | | 2026-05-01 | 同意 | 2026-05-02
        BC | 业主 | Y5 | | 2026-04-01 | 同意 | 2026-05-03
        BD | 住户 | Y6 | 姓名 | 2026-05-01 | 同意 | 2026-05-02
        BE | 租客 | Y6 | 姓名 | 2026-04-01 | 同意 | 2026-05-03
        BF | 业主 | Y7 | 姓名 | 2026-05-01 | 同意 | 2026-05-02
        BG | 业主 | Y7 | 姓名 | 四月 | 同意 | 2026-05-03
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Updates of one day have no order among them."""
    c = v.changes
    mine = rows(c.first & done(v) & c.sheet.ok & c.record.ok & c.field.ok & c.applied_on.ok)
    if not len(mine):
        return
    applied, updated = c.applied_on.days[mine].astype(np.int64), c.done_on.days[mine]
    cell = group_numbers(c.sheet.choice[mine], c.record.ids[mine], c.field.ids[mine])
    order = np.lexsort((applied, updated, cell))  # on one day the older application first: it is never behind itself
    mine, cell, applied = mine[order], cell[order], applied[order]
    reach = np.maximum.accumulate(applied + (cell.astype(np.int64) << 33))  # the newest application so far, cell by cell
    late = np.flatnonzero(applied + (cell.astype(np.int64) << 33) < reach)
    newer = {int(mine[n]): int(mine[np.searchsorted(reach, reach[n])]) for n in late}
    yield Hit(
        "changes", sorted(newer), "done_on",
        lambda r: {
            "applied": iso(c.applied_on.days[r]), "done": iso(c.done_on.days[r]), "other": c.key_text(newer[r]),
            "later": iso(c.applied_on.days[newer[r]]), "before": iso(c.done_on.days[newer[r]]),
        },
    )  # fmt: skip
