"""The workbook of a month: its sheets in order, written through the one pen."""

from __future__ import annotations

from pathlib import Path

from ownerbook.reports.monthly.content import Col, MonthBook, Part
from ownerbook.reports.monthly.cover import NAME as COVER
from ownerbook.reports.monthly.cover import TITLE_WORDS, write_cover
from ownerbook.reports.monthly.figures import definitions, kinds, trend, trend_rates
from ownerbook.reports.monthly.sheet import Frame, write_part
from ownerbook.reports.monthly.statistics_sheet import NAME as STATISTICS
from ownerbook.reports.monthly.statistics_sheet import write_statistics
from ownerbook.reports.palette import BLUE, ERROR, MUTED, NAVY
from ownerbook.reports.pen import Page, Pen
from ownerbook.schema.words import Text

KIND = "month"
_BACK = ("trend", "trend_rates", "kinds", "definitions", "sources")


def write_month(path: Path, book: MonthBook) -> None:
    """Write the workbook of a month. The same content gives the same bytes. Raises PenError, CannotWrite."""
    made = book.made
    properties = {
        "ownerbook.month": book.month.name,
        "ownerbook.as_of": made.as_of.isoformat(),
        "ownerbook.lang": book.lang,
        "ownerbook.profile": book.profile,
        "ownerbook.head": made.head,
        "ownerbook.program": made.program,
    }
    title = f"{book.say(TITLE_WORDS)} {book.month.name}"
    footer = f"{book.project}  {made.program}".strip()
    with Pen(
        path,
        as_of=book.month.ends if not book.partial else made.as_of,
        title=title,
        kind=KIND,
        subject=book.project,
        footer=footer,
        lang=book.lang,
        properties=properties,
    ) as pen:
        cover = pen.page(book.say(COVER), colour=NAVY)
        parts = [*book.parts, trend(book), trend_rates(book), kinds(book), definitions(book), sources(book)]
        front = [p for p in parts if p.key not in _BACK]
        targets: list[tuple[Part, Page]] = [(p, pen.page(book.say(p.name), colour=_colour(p))) for p in front]
        statistics = pen.page(book.say(STATISTICS), colour=BLUE)
        targets += [(p, pen.page(book.say(p.name), colour=MUTED)) for p in parts if p.key in _BACK]
        frame = Frame(book, cover.name)
        for part, page in targets:
            write_part(page, part, frame)
        write_statistics(statistics, frame)
        write_cover(cover, book, targets, statistics.name)


def _colour(part: Part) -> str:
    return ERROR if part.rows and (part.bad or "late" in part.tints) else BLUE


def sources(book: MonthBook) -> Part:
    """The workbooks from which it was made, with their fingerprints, and the journal's seal."""
    columns = [
        Col("name", Text("工作簿", "Workbook"), "wrap", 36),
        Col("rows", Text("行数", "Rows"), "count", 12),
        Col("sha256", Text("指纹 SHA-256", "SHA-256"), "text", 70),
    ]
    about = Text("据此可以从保存的版本重做本工作簿", "from these kept versions the workbook can be made again")
    out = Part("sources", Text("数据来源", "Sources"), about, columns)
    out.rows = [(name, rows, print_) for name, print_, rows in sorted(book.made.books)]
    out.rows.append((book.say(Text("（日志封存的最新一条）", "(the journal's newest entry)")), None, book.made.head or "—"))
    out.tints = [""] * len(out.rows)
    return out
