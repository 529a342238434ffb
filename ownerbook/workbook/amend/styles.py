"""The style sheet: what a style means for an edit, and new styles put at its end."""

from __future__ import annotations

from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.skeleton import Element, Skeleton
from ownerbook.workbook.amend.xml_bytes import Splice, with_attribute
from ownerbook.workbook.number_formats import BUILT_IN, shows_date
from ownerbook.workbook.package import Member, Package

TEXT_FORMAT = 49  # @
DAY_FORMAT, MOMENT_FORMAT = 14, 22


class StyleSheet:
    """Cell formats by number (the `s` of a cell). A workbook without a style part has the plain one only."""

    def __init__(self, package: Package, member: Member | None) -> None:
        self.member = member
        self._formats: list[Element] = []
        self._codes = dict(BUILT_IN)
        self._clones: dict[tuple[int, int], int] = {}
        self._new: list[bytes] = []
        self._holder: Element | None = None
        if member is None:
            return
        data = package.read(member)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return
        self._skeleton = Skeleton(data)
        root = self._skeleton.root
        for element in root.all("numFmt"):
            number = element.attributes.get("numFmtId", "")
            if element.parent is not None and element.parent.name == "numFmts" and number.isdecimal():
                self._codes[int(number)] = element.attributes.get("formatCode", "")
        self._holder = root.child("cellXfs")
        if self._holder is not None:
            self._formats = [x for x in self._holder.children if x.name == "xf"]

    def number_format(self, style: int) -> int:
        """The number of the number format of a style."""
        if style < len(self._formats):
            number = self._formats[style].attributes.get("numFmtId", "0")
            return int(number) if number.isdecimal() else 0
        return 0

    def code(self, style: int) -> str:
        """Its number format as text."""
        return self._codes.get(self.number_format(style), "General")

    def is_date(self, style: int) -> bool:
        """Whether it shows a day."""
        return shows_date(self.code(style))

    def is_text(self, style: int) -> bool:
        """Whether it is the text format."""
        return self.code(style) == "@"

    def locked(self, style: int) -> bool:
        """Whether a cell of this style is locked when its sheet is protected; the default is that it is."""
        if style >= len(self._formats):
            return True
        element = self._formats[style].child("protection")
        return element is None or element.attributes.get("locked", "1") not in ("0", "false")

    def usual_date_format(self) -> int:
        """The date format that the workbook uses most, else the program's own short date."""
        used = [self.number_format(i) for i in range(len(self._formats)) if self.is_date(i)]
        return max(set(used), key=lambda n: (used.count(n), -n)) if used else DAY_FORMAT

    def usable(self, style: int) -> bool:
        """Whether a style can be cloned."""
        return self._holder is not None and style < len(self._formats)

    def with_format(self, style: int, number_format: int) -> int:
        """A style like this one but for its number format: an existing clone or a new one."""
        if self.number_format(style) == number_format:
            return style
        if not self.usable(style):
            raise Stop("styles")
        key = (style, number_format)
        if key not in self._clones:
            sk, xf = self._skeleton, self._formats[style]
            tag = with_attribute(sk.tag(xf), b"numFmtId", str(number_format).encode())
            tag = with_attribute(tag, b"applyNumberFormat", b"1")
            new = tag + sk.data[xf.open_end : xf.end]
            same = [i for i, other in enumerate(self._formats) if sk.raw(other) == new]
            if same:
                self._clones[key] = same[0]
            else:
                self._clones[key] = len(self._formats) + len(self._new)
                self._new.append(new)
        return self._clones[key]

    def splices(self) -> list[Splice]:
        """What puts the new styles into the part."""
        if not self._new or self._holder is None:
            return []
        out = [Splice(self._holder.close, self._holder.close, b"".join(self._new))]
        if "count" in self._holder.attributes:
            count = str(len(self._formats) + len(self._new))
            out.insert(0, self._skeleton.set_attribute(self._holder, "count", count))
        return out
