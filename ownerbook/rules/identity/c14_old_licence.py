"""C14: the number of an old business licence."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C14",
    severity="warning",
    stage=Stage.FORM,
    repair="hand",
    title=Text("用了旧营业执照号", "Number of an old licence"),
    message=Text("{found} 是 15 位的旧营业执照号", "{found} is the 15-digit number of an old licence"),
    why=Text("旧号已由统一社会信用代码取代。", "Such numbers were replaced by the unified social credit code."),
    fix=Text("请业主提供统一社会信用代码。", "Ask the owner for the unified social credit code."),
    reasons=("document-legacy-licence",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 统一社会信用代码 | «440301103097413»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 统一社会信用代码 | 91132101123456788A
    """,
)
