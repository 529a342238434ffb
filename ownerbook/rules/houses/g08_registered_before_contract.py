"""G08: an owner registered before the contract was signed."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows, take, taken
from ownerbook.schema.words import Text

CARD = Card(
    code="G08",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("登记早于签约", "Registered before the contract"),
    message=Text("登记日期 {found} 早于 {house} 的签约日期 {signed}", "registered on {found}, before the contract of {house} on {signed}"),
    why=Text("签订购房合同之后才登记业主；日期颠倒，登记期限就算不对。", "Owners are registered once the contract is signed."),
    fix=Text("对照合同与登记表，改正登记日期或签约日期。", "Correct either date from the contract and the registration form."),
    needs="owners.house_no owners.registered_on houses.house_no houses.contract_on houses.handover_on? houses.movein_on?",
    wrong="""
        房屋: 房号 | 签约日期
        1-1-101 | 2024-03-01

        业主: 业主编号 | 房号 | 登记日期
        Y1 | 1-1-101 | «2024-02-29»
    """,
    right="""
        房屋: 房号 | 签约日期 | 交房日期 | 入住日期
        1-1-101 | 2024-03-01 | 2024-05-01 |
        1-1-102 | | 2024-05-01 |
        1-1-103 | t:2024-02-30 | 2024-05-01 |
        1-1-104 | 2026-03-01 | 2024-05-01 |
        1-1-105 | 2026-03-01 | | 2024-05-01
        1-1-106 | 2024-03-01 | |
        1-1-106 | 2022-03-01 | |

        业主: 业主编号 | 房号 | 登记日期
        Y1 | 1-1-101 | 2024-03-01
        Y2 | 1-1-101 | 2025-01-01
        Y3 | 1-1-101 | t:2024-02-30
        Y4 | 1-1-102 | 2020-01-01
        Y5 | 1-1-103 | 2020-01-01
        Y6 | 1-1-104 | 2024-02-01
        Y7 | 1-1-105 | 2024-02-01
        Y8 | 1-1-106 | 2023-02-01
        Y9 | 9-9-909 | 2023-02-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The later step is the place. A contract that is out of order with its own house (G01) dates nothing else."""
    o, h = v.owners, v.houses
    contract = h.contract_on
    sound = contract.ok.copy()
    for later in (h.handover_on, h.movein_on):
        sound &= ~(later.ok & (contract.days > later.days))
    house = o.ref("house_no").row
    signed = take(contract.days, house)
    early = o.first & o.registered_on.ok & taken(sound, house) & np.less(o.registered_on.days, signed)
    yield Hit("owners", rows(early), "registered_on", lambda r: {"house": o.house_no.text(r), "signed": iso(signed[r])})
