"""M01: a file without its retention."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="M01",
    severity="error",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("保管期限未定", "Retention not set"),
    message=Text("档案没有填写保管期限", "the file has no retention"),
    why=Text("没有保管期限，就不知何时鉴定、能否销毁。", "Without it nobody knows when to appraise, or whether to destroy."),
    fix=Text("按制度的保管期限表填写。", "Fill it in from the policy's table."),
    reasons=("required",),
    columns=("files.retention",),
    wrong="""
        档案: 档号 | 保管期限
        YG-1-1-101-01 | «»
    """,
    right="""
        档案: 档号 | 保管期限
        YG-1-1-101-01 | 永久
        YG-1-1-102-01 | 五年
    """,
)
