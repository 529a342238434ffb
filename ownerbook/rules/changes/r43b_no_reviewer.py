"""R43b: a change was agreed, and nobody is named who agreed."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R43b",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("变更已同意，没有审核人", "Change agreed by nobody"),
    message=Text("变更 {record} 已同意，「{header}」没有填写", "change {record} was agreed, but {header} is blank"),
    why=Text("没有审核人，更新就没有人负责。", "Without a reviewer nobody answers for the update."),
    fix=Text("按变更申请表补填审核人。", "Fill in the reviewer from the application form."),
    needs="changes.change_no changes.decision changes.reviewer",
    wrong="""
        变更: 变更单号 | 审核结果 | 审核人
        B1 | 同意 | «»
    """,
    right="""
        变更: 变更单号 | 审核结果 | 审核人
        B1 | 同意 | G1
        B2 | 待审 |
        B3 | 不同意 |
        B4 | | e:#REF!
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Due at 同意 (judging.md §5)."""
    c = v.changes
    yield Hit("changes", rows(c.decision.is_("同意") & c.reviewer.blank), "reviewer")
