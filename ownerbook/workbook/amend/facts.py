"""What a sheet says outside its rows: merges, protection, styles of columns, lists of ranges."""

from __future__ import annotations

from dataclasses import dataclass, field

from ownerbook.workbook.amend.ranges import Block, block, blocks
from ownerbook.workbook.amend.skeleton import Element, Skeleton


@dataclass(slots=True)
class SheetFacts:
    """Read from the sheet without its rows."""

    skeleton: Skeleton
    merges: list[Block] = field(default_factory=list)
    protected: bool = False
    free: list[Block] = field(default_factory=list)  # that protection leaves open to everybody
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)  # first column, last column, style
    dimension: Element | None = None
    filter: Element | None = None

    @classmethod
    def of(cls, skeleton: Skeleton) -> SheetFacts:
        """Gather them."""
        root = skeleton.root
        out = cls(skeleton, dimension=root.child("dimension"), filter=root.child("autoFilter"))
        out.merges = [b for e in root.all("mergeCell") if (b := block(e.attributes.get("ref", "")))]
        protection = root.child("sheetProtection")
        out.protected = protection is not None and protection.attributes.get("sheet", "0") in ("1", "true")
        for element in root.all("protectedRange"):
            secret = {"password", "hashValue", "securityDescriptor"} & element.attributes.keys()
            if not secret and element.child("securityDescriptor") is None:
                out.free += blocks(element.attributes.get("sqref", ""))
        for element in root.all("col"):
            a = element.attributes
            if "style" in a and all(a.get(n, "").isdecimal() for n in ("min", "max", "style")):
                out.column_styles.append((int(a["min"]), int(a["max"]), int(a["style"])))
        return out

    def column_style(self, column: int) -> int:
        """The style of an empty cell of this column."""
        return next((s for a, b, s in self.column_styles if a <= column <= b), 0)

    def covered(self, row: int, column: int) -> Block | None:
        """The merge in which a cell lies without being its anchor."""
        for b in self.merges:
            if b.holds(row, column) and (row, column) != (b.top, b.left):
                return b
        return None

    def is_free(self, row: int, column: int) -> bool:
        """Whether protection leaves the cell open."""
        return not self.protected or any(b.holds(row, column) for b in self.free)

    @property
    def filtered(self) -> bool:
        """Whether an auto-filter hides rows now."""
        return self.filter is not None and any(True for _ in self.filter.all("filterColumn"))
