"""E01b: a phone that is no phone of any form."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E01b",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("电话不是有效的号码", "Not a phone of any form"),
    message=Text(
        "电话 {found} 不是手机、带区号的固话或带国家号的号码",
        "{found} is neither mobile nor land line nor a number with its country",
    ),
    why=Text("读不出号码，就联系不上人。", "Without a number nobody can be reached."),
    fix=Text("回访业主核实；400、800、95 开头的号码只用于法人。", "Ask the owner; 400, 800 and 95 numbers are for companies only."),
    reasons=("phone-format", "phone-area", "phone-service"),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «见备注»
        Y2 | 自然人 | «400-000-1234»
        Y3 | 自然人 | «026-82345678»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 法人 | 400-000-1234
        Y2 | 法人 | 95500
        Y3 | 自然人 | 0755-82345678
        Y4 |  | 400-000-1234
        Y5 | 自然人 | 无
    """,
)
