"""A page of paper: twelve columns of A4, written from top to bottom, so that every form is of one house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.palette import FILL_IN, INK, MUTED, NAVY, PALE, PLAIN, Look
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.widths import lines
from ownerbook.schema.words import Text

COLUMNS = 12
PORTRAIT, LANDSCAPE = 7.4, 11.2  # half-width characters a column, at full size
NOTICE_SIZE = 11.0
SCALE = 88  # percent: at this width no office program needs a second page across
_RULE = "#9AA7B5"

TITLE = Look(size=20, bold=True, ink=NAVY, align="center")
META = Look(size=9, ink=MUTED)
TEXT = Look(size=NOTICE_SIZE, ink=INK, wrap=True, valign="top")
LABEL = Look(size=10.5, ink=NAVY, bold=True, fill=PALE, align="center", border=_RULE, wrap=True)
VALUE = Look(size=10.5, ink=INK, border=_RULE, wrap=True, indent=1, align="left")
HEAD = Look(size=10, bold=True, ink=NAVY, fill=PALE, align="center", border=_RULE, wrap=True)
CELL = Look(size=10, border=_RULE, wrap=True)
CENTER = CELL.but(align="center")
NUMBER = CELL.but(align="right", form="#,##0_ ")
DAY = CELL.but(align="center", form="yyyy-mm-dd")
ASK = CELL.but(fill=FILL_IN)

Value = str | int | float | date | None


class Paper:
    """One sheet of paper being written; `row` is the next free row."""

    def __init__(self, page: Page, *, landscape: bool = False, widths: Sequence[float] | None = None, how: Manner = CHINESE) -> None:
        self.page, self.landscape, self.row, self.how = page, landscape, 1, how
        self._breaks: list[int] = []
        self.widths = list(widths or [LANDSCAPE if landscape else PORTRAIT] * COLUMNS)
        page.columns(self.widths)

    @property
    def last(self) -> int:
        """The last column."""
        return len(self.widths)

    def room(self, first: int, last: int) -> float:
        """How many half-width characters the columns take together."""
        return sum(self.widths[first - 1 : last])

    def title(self, text: str, under: str = "") -> None:
        """The heading, and a small line under it."""
        self.page.across(self.row, 1, self.last, self.how.word(text), TITLE)
        self.page.height(self.row, 40)
        self.row += 1
        if under:
            self.page.across(self.row, 1, self.last, under, META.but(align="center"))
            self.page.height(self.row, 18)
            self.row += 1
        self.gap(6)

    def gap(self, points: float = 8) -> None:
        """White space."""
        self.page.height(self.row, points)
        self.row += 1

    def meta(self, left: str, right: str = "") -> None:
        """A small line: at the left, and at the right."""
        half = self.last // 2
        self.page.across(self.row, 1, half, left, META)
        self.page.across(self.row, half + 1, self.last, right, META.but(align="right"))
        self.page.height(self.row, 18)
        self.row += 1

    def text(self, text: str | Text, look: Look = TEXT) -> None:
        """A paragraph over the whole width, as high as it needs."""
        text = self.how.say(text) if isinstance(text, Text) else text
        self.page.across(self.row, 1, self.last, text, look)
        room = self.room(1, self.last) * 10.8 / look.size  # a merged row is a little wider than its columns
        self.page.height(self.row, lines(text, room) * look.size * 1.65 + 4)
        self.row += 1

    def fields(self, *cells: tuple[str, str, int, int], height: float = 26, ask: bool = False) -> None:
        """A row of label and value pairs: (label, value, columns of the label, columns of the value)."""
        column, most = 1, height
        for word, value, wide_label, wide_value in cells:
            label = self.how.head(word)
            self.page.across(self.row, column, column + wide_label - 1, label, LABEL)
            column += wide_label
            look = VALUE.but(fill=FILL_IN) if ask and not value else VALUE
            self.page.across(self.row, column, column + wide_value - 1, value, look)
            need = max(
                lines(value, self.room(column, column + wide_value - 1) - 1) * 17 + 9,
                lines(label, self.room(column - wide_label, column - 1)) * 14 + 4 if self.how.both else 0,
            )
            column += wide_value
            most = max(most, need)
        self.page.height(self.row, most)
        self.row += 1

    def table(
        self, heads: Sequence[str], spans: Sequence[tuple[int, int]], rows: Sequence[Sequence[Value]], looks: Sequence[Look], *, height: float = 22
    ) -> None:
        """A table whose columns span columns of the page."""
        self._row([self.how.head(h) for h in heads], spans, [HEAD] * len(heads), 26)
        for row in rows:
            self._row(row, spans, looks, height)

    def table_row(self, values: Sequence[Value], spans: Sequence[tuple[int, int]], looks: Sequence[Look], height: float) -> None:
        """One more row of a table, at least so high."""
        self._row(values, spans, looks, height)

    def _row(self, values: Sequence[Value], spans: Sequence[tuple[int, int]], looks: Sequence[Look], least: float) -> None:
        most = least
        for value, (first, last), look in zip(values, spans, looks, strict=True):
            if first != last:
                self.page.across(self.row, first, last, "", look)
            self.page.value(self.row, first, value, look)
            if isinstance(value, str):
                most = max(most, lines(value, self.room(first, last)) * 15 + 7)
        self.page.height(self.row, most)
        self.row += 1

    def signatures(self, *labels: str, height: float = 30) -> None:
        """Places to sign, side by side, each with a line. labels: with or without their colon."""
        n = len(labels)
        for i, word in enumerate(labels):
            first, last = 1 + i * self.last // n, (i + 1) * self.last // n
            wide = max(1, round((last - first + 1) * 0.42))
            word = word.removesuffix("：")
            label = self.how.head(word).replace("\n", "：\n", 1) if self.how.both else f"{word}："
            self.page.across(self.row, first, first + wide - 1, label, PLAIN.but(size=10.5, align="right", valign="bottom", wrap=self.how.both))
            self.page.across(self.row, first + wide, last, "", PLAIN.but(bottom=_RULE))
        self.page.height(self.row, height)
        self.row += 1

    def cut(self, text: str) -> None:
        """Where to cut."""
        self.gap(8)
        self.page.across(self.row, 1, self.last, "- " * 20 + self.how.word(text) + " -" * 20, META.but(align="center", ink=_RULE))
        self.page.height(self.row, 18)
        self.row += 1
        self.gap(8)

    def new_page(self) -> None:
        """What follows begins a new page."""
        self._breaks.append(self.row - 1)

    def finish(self, *, one_page: bool = True, repeat: tuple[int, int] | None = None, header: bool = False) -> None:
        """Set up the print."""
        self.page.print_setup(
            landscape=self.landscape,
            one_page=one_page,
            repeat=repeat,
            last_column=self.last,
            last_row=self.row - 1,
            header=header,
            breaks=self._breaks,
            scale=SCALE,
        )


def form_pen(
    path: Path, kind: str, title: str, *, as_of: date, workspace: str, properties: dict[str, str] | None = None, how: Manner = CHINESE
) -> Pen:
    """The pen for a form: ours by its property."""
    more = {"ownerbook.as_of": as_of.isoformat(), "ownerbook.masked": "yes" if how.masked else "no"} | (properties or {})
    pen = Pen(path, as_of=as_of, title=title, kind=kind, subject=workspace, footer=workspace, lang=how.lang, properties=more)
    pen.steady_widths()
    return pen


def chinese_day(day: date | None) -> str:
    """2026年10月8日; a line to fill in where there is none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "______年____月____日"
