"""C18: a masked document number was stored."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C18",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("存入了脱敏的证件号", "Masked document number stored"),
    message=Text("证件号码 {found} 是脱敏后的值", "the document number {found} is masked"),
    why=Text("脱敏表写回登记表，原号码就丢了。", "A masked list was written back, and the number is lost."),
    fix=Text("从原件重新录入，并查明脱敏值从何而来。", "Type it again from the paper, and find out where the masked value came from."),
    reasons=("document-masked",),
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | «132101********1232»
        Y2 |  | «1321***********232»
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 居民身份证 | 132101199001011232
    """,
)
