"""R05: an identifier or a phone is kept as a number."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R05",
    severity="notice",
    stage=Stage.DAMAGE,
    repair="auto",
    title=Text("编号或电话按数字存储", "Identifier or phone kept as a number"),
    message=Text("「{header}」{found} 是数字，应为文本", "{header} {found} is a number and should be text"),
    why=Text(
        "按数字存储的编号会丢失前面的 0，超过 15 位还会丢失末尾。",
        "Kept as numbers, identifiers lose leading zeros, and digits after the fifteenth.",
    ),
    fix=Text("把单元格设为文本格式，内容不变。", "Set the cell to text; the content stays."),
    reasons=("number-cell",),
    wrong="""
        业主: 业主编号 | 联系电话 | 证件类型 | 证件号码
        «n:1001» | «n:13800001234» | 台湾居民来往大陆通行证 | «n:12345678»
    """,
    right="""
        业主: 业主编号 | 联系电话 | 证件类型 | 证件号码
        1001 | 13800001234 | 台湾居民来往大陆通行证 | 12345678
        1002 | n:138000 | 居民身份证 | n:12345

        位置: 位置编号 | 层 | 盒号 | 容量
        A-1-2 | n:1 | n:2 | 40
    """,
)
