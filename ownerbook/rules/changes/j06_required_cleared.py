"""J06: a change clears a field that must be filled."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.changes.targets import NEEDS, Fields, cleared
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="J06",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("变更清空必填项", "Change clears a required field"),
    message=Text("变更 {record} 要清空「{target}」表的必填项「{field}」", "change {record} clears {field}, which {target} requires"),
    why=Text("必填项清空后，那一行就不完整。", "Without a required field the row is incomplete."),
    fix=Text("确认是否真要清空；应有新值的，填新值。", "Make sure that it is meant; write the new value if there is one."),
    needs=NEEDS + " changes.new changes.decision houses? owners? household? files?",
    wrong="""
        变更: 变更单号 | 对象表 | 变更字段 | 新值 | 审核结果
        B1 | 业主 | 联系电话 | «（清空）» | 待审
        B2 | 房屋 | 建筑面积 | «(清空)» | 同意
    """,
    right="""
        变更: 变更单号 | 对象表 | 变更字段 | 新值 | 审核结果
        B1 | 业主 | 备用电话 | （清空） | 同意
        B2 | 业主 | 联系电话 | （清空） | 不同意
        B3 | 业主 | 联系电话 | | 同意
        B4 | 业主 | 车牌 | （清空） | 同意
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A blank 新值 clears nothing: it is a required cell that is blank (R01)."""
    c = v.changes
    wrong = Fields(v).where(lambda sheet, column: column.required) & cleared(v) & ~c.decision.is_("不同意")
    yield Hit("changes", rows(wrong), "new", lambda r: {"target": c.found("sheet", r), "field": c.field.text(r)})
