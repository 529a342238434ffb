"""H05: a copy that nobody compared with the original."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="H05",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("复印件没有核对人", "Copy without a comparison"),
    message=Text("复印件没有填写核对人", "nobody is named who compared the copy with the original"),
    why=Text("复印件要有人与原件核对过才可信。", "A copy can be relied on only when someone compared it with the original."),
    fix=Text("与原件核对后填写核对人。", "Compare with the original and enter who did."),
    needs="documents.form documents.checked_by documents.status",
    wrong="""
        材料: 材料编号 | 形式 | 核对人 | 材料状态
        C1 | 复印件 | «» | 齐全
        C2 | 复印件 | «» | 缺页
    """,
    right="""
        材料: 材料编号 | 形式 | 核对人 | 材料状态
        C1 | 复印件 | G001 | 齐全
        C2 | 原件 | | 齐全
        C3 | 扫描件 | | 齐全
        C4 | 复印件 | | 待补
        C5 | 影印 | | 齐全
        C6 | 复印件 | e:#REF! | 齐全
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A paper that is still to come (待补) cannot have been compared."""
    d = v.documents
    yield Hit("documents", rows(d.form.is_("复印件") & d.checked_by.blank & ~d.status.is_("待补")), "checked_by")
