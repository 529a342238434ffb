"""C03: the birth in a document number does not exist or lies ahead."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C03",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("证件号码中的出生日期不对", "Birth in the number cannot be"),
    message=Text("证件号码 {found} 中的出生日期不存在或在未来", "the day of birth in {found} does not exist or lies ahead"),
    why=Text("第 7 到 14 位是出生日期，这一天不可能。", "Places 7 to 14 are the day of birth, and this day cannot be."),
    fix=Text("对照证件复印件核对。", "Check it against the copy."),
    reasons=("document-birth", "document-birth-future"),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «132101199023011233»
        Y2 | 居民身份证 | «132101203105061233»
        Y3 | 居民身份证 | «132101189901011239»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
        Y2 | 居民身份证 | 132101200002290018
        Y3 | 居民身份证 | 132101201506011238
    """,
)
