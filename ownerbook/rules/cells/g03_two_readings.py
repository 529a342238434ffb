"""G03: a date with two readings."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="G03",
    severity="warning",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("年份两位或日月不清", "Two-digit year, or day and month unclear"),
    message=Text("「{header}」的 {found} 有不止一种读法", "{header} {found} can be read in several ways"),
    why=Text("读法不同，日期就差一个月甚至一百年。", "The readings differ by months, or by a century."),
    fix=Text("对照原件，写成四位年份的日期。", "Write the date from the papers with all four digits of the year."),
    reasons=("date-two-digit", "date-ambiguous"),
    wrong="""
        房屋: 房号 | 签约日期 | 交房日期
        1-1-101 | «25-1-31» | «01/02/2025»
    """,
    right="""
        房屋: 房号 | 签约日期 | 交房日期
        1-1-101 | t:2025-1-31 | 31/01/2025
    """,
)
