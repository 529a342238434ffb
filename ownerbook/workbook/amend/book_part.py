"""The workbook part: its sheets, names, date system and calculation settings, and the splices that change them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.skeleton import Element, Skeleton
from ownerbook.workbook.amend.xml_bytes import Splice
from ownerbook.workbook.package import Member, Package, Rel

_BEFORE_CALC = {
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook: its place in the order, its name, the kind of its relationship, its part."""

    index: int
    name: str
    kind: str
    member: Member | None

    @property
    def part(self) -> str:
        """The name of its part, empty where it is missing."""
        return self.member.name.replace("\\", "/").lstrip("/") if self.member else ""


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name; `sheet` is the index of the sheet it belongs to, None for the whole workbook."""

    name: str
    sheet: int | None
    formula: str
    element: Element


class BookPart:
    """Raises `Stop` where the workbook part is not understood."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.workbook_part
        member = package.find(self.part)
        assert member is not None
        self.member = member
        data = package.read(member)
        self.wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")  # in UTF-16: read, but not written
        if self.wide:
            data = data.decode("utf-16").encode()
        self.skeleton = Skeleton(data)
        self.rels: dict[str, Rel] = package.rels(self.part)
        root = self.skeleton.root
        properties = root.child("workbookPr")
        self.date1904 = properties is not None and properties.attributes.get("date1904", "0") in ("1", "true", "on")
        self.calculation = root.child("calcPr")

    @cached_property
    def sheets(self) -> list[Sheet]:
        """All sheets in the order of the tabs."""
        holder = self.skeleton.root.child("sheets")
        out: list[Sheet] = []
        for element in holder.all("sheet") if holder else ():
            rel = self.rels.get(element.attributes.get("id", ""))
            member = self.package.find(rel.target) if rel and not rel.external else None
            out.append(Sheet(len(out), element.attributes.get("name", ""), rel.kind if rel else "", member))
        return out

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by its name; case is ignored when nothing fits exactly, as Excel does."""
        exact = [s for s in self.sheets if s.name == name]
        return next(iter(exact or [s for s in self.sheets if s.name.casefold() == name.casefold()]), None)

    @cached_property
    def names(self) -> list[Name]:
        """All defined names."""
        out: list[Name] = []
        for element in self.skeleton.root.all("definedName"):
            local = element.attributes.get("localSheetId", "")
            sheet = int(local) if local.isdecimal() else None
            out.append(Name(element.attributes.get("name", ""), sheet, element.text.strip(), element))
        return out

    @property
    def manual(self) -> bool:
        """Whether the workbook is calculated only on demand."""
        return self.calculation is not None and self.calculation.attributes.get("calcMode") == "manual"

    def calculated_on_load(self) -> list[Splice]:
        """Have the spreadsheet calculate everything when it opens the file."""
        sk = self.skeleton
        if self.calculation is not None:
            if self.calculation.attributes.get("fullCalcOnLoad") in ("1", "true"):
                return []
            return [sk.set_attribute(self.calculation, "fullCalcOnLoad", "1")]
        before = [c for c in sk.root.children if c.name in _BEFORE_CALC]
        if not before:
            raise Stop("structure", "workbook")
        at = before[-1].end
        return [Splice(at, at, b'<%scalcPr fullCalcOnLoad="1"/>' % sk.root.prefix)]
