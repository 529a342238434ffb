"""M03: destroyed, or to be destroyed, before the retention has run out."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines import retention
from ownerbook.deadlines.columns import FOREVER
from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.disposals import days
from ownerbook.rules.view import View, iso, take
from ownerbook.schema.words import Text

CARD = Card(
    code="M03",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("未到期就销毁", "Destroyed before its time"),
    message=Text("档案 {file} 于 {day} 不得销毁：{why}", "file {file} is not to be destroyed on {day}: {why}"),
    why=Text("保管期限内销毁，业主与项目都失去凭证。", "What is destroyed within its retention is lost as evidence."),
    fix=Text("停止执行并上报；期限或迁出日期有误的，先改正。", "Stop and report; if the retention or a 迁出日期 is wrong, correct that first."),
    needs=days.NEEDS + " " + retention.NEEDS,
    wrong="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态
        Y1 | 1-1-101 | 2004-01-01 | 2016-02-29 | 原业主
        Y2 | 1-1-102 | 2004-01-01 | | 现业主

        档案: 档号 | 业主编号 | 保管期限
        YG-1-1-101-01 | Y1 | 10年
        YG-1-1-101-02 | Y1 | 永久
        YG-1-1-102-01 | Y2 | 10年
        YG-1-1-101-03 | Y1 | 30年

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-101-01 | 销毁 | «2026-02-28»
        Z2 | YG-1-1-101-02 | 销毁 | «2026-03-01»
        Z3 | YG-1-1-102-01 | 销毁 | «2026-03-01»
        Z4 | YG-1-1-101-03 | «销毁» |
    """,
    right="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态
        Y1 | 1-1-101 | 2004-01-01 | 2016-02-29 | 原业主
        Y2 | 1-1-102 | 2004-01-01 | | 原业主

        档案: 档号 | 业主编号 | 保管期限
        YG-1-1-101-01 | Y1 | 10年
        YG-1-1-101-02 | Y1 | 永久
        YG-1-1-102-01 | Y2 | 10年
        YG-1-1-101-04 | Y1 |

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-101-01 | 销毁 | 2026-03-01
        Z2 | YG-1-1-101-02 | 移交 | 2026-03-01
        Z3 | YG-1-1-102-01 | 销毁 | 2026-03-01
        Z4 | YG-1-1-101-02 | 归档 | 2016-03-01
        Z5 | YG-1-1-101-01 | 销毁 | t:三月
        Z6 | YG-1-1-101-04 | 销毁 |
        Z7 | YG-9-9-909-01 | 销毁 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The day must be later than the last day of retention; 永久 and a running ownership period have none."""
    d = v.disposals
    day = days.judged_on(v)
    end = take(retention.retention_ends(v), d.ref("file_no").row, int(NO_DAY))
    early = d.kind.is_("销毁") & d.first & (day != NO_DAY) & (end != NO_DAY) & (day <= end)

    def values(row: int) -> dict[str, object]:
        file = int(d.ref("file_no").row[row])
        if end[row] != FOREVER:
            why = Text(f"保管至 {iso(end[row])}", f"it is kept until {iso(end[row])}")
        elif v.files.found("retention", file) == "永久":
            why = Text("保管期限是永久", "its retention is 永久")
        else:
            why = Text("业主尚未迁出，保管期限还没有起算", "its owner has not left, so the retention has not begun")
        return {"file": v.files.key_text(file), "day": iso(day[row]), "why": why}

    yield from days.told(v, np.asarray(early), values)
