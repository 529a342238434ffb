"""D08: the shares of a house's current owners do not add up."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="D08",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("产权份额合计不是 100%", "Shares do not add up to 100 %"),
    message=Text("{house} 的现业主({owners})份额合计 {total},应为 100%", "the current owners ({owners}) of {house} hold {total}, not 100 %"),
    why=Text("份额合计不足或超过 100%,说明漏登、多登了业主或份额有误。", "Another sum means that an owner is missing or doubled, or a share is wrong."),
    fix=Text("对照不动产权证核对各人份额。", "Check each share against the title certificate."),
    needs="owners.house_no owners.share owners.status",
    wrong="""
        业主: 业主编号 | 房号 | 产权份额 | 业主状态
        Y1 | 1-1-101 | «60%» | 现业主
        Y2 | 1-1-101 | 30% | 现业主
    """,
    right="""
        业主: 业主编号 | 房号 | 产权份额 | 业主状态
        Y1 | 1-1-101 | 1/3 | 现业主
        Y2 | 1-1-101 | 2/3 | 现业主
        Y3 | 1-1-101 | 100% | 原业主
        Y4 | 1-1-102 | | 现业主
        Y5 | 1-1-103 | 33.3% | 现业主
        Y6 | 1-1-103 | 33.3% | 现业主
        Y7 | 1-1-103 | 33.4% | 现业主
        Y8 | 1-1-104 | 共同共有 | 现业主
        Y9 | 1-1-104 | | 现业主
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Judged when any current owner of the house has a share; 共同共有 ends the judgement; a sole owner's blank is 100 %."""
    o = v.owners
    share, house = o.share, o.house_no
    mine = rows(o.status.is_("现业主") & o.first & house.ok)
    order = mine[np.argsort(house.ids[mine], kind="stable")]
    starts = np.flatnonzero(np.diff(house.ids[order], prepend=-2))
    value = np.nan_to_num(share.numbers[order])
    total = np.add.reduceat(value, starts) if len(order) else np.zeros(0)
    size = np.diff(np.append(starts, len(order)))
    told: dict[int, dict[str, object]] = {}
    for i in np.flatnonzero((np.abs(total - 1) > 1e-9) | (size > 1)):  # whole houses with an even sum cost nothing more
        group = order[starts[i] : starts[i] + size[i]]
        if share.state[group].max() > 1 or any(int(r) in share.words for r in group) or not share.filled[group].any():
            continue
        if size[i] == 1 and share.blank[group[0]]:
            continue
        slack = sum(o.share_tolerance(int(r)) for r in group if share.filled[r])
        if abs(total[i] - 1) > slack + 1e-9 or share.blank[group].any():
            told[int(group.min())] = {"house": house.text(int(group[0])), "owners": "、".join(o.key_text(int(r)) for r in group), "total": f"{total[i]:.4%}".replace(".0000", "")}
    yield Hit("owners", sorted(told), "share", told.__getitem__)
