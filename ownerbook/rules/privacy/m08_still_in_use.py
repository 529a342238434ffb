"""M08: a former owner's particulars that should be sealed by now."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines import retention
from ownerbook.deadlines.columns import needed
from ownerbook.deadlines.sealing import NEEDS, due_for_sealing
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

_PARTICULARS = ("id_no", "phone", "phone2", "address", "email")

CARD = Card(
    code="M08",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("原业主信息未封存", "Former owner's particulars not sealed"),
    message=Text("原业主的{what}仍在表中，而{why}", "{what} of a former owner are still there, although {why}"),
    why=Text(
        "保存期满或业主要求删除后，应删除或封存（个人信息保护法第四十七条）。",
        "Past retention or on request they are deleted or sealed (PIPL art. 47).",
    ),
    fix=Text(
        "改为 已封存 或 已删除；ownerbook seal 连旧版本里的一并取出。",
        "Replace them by 已封存 or 已删除; ownerbook seal does so in kept versions too.",
    ),
    needs=needed(NEEDS, retention.NEEDS, "owners.id_no owners.phone owners.phone2 owners.address owners.email policy today"),
    wrong="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态 | 证件号码 | 联系电话 | 备用电话
        Y1 | 1-1-101 | 2004-01-01 | 2016-10-30 | 原业主 | «E00000001» | 138-0000-0001 |
        Y2 | 1-1-102 | 2004-01-01 | 2024-01-01 | 原业主 | 已封存 | «138-0000-0002» | 138-0000-0003

        档案: 档号 | 业主编号 | 保管期限
        YG-1-1-101-01 | Y1 | 10年
        YG-1-1-102-01 | Y2 | 永久

        权利请求: 请求编号 | 业主编号 | 类型 | 提出日期 | 答复期限 | 答复日期 | 答复
        Q1 | Y2 | 删除 | 2026-09-01 | | 2026-09-10 | 同意删除
    """,
    right="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态 | 证件号码 | 联系电话 | 备用电话
        Y1 | 1-1-101 | 2004-01-01 | 2016-10-31 | 原业主 | E00000001 | 138-0000-0001 |
        Y2 | 1-1-102 | 2004-01-01 | 2010-01-01 | 原业主 | 已封存 | 已删除 |
        Y3 | 1-1-103 | 2004-01-01 | 2010-01-01 | 原业主 | E00000001 | 138-0000-0001 |
        Y4 | 1-1-103 | 2004-01-01 | | 现业主 | E00000001 | 138-0000-0001 |
        Y5 | 1-1-104 | 2004-01-01 | 2020-01-01 | 原业主 | E00000001 | 138-0000-0001 |
        Y6 | 1-1-105 | 2004-01-01 | 2020-01-01 | 原业主 | E00000001 | 138-0000-0001 |
        Y7 | 1-1-106 | 2004-01-01 | 2020-01-01 | 原业主 | E00000001 | 138-0000-0001 |

        档案: 档号 | 业主编号 | 保管期限
        YG-1-1-101-01 | Y1 | 10年
        YG-1-1-102-01 | Y2 | 10年
        YG-1-1-103-01 | Y3 | 10年

        权利请求: 请求编号 | 业主编号 | 类型 | 提出日期 | 答复期限 | 答复日期 | 答复
        Q1 | Y4 | 删除 | 2026-09-01 | | 2026-09-10 | 同意删除
        Q2 | Y5 | 删除 | 2026-10-20 | | |
        Q3 | Y6 | 查阅 | 2026-01-20 | | |
        Q4 | Y7 | 删除 | 2026-01-20 | | 2026-01-21 | 依法须保存,不予删除
    """,
)


def find(v: View) -> Iterator[Hit]:
    """One problem an owner, at the first of the particulars that is not sealed."""
    o = v.owners
    expired, asked = due_for_sealing(v, v.today)
    open_ = {field: getattr(o, field).ok for field in _PARTICULARS}
    left = expired | asked
    for field in _PARTICULARS:
        here = left & open_[field]
        left = left & ~here

        def values(row: int) -> dict[str, object]:
            columns = [getattr(o, f).column.header for f in _PARTICULARS if open_[f][row]]
            why = Text("其档案的保管期限已满", "the retention of their file has ended")
            if not expired[row]:
                why = Text("业主已要求删除", "they asked for deletion")
            what = Text("、".join(c.zh for c in columns), ", ".join(c.en for c in columns))
            return {"what": what, "why": why}

        yield Hit("owners", np.flatnonzero(here).astype(np.int32), field, values)
