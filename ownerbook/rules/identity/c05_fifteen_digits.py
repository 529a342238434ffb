"""C05: an ID number of 15 digits."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C05",
    severity="warning",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("15 位旧身份证号", "ID number of 15 digits"),
    message=Text("证件号码 {found} 是 15 位旧号", "{found} is a number of the old kind with 15 digits"),
    why=Text("15 位身份证已停用，同一个人现在是 18 位号码。", "Cards of 15 digits are out of use; the holder now has 18."),
    fix=Text("请业主出示现用证件，核对建议的 18 位号码。", "Ask for the present card, and check the suggested 18 places against it."),
    reasons=("document-legacy-15",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «132101900101123»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
        Y2 | 居民身份证 | 132101901301123
        Y3 | 外国人永久居留身份证 | PAK310080010103
    """,
)
