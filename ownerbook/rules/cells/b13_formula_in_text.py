"""B13: a formula, or text that a spreadsheet may run as one, in a text column."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B13",
    severity="error",
    stage=Stage.DAMAGE,
    repair="confirm",
    title=Text("文字列里有公式", "Formula in a text column"),
    message=Text("「{header}」里是公式或以公式符号开头的文字：{found}", "{header} holds a formula, or text that begins like one: {found}"),
    why=Text(
        "以 = + - @ 开头的内容再次打开时可能被当作公式执行。",
        "Text that begins with = + - or @ may run as a formula when it is opened again.",
    ),
    fix=Text("改成普通文字；确需保留这些符号的，不要放在开头。", "Turn it into plain text, and let none of these signs come first."),
    reasons=("injection",),
    wrong="""
        业主: 业主编号 | 姓名 | 联系电话 | 通讯地址 | 备注
        Y1 | «=HYPERLINK("x")» | «@SUM(1)» | «+cmd» | «=1+1»
        «f:Y2» | «f:张三» | 13800001234 | «-某路1号» | «@某人»
    """,
    right="""
        业主: 业主编号 | 姓名 | 联系电话 | 通讯地址 | 产权份额 | 备注
        Y1 | 张三 | +852-91234567 | +86 0755-82345678 | f:1/2 | +1 把钥匙
        Y2 | 李四 | +86 13800001234 | -1 | | -车位另租
    """,
)
