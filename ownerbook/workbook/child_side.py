"""What a reading process of its own does around its library: it confines itself, reads, answers and leaves.

The file comes in on standard input. Out goes one line of JSON, then for each sheet its arrays: row and column
(int32), kind (uint8), value (float64), style (int32), flag (uint8), the lengths of its texts (int32) and the texts, one
for each text or error in the order of the cells. Kinds, flags and serials are those of `ownerbook.schema.cells`; a
style is a place in the answer's list of styles. The other side is `other_formats`.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MEMORY = 2 << 30  # bytes of address space
BLANK, TEXT, NUMBER, DATE, BOOL, ERROR = range(6)
FORMULA, EXTERNAL, STRIKE, RICH = 1, 4, 16, 64
_REASONS = {"PasswordError": "encrypted", "MemoryError": "parser_died", "PanicException": "parser_died"}


@dataclass(slots=True)
class Filled:
    """A sheet's filled cells, and what goes on the JSON line about it."""

    name: str
    hidden: bool
    facts: dict[str, Any] = field(default_factory=dict)  # merges, hidden_rows, hidden_columns, filtered
    texts: list[bytes] = field(default_factory=list)
    rows: array[int] = field(default_factory=lambda: array("i"))
    columns: array[int] = field(default_factory=lambda: array("i"))
    kinds: array[int] = field(default_factory=lambda: array("B"))
    values: array[float] = field(default_factory=lambda: array("d"))
    styles: array[int] = field(default_factory=lambda: array("i"))
    flags: array[int] = field(default_factory=lambda: array("B"))

    def add(self, row: int, column: int, kind: int, value: float | str, style: int = 0, flag: int = 0) -> None:
        """One cell, in order of row, then column, from 1. Of a text or an error the value is its text."""
        if isinstance(value, str):
            self.texts.append(value.encode("utf-8", "surrogatepass"))
            value = 0.0
        self.rows.append(row)
        self.columns.append(column)
        self.kinds.append(kind)
        self.values.append(value)
        self.styles.append(style)
        self.flags.append(flag)

    def line(self) -> dict[str, Any]:
        """What the other side must know to take the arrays apart, and the facts."""
        return {
            "name": self.name,
            "hidden": self.hidden,
            "cells": len(self.rows),
            "texts": len(self.texts),
            "bytes": sum(map(len, self.texts)),
        } | self.facts

    def blobs(self) -> list[bytes]:
        """The arrays."""
        arrays = (self.rows, self.columns, self.kinds, self.values, self.styles, self.flags, array("i", map(len, self.texts)))
        return [*(a.tobytes() for a in arrays), *self.texts]


@dataclass(slots=True)
class Answer:
    """All that was read. styles: number format, struck through, ARGB of a solid fill or null; number 0 is the plain one."""

    sheets: list[Filled]
    styles: list[tuple[str, bool, str | None]] = field(default_factory=lambda: [("General", False, None)])
    facts: dict[str, Any] = field(default_factory=dict)  # date1904, macros, external


def serve(read: Callable[[bytes], Answer]) -> None:
    """Read, write, leave. A failure that can be told is the only thing on the JSON line."""
    _confine()
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        answer = read(data)
    except BaseException as e:  # the panics of calamine are no Exceptions
        reason = _REASONS.get(type(e).__name__, "encrypted" if "ncrypted" in str(e) else "damaged")
        out.write(json.dumps({"error": reason, "detail": f"{type(e).__name__}: {e}"[:300]}).encode() + b"\n")
        return
    out.write(json.dumps({"sheets": [s.line() for s in answer.sheets], "styles": answer.styles} | answer.facts).encode() + b"\n")
    for sheet in answer.sheets:
        for blob in sheet.blobs():
            out.write(blob)


def _confine() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
