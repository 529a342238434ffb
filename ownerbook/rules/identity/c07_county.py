"""C07: a document number whose county is on no list."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C07",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("县级代码不在历年表中", "County on no list"),
    message=Text("证件号码 {found} 的县级代码不在历年代码表中", "the county code of {found} is on no yearly list"),
    why=Text("历年都没有过的代码，多为录错。", "A code that was never in force is mostly mistyped."),
    fix=Text("对照证件复印件核对；确实无误的可办理豁免。", "Check it against the copy; a right one may be waived."),
    reasons=("document-county",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «132199199001011238»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
    """,
)
