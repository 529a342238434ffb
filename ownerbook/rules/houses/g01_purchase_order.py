"""G01: 签约, 交房 and 入住 out of order."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="G01",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("日期顺序颠倒", "Dates out of order"),
    message=Text("「{header}」{found} 早于{before} {day}", "{header} {found} is before {before} {day}"),
    why=Text("先签约、再交房、再入住；顺序颠倒，期限和房屋状态都不可信。", "A house is bought, handed over, then lived in; no term is right else."),
    fix=Text("核对合同与交接单，改正有误的日期。", "Correct the wrong date from the contract and the hand-over slip."),
    needs="houses.contract_on houses.handover_on houses.movein_on houses.status? today",
    wrong="""
        今天 2026-10-31

        房屋: 房号 | 签约日期 | 交房日期 | 入住日期 | 房屋状态
        1-1-101 | 2024-03-01 | «2024-02-01» | 2024-05-01 | 自住
        1-1-102 | 2024-03-01 | 2024-06-01 | «2024-05-01» | 自住
        1-1-103 | 2024-03-01 | | «2024-02-01» | 自住
        1-1-104 | 2024-03-01 | t:2024-02-30 | «2024-02-01» | 自住
        1-1-105 | 2026-03-01 | «2026-02-01» | «2026-01-01» | 自住
    """,
    right="""
        今天 2026-10-31

        房屋: 房号 | 签约日期 | 交房日期 | 入住日期 | 房屋状态
        1-1-101 | 2024-03-01 | 2024-03-01 | 2024-03-01 | 自住
        1-1-102 | 2024-03-01 | | 2024-05-01 | 自住
        1-1-103 | | 2024-06-01 | | 空置
        1-1-104 | t:2024-02-30 | 2024-01-01 | | 空置
        1-1-105 | 2024-03-01 | 2205-01-31 | 2024-05-01 | 自住
        1-1-106 | 2024-03-01 | 2027-01-31 | | 未交房
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The later step is the place. A hand-over ahead of today is told as that alone (G04a) and dates nothing else."""
    h = v.houses
    contract, handover, movein = h.contract_on, h.handover_on, h.movein_on
    usable = handover.ok & ~((handover.days > v.today) & ~h.status.is_("未售", "未交房"))
    late = usable & contract.ok & (contract.days > handover.days)
    yield Hit("houses", rows(late), "handover_on", lambda r: {"before": contract.column.header, "day": iso(contract.days[r])})
    after_handover = usable & movein.ok & (movein.days < handover.days)
    yield Hit("houses", rows(after_handover), "movein_on", lambda r: {"before": handover.column.header, "day": iso(handover.days[r])})
    after_contract = ~usable & contract.ok & movein.ok & (movein.days < contract.days)
    yield Hit("houses", rows(after_contract), "movein_on", lambda r: {"before": contract.column.header, "day": iso(contract.days[r])})
