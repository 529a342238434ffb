"""E01c: a number of Hong Kong or Macao without its plus."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E01c",
    severity="warning",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("境外号码缺 +", "Number abroad without its plus"),
    message=Text("电话 {found} 像是境外号码，缺国家号前的 +", "{found} looks like a number abroad without the + of its country"),
    why=Text("缺 + 就分不清是境外号码还是录错的号码。", "Without + it may as well be a mistyped number."),
    fix=Text("核对后按建议值填写。", "Check it, and write it as suggested."),
    reasons=("phone-country",),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «852-91234567»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | +852-91234567
    """,
)
