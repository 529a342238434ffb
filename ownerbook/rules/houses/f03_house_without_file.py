"""F03: a house without a file of its current owner."""

from collections.abc import Iterator

from ownerbook.deadlines.house_files import NEEDS, unfiled_houses
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, taken
from ownerbook.schema.words import Text

CARD = Card(
    code="F03",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("有房无档案", "House without a file"),
    message=Text("{house} 的现业主 {owner} 已于 {day} 登记，还没有档案", "owner {owner} of {house} was registered on {day} and has no file yet"),
    why=Text("一户一档；登记建档期限已过，这一户仍无据可查。", "Every household has a file; the term 登记建档期限 has passed."),
    fix=Text("按登记表立档，在「档案」表登记。", "Open the file from the registration form, and enter it on 档案."),
    needs=f"{NEEDS} houses.use",
    elsewhere=True,
    wrong="""
        今天 2026-10-31

        房屋: 房号 | 房屋用途
        «1-1-101» | 住宅
        «1-1-102» | 住宅
        «S-012» | 商铺

        业主: 业主编号 | 房号 | 登记日期 | 业主状态 | 迁出日期
        Y1 | 1-1-101 | 2026-10-15 | 现业主 |
        Y2 | 1-1-102 | 2020-01-01 | 原业主 | 2026-01-01
        Y3 | 1-1-102 | 2026-01-01 | 现业主 |
        Y4 | S-012 | 2026-01-01 | 现业主 |
        Y5 | S-012 | 2026-10-31 | 现业主 |

        档案: 档号 | 房号 | 业主编号 | 档案状态
        YG-1-1-102-01 | 1-1-102 | Y2 | 已归档
    """,
    right="""
        今天 2026-10-31

        房屋: 房号 | 房屋用途
        1-1-101 | 住宅
        1-1-102 | 住宅
        1-1-103 | 住宅
        P-001 | 车位
        C-001 | 储藏室
        1-1-104 | 住宅
        1-1-105 |
        1-1-106 | 住宅
        1-1-106 | 住宅
        1-1-107 | 住宅
        1-1-108 | 住宅
        1-1-109 | 住宅

        业主: 业主编号 | 房号 | 登记日期 | 业主状态 | 迁出日期
        Y1 | 1-1-101 | 2026-10-16 | 现业主 |
        Y2 | 1-1-102 | 2026-01-01 | 现业主 |
        Y3 | 1-1-102 | 2026-01-01 | 现业主 |
        Y4 | P-001 | 2026-01-01 | 现业主 |
        Y5 | C-001 | 2026-01-01 | 现业主 |
        Y6 | 1-1-104 | t:2026-02-30 | 现业主 |
        Y7 | 1-1-105 | 2026-01-01 | 现业主 |
        Y8 | 1-1-106 | 2026-01-01 | 现业主 |
        Y9 | 1-1-107 | 2026-01-01 | 现业主 |
        Y10 | 1-1-108 | 2026-01-01 | 现业主 | 2026-02-01
        Y11 | 1-1-109 | 2020-01-01 | 原业主 | 2026-01-01
        Y12 | 1-1-109 | 2026-01-01 | 现业主 |

        档案: 档号 | 房号 | 业主编号 | 档案状态
        YG-1-1-102-01 | 1-1-102 | Y3 | 在库
        YG-1-1-107-01 | 9-9-909 | Y9 | 在库
        YG-1-1-109-01 | 1-1-109 | Y11 | 在库
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Not for 车位 and 储藏室. Where the file of an owner who left is still in use, the transfer was not entered (J07)."""
    found = unfiled_houses(v, v.today)
    told = taken(v.houses.use.ok & ~v.houses.use.is_("车位", "储藏室"), found.houses) & (found.left < 0)
    owner = dict(zip(found.houses[told].tolist(), found.owners[told].tolist(), strict=True))
    o = v.owners

    def values(r: int) -> dict[str, object]:
        who = int(owner[r])
        return {"house": v.houses.found("house_no", r), "owner": o.key_text(who), "day": iso(o.registered_on.days[who])}

    yield Hit("houses", list(owner), "house_no", values)
