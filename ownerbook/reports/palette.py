"""Colours and looks of every workbook: one palette, so that a problem list and a monthly report are of one house."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

FONT = "微软雅黑"
FONT_SIZE = 10

INK = "#1F2937"
MUTED = "#6B7280"
NAVY = "#1B3A5C"  # titles, header rows
BLUE = "#2E6DA4"  # links, bars
PALE = "#F3F6FA"  # cards, bands
LINE = "#D5DCE5"
WHITE = "#FFFFFF"
FILL_IN = "#FFF9E0"  # staff are asked to fill these cells
OPTIONAL = "#5F7A96"  # headers that may stay blank
DONE = "#E6F2E9"
DONE_INK = "#2E6B41"

ERROR, ERROR_FILL, ERROR_BAR = "#B42318", "#FCE4E1", "#D9534A"
WARNING, WARNING_FILL, WARNING_BAR = "#8A5A00", "#FFF0CC", "#E8AE3C"
NOTICE, NOTICE_FILL, NOTICE_BAR = "#3D5A80", "#E4ECF5", "#8FAAC8"
SEVERITY_INK = {"error": ERROR, "warning": WARNING, "notice": NOTICE}
SEVERITY_FILL = {"error": ERROR_FILL, "warning": WARNING_FILL, "notice": NOTICE_FILL}
SEVERITY_BAR = {"error": ERROR_BAR, "warning": WARNING_BAR, "notice": NOTICE_BAR}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. Sizes are in points; `form` is a number format; `quote` marks text that must never become a formula."""

    size: float = FONT_SIZE
    bold: bool = False
    ink: str = INK
    fill: str = ""
    align: str = ""  # left center right
    valign: str = "vcenter"
    wrap: bool = False
    form: str = ""
    border: str = ""  # colour of a thin box
    left_bar: str = ""  # colour of a thick left edge
    bottom: str = ""  # colour of a line below
    indent: int = 0
    underline: bool = False
    strike: bool = False
    quote: bool = False
    unlocked: bool = False  # can be written on a protected sheet

    def but(self, **changes: Any) -> Look:
        """The same look, with changes."""
        return replace(self, **changes)

    def properties(self) -> dict[str, Any]:
        """As the writer of workbooks wants it."""
        out: dict[str, Any] = {"font_size": self.size, "font_color": self.ink, "valign": self.valign}
        for name, value in (
            ("bold", self.bold),
            ("text_wrap", self.wrap),
            ("underline", self.underline),
            ("font_strikeout", self.strike),
            ("quote_prefix", self.quote),
        ):
            if value:
                out[name] = 1
        if self.unlocked:
            out["locked"] = 0
        if self.fill:
            out |= {"bg_color": self.fill, "pattern": 1}
        if self.align:
            out["align"] = self.align
        if self.indent:
            out["indent"] = self.indent
        if self.form:
            out["num_format"] = self.form
        if self.border:
            out |= {"border": 1, "border_color": self.border}
        if self.left_bar:
            out |= {"left": 5, "left_color": self.left_bar}
        if self.bottom:
            out |= {"bottom": 2, "bottom_color": self.bottom}
        return out


PLAIN = Look()
TITLE = Look(size=18, bold=True, ink=NAVY)
SUBTITLE = Look(size=9, ink=MUTED)
SECTION = Look(size=11, bold=True, ink=NAVY, bottom=NAVY)
HEADER = Look(bold=True, ink=WHITE, fill=NAVY, align="center", wrap=True, border=WHITE)
HEADER_OPTIONAL = HEADER.but(fill=OPTIONAL)
BODY = Look(border=LINE)
BODY_WRAP = BODY.but(wrap=True)
BODY_CENTER = BODY.but(align="center")
COUNT = BODY.but(align="right", form="#,##0_ ")
DAY = BODY.but(align="center", form="yyyy-mm-dd")
LINK = BODY.but(ink=BLUE, underline=True)
ASK = BODY.but(fill=FILL_IN)
