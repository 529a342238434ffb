"""E01: a phone of a wrong length, or in a segment that cannot exist."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="E01",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("电话位数或号段错误", "Wrong length or impossible segment"),
    message=Text("电话 {found} 的位数或号段不对", "the phone {found} has a wrong length or an impossible segment"),
    why=Text("这样的号码不可能打通。", "Such a number cannot be reached."),
    fix=Text("回访业主核实。", "Ask the owner."),
    reasons=("phone-length", "phone-segment-impossible"),
    wrong="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | «1380000123»
        Y2 | 自然人 | «138000012345»
        Y3 | 自然人 | «12300001234»
        Y4 | 自然人 | «n:1380000123»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 联系电话
        Y1 | 自然人 | 13800001234
        Y2 | 自然人 | +86 138-0000-1234
        Y3 | 自然人 | 0755-82345678转801
        Y4 | 自然人 | 15400001234
        Y5 | 自然人 | +852-91234567
    """,
)
