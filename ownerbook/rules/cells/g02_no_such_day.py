"""G02: a date that does not exist, or lacks its day."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="G02",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("日期不存在或缺日", "No such day, or no day"),
    message=Text("「{header}」的 {found} 不是完整、存在的日期", "{header} {found} is no day of the calendar"),
    why=Text("没有确定的日子，期限就算不出来。", "Without a day no deadline can be reckoned."),
    fix=Text("对照原件填写完整的日期。", "Fill in the whole date from the papers."),
    reasons=("date-impossible", "date-no-day"),
    wrong="""
        房屋: 房号 | 签约日期 | 交房日期
        1-1-101 | «t:2025-02-30» | «2025年2月»
        1-1-102 | «n:20251301» | «t:2025.13.1»
    """,
    right="""
        房屋: 房号 | 签约日期 | 交房日期
        1-1-101 | t:2024-02-29 | 2025年2月28日
        1-1-102 | 2024-02-29 |
    """,
)
