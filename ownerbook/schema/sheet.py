"""How a sheet is declared: once, for reader, rules, templates, reports, merge and manual alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from ownerbook.schema.kinds import CellKind
from ownerbook.schema.words import Privacy, Text

_BRACKETED = re.compile(r"[((\[【<][^))\]】>]*[))\]】>]$")
_NOISE = re.compile(r"[\s**::\u200b-\u200f\ufeff]+")


def plain_header(text: str) -> str:
    """A header as it is compared: without spaces, line breaks, stars, a bracketed unit at the end; full-width letters folded."""
    text = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    return _BRACKETED.sub("", text)


@dataclass(frozen=True)
class Column:
    """One column of a sheet."""

    field: str
    header: Text
    kind: CellKind
    key: bool = False
    required: bool = False
    privacy: Privacy = "internal"
    also: tuple[str, ...] = ()  # known other wordings of the header (A02)
    hint: Text = Text("", "")
    width: int = 14  # in half-width characters, for templates and reports

    @cached_property
    def wordings(self) -> dict[str, bool]:
        """Each wording as compared: whether it is the declared one."""
        return {plain_header(w): False for w in self.also} | {plain_header(self.header.zh): True}


@dataclass(frozen=True)
class Sheet:
    """One sheet of the register."""

    name: str  # the tab's name
    field: str  # what code calls it
    title: Text
    columns: tuple[Column, ...]
    purpose: Text = Text("", "")
    needed: bool = False  # its absence is a problem (A01)
    book: str = ""  # the workbook in which templates put it
    also: tuple[str, ...] = ()  # other names of the tab

    @cached_property
    def key(self) -> Column:
        """The key column."""
        return next(c for c in self.columns if c.key)

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """Columns by field name."""
        return {c.field: c for c in self.columns}

    @cached_property
    def by_header(self) -> dict[str, Column]:
        """Columns by declared header."""
        return {c.header.zh: c for c in self.columns}

    @cached_property
    def required(self) -> tuple[Column, ...]:
        """Columns whose cells must be filled, the key among them."""
        return tuple(c for c in self.columns if c.required)
