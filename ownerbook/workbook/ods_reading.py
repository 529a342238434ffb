"""An OpenDocument spreadsheet (.ods, .ots) read from its own parts, so that all is seen that an .xlsx would show."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ownerbook.schema.cells import Flag, Kind, Pool, Styles
from ownerbook.workbook.book import Book, Tab
from ownerbook.workbook.cell_texts import LAST_COLUMN, number
from ownerbook.workbook.ods_cells import Budget, OdsCells, numbers
from ownerbook.workbook.ods_formulas import Formulas, is_error
from ownerbook.workbook.ods_names import CALC, META, OFFICE, TABLE, count
from ownerbook.workbook.ods_styles import CellStyles, OdsStyles
from ownerbook.workbook.ods_texts import PARAGRAPHS, CellText
from ownerbook.workbook.package import Package
from ownerbook.workbook.serials import iso_serial
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xml_parts import Attributes, parse

MOST_OF_A_PART = 3 << 29  # bytes inflated, 1.5 GiB
_CELL, _COVERED, _ROW, _COLUMN, _TABLE = (TABLE + n for n in ("table-cell", "covered-table-cell", "table-row", "table-column", "table"))
_ROW_GROUP, _COLUMN_GROUP = TABLE + "table-row-group", TABLE + "table-column-group"
_CELLS = {_CELL, _COVERED}
_GROUPS = {_ROW_GROUP, _COLUMN_GROUP}
# What is entered in search of tables, rows, columns and filters; all else is passed over with what it holds.
_CONTAINERS = {OFFICE + n for n in ("document-content", "document", "body", "spreadsheet")} | {
    TABLE + n for n in ("table-rows", "table-columns", "table-header-rows", "table-header-columns", "calculation-settings", "database-ranges")
}
_HEADS = {OFFICE + "automatic-styles", OFFICE + "styles"}
_REPEATED, _ROWS_REPEATED = TABLE + "number-columns-repeated", TABLE + "number-rows-repeated"
_RIGHT, _DOWN = TABLE + "number-columns-spanned", TABLE + "number-rows-spanned"
_STYLE, _DEFAULT, _FORMULA = TABLE + "style-name", TABLE + "default-cell-style-name", TABLE + "formula"
_TYPE, _TYPE_CALC, _VALUE = OFFICE + "value-type", CALC + "value-type", OFFICE + "value"
_DURATION = re.compile(r"(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,15})?)S)?)?")
_TARGET = re.compile(r"\$?(?:'((?:[^']|'')*)'|([^.']+))\.")
_EMPTY: Attributes = {}


@dataclass(slots=True)
class _Table:
    """One table while it is read."""

    name: str
    hidden: bool
    cells: OdsCells
    ends: list[int] = field(default_factory=list)  # last column of each run of columns that has a style for its cells
    defaults: list[str] = field(default_factory=list)
    columns: int = 0
    folded: list[bool] = field(default_factory=list)  # groups around this row or column: whether they are closed

    def column_style(self, column: int) -> str:
        """The style of cells that name none."""
        at = bisect_left(self.ends, column)
        return self.defaults[at] if at < len(self.defaults) else ""


class OdsContent:
    """Handlers that gather `content.xml`, or a flat file."""

    def __init__(self, own: OdsStyles, pool: Pool, styles: Styles) -> None:
        self.tables: list[_Table] = []
        self.date1904 = False
        self.formulas = Formulas()
        self._own, self._pool, self._looks = own, pool, CellStyles(own, styles)
        self._budget = Budget()
        self._head = self._skipping = 0
        self._table: _Table | None = None
        self._row: Attributes = _EMPTY
        self._cell: Attributes | None = None
        self._text = CellText(own)
        self._serials: dict[str, tuple[float, bool] | None] = {}
        self._filtered: set[str] = set()
        self._range = ""

    def start(self, name: str, a: Attributes) -> None:
        """An element begins."""
        if self._skipping:
            self._skipping += 1
        elif self._cell is not None:
            if self._text.inside:
                self._skipping = 0 if self._text.start(name, a) else 1
            elif name in PARAGRAPHS:
                self._text.begin_paragraph()
            else:
                self._skipping = 1
        elif self._table is not None and name in _CELLS:
            self._cell = a
            if self._text.paragraphs or self._text.flag:
                self._text.begin_cell()
        elif self._head:
            self._head += 1
            self._own.start(name, a)
        elif self._table is not None and name == _ROW:
            self._row = a
            self._table.cells.begin_row()
        else:
            self._other(name, a)

    def text(self, data: str) -> None:
        """Characters."""
        if self._text.inside and not self._skipping:
            self._text.text(data)
        elif self._head:
            self._own.text(data)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
        elif self._text.inside:
            self._text.end()
        elif self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif self._head:
            self._head -= 1
            if self._head:
                self._own.end(name)
        elif self._table is not None:
            if name == _ROW:
                self._end_row(self._table)
            elif name in _GROUPS:
                self._table.folded.pop()
            elif name == _TABLE:
                self._table = None
        elif name == TABLE + "database-range":
            self._range = ""

    def _other(self, name: str, a: Attributes) -> None:
        table = self._table
        if table is not None and name == _COLUMN:
            self._begin_columns(table, a)
        elif table is not None and name in _GROUPS:
            table.folded.append(a.get(TABLE + "display") == "false")
        elif table is None and name == _TABLE:
            self._begin_table(a)
        elif name in _HEADS:
            self._head = 1
        elif name == TABLE + "null-date":
            self.date1904 = a.get(TABLE + "date-value", "")[:10] == "1904-01-01"
        elif name == TABLE + "database-range":
            self._range = a.get(TABLE + "target-range-address", "")
        elif self._range and name.startswith(TABLE + "filter"):
            if name == TABLE + "filter-condition" and (m := _TARGET.match(self._range)):
                self._filtered.add((m[1] or m[2] or "").replace("''", "'"))
        elif name not in _CONTAINERS:
            self._skipping = 1

    def _begin_table(self, a: Attributes) -> None:
        name = a.get(TABLE + "name", "")
        if name.startswith("'") and "'#" in name:  # what was last seen of another file
            self._skipping = 1
            return
        self._table = _Table(name, self._own.hides(a.get(_STYLE, "")), OdsCells(self._budget))
        self.tables.append(self._table)

    @staticmethod
    def _begin_columns(table: _Table, a: Attributes) -> None:
        first = table.columns + 1
        table.columns = min(table.columns + count(a.get(_REPEATED)), LAST_COLUMN)
        if first > table.columns:
            return
        if a.get(TABLE + "visibility") in ("collapse", "filter") or any(table.folded):
            table.cells.hidden_columns.append((first, table.columns))
        table.ends.append(table.columns)
        table.defaults.append(a.get(_DEFAULT, ""))

    def _end_row(self, table: _Table) -> None:
        shown = self._row.get(TABLE + "visibility", "visible")
        if shown == "filter":
            table.cells.filtered = True
        times = count(self._row[_ROWS_REPEATED]) if _ROWS_REPEATED in self._row else 1
        table.cells.end_row(times, shown in ("collapse", "filter") or any(table.folded))

    def _end_cell(self, a: Attributes) -> None:
        table = self._table
        assert table is not None
        cells = table.cells
        times = count(a[_REPEATED]) if _REPEATED in a else 1
        formula = a.get(_FORMULA)
        if _TYPE in a or formula is not None or self._text.paragraphs:
            self._fill(table, a, times, formula)
        if (_RIGHT in a or _DOWN in a) and (count(a.get(_RIGHT)) > 1 or count(a.get(_DOWN)) > 1):
            cells.merge(count(a.get(_DOWN)), count(a.get(_RIGHT)))
        cells.column += times

    def _fill(self, table: _Table, a: Attributes, times: int, formula: str | None) -> None:
        cells, text = table.cells, self._text
        said = a.get(_TYPE, "")
        kind, value = self._valued(a, said, formula is not None)
        if kind == Kind.BLANK and formula is None:
            return
        name = a.get(_STYLE) or self._row.get(_DEFAULT) or table.column_style(cells.column + 1)
        style, shows_date, struck = self._looks.of(name, "" if kind in (Kind.TEXT, Kind.ERROR) else said)
        flag = text.flag | (int(Flag.STRIKE) if struck else 0)
        if kind == Kind.NUMBER and shows_date:
            kind = Kind.DATE
        if formula is not None:
            own, kept = self.formulas.look(formula, kind != Kind.BLANK or said == "string" or bool(text.paragraphs), kind)
            flag |= own
            if kept:
                cells.formulas[cells.row, cells.column + 1] = kept
        if kind == Kind.TEXT:
            value = float(len(cells.texts))
            cells.texts.append(self._said(a))
        cells.fill(times, kind, value, style, flag)

    def _said(self, a: Attributes) -> str:
        said = a.get(OFFICE + "string-value")
        return self._text.whole() if said is None else said

    def _valued(self, a: Attributes, said: str, formula: bool) -> tuple[Kind, float]:
        """Kind and number; of a text only the kind."""
        if said in ("float", "currency", "percentage"):
            value = number(a.get(_VALUE, ""))
            if value is not None:
                return Kind.NUMBER, value
        elif said == "date":
            found = self._serial(a.get(OFFICE + "date-value", ""))
            if found is not None:
                return (Kind.DATE if found[1] else Kind.NUMBER), found[0]
        elif said == "time":
            value = duration(a.get(OFFICE + "time-value", ""))
            if value is not None:
                return Kind.NUMBER, value
        elif said == "boolean" and OFFICE + "boolean-value" in a:
            return Kind.BOOL, float(a[OFFICE + "boolean-value"].strip() in ("true", "1"))
        shown = self._text.whole()
        if a.get(_TYPE_CALC) == "error" or (formula and is_error(shown or a.get(OFFICE + "string-value", ""))):
            return Kind.ERROR, float(self._pool.add(shown or a.get(OFFICE + "string-value") or "#VALUE!"))
        return (Kind.TEXT if self._said(a) else Kind.BLANK), 0.0

    def _serial(self, text: str) -> tuple[float, bool] | None:
        if text not in self._serials:
            found = iso_serial(text, self.date1904)
            if found is not None and found[0] < 0 and found[1] and not self.date1904:
                found = found[0] + 1, True  # the day that a spreadsheet shows for 0; only from 1900 on is there a day too many
            self._serials[text] = found
        return self._serials[text]

    def tabs(self, part: str) -> list[Tab]:
        """What was gathered. Raises `Trouble` (`no_worksheet`)."""
        if not self.tables:
            raise Trouble("no_worksheet")
        return [
            Tab(
                name=t.name,
                cells=t.cells.finished(self._pool),
                hidden=t.hidden,
                merges=t.cells.merges,
                hidden_rows=numbers(t.cells.hidden_rows),
                hidden_columns=numbers(t.cells.hidden_columns),
                filtered=t.cells.filtered or t.name in self._filtered,
                formulas=t.cells.formulas,
                part=part,
            )
            for t in self.tables
        ]


def duration(text: str) -> float | None:
    """An ISO duration such as PT09H30M00S in days; None for what is none, or counts months."""
    m = _DURATION.fullmatch(text.strip())
    if not m or not any(m.groups()[1:]):
        return None
    days, hours, minutes = (int(g or 0) for g in m.groups()[1:4])
    value = days + (hours * 3600 + minutes * 60 + float((m[5] or "0").replace(",", "."))) / 86400
    return -value if m[1] else value


def read_ods(package: Package, path: Path, fingerprint: str, pool: Pool, styles: Styles) -> Book:
    """Read a package. Raises `Trouble` and `PackageError`."""
    own = OdsStyles()
    if package.find("styles.xml") is not None:
        parse(_chunks(package, "styles.xml"), own.start_of_styles_part, own.end, own.text)
    content = OdsContent(own, pool, styles)
    parse(_chunks(package, "content.xml"), content.start, content.end, content.text)
    return Book(
        path=path,
        format="ods",
        fingerprint=fingerprint,
        tabs=content.tabs("content.xml"),
        date1904=content.date1904,
        properties=_properties(_chunks(package, "meta.xml")) if package.find("meta.xml") is not None else {},
        external={n: target for target, n in content.formulas.external.items()},
        macros=any(m.key.startswith("basic/") and not m.folder and not m.key.endswith(("-lb.xml", "-lc.xml")) for m in package.members),
        parts={m.name: m.crc for m in package.members if not m.folder},
    )


def _chunks(package: Package, part: str) -> Iterator[bytes]:
    member = package.find(part)
    if member is None:
        raise Trouble("damaged", part)
    if member.size > MOST_OF_A_PART:
        raise Trouble("bomb", part)
    return package.stream(member)


def _properties(chunks: Iterable[bytes]) -> dict[str, str]:
    """The document's own properties: name and value as text."""
    found: dict[str, str] = {}
    current: str | None = None

    def start(name: str, a: Attributes) -> None:
        nonlocal current
        if name == META + "user-defined":
            current = a.get(META + "name", "")
            found[current] = ""

    def end(name: str) -> None:
        nonlocal current
        if name == META + "user-defined":
            current = None

    def text(data: str) -> None:
        if current is not None:
            found[current] += data

    parse(chunks, start, end, text)
    return {name: value.strip() for name, value in found.items()}
