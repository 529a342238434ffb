"""F05a: 套内面积 is a small part of 建筑面积."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

LEAST = 0.6
"""Below this part of the floor area the inner area of a dwelling is doubtful (domain facts on areas, §2.1)."""

LOST_POINT = 1000
"""Square metres above which an area of a dwelling is F06; its ratio then says nothing more."""

CARD = Card(
    code="F05a",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("套内面积占比过低", "Inner area is a small part of the floor area"),
    message=Text("套内面积 {found} 只占建筑面积 {floor} 的 {ratio}", "inner area {found} is only {ratio} of floor area {floor}"),
    why=Text("住宅的套内面积很少低于建筑面积的六成，多半是面积填错。", "The inner area of a dwelling is seldom below six tenths of its floor area."),
    fix=Text("对照购房合同核对两个面积；确实如此的，办理豁免。", "Check both areas against the contract; if they are right, waive this rule."),
    needs="houses.floor_area houses.inner_area houses.use",
    wrong="""
        房屋: 房号 | 建筑面积 | 套内面积 | 房屋用途
        1-1-101 | 100 | «59.9» | 住宅
    """,
    right="""
        房屋: 房号 | 建筑面积 | 套内面积 | 房屋用途
        1-1-101 | 100 | 60 | 住宅
        1-1-102 | 100 | 100 | 住宅
        S-012 | 100 | 30 | 商铺
        1-1-103 | 100 | 30 |
        1-1-104 | 8950 | 72.3 | 住宅
        1-1-105 | 100 | -3 | 住宅
        1-1-106 | 100 | | 住宅
        1-1-107 | 0.7 | 0.42 | 住宅
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The part is the place."""
    h = v.houses
    floor, inner = h.floor_area.numbers, h.inner_area.numbers
    judged = rows(h.floor_area.ok & h.inner_area.ok & h.use.is_("住宅") & (floor <= LOST_POINT))
    ratio = np.round(inner[judged] / floor[judged], 9)
    low = dict(zip(judged[ratio < LEAST].tolist(), ratio[ratio < LEAST].tolist(), strict=True))
    yield Hit("houses", list(low), "inner_area", lambda r: {"floor": h.found("floor_area", r), "ratio": f"{low[r]:.0%}"})
