"""B05: a house number was taken for a power of ten."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B05",
    severity="error",
    stage=Stage.DAMAGE,
    repair="confirm",
    title=Text("房号变成了科学计数", "House number became a power of ten"),
    message=Text("房号变成了数字 {found}", "the house number became the number {found}"),
    why=Text("1E12 一类的房号会被当作科学计数。", "A spreadsheet takes 1E12 for a power of ten."),
    fix=Text(
        "把这一列设为文本格式，按建议值核对后改回房号。",
        "Set the column to text and type the number after checking the suggestion.",
    ),
    reasons=("house-became-number",),
    wrong="""
        房屋: 房号
        «n:1000000000000»
    """,
    right="""
        房屋: 房号
        1E-12
    """,
)
