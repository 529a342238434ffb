"""Headings of tables: the cell and the name of the column must say the same, or Excel repairs the file."""

from __future__ import annotations

import re

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.book_part import BookPart
from ownerbook.workbook.amend.edits import Value
from ownerbook.workbook.amend.formulas import Formula
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.tables import Table
from ownerbook.workbook.amend.xml_bytes import Splice

_LONGEST = 255
_OWN = re.compile(r"(?<![\w.\]\[])\[")  # columns without a table: those of the table that the formula stands in


def heading_of(tables: list[Table], sheet: int, row: int, column: int) -> Table | None:
    """The table of which this cell is a heading."""
    for table in tables:
        if table.sheet == sheet and table.header_rows and row == table.area.top and table.area.left <= column <= table.area.right:
            return table
    return None


def renamed_heading(table: Table, column: int, value: Value, formulas: list[Formula], book: BookPart) -> list[Splice]:
    """Splices on the table part for a new heading. Raises `Stop` where formulas or others name the column."""
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise Stop("table-header", Text(f"{table.name}（标题须为文本）", f"{table.name} (a heading must be text)"))
    place = column - table.area.left
    columns = table.columns
    if place >= len(columns):
        raise Stop("structure", table.member.name)
    others = {c.attributes.get("name", "").casefold() for i, c in enumerate(columns) if i != place}
    if value.casefold() in others:
        raise Stop("table-header", Text(f"{table.name}（列名重复）", f"{table.name} (the name is taken)"))
    if table.query:
        raise Stop("query", table.name)
    texts = {f.formula for f in formulas} | {n.formula for n in book.names}
    texts |= {e.text for e in table.skeleton.root.all("calculatedColumnFormula")} | {e.text for e in table.skeleton.root.all("totalsRowFormula")}
    old = columns[place].attributes.get("name", "").casefold()
    for text in texts:
        plain = text.casefold()  # also what stands in a string, for INDIRECT
        if (f"{table.name.casefold()}[" in plain or _OWN.search(plain)) and _bare(old) in _bare(plain):
            raise Stop("table-header", Text(f"{table.name}（有公式引用该表的列）", f"{table.name} (formulas name its columns)"))
    if any(m.key.startswith(("xl/slicers/", "xl/slicercaches/")) for m in book.package.members):
        raise Stop("table-header", Text(f"{table.name}（有切片器）", f"{table.name} (slicers may use it)"))
    return table.renamed(column, value)


def _bare(text: str) -> str:
    """Without the apostrophes that escape characters of a column's name."""
    return text.replace("'", "")
