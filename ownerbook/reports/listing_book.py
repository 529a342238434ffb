"""A report as a workbook: an overview with its figures, then one sheet a list, ready to be filtered and printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ownerbook.reports.listing import Cell, Field, Line, Listing, Report, shown
from ownerbook.reports.palette import (
    ASK,
    BLUE,
    BODY,
    BODY_CENTER,
    BODY_WRAP,
    COUNT,
    DAY,
    DONE_INK,
    ERROR,
    ERROR_FILL,
    FILL_IN,
    HEADER,
    INK,
    LINE,
    MUTED,
    NAVY,
    PALE,
    PLAIN,
    SECTION,
    SUBTITLE,
    TITLE,
    WARNING,
    WARNING_FILL,
    Look,
)
from ownerbook.reports.pen import CannotWrite, Page, Pen
from ownerbook.reports.widths import column_width, row_height
from ownerbook.schema.words import Lang, Text

OVERVIEW = Text("概览", "Overview")
HEADER_ROW = 4
MOST_WIDTH = 172.0
MOST_BUILDINGS = 14
_TONE_INK = {"late": ERROR, "today": WARNING, "soon": INK, "": INK}
_TONE_FILL = {"late": ERROR_FILL, "today": WARNING_FILL}
_LOOKS: dict[str, Look] = {
    "text": BODY,
    "day": DAY,
    "count": COUNT,
    "size": COUNT,
    "rate": COUNT.but(form="#,##0.0"),
    "center": BODY_CENTER,
    "wrap": BODY_WRAP,
}


def write_report(path: Path, report: Report, *, lang: Lang = "zh", masked: bool = True) -> Path:
    """Write the workbook. Gives the path written: beside one that is open elsewhere a numbered one. Raises PenError."""
    for n in range(1, 10):
        tried = path if n == 1 else path.with_name(f"{path.stem}({n}){path.suffix}")
        try:
            _write(tried, report, lang, masked)
            return tried
        except CannotWrite as error:
            if not isinstance(error.__cause__, PermissionError) or n == 9:
                raise
    raise AssertionError


def _write(path: Path, report: Report, lang: Lang, masked: bool) -> None:
    properties = {"ownerbook.as_of": report.as_of.isoformat(), "ownerbook.lang": lang, "ownerbook.masked": "yes" if masked else "no"}
    with Pen(
        path,
        as_of=report.as_of,
        title=report.title.say(lang),
        kind=report.kind,
        subject=report.workspace,
        footer=report.workspace,
        lang=lang,
        properties=properties,
    ) as pen:
        overview = pen.page(OVERVIEW.say(lang), colour=NAVY)
        pages = [(x, pen.page(x.title.say(lang), colour=ERROR if any(line.tone == "late" for line in x.lines) else BLUE)) for x in report.listings]
        write_overview(overview, report, pages, lang)
        for listing, page in pages:
            write_listing(page, listing, report, lang=lang, masked=masked)


def subtitle(report: Report, lang: Lang) -> str:
    """Project, day and policy, as every report names them."""
    parts = [report.workspace, Text(f"截至 {report.as_of.isoformat()}", f"as of {report.as_of.isoformat()}").say(lang)]
    parts.append(Text(f"制度版本 {report.policy}", f"policy {report.policy}").say(lang) if report.policy else "")
    return "    ".join(p for p in parts if p)


def write_overview(page: Page, report: Report, pages: Sequence[tuple[Listing, Page]], lang: Lang) -> None:
    """One landscape page: the figures as cards, the lists with how many lines each has, and the notes."""
    page.columns([13.0] * 12)
    page.text(1, 1, report.title.say(lang), TITLE)
    page.height(1, 34)
    page.text(2, 1, subtitle(report, lang), SUBTITLE)
    page.height(3, 8)
    row = 4
    for n in range(0, len(report.figures), 6):
        cards(page, row, report, n, lang)
        row += 4
    page.across(row, 1, 8 if by_building(report) else 12, Text("清单", "Lists").say(lang), SECTION)
    page.height(row, 24)
    buildings = by_building(report)
    wide = 8 if buildings else 12
    heads = (Text("清单", "List"), Text("条数", "Lines"), report.late, Text("说明", "About"))
    spans = ((1, 2), (3, 3), (4, 4), (5, wide))
    row += 1
    for (a, b), head in zip(spans, heads, strict=True):
        page.across(row, a, b, head.say(lang), HEADER)
    page.height(row, 24)
    first = row + 1
    for listing, target in pages:
        row += 1
        late = sum(line.tone == "late" for line in listing.lines)
        page.across(row, 1, 2, "", BODY)
        page.link(row, 1, f"internal:'{target.name}'!A1", listing.title.say(lang), BODY.but(ink=BLUE))
        page.number(row, 3, len(listing.lines), COUNT)
        page.value(row, 4, late or None, COUNT.but(ink=ERROR, bold=True))
        about = listing.note.say(lang)
        page.across(row, 5, wide, about, BODY_WRAP.but(ink=MUTED, size=9))
        page.height(row, max(22.0, row_height([(about, 13.0 * (wide - 4) * 1.1)], size=9)))
    if buildings:
        row = max(row, _buildings(page, first - 2, buildings, lang))
    for note in report.notes:
        row += 1
        page.across(row, 1, 12, note.say(lang), PLAIN.but(ink=MUTED, size=9, wrap=True))
        page.height(row, row_height([(note.say(lang), 150.0)], size=9))
    page.print_setup(one_page=True, last_column=12, last_row=row)


def by_building(report: Report) -> list[tuple[str, int, int]]:
    """Buildings with how many lines and how many late ones they have over all lists, the worst first."""
    counts: dict[str, list[int]] = {}
    for listing in report.listings:
        for line in listing.lines:
            if line.building and line.house:
                one = counts.setdefault(line.building, [0, 0])
                one[0] += 1
                one[1] += line.tone == "late"
    return sorted(((b, n, late) for b, (n, late) in counts.items()), key=lambda x: (-x[2], -x[1], x[0]))


def _buildings(page: Page, top: int, buildings: Sequence[tuple[str, int, int]], lang: Lang) -> int:
    """A small table beside the lists: the buildings with the most to do. Gives its last row."""
    page.across(top, 10, 12, Text("楼栋", "Buildings").say(lang), SECTION)
    heads = (Text("楼栋", "Building"), Text("条数", "Lines"), Text("逾期", "Late"))
    for n, head in enumerate(heads, 10):
        page.text(top + 1, n, head.say(lang), HEADER)
    row = top + 1
    for building, lines, late in buildings[:MOST_BUILDINGS]:
        row += 1
        page.text(row, 10, building, BODY_CENTER)
        page.number(row, 11, lines, COUNT)
        page.value(row, 12, late or None, COUNT.but(ink=ERROR, bold=True))
    page.bars(top + 2, 11, row, "#8FAAC8", most=float(max(n for _, n, _ in buildings)))
    if len(buildings) > MOST_BUILDINGS:
        row += 1
        rest = buildings[MOST_BUILDINGS:]
        page.text(row, 10, Text(f"其余 {len(rest)} 栋", f"{len(rest)} more").say(lang), BODY_CENTER.but(ink=MUTED))
        page.number(row, 11, sum(n for _, n, _ in rest), COUNT.but(ink=MUTED))
        page.value(row, 12, sum(late for _, _, late in rest) or None, COUNT.but(ink=ERROR))
    return row


def cards(page: Page, top: int, report: Report, start: int, lang: Lang) -> None:
    """Up to six figures side by side, each two columns wide."""
    for n, figure in enumerate(report.figures[start : start + 6]):
        left, value = 1 + 2 * n, report.value(figure)
        ink = (ERROR if value else DONE_INK) if figure.bad else NAVY
        bar = PALE if n else PALE
        page.across(top, left, left + 1, figure.words.say(lang), PLAIN.but(fill=PALE, ink=MUTED, size=9, left_bar=ink, indent=1))
        look = PLAIN.but(fill=bar, ink=ink, size=20, bold=True, left_bar=ink, indent=1, align="left")
        page.across(top + 1, left, left + 1, "", look)
        page.value(top + 1, left, value, look.but(form="#,##0") if isinstance(value, int) else look)
    page.height(top, 22)
    page.height(top + 1, 34)
    page.height(top + 2, 6)


def write_listing(page: Page, listing: Listing, report: Report, *, lang: Lang, masked: bool) -> None:
    """One list: title, header with filters, a line each; late ones in red; printed with its header on each page."""
    lines, fields, number = listing.lines, listing.fields, Text("序号", "No.")
    if listing.ranked:
        number, fields, lines = fields[0].header, fields[1:], [replace(line, cells=line.cells[1:]) for line in lines]
    asks = [listing.ask.say(lang)] if listing.ask.zh else []
    heads = [number.say(lang), *(f.header.say(lang) for f in fields), *asks]
    texts = [[shown(c, lang, masked) for c in line.cells] for line in lines]
    widths = [6.5, *_widths(fields, texts, lang), *([16.0] * len(asks))]
    page.columns(widths)
    page.text(1, 1, listing.title.say(lang), TITLE)
    page.height(1, 30)
    page.text(2, 1, "    ".join(t for t in (subtitle(report, lang), listing.note.say(lang)) if t), SUBTITLE)
    page.height(3, 6)
    for n, head in enumerate(heads, 1):
        page.text(HEADER_ROW, n, head, HEADER.but(ink=NAVY, fill="#FFE699") if asks and n == len(heads) else HEADER)
    page.height(HEADER_ROW, 28)
    last = HEADER_ROW + max(1, len(listing.lines))
    for n, (line, row) in enumerate(zip(lines, texts, strict=True), 1):
        _line(page, HEADER_ROW + n, n, line, row, fields, widths, bool(asks))
    if not listing.lines:
        page.across(last, 1, len(heads), Text("没有。", "None.").say(lang), BODY_CENTER.but(ink=DONE_INK, fill="#E6F2E9", size=11))
        page.height(last, 34)
    else:
        page.filter(HEADER_ROW, 1, last, len(heads))
        for n, field in enumerate(fields, 2):
            if field.form == "rate":
                page.bars(HEADER_ROW + 1, n, last, "#E8A9A9")
    page.freeze(HEADER_ROW, 2)
    page.print_setup(repeat=(HEADER_ROW, HEADER_ROW), last_column=len(heads), last_row=last, landscape=sum(widths) > 100)


def _line(page: Page, row: int, number: int, line: Line, texts: Sequence[str], fields: Sequence[Field], widths: Sequence[float], asks: bool) -> None:
    ink, fill = _TONE_INK[line.tone], _TONE_FILL.get(line.tone, "")
    page.number(row, 1, number, BODY_CENTER.but(ink=MUTED, fill=fill))
    for n, (cell, text, field) in enumerate(zip(line.cells, texts, fields, strict=True), 2):
        telling = field.form in ("day", "count", "rate") and bool(cell)
        look = _LOOKS[field.form].but(ink=ink if telling else INK)
        if fill and telling:
            look = look.but(bold=True)
        _cell(page, row, n, cell, text, look)
    if asks:
        page.blank(row, len(fields) + 2, ASK.but(wrap=True, border=LINE, fill=FILL_IN))
    page.height(row, max(20.0, row_height([(t, w) for t, w, f in zip(texts, widths[1:], fields, strict=False) if f.form == "wrap"] or [("", 10.0)])))


def _cell(page: Page, row: int, column: int, cell: Cell, text: str, look: Look) -> None:
    if isinstance(cell, date):
        page.day(row, column, cell, look)
    elif isinstance(cell, int | float):
        page.number(row, column, cell, look)
    else:
        page.text(row, column, text, look if not text[:1].isdigit() else look.but(form="@"))


def _widths(fields: Sequence[Field], texts: Sequence[Sequence[str]], lang: Lang) -> list[float]:
    """As wide as the texts; where that is more than a page bears, columns that may wrap give way."""
    sample = texts[:3000]
    out = [
        f.width or column_width((t[i] for t in sample), header=f.header.say(lang), filtered=True, widest=44 if f.form == "wrap" else 30)
        for i, f in enumerate(fields)
    ]
    over = sum(out) + 6.5 - MOST_WIDTH
    wrapping = [i for i, f in enumerate(fields) if f.form == "wrap" and not f.width]
    if over > 0 and wrapping:
        room = sum(out[i] for i in wrapping)
        for i in wrapping:
            out[i] = max(14.0, out[i] - over * out[i] / room)
    return out
