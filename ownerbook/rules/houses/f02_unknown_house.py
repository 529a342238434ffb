"""F02: a house number that 房屋 does not hold."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="F02",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("房号不在房屋表", "House number not on 房屋"),
    message=Text("房号 {found} 在「房屋」表里没有", "house {found} is not on 房屋"),
    why=Text("找不到房屋,这一行就不知属于哪一户。", "Without its house nobody can tell to whom the row belongs."),
    fix=Text("核对房号;确有此房的,先在「房屋」表登记。", "Check the number; if the house exists, enter it on 房屋 first."),
    needs="houses.house_no owners.house_no",
    wrong="""
        房屋: 房号
        1-1-101

        业主: 业主编号 | 房号
        Y1 | 1-1-101
        Y2 | «9-9-909»
    """,
    right="""
        房屋: 房号
        1-1-101

        业主: 业主编号 | 房号
        Y1 | 1栋1单元101室
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A spelling that resolves is F09 and never F02."""
    yield Hit("owners", rows(v.owners.ref("house_no").missing), "house_no")
