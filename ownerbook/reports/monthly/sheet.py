"""Writing a table on a sheet of its own: title, note, header with filters, rows, printed on A4 with its header on every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ownerbook.reports.many_rows import Link, Value, write_rows
from ownerbook.reports.monthly.content import Col, MonthBook, Part
from ownerbook.reports.palette import (
    BLUE,
    BODY,
    BODY_CENTER,
    BODY_WRAP,
    COUNT,
    DAY,
    DONE_INK,
    ERROR,
    ERROR_FILL,
    HEADER,
    LINK,
    MUTED,
    NOTICE,
    NOTICE_FILL,
    PALE,
    SUBTITLE,
    TITLE,
    WARNING,
    WARNING_FILL,
    Look,
)
from ownerbook.reports.pen import Page
from ownerbook.reports.widths import cells, column_width, lines, row_height
from ownerbook.schema.words import Text

HEADER_ROW = 4
RATE = BODY.but(align="right", form="0.0%_ ")
_LOOKS: dict[str, Look] = {
    "text": BODY,
    "day": DAY,
    "count": COUNT,
    "center": BODY_CENTER,
    "wrap": BODY_WRAP,
    "rate": RATE,
    "link": LINK,
    "severity": BODY_CENTER,
    "state": BODY_CENTER,
}
_LATE = {"state": (ERROR, ERROR_FILL), "days": (ERROR, ""), "count": (ERROR, "")}
_SEVERE = {"error": (ERROR, ERROR_FILL), "warning": (WARNING, WARNING_FILL), "notice": (NOTICE, NOTICE_FILL)}
BACK = Text("返回封面", "back to the cover")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every sheet says of the workbook. cover: the name of the cover's sheet."""

    book: MonthBook
    cover: str

    @property
    def line(self) -> str:
        """Project, month, day of the data, policy."""
        b = self.book
        parts = [b.project, b.month.name, b.say(Text(f"数据截至 {b.made.as_of.isoformat()}", f"data as of {b.made.as_of.isoformat()}"))]
        if b.policy:
            parts.append(b.say(Text(f"制度版本 {b.policy}", f"policy {b.policy}")))
        return "    ".join(p for p in parts if p)


def write_part(page: Page, part: Part, frame: Frame) -> int:
    """Write the sheet. Gives its last row."""
    book = frame.book
    if not part.columns:  # nothing could be told: the sheets it would be of are absent
        part.columns = [Col("none", part.name, "wrap", 60)]
    widths = widths_of(part, book)
    page.columns(widths)
    last_column = len(part.columns)
    head(page, part.name, frame, last_column, part.about)
    for n, col in enumerate(part.columns, 1):
        page.text(HEADER_ROW, n, book.say(col.header), HEADER)
    page.height(HEADER_ROW, max(26.0, row_height([(book.say(c.header), w) for c, w in zip(part.columns, widths, strict=True)]) + 4))
    first = HEADER_ROW + 1
    row = write_rows(page, first, part.rows, [_looks(c) for c in part.columns], part.tints)
    _heights(page, part, widths, first, 1.0 if book.lang == "zh" else 1.2)
    if not part.rows:
        words = part.absent or Text("没有。", "None.")
        ink = MUTED if part.absent else DONE_INK
        page.across(row, 1, last_column, book.say(words), BODY_CENTER.but(ink=ink, fill=PALE, size=11))
        page.height(row, 34)
        row += 1
    else:
        page.filter(HEADER_ROW, 1, row - 1, last_column)
    _bars(page, part, first, row - 1)
    if part.total is not None and part.rows:
        strong = [{"": by[""].but(bold=True, fill=PALE)} for by in map(_looks, part.columns)]
        row = write_rows(page, row, [part.total], strong)
    if part.left_out:
        words = Text(f"另有 {part.left_out:,} 行没有列出，全部见 ownerbook 的问题清单和期限清单", f"{part.left_out:,} more rows are not listed here")
        page.across(row, 1, last_column, book.say(words), BODY_CENTER.but(ink=MUTED, fill=PALE))
        row += 1
    page.freeze(HEADER_ROW, min(2, last_column))
    page.print_setup(repeat=(HEADER_ROW, HEADER_ROW), last_column=last_column, last_row=row - 1, landscape=sum(widths) > 100)
    return row - 1


def head(page: Page, title: Text, frame: Frame, last_column: int, about: Text) -> None:
    """Title, the line of the workbook, the way back, and what the sheet is about."""
    book = frame.book
    page.text(1, 1, book.say(title), TITLE)
    page.height(1, 30)
    line = "    ".join(t for t in (frame.line, book.say(about)) if t)
    room = sum(page.widths.values()) * 1.1  # it is written smaller than the digits of widths
    if cells(line) <= room or last_column == 1:
        page.text(2, 1, line, SUBTITLE.but(wrap=last_column == 1))
    else:
        page.across(2, 1, last_column, line, SUBTITLE.but(wrap=True, valign="top"))
    page.height(2, max(18.0, 13.5 * lines(line, room)))
    page.link(3, 1, f"internal:'{frame.cover}'!A1", book.say(BACK), SUBTITLE.but(ink=BLUE, underline=True))
    page.height(3, 18)


def widths_of(part: Part, book: MonthBook) -> list[float]:
    """Widths that show the texts whole: of the first rows, or as the column says."""
    out = []
    for n, col in enumerate(part.columns):
        header = book.say(col.header)
        if col.width:
            out.append(col.width)
            continue
        texts = [_text(row[n]) for row in part.rows[:300]]
        out.append(column_width(texts, header=header, filtered=True, widest=30))
    return out


def _text(value: Value) -> str:
    if isinstance(value, Link):
        return value.text
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)[:60]


def _looks(col: Col) -> Mapping[str, Look]:
    look = _LOOKS[col.form]
    out = {"": look, "waived": look.but(ink=MUTED)}
    if col.form == "severity":
        out |= {k: look.but(ink=ink, fill=fill, bold=True) for k, (ink, fill) in _SEVERE.items()}
    elif col.form == "state":
        out |= {"late": look.but(ink=ERROR, fill=ERROR_FILL, bold=True), "today": look.but(ink=WARNING, fill=WARNING_FILL, bold=True)}
    elif col.form in ("count", "day") and col.key in ("days", "due_on", "rectify_by", "over"):
        out["late"] = look.but(ink=ERROR, bold=True)
    return out


def _bars(page: Page, part: Part, first: int, last: int) -> None:
    for n, col in enumerate(part.columns, 1):
        if col.bar and part.rows:
            most = max((v for v in (row[n - 1] for row in part.rows) if isinstance(v, int | float)), default=0.0)
            page.bars(first, n, last, col.bar, most=max(col.most or 0.0, float(most)) or 1.0)


def _heights(page: Page, part: Part, widths: Sequence[float], first: int, room: float) -> None:
    """Rows with wrapped texts get their height; all others keep the sheet's. room: Latin letters are narrower than the digits of widths."""
    wrapped = [(n, widths[n] * room) for n, col in enumerate(part.columns) if col.form == "wrap"]
    for i, row in enumerate(part.rows) if wrapped else ():
        need = row_height([(_whole(row[n]), width) for n, width in wrapped])
        if need > 22:
            page.height(first + i, need)


def _whole(value: Value) -> str:
    return value if isinstance(value, str) else ""
