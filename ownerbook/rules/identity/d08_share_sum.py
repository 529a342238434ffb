"""D08: the shares of a house's current owners do not add up."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines.ownership import NEEDS, Ownership
from ownerbook.register.understood import REJECTED
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.cells import Bools, Floats, Longs
from ownerbook.schema.words import Text

EXACT = 0.04
"""A slack above this is that of one decimal of a fraction (0.6): a tenth is never the rounding of another share."""

CARD = Card(
    code="D08",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("产权份额合计不是 100%", "Shares do not add up to 100 %"),
    message=Text("{house} 的现业主（{owners}）{wrong}", "of {house} the current owners ({owners}) {wrong}"),
    why=Text("份额合计不足或超过 100%，说明漏登、多登了业主或份额有误。", "Another sum means that an owner is missing or doubled, or a share wrong."),
    fix=Text("对照不动产权证核对各人份额。", "Check each share against the title certificate."),
    needs=f"{NEEDS} owners.share",
    wrong="""
        业主: 业主编号 | 房号 | 产权份额 | 业主状态
        Y1 | 1-1-101 | «60%» | 现业主
        Y2 | 1-1-101 | 30% | 现业主
        Y3 | 1-1-102 | «» | 现业主
        Y4 | 1-1-102 | 100% | 现业主
        Y5 | 1-1-103 | «50%» | 现业主
        Y6 | 1-1-104 | «t:1/3» | 现业主
        Y7 | 1-1-104 | t:1/2 | 现业主
        Y8 | 1-1-105 | «n:0.6» | 现业主
        Y9 | 1-1-105 | n:0.3 | 现业主
        Y10 | 1-1-106 | «n:60» | 现业主
        Y11 | 1-1-106 | n:50 | 现业主
        Y12 | 1-1-107 | «33.2%» | 现业主
        Y13 | 1-1-107 | 33.3% | 现业主
        Y14 | 1-1-107 | 33.3% | 现业主
    """,
    right=(
        """
        业主: 业主编号 | 房号 | 产权份额 | 业主状态 | 迁出日期
        Y1 | 1-1-101 | t:1/3 | 现业主 |
        Y2 | 1-1-101 | t:2/3 | 现业主 |
        Y3 | 1-1-101 | 100% | 原业主 | 2020-01-01
        Y4 | 1-1-102 | | 现业主 |
        Y5 | 1-1-103 | 33.3% | 现业主 |
        Y6 | 1-1-103 | 33.3% | 现业主 |
        Y7 | 1-1-103 | 33.3% | 现业主 |
        Y8 | 1-1-104 | 共同共有 | 现业主 |
        Y9 | 1-1-104 | | 现业主 |
        Y10 | 1-1-105 | | 现业主 |
        Y11 | 1-1-105 | | 现业主 |
        Y12 | 1-1-106 | n:33.3 | 现业主 |
        Y13 | 1-1-106 | n:66.6 | 现业主 |
        Y14 | 1-1-107 | n:1 | 现业主 |
        Y15 | 1-1-108 | 一半 | 现业主 |
        Y16 | 1-1-108 | 50% | 现业主 |
        Y17 | 1-1-109 | 50% | 现业主 |
        Y18 | 1-1-109 | 50% | 原业主 |
        Y19 | 1-1-110 | 50% | 现业主 |
        Y20 | 1-1-110 | 50% | |
        Y21 | 1-1-111 | n:0.33 | 现业主 |
        Y22 | 1-1-111 | n:0.33 | 现业主 |
        Y23 | 1-1-111 | n:0.33 | 现业主 |
        """,
        """
        房屋: 房号
        1-1-101
        1-1-102

        业主: 业主编号 | 房号 | 产权份额 | 业主状态
        Y1 | 1-1-101 | 50% | 现业主
        Y2 | 9-9-909 | 50% | 现业主
        Y3 | 1-1-102 | 50% | 现业主
        Y3 | 1-1-102 | 50% | 现业主
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """Judged when any current owner of the house has a share; 共同共有 ends the judgement; a sole owner's blank is 100 %."""
    o, owned = v.owners, Ownership.of(v)
    share = o.share
    order, starts, size = owned.groups()
    total = np.add.reduceat(np.nan_to_num(share.numbers[order]), starts) if len(order) else np.zeros(0)
    lost = [float(share.numbers[r]) for r in owned.strays if share.ok[r]]
    told: dict[int, dict[str, object]] = {}
    for i in np.flatnonzero(_doubtful(total, share.blank[order], starts, size)):
        group = order[starts[i] : starts[i] + size[i]]
        state, blank = share.state[group], share.blank[group]
        if blank.all() or (state == REJECTED).any() or any(int(r) in share.words for r in group):
            continue
        slack = sum(s for s in (o.share_tolerance(int(r)) for r in group[~blank]) if s < EXACT) + 1e-9
        if abs(total[i] - 1) <= slack and not blank.any():
            continue
        if any(abs(total[i] + s - 1) <= slack for s in lost):
            continue  # the owner who is lacking is told where its own 房号 cannot be read
        text = f"{total[i]:.4%}".rstrip("0%").rstrip(".") + "%" if total[i] else "0%"
        wrong = Text(f"份额合计 {text}，应为 100%", f"hold {text}, not 100 %")
        if blank.any() and abs(total[i] - 1) <= slack:
            wrong = Text("份额合计已是 100%，却有人没有填写", "hold 100 % already, and one of them has no share")
        named = "、".join(o.key_text(int(r)) for r in group)
        told[int(group[0])] = {"house": o.house_no.text(int(group[0])), "owners": named, "wrong": wrong}
    yield Hit("owners", sorted(told), "share", told.__getitem__)


def _doubtful(total: Floats, blank: Bools, starts: Longs, size: Longs) -> Bools:
    """Houses that need a closer look: some share is written, and they do not add up to the whole or some are not written."""
    blanks = np.add.reduceat(blank.astype(np.int64), starts) if len(starts) else np.zeros(0, np.int64)
    doubtful: Bools = (blanks < size) & ((blanks > 0) | (np.abs(total - 1) > 1e-9))
    return doubtful
