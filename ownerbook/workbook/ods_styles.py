"""Styles of an OpenDocument spreadsheet: what a name in a cell, a span of text or a table means.

Named styles stand in `styles.xml`, those that the program made by itself at the head of `content.xml`; a style takes
from its parent what it does not say itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from ownerbook.schema.cells import Style, Styles
from ownerbook.workbook.number_formats import shows_date
from ownerbook.workbook.ods_names import AUTOMATIC, FO, OFFICE, STYLE, TABLE
from ownerbook.workbook.ods_number_formats import KINDS, NumberFormat, code
from ownerbook.workbook.xml_parts import Attributes

_STYLE, _NAME, _FAMILY = STYLE + "style", STYLE + "name", STYLE + "family"
_DEEPEST = 32  # parents that are followed


@dataclass(slots=True)
class _Named:
    """One style as the file says it; None: not said."""

    parent: str = ""
    number_format: str | None = None
    strike: bool | None = None
    fill: str | None = None  # AARRGGBB, or empty for transparent
    hidden: bool = False


class OdsStyles:
    """Gathers styles, and says what their names mean."""

    def __init__(self) -> None:
        self._formats: dict[str, NumberFormat] = {}
        self._named: dict[tuple[str, str], _Named] = {}
        self._known: dict[str, Style] = {}
        self._codes: dict[str, str] = {}
        self._format: NumberFormat | None = None
        self._style: _Named | None = None
        self._skipping = 0
        self._depth = 0

    def start(self, name: str, a: Attributes) -> None:
        """An element of a styles part, or of the head of the content."""
        if self._skipping:
            self._skipping += 1
        elif self._format is not None:
            self._format.start(name, a)
        elif self._style is not None:
            self._depth += 1
            if self._depth == 1:
                self._property(self._style, name, a)
        elif name in KINDS:
            self._format = NumberFormat(name, a)
            self._formats[a.get(_NAME, "")] = self._format
        elif name == _STYLE:
            said = a.get(STYLE + "data-style-name")
            self._style, self._depth = _Named(a.get(STYLE + "parent-style-name", ""), said), 0
            self._named[a.get(_FAMILY, ""), a.get(_NAME, "")] = self._style

    def text(self, data: str) -> None:
        """Characters."""
        if self._format is not None and not self._skipping:
            self._format.text(data)

    def end(self, name: str) -> None:
        """The end of an element."""
        if self._skipping:
            self._skipping -= 1
        elif self._format is not None:
            if name in KINDS:
                self._format = None
            else:
                self._format.end(name)
        elif self._style is not None:
            if self._depth == 0:
                self._style = None
            else:
                self._depth -= 1

    def start_of_styles_part(self, name: str, a: Attributes) -> None:
        """As `start`, for `styles.xml`: its automatic styles and pages are of headers and footers, not of cells."""
        if not self._skipping and name in (AUTOMATIC, OFFICE + "master-styles"):
            self._skipping = 1
        else:
            self.start(name, a)

    @staticmethod
    def _property(style: _Named, name: str, a: Attributes) -> None:
        if name == STYLE + "text-properties":
            through, kind = a.get(STYLE + "text-line-through-style"), a.get(STYLE + "text-line-through-type")
            if through is not None or kind is not None:
                style.strike = through != "none" and kind != "none"
        elif name == STYLE + "table-cell-properties" and (said := a.get(FO + "background-color")) is not None:
            style.fill = "FF" + said[1:].upper() if said.startswith("#") and len(said) == 7 else ""
        elif name == STYLE + "table-properties":
            style.hidden = a.get(TABLE + "display") == "false"

    def of_cell(self, name: str) -> Style:
        """The style of a cell by its name; the plain one where there is none of that name."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._resolved(name)
        return known

    def _resolved(self, name: str) -> Style:
        number_format: str | None = None
        strike: bool | None = None
        fill: str | None = None
        for _ in range(_DEEPEST):
            found = self._named.get(("table-cell", name))
            if found is None:
                break
            number_format = found.number_format if number_format is None else number_format
            strike = found.strike if strike is None else strike
            fill = found.fill if fill is None else fill
            name = found.parent
        shown = self._code(number_format) if number_format else "General"
        return Style(shown, shows_date(shown), bool(strike), fill or None)

    def _code(self, name: str) -> str:
        if name not in self._codes:
            self._codes[name] = code(name, self._formats)
        return self._codes[name]

    def strikes(self, name: str) -> bool:
        """Whether a span of text of this style is struck through."""
        for _ in range(_DEEPEST):
            found = self._named.get(("text", name))
            if found is None:
                return False
            if found.strike is not None:
                return found.strike
            name = found.parent
        return False

    def hides(self, name: str) -> bool:
        """Whether a table of this style is not shown."""
        found = self._named.get(("table", name))
        return found is not None and found.hidden


class CellStyles:
    """By a cell's style and the kind of its value: the number among the styles of the reading, and what bears on flags."""

    def __init__(self, own: OdsStyles, known: Styles) -> None:
        self._own = own
        self._reading = known
        self._numbers: dict[tuple[str, str], tuple[int, bool, bool]] = {}

    def of(self, name: str, value_type: str) -> tuple[int, bool, bool]:
        """Number, whether it shows a date, whether it is struck through.

        A value that calls itself a date, a time or a percentage is shown as one, whatever its style leaves open.
        """
        found = self._numbers.get((name, value_type))
        if found is None:
            style = self._own.of_cell(name)
            implied = _IMPLIED.get(value_type)
            if implied and (style.number_format == "General" or (value_type == "date" and not style.date)):
                style = Style(implied, value_type == "date", style.strike, style.fill)
            found = self._numbers[name, value_type] = (self._reading.number(style), style.date, style.strike)
        return found


_IMPLIED = {"date": "yyyy-mm-dd", "time": "h:mm:ss", "percentage": "0%"}
