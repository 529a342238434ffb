"""C02: a document number of a wrong length."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C02",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("身份证号位数不对", "Wrong length of an ID number"),
    message=Text("证件号码 {found} 的位数不对", "the document number {found} has a wrong length"),
    why=Text("少一位或多一位，就不是这个人的号码。", "With a place too few or too many it is nobody's number."),
    fix=Text("对照证件复印件核对。", "Check it against the copy."),
    reasons=("document-length",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «13210119900101123»
        Y2 | 居民身份证 | «1321011990010112322»
        Y3 | 港澳台居民居住证 | «81000019900101123»
        Y4 | 外国人永久居留身份证 | «93268219850101001»
        Y5 | 居民身份证 | «1321011990»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
        Y2 | 居民身份证 | 132101900101123
        Y3 | 外国人永久居留身份证 | PAK310080010103
    """,
)
