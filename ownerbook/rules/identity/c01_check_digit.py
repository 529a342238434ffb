"""C01: the check digit of a document number does not fit."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C01",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("校验位不符", "Check digit does not fit"),
    message=Text("证件号码 {found} 的校验位不符，至少有一位录错", "the check digit of {found} does not fit; at least one place is wrong"),
    why=Text("校验位不符说明有一位或几位录错，是哪一位算不出来。", "Some place is mistyped; which one cannot be reckoned."),
    fix=Text("对照证件复印件逐位核对，不要按校验位反推。", "Compare every place with the copy; never work back from the check digit."),
    reasons=("document-check-digit",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «132101199001011231»
        Y2 | 港澳台居民居住证 | «810000199001011231»
        Y3 | 外国人永久居留身份证 | «932682198501010018»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
        Y2 | 居民身份证 | 13210119900101007X
        Y3 | 港澳台居民居住证 | 810000199001011230
        Y4 | 外国人永久居留身份证 | 932682198501010017
        Y5 | 居民身份证 | 13210119900101123
    """,
)
