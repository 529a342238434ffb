"""R09: a house's current owners have no main contact, or several."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines.ownership import NEEDS, Ownership
from ownerbook.register.understood import REJECTED
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R09",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("主联系人不是恰好一位", "Not exactly one main contact"),
    message=Text(
        "{house} 的现业主（{owners}）中有 {count} 位主联系人，应恰好一位",
        "of the current owners ({owners}) of {house} {count} are main contact, not one",
    ),
    why=Text(
        "通知要送到一位说得清的人；没有或有多位，就会漏送、重送。", "Notices go to one person; with none or several they are missed or doubled."
    ),
    fix=Text("在现业主中定一位，其余填 否。", "Name one of the current owners, and enter 否 for the others."),
    needs=f"{NEEDS} owners.primary",
    wrong="""
        业主: 业主编号 | 房号 | 主联系人 | 业主状态 | 迁出日期
        Y1 | 1-1-101 | «否» | 现业主 |
        Y2 | 1-1-101 | 否 | 现业主 |
        Y3 | 1-1-102 | «是» | 现业主 |
        Y4 | 1-1-102 | 是 | 现业主 |
        Y5 | 1-1-103 | «» | 现业主 |
        Y6 | 1-1-103 | | 现业主 |
        Y7 | 1-1-104 | «否» | 现业主 |
        Y8 | 1-1-104 | 是 | 原业主 | 2020-01-01
    """,
    right=(
        """
        房屋: 房号
        1-1-101
        1-1-102
        1-1-103
        1-1-104
        1-1-105
        1-1-105

        业主: 业主编号 | 房号 | 主联系人 | 业主状态 | 迁出日期
        Y1 | 1-1-101 | 是 | 现业主 |
        Y2 | 1栋1单元101 | | 现业主 |
        Y3 | 1-1-102 | | 现业主 |
        Y4 | 1-1-102 | 是 | 原业主 | 2020-01-01
        Y5 | 1-1-103 | 主要 | 现业主 |
        Y6 | 1-1-103 | 否 | 现业主 |
        Y7 | 1-1-104 | 否 | 现业主 |
        Y8 | 1-1-104 | 是 | 现业主 | 2020-01-01
        Y9 | 1-1-105 | 否 | 现业主 |
        Y10 | 9-9-909 | 否 | 现业主 |
        Y10 | 1-1-104 | 否 | 现业主 |
        """,
        """
        房屋: 房号
        1-1-101
        1-1-102

        业主: 业主编号 | 房号 | 主联系人 | 业主状态
        Y1 | 1-1-101 | 否 | 现业主
        Y2 | 1203 | 是 | 现业主
        Y3 | 1-1-102 | 否 | 现业主
        Y3 | 1-1-102 | 是 | 现业主
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """A sole owner may leave it blank. A main contact whose own house is lost may be the one that is lacking."""
    o, owned = v.owners, Ownership.of(v)
    order, starts, size = owned.groups()
    if not len(order):
        return
    yes = o.primary.is_("是")
    count = np.add.reduceat(yes[order].astype(np.int64), starts)
    unread = np.add.reduceat((o.primary.state[order] == REJECTED).astype(np.int64), starts) > 0
    sole = (size == 1) & o.primary.blank[order[starts]]
    lost = bool((yes | (o.primary.state == REJECTED))[owned.strays].any())
    wrong = (count != 1) & ~unread & ~sole & ~((count == 0) & lost)
    told: dict[int, dict[str, object]] = {}
    for i in np.flatnonzero(wrong):
        group = order[starts[i] : starts[i] + size[i]]
        named = "、".join(o.key_text(int(r)) for r in group)
        told[int(group[0])] = {"house": o.house_no.text(int(group[0])), "owners": named, "count": int(count[i])}
    yield Hit("owners", sorted(told), "primary", told.__getitem__)
