"""R44: a change of a field that its sheet does not have."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.changes.targets import NEEDS, Fields
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R44",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("变更字段不是该表的表头", "Changed field is no header of its sheet"),
    message=Text("「{target}」表没有「{found}」这一列", "{target} has no column {found}"),
    why=Text("不知改的是哪一格，变更就无从核对。", "Without the column nobody can tell which cell was changed."),
    fix=Text("填该表的表头，如 联系电话。", "Write a header of that sheet, such as 联系电话."),
    needs=NEEDS + " houses? owners? household? files?",
    wrong="""
        业主: 业主编号
        Y1

        变更: 变更单号 | 对象表 | 变更字段
        B1 | 业主 | «微信号»
        B2 | 业主 | «建筑面积»
    """,
    right="""
        业主: 业主编号
        Y1

        变更: 变更单号 | 对象表 | 变更字段
        B1 | 业主 | 联系电话
        B2 | 业主 | 身份证号
        B3 | 房屋 | 朝向
        B4 | 业主 |
        B5 | 住户 | 朝向
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Known other wordings and columns of staff's own are headers too; without the sheet nothing is known."""
    yield Hit("changes", rows(Fields(v).unknown), "field", lambda r: {"target": v.changes.found("sheet", r)})
