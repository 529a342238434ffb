"""What does not take in appended rows, and what shows old data until it is refreshed: said in the receipt, never changed.

A spreadsheet lets none of these grow either when somebody types a row under the last one: names that staff gave, the ranges
of charts, the sources of pivot tables, the ranges of formulas. A range may end there on purpose, so that growing it would be
a change that nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.book_part import BookPart
from ownerbook.workbook.amend.edits import cell_name
from ownerbook.workbook.amend.formulas import Formula
from ownerbook.workbook.amend.ranges import Block, block
from ownerbook.workbook.amend.references import Area, references
from ownerbook.workbook.amend.skeleton import Element, Skeleton
from ownerbook.workbook.amend.tables import Table
from ownerbook.workbook.amend.xml_bytes import unescaped
from ownerbook.workbook.package import Member

SHOWN = 6  # formulas named
_RANGE = re.compile(rb"<(?:[^\s<>/!?:]+:)?f(?:\s[^<>]*)?>([^<]*)</")


@dataclass(frozen=True, slots=True)
class Appended:
    """Rows appended to a sheet: its index and name, the row above them, and the columns they fill."""

    sheet: int
    name: str
    last: int
    columns: Block

    def misses(self, area: Area, own: int | None, shift: tuple[int, int] = (0, 0)) -> bool:
        """Whether a range ends right above the new rows; `own` is the sheet that a range without a sheet lies on."""
        here = own == self.sheet if area.sheet is None else area.sheet.casefold() == self.name.casefold()
        top, left, bottom, right = area.moved(*shift)
        return here and top < bottom == self.last and left <= self.columns.right and right >= self.columns.left


Changed = Mapping[str, Iterable[tuple[int, int]]]


def not_covered(book: BookPart, appended: list[Appended], changed: Changed, formulas: list[Formula], tables: list[Table]) -> list[Text]:
    """The notes. `changed` gives the cells written, by the name of their sheet in small letters."""
    out = [note for member in _charts(book) if appended for note in _chart(book, member, appended)]
    out += _pivots(book, appended, changed, tables)
    return out + _formulas(book, appended, formulas)


def _charts(book: BookPart) -> list[Member]:
    kinds = ("drawingml.chart+xml", "chartex+xml")
    return [m for m in book.package.members if "/charts/" in f"/{m.key}" and book.package.content_type(m.name).lower().endswith(kinds)]


def _chart(book: BookPart, member: Member, appended: list[Appended]) -> list[Text]:
    found = []
    for raw in _RANGE.findall(book.package.read(member)):
        formula = unescaped(raw)
        if any(a.misses(area, None) for area in references(formula).areas for a in appended):
            found.append(formula)
    if not found:
        return []
    zh, en = ("、".join(dict.fromkeys(found)), ", ".join(dict.fromkeys(found)))
    return [Text(f"图表 {member.name} 的数据范围不含新行：{zh}", f"the ranges of the chart {member.name} do not cover the new row: {en}")]


def _pivots(book: BookPart, appended: list[Appended], changed: Changed, tables: list[Table]) -> list[Text]:
    out = []
    for rel in book.rels.values():
        member = book.package.find(rel.target) if rel.kind == "pivotCacheDefinition" and not rel.external else None
        source = next(Skeleton(book.package.read(member)).root.all("worksheetSource"), None) if member else None
        place = _place(source, book, tables) if source else None
        if place is None:
            continue
        sheet, area = place
        where = f"{sheet}!{area}"
        if any(n.misses(Area(sheet, None, (area.top, area.left, area.bottom, area.right)), None) for n in appended):
            zh = f"数据透视表的数据来源 {where} 不含新行，请更改数据源"
            out.append(Text(zh, f"the source {where} of a pivot table does not cover the new row: change its source"))
        if any(area.holds(*at) for at in changed.get(sheet.casefold(), ())):
            zh = f"数据透视表（来源 {where}）显示的是上次刷新时的数据，请刷新"
            out.append(Text(zh, f"the pivot table of {where} shows the data of its last refresh: refresh it"))
    return list(dict.fromkeys(out))


def _place(source: Element, book: BookPart, tables: list[Table]) -> tuple[str, Block] | None:
    """Where a pivot table takes its data from, if it is a block or a table of this workbook."""
    a = source.attributes
    if "id" in a:
        return None
    table = next((t for t in tables if t.name.casefold() == a.get("name", "").casefold()), None)
    if table is not None:
        return book.sheets[table.sheet].name, table.area
    area = block(a.get("ref", ""))
    return (a.get("sheet", ""), area) if area else None


def _formulas(book: BookPart, appended: list[Appended], formulas: list[Formula]) -> list[Text]:
    found = []
    for f in formulas if appended else ():
        if f.formula and any(a.misses(area, f.sheet, f.shift) for area in references(f.formula).areas for a in appended):
            found.append(f"{book.sheets[f.sheet].name}!{cell_name(f.row, f.column)}")
    if not found:
        return []
    zh, en = (mark.join(found[:SHOWN]) + (more if len(found) > SHOWN else "") for mark, more in (("、", "……"), (", ", " …")))
    zh = f"{len(found)} 个公式的范围止于新行之上，不含新行：{zh}"
    return [Text(zh, f"formulas whose ranges end above the new row and do not cover it, {len(found)}: {en}")]
