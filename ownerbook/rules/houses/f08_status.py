"""F08: 房屋状态 against what happened."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines.ownership import NEEDS, Ownership
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="F08",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("房屋状态与登记矛盾", "Status of a house contradicts the register"),
    message=Text("房屋状态是 {found}，但{facts}", "the house is {found}, but {facts}"),
    why=Text("空置、自住、出租的统计和服务安排都以房屋状态为准。", "Statistics and services rest on the status of each house."),
    fix=Text("核实现况后更新房屋状态，或改正有误的日期、业主。", "Find out how things stand; correct the status, the date or the owner."),
    needs=f"{NEEDS} houses.house_no houses.status houses.contract_on? houses.handover_on? houses.movein_on? today",
    wrong="""
        今天 2026-10-31

        房屋: 房号 | 签约日期 | 交房日期 | 入住日期 | 房屋状态
        1-1-101 | 2024-01-01 | | | «未售»
        1-1-102 | | | 2024-05-01 | «未售»
        1-1-103 | | | | «未售»
        1-1-104 | 2024-01-01 | 2026-10-30 | | «未交房»
        1-1-105 | 2024-01-01 | 2027-01-01 | 2026-01-01 | «未交房»
        1-1-106 | 2024-01-01 | 2024-03-01 | 2024-05-01 | «自住»

        业主: 业主编号 | 房号 | 业主状态 | 迁出日期
        Y1 | 1-1-103 | 现业主 |
        Y2 | 1-1-106 | 原业主 | 2026-01-01
    """,
    right=(
        """
        今天 2026-10-31

        房屋: 房号 | 签约日期 | 交房日期 | 入住日期 | 房屋状态
        1-1-101 | | 2027-05-01 | | 未售
        1-1-102 | 2024-01-01 | 2026-10-31 | | 未交房
        1-1-103 | 2024-01-01 | 2024-03-01 | 2024-05-01 | 自住
        1-1-104 | 2024-01-01 | 2024-03-01 | 2024-05-01 | 空置
        1-1-105 | 2024-01-01 | 2024-03-01 | 2024-05-01 | 自住
        1-1-106 | t:2019-02-30 | | | 未售
        1-1-107 | 2024-01-01 | 2024-03-01 | 2024-05-01 | 住着
        1-1-108 | 2024-01-01 | 2024-03-01 | 2024-05-01 | 自住
        1-1-108 | 2024-01-01 | 2024-03-01 | 2024-05-01 | 自住
        1-1-109 | 2024-01-01 | | | 出租

        业主: 业主编号 | 房号 | 业主状态 | 迁出日期
        Y1 | 1-1-103 | 现业主 |
        Y2 | 1-1-105 | 现业主 | 2024-01-01
        Y3 | 1-1-101 | 原业主 | 2024-01-01
        """,
        """
        房屋: 房号 | 签约日期 | 房屋状态
        1-1-101 | 2024-01-01 | 自住

        业主: 业主编号 | 房号 | 业主状态
        Y1 | 1203 | 现业主
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """未售: neither contract nor move-in nor 现业主. 未交房: no move-in, hand-over not past. 自住: a 现业主."""
    h, owned = v.houses, Ownership.of(v)
    single = h.house_no.ok & ~h.keys.is_doubled(h.house_no.ids)
    known = single & ~owned.doubtful(h.house_no.ids)
    has_owner = known & owned.owned(h.house_no.ids)
    unsold, waiting = h.status.is_("未售"), h.status.is_("未交房")
    contract, handover, movein = h.contract_on, h.handover_on, h.movein_on
    unowned = np.zeros(len(h), bool)
    unowned[owned.ownerless(rows(known & ~has_owner & h.status.is_("自住")))] = True
    dates = (
        ("contract_on", unsold & contract.ok),
        ("movein_on", (unsold | waiting) & movein.ok),
        ("handover_on", waiting & handover.ok & (handover.days < v.today)),
    )
    wrong = (unsold & has_owner) | unowned
    for _, mask in dates:
        wrong |= mask

    def facts(r: int) -> dict[str, object]:
        zh, en = [], []
        for field, mask in dates:
            if mask[r]:
                column = getattr(h, field)
                zh.append(f"{column.column.header.zh}是 {iso(column.days[r])}")
                en.append(f"{column.column.header.zh} is {iso(column.days[r])}")
        if unowned[r]:
            zh.append("没有现业主")
            en.append("there is no current owner")
        elif unsold[r] and has_owner[r]:
            zh.append("有现业主")
            en.append("there is a current owner")
        return {"facts": Text("、".join(zh), ", ".join(en))}

    yield Hit("houses", rows(wrong), "status", facts)
