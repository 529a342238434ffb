"""One sheet being written: cells, links, notes, drop-downs, the look of the printed page. Rows and columns count from 1, as Excel shows them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ownerbook.reports.palette import FONT, PLAIN, Look
from ownerbook.reports.widths import cells

if TYPE_CHECKING:
    from ownerbook.reports.pen import Pen

MOST_LINKS = 65_530
LONGEST_TEXT = 32_767
LONGEST_LIST = 255
QUOTED = "=+-@|\uff1d\uff0b\uff0d\uff20\t\r\n "
"""What a text begins with that an office program may take for a formula once it is typed in again, pasted, or saved as .csv and opened."""
A4 = 9


class PenError(Exception):
    """A workbook cannot be written as asked: a mistake in a report, or a limit of the format that it ran into."""


@dataclass
class Page:
    """One sheet of a workbook. Get it from `Pen.page`."""

    pen: Pen
    sheet: Any
    name: str
    links: int = 0
    widths: dict[int, float] = field(default_factory=dict)

    def text(self, row: int, column: int, text: str, look: Look = PLAIN) -> None:
        """Write text as text, whatever it begins with."""
        if not text:
            self.blank(row, column, look)
            return
        if text[0] in QUOTED:
            look = look.but(quote=True)
        self._did(self.sheet.write_string(row - 1, column - 1, writable(text), self.pen.format(look)), "text", row, column)

    def number(self, row: int, column: int, value: float, look: Look = PLAIN) -> None:
        """Write a number."""
        self._did(self.sheet.write_number(row - 1, column - 1, value, self.pen.format(look)), "number", row, column)

    def day(self, row: int, column: int, value: date, look: Look = PLAIN) -> None:
        """Write a date."""
        if not look.form:
            look = look.but(form="yyyy-mm-dd")
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        self._did(self.sheet.write_datetime(row - 1, column - 1, moment, self.pen.format(look)), "date", row, column)

    def truth(self, row: int, column: int, value: bool, look: Look = PLAIN) -> None:
        """Write TRUE or FALSE."""
        self._did(self.sheet.write_boolean(row - 1, column - 1, value, self.pen.format(look)), "truth value", row, column)

    def blank(self, row: int, column: int, look: Look) -> None:
        """Give an empty cell its look."""
        self._did(self.sheet.write_blank(row - 1, column - 1, None, self.pen.format(look)), "blank", row, column)

    def formula(self, row: int, column: int, formula: str, value: str | float, look: Look = PLAIN) -> None:
        """Write a formula with its value. Reports hold values; this is for registers that staff would have written."""
        self._did(self.sheet.write_formula(row - 1, column - 1, formula, self.pen.format(look), value), "formula", row, column)

    def value(self, row: int, column: int, value: str | float | date | bool | None, look: Look = PLAIN) -> None:
        """Write a value by its type."""
        if value is None or value == "":
            self.blank(row, column, look)
        elif isinstance(value, str):
            self.text(row, column, value, look)
        elif isinstance(value, bool):
            self.truth(row, column, value, look)
        elif isinstance(value, date):
            self.day(row, column, value, look)
        else:
            self.number(row, column, value, look)

    def row(self, row: int, values: Sequence[str | float | date | bool | None], looks: Look | Sequence[Look] = PLAIN, *, first: int = 1) -> None:
        """Write a row of values."""
        for i, value in enumerate(values):
            self.value(row, first + i, value, looks if isinstance(looks, Look) else looks[i])

    def across(self, row: int, first: int, last: int, text: str, look: Look = PLAIN) -> None:
        """Write text over several merged columns."""
        self.block(row, first, row, last, text, look)

    def block(self, top: int, left: int, bottom: int, right: int, text: str, look: Look = PLAIN) -> None:
        """Write text over several merged cells."""
        if (top, left) == (bottom, right):
            self.text(top, left, text, look)
            return
        if text[:1] in QUOTED:
            look = look.but(quote=True)
        self._loud(lambda: self.sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", self.pen.format(look)), top, left)
        self.text(top, left, text, look)

    def link(self, row: int, column: int, target: str, text: str, look: Look, tip: str = "") -> None:
        """Write a link; beyond the most that a sheet may hold, or to a file whose name is no text, the text alone. `target` begins with internal:
        or external:."""
        if self.links >= MOST_LINKS or not target or len(target) > 2000 or target != writable(target):
            self.text(row, column, text, look.but(underline=False))
            return
        self.links += 1
        self._loud(lambda: self.sheet.write_url(row - 1, column - 1, target, self.pen.format(look), writable(text), tip[:255] or None), row, column)

    def comment(self, row: int, column: int, text: str, *, fill: str = "#FFFFE8") -> None:
        """Hang a note on a cell, wide and high enough to be read."""
        width = min(320, max(140, max(cells(line) for line in text.split("\n")) * 7 + 24))
        height = 14 + 18 * sum(-(-max(1, cells(line)) * 7 // (width - 16)) for line in text.split("\n"))
        options = {"author": "ownerbook", "width": width, "height": height, "font_name": FONT, "font_size": 9, "color": fill}
        self._did(self.sheet.write_comment(row - 1, column - 1, writable(text), options), "comment", row, column)

    def columns(self, widths: Sequence[float], looks: Sequence[Look | None] | None = None, *, first: int = 1) -> None:
        """Set widths (in half-width characters) and, where given, the look of whole columns."""
        for i, width in enumerate(widths):
            look = looks[i] if looks else None
            self.widths[first + i] = width
            self._did(self.sheet.set_column(first + i - 1, first + i - 1, width, self.pen.format(look) if look else None), "column", 1, first + i)

    def hide_column(self, column: int) -> None:
        """Hide a column; what stands in it stays readable by programs."""
        self._did(self.sheet.set_column(column - 1, column - 1, self.widths.get(column, 8), None, {"hidden": True}), "column", 1, column)

    def height(self, row: int, points: float, *, hidden: bool = False) -> None:
        """Set the height of a row."""
        self._did(self.sheet.set_row(row - 1, min(points, 400), None, {"hidden": True} if hidden else {}), "row", row, 1)

    def freeze(self, rows: int, columns: int = 0) -> None:
        """Keep the first rows and columns in sight."""
        self.sheet.freeze_panes(rows, columns)

    def protect(self) -> None:
        """Only cells of an unlocked look can be written; there is no password, so staff can lift it."""
        options = {"format_cells": True, "format_columns": True, "format_rows": True, "select_locked_cells": True}
        self._loud(lambda: self.sheet.protect("", options), 1, 1)

    def filter(self, top: int, left: int, bottom: int, right: int) -> None:
        """Give a header row its filter buttons."""
        self._loud(lambda: self.sheet.autofilter(top - 1, left - 1, max(top, bottom) - 1, right - 1), top, left)

    def check(self, top: int, left: int, bottom: int, right: int, rule: Mapping[str, Any]) -> None:
        """Lay a data validation over cells, as the library names its parts."""
        self._loud(lambda: self.sheet.data_validation(top - 1, left - 1, bottom - 1, right - 1, dict(rule)), top, left)

    def choices(
        self, top: int, left: int, bottom: int, right: int, values: Sequence[str], *, title: str = "", hint: str = "", strict: bool = True
    ) -> None:
        """Lay a drop-down list over cells; a list too long for the cell itself goes to a hidden sheet."""
        inline = not any("," in v or v != v.strip() for v in values) and len(",".join(values)) <= LONGEST_LIST
        rule: dict[str, Any] = {"validate": "list", "source": list(values) if inline else self.pen.list_source(values)}
        rule |= {
            "error_type": "stop" if strict else "warning",
            "error_title": "不在可选范围内"[:32],
            "error_message": "请从下拉列表中选择。" if strict else "不在列表中，确定要这样填吗?",
        }
        if hint:
            rule |= {"input_title": title[:32], "input_message": hint[:255]}
        self.check(top, left, bottom, right, rule)

    def bars(self, top: int, column: int, bottom: int, colour: str, *, most: float | None = None) -> None:
        """Draw data bars in a column of numbers."""
        rule: dict[str, Any] = {"type": "data_bar", "bar_color": colour, "bar_solid": True, "min_type": "num", "min_value": 0, "data_bar_2010": True}
        if most is not None:
            rule |= {"max_type": "num", "max_value": most}
        self._loud(lambda: self.sheet.conditional_format(top - 1, column - 1, bottom - 1, column - 1, rule), top, column)

    def sparkline(self, row: int, column: int, source: str, colour: str, *, last: str, lowest: float, highest: float) -> None:
        """Draw small columns of the numbers in a range (逐月数据!B5:B16), the last in its own colour: LibreOffice draws no line across gaps."""
        rule = {"range": source, "type": "column", "series_color": colour, "last_point": True, "last_color": last, "min": lowest, "max": highest}
        self._loud(lambda: self.sheet.add_sparkline(row - 1, column - 1, rule), row, column)

    def shade_when(self, top: int, left: int, bottom: int, right: int, criteria: str, look: Look) -> None:
        """Shade cells while a condition holds, for what staff fill in later."""
        rule = {"type": "formula", "criteria": criteria, "format": self.pen.condition_format(look)}
        self._loud(lambda: self.sheet.conditional_format(top - 1, left - 1, bottom - 1, right - 1, rule), top, left)

    def chart(self, row: int, column: int, chart: Any, *, width: int, height: int, alt: str) -> None:
        """Place a chart (pixels), with words for those who cannot see it."""
        chart.set_size({"width": width, "height": height})
        options = {"description": alt, "object_position": 1}
        self._did(self.sheet.insert_chart(row - 1, column - 1, chart, options), "chart", row, column)

    def print_setup(
        self,
        *,
        landscape: bool = True,
        repeat: tuple[int, int] | None = None,
        one_page: bool = False,
        last_column: int = 0,
        last_row: int = 0,
        header: bool = True,
        pages_wide: int = 1,
        repeat_columns: int = 0,
        breaks: Sequence[int] = (),
        scale: int = 100,
    ) -> None:
        """A4, one page wide unless said otherwise, header rows (and leading columns) on every page, page numbers below.

        breaks: a new page begins under each of these rows; then the scale (percent) holds, for Excel would
        ignore them where pages are made to fit.
        """
        s = self.sheet
        if landscape:
            s.set_landscape()
        s.set_paper(A4)
        s.set_margins(left=0.45, right=0.45, top=0.6 if header else 0.45, bottom=0.6)
        s.center_horizontally()
        if breaks:
            s.set_print_scale(scale)
            s.set_h_pagebreaks(list(breaks))
        else:
            s.fit_to_pages(pages_wide, 1 if one_page else 0)
        if repeat_columns:
            self._did(s.repeat_columns(0, repeat_columns - 1), "repeated columns", 1, repeat_columns)
        if repeat:
            self._did(s.repeat_rows(repeat[0] - 1, repeat[1] - 1), "repeated rows", repeat[0], 1)
        if last_column and last_row:
            self._did(s.print_area(0, 0, last_row - 1, last_column - 1), "print area", last_row, last_column)
        size = '&8&"' + FONT + ',Regular"'
        pages = "第 &P 页 / 共 &N 页" if self.pen.lang == "zh" else "page &P of &N"
        day = self.pen.as_of.isoformat() if self.pen.kind else ""  # a register goes on being written after that day
        if header:
            self._loud(lambda: s.set_header(f"&L{size}{_amp(self.pen.title)}&R{size}{_amp(self.name)}", {"margin": 0.3}), 1, 1)
        self._loud(lambda: s.set_footer(f"&L{size}{_amp(self.pen.footer)}&C{size}{pages}&R{size}{day}", {"margin": 0.3}), 1, 1)

    def _did(self, result: int | None, what: str, row: int, column: int) -> None:
        if result is not None and result < 0:
            raise PenError(f"{self.name} row {row} column {column}: {what} was refused ({result})")

    def _loud(self, act: Callable[[], Any], row: int, column: int) -> None:
        self._did(loudly(act, f"{self.name} row {row} column {column}"), "the call", row, column)


def writable(text: str) -> str:
    """A text as a cell takes it: not too long, and what is no text in it (of a file name) as question marks."""
    if len(text) > LONGEST_TEXT - 8:
        text = text[: LONGEST_TEXT - 8] + "…"
    return text.encode("utf-8", "replace").decode("utf-8")


def _amp(text: str) -> str:
    """A text of a header: of itself, never a code for the path, the day or a picture; cut so that no half of a doubled sign stays.

    The library takes even a doubled sign before G or a bracket for a picture: there the full-width sign stands.
    """
    plain = re.sub(r"&(?=[G\[])", "\uff06", text)
    return re.sub("&{1,80}$", lambda m: m[0][: len(m[0]) // 2 * 2], plain.replace("&", "&&")[:80])


def loudly(act: Callable[[], Any], where: str) -> Any:
    """Call the library; what it only warns of is raised."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            return act()
        except (UserWarning, ValueError) as error:
            raise PenError(f"{where}: {error}") from error
