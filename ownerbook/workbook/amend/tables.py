"""Tables and other regions that own cells of a sheet: what an edit inside or under them means."""

from __future__ import annotations

from dataclasses import dataclass

from ownerbook.workbook.amend.book_part import BookPart, Sheet
from ownerbook.workbook.amend.dependents import TablePlace
from ownerbook.workbook.amend.ranges import Block, block
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.skeleton import Element, Skeleton
from ownerbook.workbook.amend.xml_bytes import Splice, escaped, xstring
from ownerbook.workbook.package import Member, Package


@dataclass(slots=True)
class Table:
    """One table part."""

    sheet: int
    member: Member
    skeleton: Skeleton
    area: Block
    query: bool  # its rows come from elsewhere

    @property
    def name(self) -> str:
        """The name that formulas use."""
        a = self.skeleton.root.attributes
        return a.get("displayName") or a.get("name", "")

    def _count(self, name: str, default: int) -> int:
        text = self.skeleton.root.attributes.get(name, "")
        return int(text) if text.isdecimal() else default

    @property
    def header_rows(self) -> int:
        """Rows of headings, 0 or 1."""
        return self._count("headerRowCount", 1)

    @property
    def totals_rows(self) -> int:
        """Rows of totals at its end, 0 or 1."""
        return self._count("totalsRowCount", 0)

    @property
    def columns(self) -> list[Element]:
        """Its columns from left to right."""
        holder = self.skeleton.root.child("tableColumns")
        return [c for c in holder.children if c.name == "tableColumn"] if holder else []

    @property
    def place(self) -> TablePlace:
        """The table as references see it."""
        names = tuple(c.attributes.get("name", "").lower() for c in self.columns)
        return TablePlace(self.sheet, self.area, names)

    def calculated(self) -> dict[int, Element]:
        """The formula of each calculated column, by column number of the sheet."""
        out = {}
        for i, column in enumerate(self.columns):
            element = column.child("calculatedColumnFormula")
            if element is not None:
                out[self.area.left + i] = element
        return out

    def grown(self, bottom: int) -> list[Splice]:
        """Have it end on a later row, and its filter with it."""
        a = self.area
        splices = [self.skeleton.set_attribute(self.skeleton.root, "ref", str(Block(a.top, a.left, bottom, a.right)))]
        flt = self.skeleton.root.child("autoFilter")
        own = block(flt.attributes.get("ref", "")) if flt else None
        if flt is not None and own is not None and own.bottom == a.bottom:
            splices.append(self.skeleton.set_attribute(flt, "ref", str(Block(own.top, own.left, bottom, own.right))))
        return sorted(splices + self.filled())

    def filled(self) -> list[Splice]:
        """It now has a row of data: it no longer stands with an empty row for the first one."""
        root = self.skeleton.root
        return [self.skeleton.set_attribute(root, "insertRow", "0")] if root.attributes.get("insertRow") in ("1", "true") else []

    def renamed(self, column: int, heading: str) -> list[Splice]:
        """Give the column of the sheet this heading."""
        element = self.columns[column - self.area.left]
        stored = xstring(heading).replace("\n", "_x000a_")
        return [self.skeleton.set_attribute(element, "name", escaped(stored).decode().replace("'", "&apos;"))]


def tables_of(book: BookPart) -> list[Table]:
    """Every table of every worksheet."""
    return [t for sheet in book.sheets if sheet.kind == "worksheet" and sheet.member for t in _tables(book.package, sheet)]


def _tables(package: Package, sheet: Sheet) -> list[Table]:
    out = []
    for rel in package.rels(sheet.part).values():
        member = package.find(rel.target) if rel.kind == "table" and not rel.external else None
        if member is None:
            continue
        skeleton = Skeleton(package.read(member))
        area = block(skeleton.root.attributes.get("ref", ""))
        if area is None:
            raise Stop("structure", member.name)
        query = skeleton.root.attributes.get("tableType") == "queryTable"
        query |= any(r.kind == "queryTable" for r in package.rels(member.name).values())
        out.append(Table(sheet.index, member, skeleton, area, query))
    return out


@dataclass(frozen=True, slots=True)
class Region:
    """Cells that something else fills: `kind` is the reason for refusing an edit there."""

    kind: str  # pivot, query
    name: str
    area: Block


def regions_of(book: BookPart, sheet: Sheet, tables: list[Table]) -> list[Region]:
    """Pivot tables and query tables on a sheet."""
    out = [Region("query", t.name, t.area) for t in tables if t.query and t.sheet == sheet.index]
    for rel in book.package.rels(sheet.part).values():
        if rel.external or rel.kind not in ("pivotTable", "queryTable"):
            continue
        member = book.package.find(rel.target)
        if member is None:
            continue
        root = Skeleton(book.package.read(member)).root
        name = root.attributes.get("name", "")
        if rel.kind == "pivotTable":
            out += [Region("pivot", name, a) for a in _pivot_areas(root)]
        else:
            wanted = name.replace(" ", "_").casefold()
            for one in book.names:
                area = block(one.formula.rpartition("!")[2])
                if one.name.casefold() == wanted and one.sheet in (None, sheet.index) and area:
                    out.append(Region("query", name, area))
    return out


def _pivot_areas(root: Element) -> list[Block]:
    location = root.child("location")
    area = block(location.attributes.get("ref", "")) if location else None
    if location is None or area is None:
        return []
    pages, wide = (int(n) if (n := location.attributes.get(a, "")).isdecimal() else d for a, d in (("rowPageCount", 0), ("colPageCount", 1)))
    if not pages or area.top <= pages + 1:
        return [area]
    # the page fields stand above, with one empty row between; LibreOffice clears the whole block when it refreshes on opening
    return [Block(area.top - pages - 1, area.left, area.bottom, max(area.right, area.left + 3 * wide - 2))]
