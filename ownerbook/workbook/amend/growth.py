"""What grows when rows are appended: filters, drop-downs, conditional formats, ignored errors, open ranges."""

from __future__ import annotations

from collections.abc import Iterator

from ownerbook.workbook.amend.book_part import BookPart
from ownerbook.workbook.amend.facts import SheetFacts
from ownerbook.workbook.amend.ranges import Block, block, blocks, grown_list, grown_name
from ownerbook.workbook.amend.skeleton import Element, Skeleton
from ownerbook.workbook.amend.xml_bytes import Splice

_BY_ATTRIBUTE = ("dataValidation", "conditionalFormatting", "protectedRange", "ignoredError")


def _lists(root: Element) -> Iterator[tuple[Element, str, str | None]]:
    """Every element with a list of ranges, the list, and the attribute that holds it (None: its text)."""
    for name in _BY_ATTRIBUTE:
        for element in root.all(name):
            sqref = element.attributes.get("sqref")
            if sqref is not None:
                yield element, sqref, "sqref"
    for element in root.all("sqref"):  # of the 2009 extensions; that of a sparkline is the place where it stands
        if _owner(element) in _BY_ATTRIBUTE:
            yield element, element.text, None


def _owner(element: Element) -> str:
    return element.parent.name if element.name == "sqref" and element.parent else element.name


def grown_ranges(skeleton: Skeleton, last: int, new_last: int, columns: Block, first_content: int) -> list[Splice]:
    """Splices for the lists of a sheet of which a range ends on row `last`."""
    found = list(_lists(skeleton.root))
    out: list[Splice] = []
    for element, sqref, attribute in found:
        taken: list[Block] = []
        if _owner(element) == "dataValidation":  # two validations of one cell are an error
            taken = [b for e, s, _ in found if e is not element and _owner(e) == "dataValidation" for b in blocks(s)]
        new = grown_list(sqref, last, new_last, columns, first_content, taken)
        if new is not None:
            out.append(skeleton.set_attribute(element, attribute, new) if attribute else skeleton.set_text(element, new))
    return out


def grown_filter(facts: SheetFacts, last: int, new_last: int, columns: Block) -> tuple[list[Splice], bool]:
    """Splices for the sheet's own filter, and whether it grew."""
    if facts.filter is None:
        return [], False
    b = block(facts.filter.attributes.get("ref", ""))
    if b is None or b.bottom != last or b.right < columns.left or b.left > columns.right:
        return [], False
    return [facts.skeleton.set_attribute(facts.filter, "ref", str(Block(b.top, b.left, new_last, b.right)))], True


def grown_names(book: BookPart, sheet: int, last: int, new_last: int, filter_grew: bool) -> tuple[list[Splice], list[str]]:
    """Splices for print area and filter range of a sheet, and the staff's own names that end above the new rows."""
    out: list[Splice] = []
    left: list[str] = []
    title = book.sheets[sheet].name.casefold()
    for name in book.names:
        grown = grown_name(name.formula, last, new_last)
        if grown is None:
            continue
        own = name.sheet == sheet
        if own and name.name == "_xlnm.Print_Area" or own and filter_grew and name.name == "_xlnm._FilterDatabase":
            text = grown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            out.append(book.skeleton.set_text(name.element, text))
        elif not name.name.startswith("_xlnm.") and title in name.formula.casefold():
            left.append(name.name)
    return out, left


def grown_dimension(facts: SheetFacts, rows: list[int], columns: list[int]) -> list[Splice]:
    """Have the dimension reach to cells outside it; where there is none, none is made."""
    if facts.dimension is None or not rows:
        return []
    b = block(facts.dimension.attributes.get("ref", ""))
    if b is None:
        return []
    new = Block(min(b.top, *rows), min(b.left, *columns), max(b.bottom, *rows), max(b.right, *columns))
    return [] if new == b else [facts.skeleton.set_attribute(facts.dimension, "ref", str(new))]
