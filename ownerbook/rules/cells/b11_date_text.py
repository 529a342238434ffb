"""B11: a date is kept as text or as plain digits."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B11",
    severity="notice",
    stage=Stage.DAMAGE,
    repair="auto",
    title=Text("日期不是日期格式", "Date is not kept as a date"),
    message=Text("「{header}」{found} 是文本或一串数字，不是日期", "{header} {found} is text or digits, not a date"),
    why=Text("文本日期不能排序和计算，写法也容易不一。", "Dates kept as text do not sort, and are soon written in many ways."),
    fix=Text("改为日期，按建议值填写。", "Change it to a date as suggested."),
    reasons=("date-text",),
    wrong="""
        房屋: 房号 | 签约日期 | 交房日期
        1-1-101 | «2025.1.31» | «2025年1月31日»
        1-1-102 | «t:2024-03-05» | «n:20240305»

        业主: 业主编号 | 登记日期
        Y1 | «t:45000»
    """,
    right="""
        房屋: 房号 | 签约日期 | 交房日期
        1-1-101 | 2025-01-31 | 2025-01-31
        1-1-102 | 2025.2.30 | 25-1-31

        业主: 业主编号 | 证件有效期至 | 登记日期
        Y1 | 长期 | t:2205-01-31
    """,
)
