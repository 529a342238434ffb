"""F05: 套内面积 above 建筑面积."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="F05",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("套内面积大于建筑面积", "Inner area above floor area"),
    message=Text("套内面积 {found} 大于建筑面积 {floor}", "inner area {found} is above floor area {floor}"),
    why=Text("套内是建筑面积的一部分；两者可能填反，或有一个错了。", "The inner area is part of the floor area; perhaps the two are swapped."),
    fix=Text("对照购房合同核对两个面积。", "Check both areas against the contract."),
    needs="houses.floor_area houses.inner_area",
    wrong="""
        房屋: 房号 | 建筑面积 | 套内面积
        1-1-101 | 72.3 | «89.5»
        1-1-102 | 89.5 | «7160»
    """,
    right="""
        房屋: 房号 | 建筑面积 | 套内面积
        1-1-101 | 89.5 | 72.3
        1-1-102 | 89.5 | 89.5
        1-1-103 | 89.5 |
        1-1-104 | t:待核实 | 72.3
        1-1-105 | 0 | 72.3
        1-1-106 | t:89.5㎡ | t:89.50
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The part is the place; equal is fine."""
    floor, inner = v.houses.floor_area, v.houses.inner_area
    wrong = floor.ok & inner.ok & (inner.numbers > floor.numbers)
    yield Hit("houses", rows(wrong), "inner_area", lambda r: {"floor": v.houses.found("floor_area", r)})
