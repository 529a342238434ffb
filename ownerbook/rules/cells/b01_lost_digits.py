"""B01: a long number kept as a number has lost its last digits."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B01",
    severity="error",
    stage=Stage.DAMAGE,
    repair="hand",
    title=Text("长号码末几位已丢失", "Long number has lost its last digits"),
    message=Text(
        "「{header}」{found} 曾按数字存储，第 15 位之后的数字已丢失",
        "{header} {found} was kept as a number; the digits after the fifteenth are lost",
    ),
    why=Text("表格软件的数字只有 15 位，丢失的末几位无法恢复。", "A spreadsheet keeps fifteen digits; the others cannot be recovered."),
    fix=Text("把单元格设为文本格式，按纸质复印件重新录入。", "Set the cell to text and type the number from the paper."),
    reasons=("digits-lost",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «n:132101199001011200»
        Y2 | 居民身份证 | «1.32101E+17»
        Y3 | 居民身份证 | «132101199001011000»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
        Y2 | 居民身份证 | 132101199001013000
    """,
)
