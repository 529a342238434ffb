"""C03a: the birth in a document number makes the holder older than 120."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C03a",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("年龄超过 120 岁", "Older than 120 years"),
    message=Text("按证件号码 {found}，持证人已超过 120 岁", "by the number {found} the holder is older than 120"),
    why=Text("多为出生年份录错。", "Mostly the year of birth is mistyped."),
    fix=Text("对照证件复印件核对。", "Check it against the copy."),
    reasons=("document-age",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «132101190501011238»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
    """,
)
