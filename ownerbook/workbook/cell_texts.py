"""What stands in the text of a cell's XML: escaped characters, numbers, references, formulas worth keeping."""

from __future__ import annotations

import re
from functools import lru_cache

from ownerbook.schema.cells import Flag

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_LITERAL = re.compile(r'"[^"]*"')
_EXTERNAL = re.compile(r"'[^']*\[[^\[\]']+\](?:[^']|'')*'!|\[\d+\][^\s\[\]!,'()+*/^&=<>;-]*!")
_PICTURE = re.compile(r"\s*(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_LINK = re.compile(r"\s*HYPERLINK\(", re.IGNORECASE)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def unescape(text: str) -> str:
    """`_x000D_` is a carriage return, `_x005F_` the underscore that keeps `_x0041_` as it is (ECMA-376, 22.9.2.19)."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    if any("\ud800" <= c <= "\udfff" for c in plain):  # two escapes that make one character
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return plain


def number(text: str) -> float | None:
    """The number a cell's value says; None for anything that is no finite decimal number."""
    text = text.strip(" \t\r\n")
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if abs(value) != float("inf") else None


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """A → 1, XFD → 16384."""
    n = 0
    for c in letters.upper():
        n = n * 26 + ord(c) - 64
    return n


def position(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as B12, from 1; None for what is none or lies outside a sheet."""
    m = _REFERENCE.fullmatch(reference)
    if not m:
        return None
    row, column = int(m[2]), column_number(m[1])
    return (row, column) if 1 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def area(reference: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column of a range such as A1:B3 or of a single cell."""
    first, _, last = reference.replace("$", "").partition(":")
    a, b = position(first), position(last or first)
    if a is None or b is None:
        return None
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def formula_flags(formula: str) -> Flag:
    """What a formula's text adds to what is known of its cell.

    A bracket alone does not mean another workbook: the columns of tables are written in brackets too.
    """
    flags = Flag(0)
    if "[" in formula and _EXTERNAL.search(_LITERAL.sub('""', formula)):
        flags |= Flag.EXTERNAL
    if _PICTURE.match(formula):
        flags |= Flag.PICTURE
    return flags


def worth_keeping(formula: str, cached: bool, error: bool) -> bool:
    """Whether a formula's text is kept: no result, an error, another workbook, a link or a picture."""
    return not cached or error or "[" in formula or bool(_PICTURE.match(formula) or _LINK.match(formula))
