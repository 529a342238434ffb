"""The charts of the cover."""

from __future__ import annotations

from typing import Any

from ownerbook.reports.monthly.content import MonthBook
from ownerbook.reports.monthly.sheet import HEADER_ROW
from ownerbook.reports.palette import DONE_INK, FONT, INK, LINE, MUTED, PLAIN, SEVERITY_BAR
from ownerbook.reports.pen import Page
from ownerbook.schema.finding import SEVERITY_WORDS
from ownerbook.schema.words import Text

COLUMNS, RIGHT = 13, 9
CHART_ROWS, ROW_HEIGHT, MOST_KINDS = 9, 18.5, 8


def _font(size: float = 8, colour: str = INK) -> dict[str, Any]:
    return {"name": FONT, "size": size, "color": colour}


def trend_chart(page: Page, row: int, book: MonthBook, source: Page) -> None:
    """Errors, warnings and notices at the end of twelve months; a month without a record is a gap. source: the sheet of months."""
    chart: Any = page.pen.book.add_chart({"type": "line"})
    first, last = HEADER_ROW, HEADER_ROW + 11
    for severity in ("error", "warning", "notice"):
        column = 1 + _trend_column(severity)
        colour = SEVERITY_BAR[severity]
        labels = {"value": True, "position": "above", "font": _font(8, colour) | {"bold": True}, "custom": [{"delete": True}] * 11}
        chart.add_series(
            ({"data_labels": labels} if severity == "error" else {})
            | {
                "name": book.say(SEVERITY_WORDS[severity]),
                "categories": [source.name, first, 0, last, 0],
                "values": [source.name, first, column, last, column],
                "line": {"color": colour, "width": 2.25},
                "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
            }
        )
    chart.show_blanks_as("gap")
    chart.set_legend({"position": "top", "font": _font()})
    chart.set_x_axis({"num_font": _font(7.5, MUTED) | {"rotation": 0}, "line": {"color": LINE}, "major_tick_mark": "none"})
    chart.set_y_axis(
        {
            "num_font": _font(8, MUTED),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#E5EAF0"}},
            "min": 0,
            "num_format": "#,##0",
        }
    )
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    known = [m for m in book.month.twelve() if m.name == book.month.name or m.name in book.known]
    lacking = 12 - len(known)
    alt = Text(
        f"近十二个月末的错误、警告、提示数；{lacking} 个月没有记录。数值见「逐月数据」",
        f"errors, warnings and notices at the end of twelve months; {lacking} not recorded. The numbers are on the sheet of months",
    )
    page.chart(row, 1, chart, width=668, height=int(CHART_ROWS * ROW_HEIGHT * 4 / 3) - 4, alt=book.say(alt))


def _trend_column(key: str) -> int:
    from ownerbook.reports.monthly.figures import TREND

    return TREND.index(key)


def kind_chart(page: Page, row: int, book: MonthBook, source: Page) -> None:
    """Problems by kind, stacked by level, the most first. source: the sheet of kinds."""
    n = min(len(book.kinds), MOST_KINDS)
    if not n:
        words = book.say(Text("没有需要处理的问题", "nothing to do"))
        page.block(row, RIGHT, row + CHART_ROWS - 1, COLUMNS, words, PLAIN.but(align="center", ink=DONE_INK, size=14, bold=True))
        return
    chart: Any = page.pen.book.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = HEADER_ROW, HEADER_ROW + n - 1
    for column, severity in enumerate(("error", "warning", "notice"), 1):
        chart.add_series(
            {
                "name": book.say(SEVERITY_WORDS[severity]),
                "categories": [source.name, first, 0, last, 0],
                "values": [source.name, first, column, last, column],
                "fill": {"color": SEVERITY_BAR[severity]},
                "gap": 45,
            }
        )
    chart.set_legend({"position": "top", "font": _font()})
    chart.set_y_axis({"num_font": _font(8), "line": {"color": LINE}, "major_tick_mark": "none", "reverse": True})
    grid = {"visible": True, "line": {"color": "#E5EAF0"}}
    chart.set_x_axis(
        {"num_font": _font(8, MUTED), "line": {"none": True}, "major_gridlines": grid, "min": 0, "num_format": "#,##0", "label_position": "high"}
    )
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    alt = Text("问题数按类别、级别堆叠；数值见「问题类别」", "problems by kind, stacked by level; the numbers are on the sheet of kinds")
    page.chart(row, RIGHT, chart, width=462, height=int(CHART_ROWS * ROW_HEIGHT * 4 / 3) - 4, alt=book.say(alt))
