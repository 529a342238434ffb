"""G09: a house sold long ago without a registered owner."""

from collections.abc import Iterator

from ownerbook.deadlines import registrations
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso
from ownerbook.schema.words import Text

CARD = Card(
    code="G09",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("登记迟缓", "Registration is late"),
    message=Text(
        "{house} 于 {signed} 签约，登记期限至 {due} 已满，仍没有现业主",
        "{house} was sold on {signed}; the term of registration ended on {due}, and there is no current owner",
    ),
    why=Text("签约后应及时登记业主；久未登记，通知、服务和档案都没有着落。", "Until an owner is registered, there is nobody to notify or to serve."),
    fix=Text("联系购房人办理登记。", "Ask the buyer to register."),
    needs=f"{registrations.REGISTRATION_NEEDS} today",
    elsewhere=True,
    wrong="""
        今天 2026-10-31

        房屋: 房号 | 签约日期 | 房屋状态
        «1-1-101» | 2026-07-02 | 空置
        «1-1-102» | 2020-01-01 | 出租

        业主: 业主编号 | 房号 | 业主状态 | 迁出日期
        Y1 | 1-1-102 | 原业主 | 2026-01-01
    """,
    right=(
        """
        今天 2026-10-31

        房屋: 房号 | 签约日期 | 房屋状态
        1-1-101 | 2026-07-03 | 空置
        1-1-102 | 2020-01-01 | 自住
        1-1-103 | | 空置
        1-1-104 | t:2020-02-30 | 空置
        1-1-105 | 2020-01-01 | 未售
        1-1-106 | 2020-01-01 | 空置
        1-1-107 | 2020-01-01 | 空置
        1-1-107 | 2020-01-01 | 空置

        业主: 业主编号 | 房号 | 业主状态 | 迁出日期
        Y1 | 1-1-102 | 现业主 |
        Y2 | 1-1-106 | 原业主 |
        """,
        """
        今天 2026-10-31

        房屋: 房号 | 签约日期 | 房屋状态
        1-1-101 | 2020-01-01 | 空置
        1-1-102 | 2020-01-01 | 空置
        1-2-12 | 2020-01-01 | 空置

        业主: 业主编号 | 房号 | 业主状态
        Y1 | 9-9-909 | 现业主
        Y2 | 1203 | 现业主
        Y3 | d:2001-02-12 | 现业主

        档案: 档号 | 房号 | 业主编号
        YG-1-1-101-01 | 1-1-101 | Y2
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """Late begins the day after the term."""
    h = v.houses
    waiting, owned = registrations.unregistered_houses(v)
    late = waiting.late(v.today)
    ends = registrations.by_row(late)
    told = owned.ownerless(late.rows)
    yield Hit("houses", told, "house_no", lambda r: {"house": h.found("house_no", r), "signed": iso(h.contract_on.days[r]), "due": iso(ends[r])})
