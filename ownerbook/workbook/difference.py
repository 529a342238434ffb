"""What differs between two workbooks: parts by their bytes, cells by what they hold.

The cells are read here by expat, row by row, which is slower than the reader of registers and depends on nothing of it:
the amender is checked with this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ownerbook.workbook.amend.book_part import BookPart
from ownerbook.workbook.amend.edits import cell_name
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.cell_rows import BLANK, Seen, SheetRows, formats, shared_texts
from ownerbook.workbook.package import Member, Package
from ownerbook.workbook.row_difference import differing_rows

SORTED_UP_TO = 64 << 20  # inflated bytes of a sheet whose rows are put in order before they are compared


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that differs."""

    sheet: str
    row: int
    column: int
    old: Seen
    new: Seen

    @property
    def name(self) -> str:
        """`业主!F12`."""
        return f"{self.sheet}!{cell_name(self.row, self.column)}"

    @property
    def only_style(self) -> bool:
        """Whether only its look differs."""
        a, b = self.old, self.new
        return (a.kind, a.value, a.formula) == (b.kind, b.value, b.formula)


@dataclass(slots=True)
class Difference:
    """All that differs. `parts` says of each part `added`, `removed` or `changed`."""

    cells: list[CellDifference] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.cells or self.parts or self.sheets)


def difference(old: bytes | Package, new: bytes | Package, *, plainly: bool = False) -> Difference:
    """Compare two workbooks. Raises `PackageError` or `Stop` where one cannot be read.

    `plainly` reads every cell of sheets that are not the same to the byte; otherwise rows that are the same are passed over.
    """
    a = (old if isinstance(old, Package) else Package(old)).amendable()
    b = (new if isinstance(new, Package) else Package(new)).amendable()
    out = Difference(parts=_parts(a, b))
    one, two = _Reader(a), _Reader(b)
    names = [n for n in one.sheets if n in two.sheets]
    out.sheets = {n: "removed" for n in one.sheets if n not in two.sheets} | {n: "added" for n in two.sheets if n not in one.sheets}
    alike = not {one.strings_part, two.strings_part} & out.parts.keys() and one.styles == two.styles[: len(one.styles)]
    for name in names:
        x, y = one.sheets[name], two.sheets[name]
        same = x.key == y.key and x.key not in out.parts
        if alike and same:
            continue
        rows = None
        if alike and not plainly:
            rows = differing_rows((a, x, one.strings_member, one.styles), (b, y, two.strings_member, two.styles))
        out.cells += _compare(name, one.rows(x), two.rows(y)) if rows is None else _compare(name, iter(rows[0]), iter(rows[1]))
    return out


def _parts(a: Package, b: Package) -> dict[str, str]:
    out: dict[str, str] = {}
    for member in a.members:
        other = b.find(member.name)
        if other is None:
            out[member.key] = "removed"
        elif member.method == other.method and a.packed(member) == b.packed(other):
            continue
        elif (member.crc, member.size) != (other.crc, other.size) or a.read(member) != b.read(other):
            out[member.key] = "changed"
    return out | {m.key: "added" for m in b.members if a.find(m.name) is None}


Rows = Iterator[tuple[int, dict[int, Seen]]]


def _compare(name: str, old: Rows, new: Rows) -> list[CellDifference]:
    """Walk two sheets side by side; one whose rows are out of order is put in order first."""
    out: list[CellDifference] = []
    end = 1 << 62
    a, b = next(old, (end, {})), next(new, (end, {}))
    while a[0] != end or b[0] != end:
        number = min(a[0], b[0])
        x = a[1] if a[0] == number else {}
        y = b[1] if b[0] == number else {}
        if x != y:
            for column in sorted(x.keys() | y.keys()):
                p, q = x.get(column, BLANK), y.get(column, BLANK)
                if p != q:
                    out.append(CellDifference(name, number, column, p, q))
        if a[0] == number:
            a = next(old, (end, {}))
        if b[0] == number:
            b = next(new, (end, {}))
    return out


class _Reader:
    """One workbook."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.book = BookPart(package)
        self.sheets: dict[str, Member] = {s.name: s.member for s in self.book.sheets if s.kind == "worksheet" and s.member}
        related = {r.kind: r.target for r in reversed(self.book.rels.values()) if not r.external}
        self.strings_member = package.find(related.get("sharedStrings", ""))
        self.styles_member = package.find(related.get("styles", ""))
        self.strings_part = self.strings_member.key if self.strings_member else ""
        self.styles_part = self.styles_member.key if self.styles_member else ""
        self._strings: list[str] | None = None
        self._styles: list[tuple[Any, ...]] | None = None

    @property
    def strings(self) -> list[str]:
        """The shared strings as texts."""
        if self._strings is None:
            self._strings = shared_texts(self.package, self.strings_member) if self.strings_member else []
        return self._strings

    @property
    def styles(self) -> list[tuple[Any, ...]]:
        """The cell formats in words that do not depend on their numbers."""
        if self._styles is None:
            self._styles = formats(self.package, self.styles_member) if self.styles_member else []
        return self._styles

    def rows(self, member: Member) -> Rows:
        """The rows of a sheet in order, cells by column. Raises `Stop` where a large sheet has them out of order."""
        stream = SheetRows(self.strings, self.styles).read(self.package.stream(member))
        if member.size <= SORTED_UP_TO:
            held: dict[int, dict[int, Seen]] = {}
            for number, cells in stream:
                held.setdefault(number, {}).update(cells)
            yield from sorted(held.items())
            return
        last = 0
        for number, cells in stream:
            if number <= last:
                raise Stop("structure", f"row {number}")
            last = number
            yield number, cells
