"""B04: a house number was taken for a date."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B04",
    severity="error",
    stage=Stage.DAMAGE,
    repair="confirm",
    title=Text("房号变成了日期", "House number became a date"),
    message=Text("房号变成了日期 {found}", "the house number became the date {found}"),
    why=Text(
        "表格软件把 3-2-1 一类的房号当作日期，这一行就找不到房屋。",
        "A spreadsheet takes 3-2-1 for a date, and the row loses its house.",
    ),
    fix=Text(
        "把这一列设为文本格式，改回房号；建议值由日期还原。",
        "Set the column to text and type the number; the suggestion is read back from the date.",
    ),
    reasons=("house-became-date",),
    wrong="""
        房屋: 房号
        «d:2001-02-12»
        «m:2026-03-01»
    """,
    right="""
        房屋: 房号
        1-2-12
        3-1
    """,
)
