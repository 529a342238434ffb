"""F06: an area that has lost its decimal point."""

from collections.abc import Callable, Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.cells import Floats
from ownerbook.schema.words import Text

MOST = 1000
"""Square metres; a dwelling above that is doubtful."""

CARD = Card(
    code="F06",
    severity="warning",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("面积疑似漏了小数点", "Area may lack its decimal point"),
    message=Text("住宅的「{header}」{found} 超过 1000 平方米", "{header} {found} of a dwelling is above 1000 square metres"),
    why=Text("漏了小数点的面积会使分摊和统计差上百倍。", "Without its decimal point an area is a hundred times too large in every sum."),
    fix=Text("对照购房合同改正面积；确实如此的，办理豁免。", "Correct the area from the contract; if it is right, waive this rule."),
    needs="houses.floor_area houses.inner_area? houses.use",
    wrong="""
        房屋: 房号 | 建筑面积 | 套内面积 | 房屋用途
        1-1-101 | «8950» | 72.3 | 住宅
        1-1-102 | «8950» | «7230» | 住宅
        1-1-103 | «t:8950㎡» | | 住宅
        1-1-104 | «1000.5» | | 住宅
    """,
    right="""
        房屋: 房号 | 建筑面积 | 套内面积 | 房屋用途
        1-1-101 | 1000 | 999.99 | 住宅
        S-012 | 8950 | 7230 | 商铺
        1-1-102 | 8950 | | 别墅
        1-1-103 | 8950 | |
        1-1-104 | t:待核实 | | 住宅
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Each area by itself; the hundredth part is proposed for a whole number, which has lost nothing else."""
    h = v.houses
    for field in ("floor_area", "inner_area"):
        if not v.has(f"houses.{field}"):
            continue
        area = getattr(h, field)
        numbers = area.numbers
        assert numbers is not None
        yield Hit("houses", rows(area.ok & h.use.is_("住宅") & (numbers > MOST)), field, None, _hundredth(numbers))


def _hundredth(numbers: Floats) -> Callable[[int], str | None]:
    return lambda r: f"{numbers[r] / 100:.10g}" if numbers[r] == int(numbers[r]) else None
