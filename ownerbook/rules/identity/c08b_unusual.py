"""C08b: a number of an unusual form for its kind of document."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C08b",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("号码形态少见", "Unusual form of number"),
    message=Text("证件号码 {found} 的形态在这种证件中少见", "{found} has an unusual form for this document"),
    why=Text("少见的位数或写法，多为录错或旧版证件。", "An unusual length or form is mostly mistyped, or of an older document."),
    fix=Text("对照证件复印件核对。", "Check it against the copy."),
    reasons=(
        "document-unusual-length",
        "document-long-or-short",
        "document-no-digits",
        "document-legacy-form",
        "document-no-prefix",
        "document-country",
    ),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 护照 | «AB1234567890»
        Y2 | 护照 | «ABCDEFG»
        Y3 | 军官证 | «军字第123456号»
        Y4 | 军官证 | «南字第123456号»
        Y5 | 军官证 | «1234567»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 护照 | AB1234567
        Y2 | 军官证 | 军字第1234567号
        Y3 | 军官证 | 军1234567
    """,
)
