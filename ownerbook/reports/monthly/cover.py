"""The cover: one A4 landscape with the month's figures, twelve months of problems, their kinds, rates, occupancy, and where it comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ownerbook.deadlines.rates import RATES, Rate
from ownerbook.reports.monthly.content import MonthBook, Part
from ownerbook.reports.monthly.cover_charts import CHART_ROWS, COLUMNS, MOST_KINDS, RIGHT, ROW_HEIGHT, kind_chart, trend_chart
from ownerbook.reports.monthly.figures import percent, recorded
from ownerbook.reports.monthly.sheet import HEADER_ROW
from ownerbook.reports.monthly.statistics_sheet import label
from ownerbook.reports.palette import (
    BLUE,
    BODY,
    BODY_CENTER,
    COUNT,
    DONE_INK,
    ERROR,
    HEADER,
    INK,
    MUTED,
    NAVY,
    NOTICE_BAR,
    PALE,
    PLAIN,
    SECTION,
    SUBTITLE,
    TITLE,
    WARNING,
)
from ownerbook.reports.pen import Page
from ownerbook.schema.finding import column_letters
from ownerbook.schema.words import Text

NAME = Text("封面", "Cover")
TITLE_WORDS = Text("业主档案月度审核报告", "Monthly audit of the owner files")
SHOWN_RATES = ("filed", "complete", "papers", "match", "covered", "returned", "overdue", "updated", "rectified_in_time")
_WIDTHS = (13.0,) * 7 + (2.0, 11.0) + (13.0,) * 4
_LEFT_LAST, _GAP = 7, 8
_CARDS = ((1, 2), (3, 4), (5, 6), (7, 9), (10, 11), (12, 13))
_ROW = 18.0


def write_cover(page: Page, book: MonthBook, targets: Sequence[tuple[Part, Page]], statistics: str) -> None:
    """Write the cover. targets: the tables and their sheets; statistics: the name of the sheet of statistics."""
    page.columns(_WIDTHS)
    pages = {part.key: page for part, page in targets}
    _head(page, book)
    _cards(page, 4, book)
    page.height(7, 8)
    lacking = sum(m.name != book.month.name and m.name not in book.known for m in book.month.twelve())
    gap = Text(f"（{lacking} 个月没有记录，留空）", f" ({lacking} not recorded)") if lacking else Text("", "")
    _section(page, 8, 1, _LEFT_LAST, book.say(Text(f"近十二个月末的问题{gap.zh}", f"Problems at the end of twelve months{gap.en}")))
    all_, most = len(book.kinds), MOST_KINDS
    few = Text(f"（{all_} 类中最多的 {most} 类）", f" (the {most} largest of {all_})") if all_ > most else Text("", "")
    _section(page, 8, RIGHT, COLUMNS, book.say(Text(f"本月问题的类别{few.zh}", f"Problems by kind{few.en}")))
    for row in range(9, 9 + CHART_ROWS):
        page.height(row, ROW_HEIGHT)
    trend_chart(page, 9, book, pages["trend"])
    kind_chart(page, 9, book, pages["kinds"])
    top = 9 + CHART_ROWS
    page.height(top, 6)
    _section(page, top + 1, 1, _LEFT_LAST, book.say(Text("指标", "Rates")))
    _section(page, top + 1, RIGHT, COLUMNS, book.say(Text("入住情况", "Occupancy")))
    left = _rates(page, top + 2, book, pages["trend_rates"])
    right = _occupancy(page, top + 2, book)
    row = max(left, right) + 1
    page.height(row, 6)
    row = _contents(page, row + 1, book, targets, statistics)
    row = _source(page, row + 1, book)
    page.print_setup(one_page=True, last_column=COLUMNS, last_row=row, header=False)


def _head(page: Page, book: MonthBook) -> None:
    page.text(1, 1, book.say(TITLE_WORDS), TITLE.but(size=20))
    month = f"{book.month.begins.year} 年 {book.month.begins.month} 月" if book.lang == "zh" else f"{book.month.begins:%B %Y}"
    page.across(1, 11, COLUMNS, month, TITLE.but(size=16, align="right", ink=BLUE))
    page.height(1, 34)
    first, last = book.month.begins.isoformat(), book.month.ends.isoformat()
    parts = [
        book.project,
        book.say(Text(f"审核期间 {first} 至 {last}", f"{first} to {last}")),
        book.say(Text(f"数据截至 {book.made.as_of.isoformat()}", f"data as of {book.made.as_of.isoformat()}")),
        book.say(Text(f"制度版本 {book.policy}", f"policy {book.policy}")) if book.policy else "",
        book.say(Text(f"批准人 {book.approved_by}", f"approved by {book.approved_by}")) if book.approved_by else "",
        book.say(Text("本月未过完，数字不是最终的", "the month is not over: these are not its final figures")) if book.partial else "",
    ]
    page.text(2, 1, "   |   ".join(p for p in parts if p), SUBTITLE.but(ink=ERROR) if book.partial else SUBTITLE)
    page.height(2, 18)
    page.height(3, 6)


def _cards(page: Page, top: int, book: MonthBook) -> None:
    counts, last = book.counts, book.last
    before = last.counts if last else {}

    def change(key: str, *, more_is: bool | None) -> tuple[str, str]:
        now, then = counts.get(key), before.get(key)
        if now is None or then is None:
            return book.say(Text("上月无记录", "last month not recorded")), MUTED
        n = now - then
        return book.say(Text(f"较上月 {n:+,}" if n else "与上月持平", f"{n:+,} on last month" if n else "as last month")), _ink(n, more_is)

    def rate_change(key: str) -> tuple[str, str]:
        now, then = book.rates[key].value, last.value(key) if last else None
        if now is None or then is None:
            return book.say(Text("上月无记录", "last month not recorded")), MUTED
        n = round((now - then) * 100, 1)
        zh = f"较上月 {n:+.1f} 个百分点" if n else "与上月持平"
        return book.say(Text(zh, f"{n:+.1f} points on last month" if n else "as last month")), _ink(n, RATES[key][2])

    def count(key: str) -> int | str:
        n = counts.get(key)
        return "—" if n is None else n

    def ink(key: str) -> str:
        return MUTED if counts.get(key) is None else ERROR if counts.get(key) else DONE_INK

    cards = (
        (Text("在管档案", "Files held"), count("closing"), change("closing", more_is=None), NAVY),
        (Text("错误", "Errors"), count("error"), change("error", more_is=False), ink("error")),
        (Text("户完整率", "Complete files"), percent(book.rates["complete"].value), rate_change("complete"), NAVY),
        (Text("逾期未还", "Overdue loans"), count("overdue"), change("overdue", more_is=False), ink("overdue")),
        (Text("审核覆盖率", "Audits up to date"), percent(book.rates["covered"].value), rate_change("covered"), NAVY),
        (Text("未结整改", "Open rectifications"), count("rectifying"), change("rectifying", more_is=False), ink("rectifying")),
    )
    for n, (words, value, (note, note_ink), colour) in enumerate(cards):
        first, last_column = _CARDS[n]
        base = PLAIN.but(fill=PALE, indent=1, align="left")
        for offset, look in enumerate(
            (base.but(size=9, ink=MUTED), base.but(size=22, bold=True, ink=colour, form="#,##0"), base.but(size=9, ink=note_ink))
        ):
            row = top + offset
            for column in range(first + 1, last_column + 1):
                page.blank(row, column, look)
            edged = look.but(left_bar=colour)
            page.value(row, first, (book.say(words), value, note)[offset], edged)
    for offset, points in enumerate((19, 32, 19)):
        page.height(top + offset, points)


def _ink(change: float, more_is_good: bool | None) -> str:
    if not change or more_is_good is None:
        return MUTED
    return DONE_INK if (change > 0) == more_is_good else ERROR


def _section(page: Page, row: int, first: int, last: int, text: str) -> None:
    for column in range(first, last + 1):
        page.blank(row, column, SECTION)
    page.text(row, first, text, SECTION)
    page.height(row, 22)


def _rates(page: Page, top: int, book: MonthBook, source: Page) -> int:
    heads = (
        (1, 2, Text("指标", "Rate")),
        (3, 3, Text("本月", "This month")),
        (4, 4, Text("分子 / 分母", "Of")),
        (5, 5, Text("上月", "Last month")),
        (6, 6, Text("变化", "Change")),
        (7, 7, Text("近十二个月", "Twelve months")),
    )
    for first, last, words in heads:
        page.across(top, first, last, book.say(words), HEADER.but(size=9))
    page.height(top, _ROW)
    row = top
    for key in SHOWN_RATES:
        row += 1
        _rate(page, row, book, book.rates[key], source)
        page.height(row, _ROW)
    return row


def _rate(page: Page, row: int, book: MonthBook, rate: Rate, source: Page) -> None:
    then = book.last.value(rate.key) if book.last else None
    page.across(row, 1, 2, book.say(rate.words), BODY.but(indent=1))
    page.text(row, 3, percent(rate.value), BODY.but(align="right", bold=True, indent=1, ink=INK if rate.value is not None else MUTED))
    of = f"{rate.part:,} / {rate.whole:,}" if rate.part is not None and rate.whole is not None else book.say(Text("无数据", "no data"))
    page.text(row, 4, of, BODY_CENTER.but(ink=MUTED, size=9))
    page.text(row, 5, percent(then), BODY.but(align="right", indent=1, ink=MUTED))
    change = round((rate.value - then) * 100, 1) if rate.value is not None and then is not None else None
    text = "—" if change is None else f"{change:+.1f}" if change else "0"
    page.text(row, 6, text, BODY.but(align="right", indent=1, ink=_ink(change or 0, rate.good)))
    page.blank(row, 7, BODY)
    lowest, highest = _span([k.value(rate.key) for _, k in recorded(book) if k])
    letters = column_letters(2 + list(RATES).index(rate.key))
    page.sparkline(
        row, 7, f"'{source.name}'!{letters}{HEADER_ROW + 1}:{letters}{HEADER_ROW + 12}", "#B7CBE0", last=BLUE, lowest=lowest, highest=highest
    )


def _span(values: Sequence[float | None]) -> tuple[float, float]:
    """What a small line spans: its values with air, so that steady rates are columns of half the height."""
    known = [v for v in values if v is not None] or [0.5]
    air = max(0.05, (max(known) - min(known)) * 0.15)
    return round(min(known) - air, 4), round(max(known) + air, 4)


def _occupancy(page: Page, top: int, book: MonthBook) -> int:
    heads = ((9, 10, Text("房屋状态", "State")), (11, 11, Text("套数", "Houses")), (12, 13, Text("占比", "Share")))
    for first, last, words in heads:
        page.across(top, first, last, book.say(words), HEADER.but(size=9))
    statistic = next((t for t in book.houses if t.key == "status"), None)
    row = top
    if statistic is None or not statistic.table.shown:
        row += 1
        page.across(row, 9, 13, "—", BODY_CENTER.but(ink=MUTED))
        return row
    table = statistic.table
    for names, n in zip(table.columns, table.column_totals, strict=True):
        row += 1
        page.across(row, 9, 10, label(names, book.lang), BODY.but(indent=1))
        page.number(row, 11, n, COUNT)
        page.across(row, 12, 13, "", BODY)
        page.number(row, 12, n / table.total, BODY.but(align="right", form="0.0%_ "))
    most = max(table.column_totals) / (table.total or 1)
    page.bars(top + 1, 12, row, NOTICE_BAR, most=most or 1.0)
    row += 1
    page.across(row, 9, 10, book.say(Text("合计", "Total")), BODY.but(bold=True, fill=PALE, indent=1))
    page.number(row, 11, table.total, COUNT.but(bold=True, fill=PALE))
    occupied = [n for names, n in zip(table.columns, table.column_totals, strict=True) if set(names) <= {"自住", "出租"}]
    share = percent(sum(occupied) / table.total) if occupied and table.total else "—"
    page.across(row, 12, 13, book.say(Text(f"入住率 {share}", f"occupied {share}")), BODY.but(align="right", bold=True, fill=PALE, indent=1))
    return row


def _contents(page: Page, top: int, book: MonthBook, targets: Sequence[tuple[Part, Page]], statistics: str) -> int:
    cells: list[tuple[str, str, str]] = []
    for part, target in targets:
        counted, n = part.key not in _UNCOUNTED, part.count
        text = f"{book.say(part.name)} {'—' if part.absent else f'{n:,}'}" if counted else book.say(part.name)
        cells.append((target.name, text, ERROR if part.bad and n else BLUE))
    cells.insert(next(i for i, (part, _) in enumerate(targets) if part.key == "trend"), (statistics, statistics, BLUE))
    columns = [n for n in range(1, COLUMNS + 1) if n != _GAP]
    rows = -(-len(cells) // len(columns))
    for row in range(top, top + rows):
        for column in range(1, COLUMNS + 1):
            page.blank(row, column, _LINK)
    for n, (name, text, ink) in enumerate(cells):
        down, along = divmod(n, len(columns))
        page.link(top + down, columns[along], f"internal:'{name}'!A1", text, _LINK.but(ink=ink))
    row = top + rows - 1
    for r in range(top, row + 1):
        page.height(r, 20)
    return row


_UNCOUNTED = ("trend", "trend_rates", "kinds", "definitions", "sources", "runs", "duties", "cabinets", "rooms", "satisfaction", "needs")
_LINK = PLAIN.but(ink=BLUE, fill=PALE, align="center", size=9)


def _source(page: Page, row: int, book: MonthBook) -> int:
    made = book.made
    prints = hashlib.sha256("".join(f"{n}\x1f{s}\x1e" for n, s, _ in sorted(made.books)).encode("utf-8", "surrogatepass")).hexdigest()
    rows = sum(r or 0 for _, _, r in made.books)
    head = f"{made.entry}:{made.head[:16]}" if made.head else book.say(Text("无", "none"))
    zh = f"登记册 {len(made.books)} 个工作簿 {rows:,} 行，指纹 {prints[:16]}…   |   日志封存 {head}   |   {made.program} 制作于 {made.at}"
    en = f"{len(made.books)} workbooks, {rows:,} rows, fingerprint {prints[:16]}…   |   journal sealed at {head}   |   {made.program}, {made.at}"
    look = SUBTITLE.but(size=8)
    page.text(row, 1, book.say(Text(zh, en)), look)
    page.height(row, 16)
    for note in book.notes[:2]:
        row += 1
        page.text(row, 1, book.say(note), look.but(ink=WARNING))
        page.height(row, 16)
    return row
