"""B04a: an identifier was taken for a date."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B04a",
    severity="error",
    stage=Stage.DAMAGE,
    repair="hand",
    title=Text("编号变成了日期", "Number became a date"),
    message=Text("「{header}」变成了日期 {found}", "{header} became the date {found}"),
    why=Text(
        "带横线的编号会被表格软件当作日期，原来的写法看不出来。",
        "A spreadsheet takes a number with dashes for a date; what was typed cannot be told.",
    ),
    fix=Text("把这一列设为文本格式，按纸质材料重填。", "Set the column to text and type the number again from the papers."),
    reasons=("became-date",),
    wrong="""
        位置: 位置编号 | 档案室 | 柜号
        «d:2026-03-01» | A01 | «m:2026-03-02»
    """,
    right="""
        位置: 位置编号 | 档案室 | 柜号
        A01-03-02 | A01 | 3-2
    """,
)
