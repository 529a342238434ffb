"""C06: a document number whose province or region does not exist."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C06",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("省级代码不存在", "No such province"),
    message=Text("证件号码 {found} 开头的地区代码不存在", "the region at the beginning of {found} does not exist"),
    why=Text("前两位不在省级代码中，号码必有错。", "The first two digits name no province, so the number is wrong."),
    fix=Text("对照证件复印件核对。", "Check it against the copy."),
    reasons=("document-province", "document-region"),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «162101199001011238»
        Y2 | 港澳台居民居住证 | «850000199001011238»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
        Y2 | 港澳台居民居住证 | 830000198506152046
    """,
)
