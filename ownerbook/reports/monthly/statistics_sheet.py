"""The sheet of statistics: each table by building, one below the other; a hidden cell shows as a dot, merged rows name their buildings."""

from __future__ import annotations

from ownerbook.deadlines.statistics import BuildingTable
from ownerbook.reports.monthly.sheet import RATE, Frame, head
from ownerbook.reports.palette import BODY, BODY_CENTER, COUNT, HEADER, MUTED, NOTICE_BAR, PALE, SECTION
from ownerbook.reports.pen import Page
from ownerbook.reports.widths import cells, row_height
from ownerbook.schema.words import Text

NAME = Text("房屋与业主统计", "Statistics")
HIDDEN = "·"
ROOM = 26
"""Rows of a printed page: a table that would run over its end begins on the next."""
WORDS = {
    "住宅": "housing", "商铺": "shops", "车位": "parking", "储藏室": "storage", "办公": "offices", "其他": "other", "未售": "unsold",
    "未交房": "not handed over", "空置": "vacant", "自住": "owner-occupied", "出租": "let", "装修中": "under works", "18以下": "under 18",
    "75以上": "75 and over", "不详": "unknown",
}  # fmt: skip


def write_statistics(page: Page, frame: Frame) -> None:
    """Write the sheet."""
    book = frame.book
    most = max((len(t.table.columns) for t in book.houses), default=1)
    page.columns([24.0, *([13.0] * most), 12.0, 16.0])
    k = book.small_cell
    about = Text(
        f"小于 {k} 的格子以 {HIDDEN} 表示，另隐去若干格，使合计推不出来；过小的楼栋或类别合并",
        f"{HIDDEN}: fewer than {k}, or hidden so that totals tell nothing; what is too small is merged",
    )
    head(page, NAME, frame, most + 3, about)
    row, begun, breaks = 5, 1, list[int]()
    for statistic in book.houses:
        if row > 5 and row - begun + len(statistic.table.rows) + 4 > ROOM:
            breaks.append(row - 1)
            begun = row
        row = _table(page, row, statistic, frame) + 2
    if not book.houses:
        page.across(row, 1, most + 3, book.say(Text("没有「房屋」表", "there is no sheet 房屋")), BODY_CENTER.but(ink=MUTED, fill=PALE))
        row += 1
    page.freeze(3, 1)
    pixels = sum(7 * w + 5 for w in page.widths.values())
    page.print_setup(last_column=most + 3, last_row=row - 1, breaks=breaks, scale=int(min(100, 103_000 / pixels)))


def label(names: tuple[str, ...], lang: str) -> str:
    """The name of a row or column: its buildings or values."""
    told = [WORDS.get(n, n) if lang == "en" else n for n in names]
    return "、".join(told) if lang == "zh" else ", ".join(told)


def _table(page: Page, top: int, statistic: BuildingTable, frame: Frame) -> int:
    book, table = frame.book, statistic.table
    last = len(table.columns) + 3
    for column in range(1, last + 1):
        page.blank(top, column, SECTION)
    page.text(top, 1, f"{book.say(statistic.words)}    {book.say(statistic.about)}", SECTION)
    page.height(top, 24)
    if not table.shown:
        page.across(top + 1, 1, last, book.say(Text("总数过小，不列", "too few to be shown")), BODY_CENTER.but(ink=MUTED, fill=PALE))
        return top + 1
    heads = [
        book.say(Text("楼栋", "Building")),
        *(label(c, book.lang) for c in table.columns),
        book.say(Text("合计", "Total")),
        book.say(Text("占比", "Share")),
    ]
    page.row(top + 1, heads, HEADER)
    page.height(top + 1, max(24.0, row_height([(h, 13.0) for h in heads])))
    row = top + 2
    hidden = BODY.but(align="right", ink=MUTED, indent=1)
    for r, names in enumerate(table.rows):
        name = label(names, book.lang)
        page.text(row, 1, name, BODY.but(wrap=True))
        if cells(name) > 23:
            page.height(row, row_height([(name, 24.0)]))
        for c in range(len(table.columns)):
            value = table.cell(r, c)
            if value is None:
                page.text(row, c + 2, HIDDEN, hidden)
            else:
                page.number(row, c + 2, value, COUNT if value else COUNT.but(ink="#B8C0CC"))
        page.number(row, last - 1, table.row_totals[r], COUNT.but(bold=True))
        page.number(row, last, table.row_totals[r] / table.total if table.total else 0, RATE)
        row += 1
    strong = COUNT.but(bold=True, fill=PALE)
    page.text(row, 1, book.say(Text("合计", "Total")), BODY.but(bold=True, fill=PALE))
    for c, total in enumerate(table.column_totals):
        page.number(row, c + 2, total, strong)
    page.number(row, last - 1, table.total, strong)
    page.blank(row, last, strong)
    page.bars(top + 2, last, row - 1, NOTICE_BAR, most=max((n / (table.total or 1) for n in table.row_totals), default=1.0) or 1.0)
    row += 1
    page.text(row, 1, book.say(Text("占比", "Share")), BODY.but(ink=MUTED))
    for c, total in enumerate(table.column_totals):
        page.number(row, c + 2, total / table.total if table.total else 0, RATE.but(ink=MUTED))
    page.blank(row, last - 1, BODY)
    page.blank(row, last, BODY)
    return row
