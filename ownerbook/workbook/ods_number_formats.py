"""Number formats of an OpenDocument file, written as the codes that the rules know from Excel.

A format there is an element for each piece (ODF 1.3 part 3, 16.29): a year, a text, a number with so many digits.
The code is made to show the same: which parts of a date, how many digits, whether a percentage. Colours are left out.
"""

from __future__ import annotations

import re

from ownerbook.workbook.ods_names import NUMBER, STYLE
from ownerbook.workbook.xml_parts import Attributes, small

KINDS = {f"{NUMBER}{k}-style" for k in ("number", "percentage", "currency", "date", "time", "text", "boolean")}
MOST_DIGITS = 64
_LONG = NUMBER + "style"
_TEXTUAL = NUMBER + "textual"
_DECIMALS, _LEAST_DECIMALS, _DIGITS = (NUMBER + n for n in ("decimal-places", "min-decimal-places", "min-integer-digits"))
_PLAIN = {"date": " -/:.,", "time": " -/:.,", "percentage": " %-()", "number": " -()", "currency": " -()"}
_DATE_LETTERS = {"year": ("yy", "yyyy"), "day": ("d", "dd"), "day-of-week": ("ddd", "dddd"), "era": ("g", "ggg")}
_TIME_LETTERS = {"hours": "h", "minutes": "m", "seconds": "s"}
_CONDITION = re.compile(r"\s*value\(\)\s*([<>=!]+)\s*([-+.\dEe]+)\s*")


class NumberFormat:
    """One format while its pieces come in."""

    def __init__(self, tag: str, attributes: Attributes) -> None:
        self.kind = tag.removeprefix(NUMBER).removesuffix("-style")
        self.pieces: list[str] = []
        self.maps: list[tuple[str, str]] = []
        self._elapsed = attributes.get(NUMBER + "truncate-on-overflow") == "false"
        self._literal: list[str] | None = None
        self._number: Attributes | None = None
        self._embedded: list[tuple[int, str]] = []
        self._position = 0

    def start(self, name: str, a: Attributes) -> None:
        """A piece begins."""
        if name == STYLE + "map":
            self.maps.append((a.get(STYLE + "condition", ""), a.get(STYLE + "apply-style-name", "")))
        if not name.startswith(NUMBER):
            return
        tag = name.removeprefix(NUMBER)
        long = a.get(_LONG) == "long"
        if tag in ("text", "currency-symbol", "embedded-text"):
            self._literal = []
            self._position = small(a.get(NUMBER + "position")) or 0
        elif tag == "number":
            self._number, self._embedded = a, []
        elif tag == "month":
            self.pieces.append(("mmmm" if long else "mmm") if a.get(_TEXTUAL) == "true" else "mm" if long else "m")
        elif tag in _DATE_LETTERS:
            self.pieces.append(_DATE_LETTERS[tag][long])
        elif tag in _TIME_LETTERS:
            self._time(_TIME_LETTERS[tag], long, min(small(a.get(_DECIMALS)) or 0, 9))
        elif tag in _WHOLE:
            self.pieces.append(_WHOLE[tag])
        elif tag == "scientific-number":
            self.pieces.append(_digits(a) + _decimals(a) + "E+" + "0" * _few(a, "min-exponent-digits", 2))
        elif tag == "fraction":
            least = "?" * _few(a, "min-denominator-digits", 1)
            whole = "0" if _few(a, "min-integer-digits", 0) else "#"
            self.pieces.append(f"{whole} {'?' * _few(a, 'min-numerator-digits', 1)}/{a.get(NUMBER + 'denominator-value', least)[:9]}")

    def text(self, data: str) -> None:
        """Characters inside a piece."""
        if self._literal is not None:
            self._literal.append(data)

    def end(self, name: str) -> None:
        """A piece ends."""
        tag = name.removeprefix(NUMBER)
        if self._literal is not None and tag in ("text", "currency-symbol", "embedded-text"):
            said, self._literal = "".join(self._literal), None
            if tag == "embedded-text":
                self._embedded.append((self._position, said))
            else:
                self.pieces.append(self._quoted(said))
        elif tag == "number" and self._number is not None:
            self.pieces.append(self._plain_number(self._number))
            self._number = None

    def _quoted(self, text: str) -> str:
        plain = _PLAIN.get(self.kind, "")
        if all(c in plain for c in text):
            return text
        return f'"{text}"' if '"' not in text else "".join("\\" + c for c in text)

    def _time(self, letter: str, long: bool, decimals: int) -> None:
        code = letter * (1 + long)
        if self._elapsed:  # the first of them runs past the day
            code, self._elapsed = f"[{code}]", False
        self.pieces.append(code + ("." + "0" * decimals if decimals else ""))

    def _plain_number(self, a: Attributes) -> str:
        if self.kind == "number" and _DECIMALS not in a and _few(a, "min-integer-digits", 0) <= 1 and NUMBER + "grouping" not in a:
            return "General"
        digits = _digits(a)
        for position, said in sorted(self._embedded):  # from the right, so that each place is found before the text moves it
            at = _place(digits, position)
            digits = f'{digits[:at]}"{said}"{digits[at:]}'
        factor = a.get(NUMBER + "display-factor", "1")
        return digits + _decimals(a) + "," * (min(len(factor), 13) // 3 if factor.strip("0") == "1" else 0)

    def own(self) -> str:
        """The code of this section alone."""
        return "".join(self.pieces) or "General"


_WHOLE = {"am-pm": "AM/PM", "text-content": "@", "fill-character": "* ", "boolean": "General"}


def _few(a: Attributes, name: str, otherwise: int) -> int:
    said = small(a.get(NUMBER + name))
    return otherwise if said is None else min(said, MOST_DIGITS)


def _digits(a: Attributes) -> str:
    zeros = "0" * _few(a, "min-integer-digits", 0)
    if a.get(NUMBER + "grouping") != "true":
        return zeros or "#"
    filled = zeros.rjust(4, "#")
    return ",".join(reversed([filled[max(0, i - 3) : i] for i in range(len(filled), 0, -3)]))


def _decimals(a: Attributes) -> str:
    places = _few(a, "decimal-places", 0)
    least = min(_few(a, "min-decimal-places", places), places)
    return "." + "0" * least + "#" * (places - least) if places else ""


def _place(digits: str, position: int) -> int:
    """Where in the text of digits as many of them follow as `position` says."""
    for at in range(len(digits), -1, -1):
        if sum(c in "0#" for c in digits[at:].split('"')[0]) == position:
            return at
    return 0


def code(name: str, known: dict[str, NumberFormat], depth: int = 0) -> str:
    """The code of a format by its name: its sections in the order in which their conditions are tried."""
    found = known.get(name)
    if found is None:
        return "General"
    sections = []
    for condition, other in found.maps[:3] if depth == 0 else ():
        m = _CONDITION.fullmatch(condition)
        usual = m is not None and (m[2] in ("0", "0.0") or "E+308" in m[2])
        sections.append(("" if usual or m is None else f"[{m[1].replace('!=', '<>')}{m[2]}]") + code(other, known, 1))
    return ";".join([*sections, found.own()])
