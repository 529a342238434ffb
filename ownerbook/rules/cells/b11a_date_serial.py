"""B11a: a date shows as its serial number."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B11a",
    severity="notice",
    stage=Stage.DAMAGE,
    repair="auto",
    title=Text("日期显示成了序列号", "Date shows as a serial number"),
    message=Text("「{header}」{found} 是日期的序列号", "{header} {found} is the serial number of a date"),
    why=Text("单元格没有日期格式，看不出是哪一天。", "The cell has no date format, and nobody can see the day."),
    fix=Text("把单元格设为日期格式；建议值是它表示的日期。", "Give the cell a date format; the suggestion is the day it means."),
    reasons=("date-serial",),
    wrong="""
        房屋: 房号 | 签约日期
        1-1-101 | «n:45292»
    """,
    right="""
        房屋: 房号 | 签约日期 | 交房日期
        1-1-101 | d:2024-01-01 | n:123
    """,
)
