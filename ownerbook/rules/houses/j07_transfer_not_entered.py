"""J07: a house has changed hands, and the file in use is still that of the owner who left."""

from collections.abc import Iterator

from ownerbook.deadlines.house_files import NEEDS, unfiled_houses
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso
from ownerbook.schema.words import Text

CARD = Card(
    code="J07",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("过户后没有另立新档", "No new file after a transfer"),
    message=Text(
        "{house} 的现业主是 {owner}（{day} 登记），在用的档案仍属原业主 {found}",
        "{house} is owned by {owner}, registered on {day}, and the file in use is still that of former owner {found}",
    ),
    why=Text("过户后应另立新档；沿用旧档，两任业主的材料就混在一起。", "A change of owner opens a new file, or the papers of two owners get mixed."),
    fix=Text("为现业主另立新档，原档案鉴定后归档。", "Open a file for the current owner, and archive the old one after appraisal."),
    needs=NEEDS,
    wrong="""
        今天 2026-10-31

        房屋: 房号
        1-1-101

        业主: 业主编号 | 房号 | 登记日期 | 业主状态 | 迁出日期
        Y1 | 1-1-101 | 2020-01-01 | 原业主 | 2026-01-01
        Y2 | 1-1-101 | 2026-01-01 | 现业主 |

        档案: 档号 | 房号 | 业主编号 | 档案状态
        YG-1-1-101-01 | 1-1-101 | «Y1» | 在库
    """,
    right="""
        今天 2026-10-31

        房屋: 房号
        1-1-101
        1-1-102
        1-1-103
        1-1-104
        1-1-105

        业主: 业主编号 | 房号 | 登记日期 | 业主状态 | 迁出日期
        Y1 | 1-1-101 | 2020-01-01 | 原业主 | 2026-01-01
        Y2 | 1-1-101 | 2026-01-01 | 现业主 |
        Y3 | 1-1-102 | 2020-01-01 | 原业主 | 2026-10-20
        Y4 | 1-1-102 | 2026-10-20 | 现业主 |
        Y5 | 1-1-103 | 2020-01-01 | 原业主 | 2026-01-01
        Y6 | 1-1-104 | 2020-01-01 | 原业主 | 2026-01-01
        Y7 | 1-1-104 | 2026-01-01 | 现业主 |
        Y8 | 1-1-105 | 2020-01-01 | 原业主 |
        Y9 | 1-1-105 | 2026-01-01 | 现业主 |

        档案: 档号 | 房号 | 业主编号 | 档案状态
        YG-1-1-101-01 | 1-1-101 | Y1 | 在库
        YG-1-1-101-02 | 1-1-101 | Y2 | 待整理
        YG-1-1-102-01 | 1-1-102 | Y3 | 在库
        YG-1-1-103-01 | 1-1-103 | Y5 | 在库
        YG-1-1-104-01 | 1-1-104 | Y6 | 已归档
        YG-1-1-105-01 | 1-1-105 | Y8 | 在库
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Once 登记建档期限 of the new owner has passed; where no file is in use at all, F03 tells it."""
    found = unfiled_houses(v, v.today)
    told = found.left >= 0
    at = {int(f): (int(h), int(o)) for f, h, o in zip(found.left[told], found.houses[told], found.owners[told], strict=True)}
    o = v.owners

    def values(r: int) -> dict[str, object]:
        house, owner = at[r]
        return {"house": v.houses.found("house_no", house), "owner": o.key_text(owner), "day": iso(o.registered_on.days[owner])}

    yield Hit("files", sorted(at), "owner_no", values)
