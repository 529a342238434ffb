"""R03: a value that its column cannot be read as."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R03",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("内容读不出来", "Value cannot be read"),
    message=Text("「{header}」的 {found} 读不出来", "{found} cannot be read as {header}"),
    why=Text("读不出来的内容不参与任何计算和核对。", "What cannot be read is neither counted nor checked."),
    fix=Text("按这一列的要求改填。", "Fill in what the column asks for."),
    reasons=("unreadable",),
    wrong="""
        房屋: 房号 | 建筑面积 | 签约日期
        1-1-101 | «待核实» | «待定»
        1-1-102 | «b:TRUE» | «n:12»

        业主: 业主编号 | 姓名 | 产权份额
        Y1 | «n:5» | «一半»

        满意度: 月份
        «十月»
    """,
    right="""
        房屋: 房号 | 建筑面积 | 签约日期
        1-1-101 | 89.5㎡ | 2025年2月
        1-1-102 | 1,089.50 | 无

        业主: 业主编号 | 姓名 | 产权份额
        Y1 | 张三 | 二分之一
        Y2 | 李四 | 共同共有

        满意度: 月份
        2026-10
        2026年9月
    """,
)
