"""C04: the last place of a document number is not a capital X."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C04",
    severity="notice",
    stage=Stage.DAMAGE,
    repair="auto",
    title=Text("末位不是大写 X", "Last place is not a capital X"),
    message=Text("「{header}」{found} 的末位应为大写字母 X", "the last place of {header} {found} should be a capital X"),
    why=Text(
        "小写 x、乘号或别的字母看起来像 X，比较时却不同。",
        "A small x, a times sign or another alphabet's letter looks like X and compares otherwise.",
    ),
    fix=Text("把末位改为大写 X。", "Change the last place to X."),
    reasons=("look-alike",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «13210119900101007x»
        Y2 | 居民身份证 | «13210119900101007×»
        Y3 | 居民身份证 | «13210119900101007\u0425»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 13210119900101007X
        Y2 | 居民身份证 | 13210119900101008x
        Y3 | 港澳居民来往内地通行证 | h12345678
    """,
)
