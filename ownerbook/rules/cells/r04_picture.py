"""R04: a picture stands in place of a value."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R04",
    severity="error",
    stage=Stage.DAMAGE,
    repair="hand",
    title=Text("单元格里是图片", "Cell holds a picture"),
    message=Text("「{header}」里是一张图片，不是文字", "{header} holds a picture, not text"),
    why=Text("图片里的内容不能查找、核对，别的软件也打不开。", "What a picture shows cannot be searched or compared."),
    fix=Text("把图片移走，填上文字。", "Move the picture away and type the text."),
    reasons=("picture",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «p:=DISPIMG("ID_1",1)»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
    """,
)
