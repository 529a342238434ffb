"""B07: a leading apostrophe became part of the value."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B07",
    severity="notice",
    stage=Stage.DAMAGE,
    repair="auto",
    title=Text("前导撇号成了内容", "Leading apostrophe became content"),
    message=Text("「{header}」以撇号开头：{found}", "{header} begins with an apostrophe: {found}"),
    why=Text(
        "撇号本是表格软件的文本记号，成了内容就和原值不同。",
        "The apostrophe marks text in a spreadsheet; as content it changes the value.",
    ),
    fix=Text("去掉开头的撇号。", "Drop the apostrophe."),
    reasons=("apostrophe",),
    wrong="""
        业主: 业主编号 | 姓名 | 联系电话
        «'Y1» | «’张三» | «'13800001234»
    """,
    right="""
        业主: 业主编号 | 姓名 | 联系电话
        Y1 | 张三 | 13800001234
        Y2 | 李四 | '1380000123
    """,
)
