"""What a formula refers to: areas, names and table columns, without evaluating anything.

The notation is that of files (ECMA-376 part 1, 18.17.2): A1, English, commas. Whatever cannot be told from the text
(INDIRECT, OFFSET, a range between two results) makes the formula one that may depend on everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ownerbook.workbook.amend.edits import LAST_COLUMN, LAST_ROW, column_letters, column_number

_SHEET = r"""(?P<sheet>'(?:[^']|'')+'|(?:\[[^\]\[]*\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|\[[^\]\[]*\])!"""
_C = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_STOP = r"(?![\w.(\[\\?!])"
_TOKEN = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|[A-Z_]+!?))
  | (?:{_SHEET})?(?:
        (?P<area>{_C}(?::{_C})?){_STOP}
      | (?P<columns>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}){_STOP}
      | (?P<rows>\$?[1-9][0-9]{{0,6}}:\$?[1-9][0-9]{{0,6}}){_STOP}
      | (?P<bad>\#REF!)
      | (?P<call>[^\W\d][\w.]*)\(
      | (?P<name>[^\W\d\\][\w.\\?]*|\\[\w.\\?]+)
    )
  | (?P<number>[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PART = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)")
_UNKNOWABLE = {"INDIRECT", "OFFSET"}


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells on a sheet (None: the formula's own), or on all sheets from `sheet` to `last`.

    The flags say which of first row, first column, last row, last column do not move when the formula is filled on.
    """

    sheet: str | None
    last: str | None
    bounds: tuple[int, int, int, int]
    fixed: tuple[bool, bool, bool, bool] = (True, True, True, True)

    def moved(self, rows: int, columns: int) -> tuple[int, int, int, int]:
        """The bounds as seen from a cell so many rows and columns further on."""
        steps, sizes = (rows, columns, rows, columns), (LAST_ROW, LAST_COLUMN, LAST_ROW, LAST_COLUMN)
        moved = zip(self.bounds, self.fixed, steps, sizes, strict=True)
        r1, c1, r2, c2 = (b if f else (b + s - 1) % size + 1 for b, f, s, size in moved)  # it goes round at the edge
        return min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A reference into a table: the columns named (all, if none), and whether only the formula's own row is meant."""

    table: str
    columns: tuple[str, ...]
    this_row: bool


@dataclass(slots=True)
class References:
    """All that one formula refers to."""

    areas: list[Area] = field(default_factory=list)
    names: list[tuple[str | None, str]] = field(default_factory=list)  # (sheet, name)
    tables: list[TableColumn] = field(default_factory=list)
    everything: bool = False


@lru_cache(maxsize=50_000)
def references(formula: str) -> References:
    """Read a formula, without its equals sign."""
    out = References()
    at = 0
    while at < len(formula):
        m = _TOKEN.match(formula, at)
        if m is None:  # pragma: no cover - `other` takes any character
            break
        at = m.end()
        kind = m.lastgroup
        sheet, last, foreign = _sheet(m["sheet"])
        if m["area"] or m["columns"] or m["rows"]:
            if not foreign:
                out.areas.append(_area(m, sheet, last))
        elif kind == "call":
            out.everything |= m["call"].upper().rpartition(".")[2] in _UNKNOWABLE
        elif kind == "name":
            if formula[at : at + 1] == "[":
                inside, at = _bracket(formula, at)
                if not foreign:
                    out.tables.append(_table(m["name"], inside))
            elif not foreign:
                out.names.append((sheet, m["name"]))
        elif kind == "other" and m[0] in ":[":
            if m[0] == "[":
                _, at = _bracket(formula, m.start())
            out.everything = True
    return out


def _sheet(raw: str | None) -> tuple[str | None, str | None, bool]:
    """First sheet, last sheet, and whether it lies in another workbook."""
    if raw is None:
        return None, None, False
    name = raw[1:-1].replace("''", "'") if raw.startswith("'") else raw
    if "[" in name:
        book, _, name = name.partition("[")[2].partition("]")
        return (name or None), None, book != "0"
    first, colon, last = name.partition(":")
    return first, last if colon else None, False


def _area(m: re.Match[str], sheet: str | None, last: str | None) -> Area:
    if m["area"]:
        first, _, second = m["area"].partition(":")
        a, b = _PART.fullmatch(first), _PART.fullmatch(second or first)
        assert a and b
        bounds = (int(a[4]), column_number(a[2]), int(b[4]), column_number(b[2]))
        return Area(sheet, last, bounds, (bool(a[3]), bool(a[1]), bool(b[3]), bool(b[1])))
    if m["columns"]:
        one, _, two = m["columns"].partition(":")
        bounds = (1, column_number(one.strip("$")), LAST_ROW, column_number(two.strip("$")))
        return Area(sheet, last, bounds, (True, "$" in one, True, "$" in two))
    one, _, two = m["rows"].partition(":")
    return Area(sheet, last, (int(one.strip("$")), 1, int(two.strip("$")), LAST_COLUMN), ("$" in one, True, "$" in two, True))


def _bracket(formula: str, at: int) -> tuple[str, int]:
    """What a bracket at `at` holds, and where it ends; an apostrophe escapes the next character."""
    depth = 0
    i = at
    while i < len(formula):
        c = formula[i]
        if c == "'":
            i += 1
        elif c == "[":
            depth += 1
        elif c == "]":
            depth -= 1
            if depth == 0:
                return formula[at + 1 : i], i + 1
        i += 1
    return formula[at + 1 :], len(formula)


def _table(table: str, inside: str) -> TableColumn:
    if "[" not in inside:
        if inside.startswith("#") or not inside:
            return TableColumn(table, (), "this row" in inside.lower())
        this = inside.startswith("@")
        return TableColumn(table, (_plain(inside[1:] if this else inside),), this)
    pieces: list[str] = []
    at, this, spans = 0, inside.startswith("@"), False
    while at < len(inside):
        if inside[at] == "[":
            piece, at = _bracket(inside, at)
            pieces.append(piece)
        else:
            spans |= inside[at] == ":"
            at += 1
    this |= any(p.lower() == "#this row" for p in pieces)
    columns = tuple(_plain(p) for p in pieces if not p.startswith("#"))
    return TableColumn(table, () if spans else columns, this)


def _plain(column: str) -> str:
    return re.sub(r"'(.)", r"\1", column)


def filled_on(formula: str, rows: int) -> str:
    """The formula as it reads so many rows further down: relative rows move, all else stays as written."""
    out: list[str] = []
    at = 0
    while at < len(formula):
        m = _TOKEN.match(formula, at)
        assert m is not None
        at = m.end()
        piece = m[0]
        if m["area"]:
            start = m.start("area") - m.start()
            piece = piece[:start] + _PART.sub(lambda p: _down(p, rows), m["area"])
        elif m["rows"]:
            start = m.start("rows") - m.start()
            piece = piece[:start] + re.sub(r"(\$?)(\d+)", lambda p: p[0] if p[1] else str(int(p[2]) + rows), m["rows"])
        elif m.lastgroup == "name" and formula[at : at + 1] == "[":
            _, end = _bracket(formula, at)
            piece += formula[at:end]
            at = end
        out.append(piece)
    return "".join(out)


def _down(p: re.Match[str], rows: int) -> str:
    row = int(p[4]) + (0 if p[3] else rows)
    return f"{p[1]}{column_letters(column_number(p[2]))}{p[3]}{row}"
