"""C13a: a credit code whose registrar or category is unusual."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C13a",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("信用代码的登记机关或类别少见", "Unusual registrar or category in a credit code"),
    message=Text("统一社会信用代码 {found} 的前两位少见", "the first two places of the credit code {found} are unusual"),
    why=Text("前两位是登记机关和机构类别，这一组合不常见。", "They name the registrar and the kind of body, and this pair is unusual."),
    fix=Text("对照营业执照核对。", "Check it against the licence."),
    reasons=("document-registrar", "document-category"),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 统一社会信用代码 | «97132101123456788P»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 统一社会信用代码 | 91132101123456788A
    """,
)
