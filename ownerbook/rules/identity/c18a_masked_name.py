"""C18a: a masked name or phone was stored."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="C18a",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("存入了脱敏的姓名或电话", "Masked name or phone stored"),
    message=Text("「{header}」{found} 是脱敏后的值", "{header} {found} is masked"),
    why=Text("脱敏表写回登记表，原值就丢了。", "A masked list was written back, and the value is lost."),
    fix=Text("从原件重新录入，并查明脱敏值从何而来。", "Type it again from the paper, and find out where the masked value came from."),
    reasons=("name-masked", "phone-masked"),
    wrong="""
        业主: 业主编号 | 姓名 | 联系电话
        Y1 | «张*三» | «138****1234»
    """,
    right="""
        业主: 业主编号 | 姓名 | 联系电话
        Y1 | 张三 | 0755-82345678*801
    """,
)
