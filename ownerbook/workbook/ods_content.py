"""The content of an OpenDocument spreadsheet: its tables, with their rows, cells and filters, as they come in."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from ownerbook.schema.cells import Flag, Kind, Pool, Styles
from ownerbook.workbook.book import Tab
from ownerbook.workbook.cell_texts import LAST_COLUMN
from ownerbook.workbook.marks import mark_property, mark_value
from ownerbook.workbook.ods_cells import Budget, OdsCells, numbers
from ownerbook.workbook.ods_formulas import Formulas
from ownerbook.workbook.ods_names import OFFICE, TABLE, count
from ownerbook.workbook.ods_styles import CellStyles, OdsStyles
from ownerbook.workbook.ods_texts import PARAGRAPHS, CellText
from ownerbook.workbook.ods_values import VALUE_TYPE, Values
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xml_parts import Attributes

_CELL, _COVERED, _ROW, _COLUMN, _TABLE = (TABLE + n for n in ("table-cell", "covered-table-cell", "table-row", "table-column", "table"))
_ROW_GROUP, _COLUMN_GROUP = TABLE + "table-row-group", TABLE + "table-column-group"
_CELLS = {_CELL, _COVERED}
_GROUPS = {_ROW_GROUP, _COLUMN_GROUP}
# What is entered in search of tables, rows, columns and filters; all else is passed over with what it holds.
_CONTAINERS = {OFFICE + n for n in ("document-content", "document", "body", "spreadsheet")} | {
    TABLE + n
    for n in (
        "table-rows",
        "table-columns",
        "table-header-rows",
        "table-header-columns",
        "calculation-settings",
        "database-ranges",
        "named-expressions",
    )
}
_HEADS = {OFFICE + "automatic-styles", OFFICE + "styles"}
_REPEATED, _ROWS_REPEATED = TABLE + "number-columns-repeated", TABLE + "number-rows-repeated"
_RIGHT, _DOWN = TABLE + "number-columns-spanned", TABLE + "number-rows-spanned"
_STYLE, _DEFAULT, _FORMULA = TABLE + "style-name", TABLE + "default-cell-style-name", TABLE + "formula"
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
        self.values = Values()
        self.formulas = Formulas()
        self._own, self._pool, self._looks = own, pool, CellStyles(own, styles)
        self._budget = Budget()
        self._head = self._skipping = 0
        self._table: _Table | None = None
        self._row: Attributes = _EMPTY
        self._cell: Attributes | None = None
        self._text = CellText(own)
        self._filtered: set[str] = set()
        self._range = ""
        self.marks: dict[str, str] = {}

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
            self.values.date1904 = a.get(TABLE + "date-value", "")[:10] == "1904-01-01"
        elif name == TABLE + "database-range":
            self._range = a.get(TABLE + "target-range-address", "")
        elif self._range and name.startswith(TABLE + "filter"):
            if name == TABLE + "filter-condition" and (m := _TARGET.match(self._range)):
                self._filtered.add((m[1] or m[2] or "").replace("''", "'"))
        elif name not in _CONTAINERS:
            if name == TABLE + "named-expression" and (mark := mark_property(a.get(TABLE + "name", ""))):
                self.marks[mark] = mark_value(a.get(TABLE + "expression", ""))
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
        if VALUE_TYPE in a or formula is not None or self._text.paragraphs:
            self._fill(table, a, times, formula)
        if (_RIGHT in a or _DOWN in a) and (count(a.get(_RIGHT)) > 1 or count(a.get(_DOWN)) > 1):
            cells.merge(count(a.get(_DOWN)), count(a.get(_RIGHT)))
        cells.column += times

    def _fill(self, table: _Table, a: Attributes, times: int, formula: str | None) -> None:
        cells = table.cells
        kind, value, text = self.values.read(a, self._text, formula is not None)
        if kind == Kind.BLANK and formula is None:
            return
        said = a.get(VALUE_TYPE, "")
        name = a.get(_STYLE) or self._row.get(_DEFAULT) or table.column_style(cells.column + 1)
        style, shows_date, struck = self._looks.of(name, "" if text else said)
        flag = self._text.flag | (int(Flag.STRIKE) if struck else 0)
        if kind == Kind.TEXT:
            value = float(len(cells.texts))
            cells.texts.append(text)
        elif kind == Kind.ERROR:
            value = float(self._pool.add(text))
        elif kind == Kind.NUMBER and shows_date:
            kind = Kind.DATE
        if formula is not None:
            cached = kind != Kind.BLANK or said == "string" or bool(self._text.paragraphs)
            own, kept = self.formulas.look(formula, cached, kind)
            flag |= own
            if kept:
                cells.formulas[cells.row, cells.column + 1] = kept
        cells.fill(times, kind, value, style, flag)

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
