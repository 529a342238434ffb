"""Marks of what a copied row showed, so that a cell that was corrected in the copy is known, without the copy telling more than it shows."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence

from ownerbook.reports.masking import shown
from ownerbook.rules.judge import mask_of
from ownerbook.schema.cells import Kind
from ownerbook.schema.kinds import Day
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

LENGTH = 4  # characters a filled cell, so that one edit in sixteen million goes unseen
ALPHABET = b"+-"  # no underline: LibreOffice takes _xA_ in a workbook for a line break
BLANK = "."  # what a blank cell has instead


class RowMarks:
    """Makes the marks of one record's cells. Keyed by the workspace's secret: nobody can try out values against a mark."""

    def __init__(self, secret: bytes, sheet: str, record: str) -> None:
        self._keyed = hashlib.blake2b(key=secret[:64], digest_size=3)
        self._keyed.update(f"{sheet}\x1f{record}\x1f".encode("utf-8", "surrogatepass"))

    def of(self, field: str, text: str) -> str:
        """The mark of a cell; the line ends of other systems make no difference."""
        if not text.strip():
            return BLANK
        mine = self._keyed.copy()
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        mine.update(f"{field}\x1f{plain}".encode("utf-8", "surrogatepass"))
        return b64encode(mine.digest(), ALPHABET).decode()


def row_marks(secret: bytes, sheet: str, record: str, fields: Sequence[str], texts: Sequence[str], position: int) -> str:
    """The row's position in its table, and the marks of what its cells show, in the order of the fields."""
    made = RowMarks(secret, sheet, record)
    return f"{position}:{''.join(made.of(f, text) for f, text in zip(fields, texts, strict=True))}"


def marks_read(text: str, fields: Sequence[str]) -> tuple[int, Mapping[str, str]] | None:
    """Position and marks by field, None for a text that is no row's marks."""
    position, _, rest = text.partition(":")
    marks: dict[str, str] = {}
    at = 0
    for f in fields:
        size = 1 if rest[at : at + 1] == BLANK else LENGTH
        marks[f] = rest[at : at + size]
        at += size
    return (int(position), marks) if position.isdecimal() and at == len(rest) else None


def as_copied(table: Table, column: Column, position: int, *, masked: bool) -> str:
    """What the annotated copy shows of a cell, as its reader gives it back: numbers and days as such, all else as masked text."""
    text, kind = table.found(column.field, position), table.cells[column.field].kind[position]
    if kind == Kind.NUMBER and not column.kind.text_format and not (masked and mask_of(column)):
        return text
    if kind == Kind.DATE and isinstance(column.kind, Day):
        return text
    return shown(column, text, masked=masked)
