"""A plan as data: the splices of each part, and what they come to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.sheet_text import SheetText
from ownerbook.workbook.amend.xml_bytes import Splice
from ownerbook.workbook.package import Member, Package


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs afterwards. `old` and `new` are values; a formula is given by its text with the equals sign."""

    sheet: str
    row: int
    column: int
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class StringChanges:
    """What becomes of the shared strings: the numbers blanked, the texts added from `first` on, and all that new cells show."""

    member: Member
    blanked: frozenset[int]
    first: int
    appended: tuple[str, ...]
    used: dict[int, str]


@dataclass(slots=True)
class Plan:
    """What will be done, part by part. Parts that are not in `splices` are copied as they lie."""

    package: Package
    splices: dict[Member, list[Splice]] = field(default_factory=dict)
    texts: dict[Member, SheetText] = field(default_factory=dict)
    changes: list[CellChange] = field(default_factory=list)
    dropped: list[tuple[str, int, int]] = field(default_factory=list)  # cells whose stored result goes
    touched_rows: dict[Member, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    sheets: dict[Member, str] = field(default_factory=dict)  # name of each touched sheet
    strings: StringChanges | None = None
    scrubbed: int = 0
    notes: list[Text] = field(default_factory=list)
    date1904: bool = False
