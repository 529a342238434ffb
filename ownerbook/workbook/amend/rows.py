"""Rows written: cells put into a row that exists, and rows that are new."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ownerbook.workbook.amend.cells import contents, rewritten
from ownerbook.workbook.amend.edits import Value, cell_name
from ownerbook.workbook.amend.sheet_text import Cell, Row, RowReader
from ownerbook.workbook.amend.xml_bytes import Splice, attribute_span, attributes, escaped, with_attribute

_SPANS = re.compile(rb"\s*([0-9]+):([0-9]+)\s*")
_NOT_COPIED = {b"r", b"spans", b"hidden", b"collapsed", b"outlineLevel"}


@dataclass(frozen=True, slots=True)
class NewCell:
    """What a cell is to hold: a value or a formula, and its style. `iso`: it holds ISO dates.

    A text is the shared string of a number, or `inline` (but in odd encodings).
    """

    value: Value
    style: int
    formula: str | None = None
    iso: bool = False
    inline: bool = True
    shared: int | None = None


def _made(row: int, column: int, new: NewCell, prefix: bytes, date1904: bool) -> bytes:
    if new.formula is not None:
        kind, inner = b"", b"<%sf>%s</%sf>" % (prefix, escaped(new.formula), prefix)
    else:
        kind, inner = contents(new.value, prefix, date1904, new.iso, new.inline, new.shared)
    head = b'<%sc r="%s"' % (prefix, cell_name(row, column).encode())
    if new.style:
        head += b' s="%d"' % new.style
    if kind:
        head += b' t="' + kind + b'"'
    return head + (b">" + inner + b"</%sc>" % prefix if inner else b"/>")


def changed_row(row: Row, cells: list[Cell], new: dict[int, NewCell], reader: RowReader, prefix: bytes, date1904: bool) -> list[Splice]:
    """Splices that put cells into an existing row."""
    if not new:
        return []
    out: list[Splice] = []
    open_end = reader.open_end(row)
    tag = row.text[:open_end]
    by_column = {c.column: c for c in cells}
    added = {c: _made(row.number, c, n, prefix, date1904) for c, n in sorted(new.items()) if c not in by_column}
    for column, one in new.items():
        cell = by_column.get(column)
        if cell is None:
            continue
        if one.formula is not None:
            text = _made(row.number, column, one, prefix, date1904)
        else:
            text = rewritten(row.text[cell.start : cell.end], one.value, one.style, date1904, one.iso, one.inline, one.shared)
        out.append(Splice(row.start + cell.start, row.start + cell.end, text))
    if tag.endswith(b"/>"):
        if added:
            whole = _with_spans(tag, min(added), max(added))[:-2].rstrip() + b">" + b"".join(added.values()) + b"</%srow>" % prefix
            out.append(Splice(row.start, row.end, whole))
        return out
    if added:
        out += _tag_splices(row, tag, min(added), max(added))
    for column, text in added.items():
        at = next((c.start for c in cells if c.column > column), cells[-1].end if cells else open_end)
        out.append(Splice(row.start + at, row.start + at, text))
    return out


def _tag_splices(row: Row, tag: bytes, first: int, last: int) -> list[Splice]:
    place = attribute_span(tag, b"spans")
    if place is None:
        return []
    old = tag[place[0] : place[1]]
    new = _widened(old, first, last)
    return [] if new == old else [Splice(row.start + place[0], row.start + place[1], new)]


def _widened(spans: bytes, first: int, last: int) -> bytes:
    m = _SPANS.fullmatch(spans)
    if m is None:
        return spans  # several spans, or none: only a hint to readers
    a, b = int(m[1]), int(m[2])
    return spans if a <= first and last <= b else b"%d:%d" % (min(a, first), max(b, last))


def _with_spans(tag: bytes, first: int, last: int) -> bytes:
    spans = attributes(tag).get(b"spans")
    return tag if spans is None else with_attribute(tag, b"spans", _widened(spans, first, last))


def new_row(number: int, new: dict[int, NewCell], above: bytes | None, prefix: bytes, date1904: bool) -> bytes:
    """A row as bytes; height, style and the like of the row above, whose open tag is given."""
    tag = b'<%srow r="%d">' % (prefix, number)
    if above is not None:
        old = attributes(above)
        if b"spans" in old:
            tag = with_attribute(tag, b"spans", _widened(old[b"spans"], min(new, default=1), max(new, default=1)))
        for name, value in old.items():
            if name not in _NOT_COPIED:
                tag = with_attribute(tag, name, value)
    cells = b"".join(_made(number, c, n, prefix, date1904) for c, n in sorted(new.items()))
    return tag + cells + b"</%srow>" % prefix
