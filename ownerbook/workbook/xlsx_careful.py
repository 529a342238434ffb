"""A worksheet part read with expat: slow beside the scanner, and at home in everything that is well-formed XML."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from ownerbook.schema.cells import Flag, Kind
from ownerbook.workbook.book import NO_CELLS
from ownerbook.workbook.cell_texts import LAST_COLUMN, LAST_ROW, area, formula_flags, number, position, unescape, worth_keeping
from ownerbook.workbook.raw_cells import Around, RawCells, RawKind, RawTab, finish
from ownerbook.workbook.serials import iso_serial
from ownerbook.workbook.shared_strings import LONGEST_TEXT, RichText
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xml_parts import Attributes, main_name, parse, small, true

_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006 Choice"


class SheetPart:
    """Handlers that gather a worksheet. Everything outside the cells is also gathered by them for the scanner."""

    def __init__(self, around: Around) -> None:
        self.around = around
        self.tab = RawTab(NO_CELLS)
        self._rows, self._cols, self._styles = array("i"), array("i"), array("i")
        self._kinds, self._flags, self._values = array("B"), array("B"), array("d")
        self._row = self._col = self._taken = 0
        self._skipping = self._hiding = 0
        self._in_cell = self._in_rich = False
        self._rich = RichText()
        self._taking: list[str] | None = None
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._formula_attributes: Attributes = {}
        self._inline: str | None = None
        self._type = "n"
        self._style = 0
        self._flag = 0
        self._shared: dict[str, int] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._skipping or name == _CHOICE:
            self._skipping += 1
            return
        tag = main_name(name)
        if self._in_rich:
            self._rich.start(tag, attributes)
        elif self._in_cell:
            if tag == "v":
                self._taking = self._value = []
            elif tag == "f":
                self._taking = self._formula = []
                self._formula_attributes = attributes
            elif tag == "is":
                self._in_rich = True
                self._rich.begin()
        elif tag == "c":
            self._begin_cell(attributes)
        elif tag == "row":
            self._begin_row(attributes)
        elif tag:
            self._of_sheet(tag, attributes)

    def text(self, data: str) -> None:
        """Characters."""
        if self._taking is not None:
            self._taking.append(data)
            self._taken += len(data)
            if self._taken > LONGEST_TEXT:
                raise Trouble("bomb", f"row {self._row}: a cell of more than {LONGEST_TEXT >> 20} million characters")
        elif self._in_rich and not self._skipping:
            self._rich.text(data)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
            return
        tag = main_name(name)
        if self._in_rich:
            if tag == "is":
                self._in_rich = False
                self._inline = self._rich.whole()
                self._flag |= self._rich.flag
            else:
                self._rich.end(tag)
        elif self._in_cell:
            if tag == "c":
                self._end_cell()
            elif tag in ("v", "f"):
                self._taking = None

    def _begin_row(self, attributes: Attributes) -> None:
        said = attributes.get("r")
        number_ = self._row + 1 if said is None else small(said)
        if number_ is None or not 1 <= number_ <= LAST_ROW:
            raise Trouble("damaged", f"row {number_ if said is None else said[:20]}")
        self._row = number_
        self._col = 0
        if true(attributes.get("hidden")):
            self.tab.hidden_rows.append(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._col += 1
            if self._col > LAST_COLUMN:
                raise Trouble("damaged", f"a cell beyond the last column in row {self._row}")
        else:
            place = position(reference)
            if place is None:
                raise Trouble("damaged", f"cell {reference[:20]}")
            self._row, self._col = place
        self._type = attributes.get("t", "n")
        self._style = small(attributes.get("s")) or 0
        self._flag = 0
        self._value = self._formula = self._inline = None
        self._taken = 0
        self._formula_attributes = {}
        self._in_cell = True

    def _end_cell(self) -> None:
        self._in_cell = False
        kind, value = self._valued()
        if self._formula is not None:
            self._note_formula("".join(self._formula), kind)
        if kind != Kind.BLANK or self._flag & Flag.FORMULA:
            self._rows.append(self._row)
            self._cols.append(self._col)
            self._kinds.append(kind)
            self._values.append(value)
            self._styles.append(self._style)
            self._flags.append(self._flag)

    def _valued(self) -> tuple[int, float]:
        if self._type == "inlineStr":
            return self._text(self._inline if self._inline is not None else "".join(self._value or []))
        raw = "".join(self._value or [])
        if self._type == "str":
            return self._text(unescape(raw))
        if not raw:
            return Kind.BLANK, 0.0
        if self._type == "s":
            if not raw.strip().isdecimal():
                raise Trouble("damaged", f"shared string {raw[:20]}")
            return RawKind.SHARED, float(raw)
        if self._type == "b":
            return Kind.BOOL, float(raw.strip().lower() in ("1", "true"))
        if self._type == "e":
            return Kind.ERROR, float(self.around.pool.add(unescape(raw)))
        if self._type == "d":
            found = iso_serial(raw, self.around.date1904)
            if found is not None:
                return (Kind.DATE if found[1] else Kind.NUMBER), found[0]
        value = number(raw)
        return self._text(unescape(raw)) if value is None else (Kind.NUMBER, value)

    def _text(self, text: str) -> tuple[int, float]:
        return (Kind.TEXT, float(self.around.pool.extend_texts([text]))) if text else (Kind.BLANK, 0.0)

    def _note_formula(self, formula: str, kind: int) -> None:
        index = self._formula_attributes.get("si", "") if self._formula_attributes.get("t") == "shared" else ""
        own = int(formula_flags(formula))
        if index and formula:
            self._shared[index] = own
        elif index:
            own = self._shared.get(index, 0)
        cached = kind != Kind.BLANK or (self._type in ("str", "inlineStr") and (self._value is not None or self._inline is not None))
        self._flag |= int(Flag.FORMULA) | own | (0 if cached else int(Flag.NO_CACHE))
        if formula and worth_keeping(formula, cached, kind == Kind.ERROR):
            self.tab.formulas[(self._row, self._col)] = formula

    def _of_sheet(self, tag: str, attributes: Attributes) -> None:
        if tag == "mergeCell":
            place = area(attributes.get("ref", ""))
            if place is not None:
                self.tab.merges.append(place)
        elif tag == "col" and true(attributes.get("hidden")):
            first, last = small(attributes.get("min")), small(attributes.get("max"))
            if first and last:
                hidden = self.tab.hidden_columns
                self._hiding += 1
                if self._hiding > LAST_COLUMN:  # a part says each column once
                    raise Trouble("bomb", f"more than {LAST_COLUMN} hidden columns")
                hidden.extend(range(first, min(last, LAST_COLUMN) + 1))
                if len(hidden) > 4 * LAST_COLUMN:  # said over and over
                    hidden[:] = sorted(set(hidden))
        elif tag == "filterColumn":
            self.tab.filtered = True

    def finished(self) -> RawTab:
        """What was gathered."""
        raw = RawCells(
            np.array(self._rows, np.int32),
            np.array(self._cols, np.int32),
            np.array(self._kinds, np.uint8),
            np.array(self._values, np.float64),
            np.array(self._styles, np.int32),
            np.array(self._flags, np.uint8),
        )
        self.tab.cells = finish(raw, self.around)
        return self.tab


def read_sheet(chunks: Iterable[bytes], around: Around) -> RawTab:
    """Read a worksheet part, whatever it is made of. Raises `Trouble`."""
    part = SheetPart(around)
    parse(chunks, part.start, part.end, part.text)
    return part.finished()
