"""C02a: a document number with characters that it cannot have."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C02a",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("身份证号里有不该有的字符", "Characters that an ID number cannot have"),
    message=Text("证件号码 {found} 里有不该有的字符", "the document number {found} holds characters that it cannot have"),
    why=Text("身份证号只有数字，末位可为 X。", "An ID number has digits, and perhaps an X at its end."),
    fix=Text("对照证件复印件核对。", "Check it against the copy."),
    reasons=("document-characters",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «13210119900101O232»
        Y2 | 居民身份证 | «1321011990010112号2»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
        Y2 | 居民身份证 | 13210119900101007X
    """,
)
