"""What the attributes and paragraphs of an OpenDocument cell say it holds (ODF 1.3 part 3, 19.385)."""

from __future__ import annotations

import re

from ownerbook.schema.cells import Kind
from ownerbook.workbook.cell_texts import number
from ownerbook.workbook.ods_formulas import is_error
from ownerbook.workbook.ods_names import CALC, OFFICE
from ownerbook.workbook.ods_texts import CellText
from ownerbook.workbook.serials import iso_serial
from ownerbook.workbook.xml_parts import Attributes

VALUE_TYPE = OFFICE + "value-type"
_TYPE_CALC, _VALUE, _STRING, _BOOLEAN = CALC + "value-type", OFFICE + "value", OFFICE + "string-value", OFFICE + "boolean-value"
_NUMBERS = {"float", "currency", "percentage"}
_DURATION = re.compile(r"(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,15})?)S)?)?")


class Values:
    """Reads the values of one file; `date1904` is what its settings say."""

    def __init__(self) -> None:
        self.date1904 = False
        self._serials: dict[str, tuple[float, bool] | None] = {}

    def read(self, a: Attributes, text: CellText, formula: bool) -> tuple[Kind, float, str]:
        """Kind, number, and the text of a text or an error. A value that is not of the type it claims is its text."""
        said = a.get(VALUE_TYPE)
        if said in _NUMBERS:
            value = number(a.get(_VALUE, ""))
            if value is not None:
                return Kind.NUMBER, value, ""
        elif said == "date":
            found = self._serial(a.get(OFFICE + "date-value", ""))
            if found is not None:
                return (Kind.DATE if found[1] else Kind.NUMBER), found[0], ""
        elif said == "time":
            value = duration(a.get(OFFICE + "time-value", ""))
            if value is not None:
                return Kind.NUMBER, value, ""
        elif said == "boolean" and _BOOLEAN in a:
            return Kind.BOOL, float(a[_BOOLEAN].strip() in ("true", "1")), ""
        written = a.get(_STRING)
        shown = text.whole()
        if a.get(_TYPE_CALC) == "error" or (formula and is_error(shown or written or "")):
            return Kind.ERROR, 0.0, shown or written or "#VALUE!"
        shown = shown if written is None else written
        return (Kind.TEXT if shown else Kind.BLANK), 0.0, shown

    def _serial(self, text: str) -> tuple[float, bool] | None:
        if text not in self._serials:
            found = iso_serial(text, self.date1904)
            if found is not None and found[0] < 0 and found[1] and not self.date1904:
                found = found[0] + 1, True  # 1899-12-30, which is shown for 0: only from 1900 on is there a day too many
            self._serials[text] = found
        return self._serials[text]


def duration(text: str) -> float | None:
    """An ISO duration such as PT09H30M00S in days; None for what is none, or counts months."""
    m = _DURATION.fullmatch(text.strip())
    if not m or not any(m.groups()[1:]):
        return None
    days, hours, minutes = (int(g or 0) for g in m.groups()[1:4])
    value = days + (hours * 3600 + minutes * 60 + float((m[5] or "0").replace(",", "."))) / 86400
    return -value if m[1] else value
