"""The workbook part and what hangs on it: which sheets there are, links to other files, the file's own properties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ownerbook.workbook.marks import mark_property, mark_value
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xml_parts import Attributes, local, main_name, parse, relation, true

MOST_SHEETS = 10_000  # as many as there may be members
LONGEST_VALUE = 1 << 16  # characters of a property; ours have some sixty


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One entry of the workbook's list of sheets. `relation` is the id by which the part is found."""

    name: str
    relation: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookPart:
    """What the workbook part says. `links` are the relations of external links, number 1 first; `marks` what our own defined names say."""

    sheets: list[SheetEntry]
    links: list[str]
    date1904: bool
    marks: dict[str, str]


def read_workbook(chunks: Iterable[bytes]) -> WorkbookPart:
    """Read the workbook part. Raises `Trouble`."""
    sheets: list[SheetEntry] = []
    links: list[str] = []
    date1904 = False
    marks: dict[str, str] = {}
    mark = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal date1904, mark
        tag = main_name(name)
        if tag == "sheet":
            hidden = attributes.get("state", "visible") in ("hidden", "veryHidden")
            if len(sheets) >= MOST_SHEETS:
                raise Trouble("bomb", f"more than {MOST_SHEETS} sheets")
            sheets.append(SheetEntry(attributes.get("name", ""), relation(attributes), hidden))
        elif tag == "workbookPr":
            date1904 = true(attributes.get("date1904"))
        elif tag == "externalReference":
            links.append(relation(attributes))
        elif tag == "definedName" and (known := mark_property(attributes.get("name", ""))):
            mark = known
            marks[mark] = ""

    def end(name: str) -> None:
        nonlocal mark
        if main_name(name) == "definedName":
            mark = ""

    def text(data: str) -> None:
        if mark and len(marks[mark]) < LONGEST_VALUE:
            marks[mark] += data

    parse(chunks, start, end, text)
    return WorkbookPart(sheets, links, date1904, {name: mark_value(formula) for name, formula in marks.items()})


def read_link(chunks: Iterable[bytes]) -> str:
    """The relation by which an external link names its file; empty for a link to a program (DDE, OLE)."""
    found = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal found
        if main_name(name) == "externalBook":
            found = relation(attributes)

    parse(chunks, start)
    return found


def read_properties(chunks: Iterable[bytes]) -> dict[str, str]:
    """The custom document properties: name and value as text."""
    found: dict[str, str] = {}
    current: str | None = None

    def start(name: str, attributes: Attributes) -> None:
        nonlocal current
        if local(name) == "property":
            current = attributes.get("name", "")
            found[current] = ""

    def end(name: str) -> None:
        nonlocal current
        if local(name) == "property":
            current = None

    def text(data: str) -> None:
        if current is not None and len(found[current]) < LONGEST_VALUE:
            found[current] += data

    parse(chunks, start, end, text)
    return {name: value.strip() for name, value in found.items()}


def is_filtered(chunks: Iterable[bytes]) -> bool:
    """Whether a table part has a filter in force."""
    found = False

    def start(name: str, _: Attributes) -> None:
        nonlocal found
        found = found or main_name(name) == "filterColumn"

    parse(chunks, start)
    return found
