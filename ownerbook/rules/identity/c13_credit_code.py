"""C13: a unified social credit code whose checks do not hold."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C13",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("统一社会信用代码错误", "Credit code does not hold"),
    message=Text("统一社会信用代码 {found} 的长度、字符或校验位不对", "the credit code {found} has a wrong length, character or check"),
    why=Text("18 位代码有两道校验，不符说明录错。", "The code has two checks; where one fails, something is mistyped."),
    fix=Text("对照营业执照逐位核对。", "Compare every place with the licence."),
    reasons=("document-credit-check", "document-credit-form", "document-organisation-check"),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 统一社会信用代码 | «91132101123456788B»
        Y2 | 统一社会信用代码 | «9113210112345678»
        Y3 | 统一社会信用代码 | «91132101I23456788A»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 统一社会信用代码 | 91132101123456788A
        Y2 | 统一社会信用代码 | 440301103097413
    """,
)
