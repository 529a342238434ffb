"""What reading a file gives: a book of tabs, their cells as parallel arrays, and facts of the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.schema.cells import Bytes, Floats, Ints

if TYPE_CHECKING:
    from ownerbook.workbook.keeping import Keeping, KeepTab, KeptBlock


@dataclass(slots=True)
class TabCells:
    """All filled cells of a tab, in order of row, then column; numbers are as Excel counts them, from 1.

    `kind`, `value`, `style` (a number of the reading's `Styles`) and `flag` are those of `ownerbook.schema.cells`.
    A cell without value and without formula is not here.
    """

    row: Ints
    col: Ints
    kind: Bytes
    value: Floats
    style: Ints
    flag: Bytes


NO_CELLS = TabCells(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint8), np.zeros(0), np.zeros(0, np.int32), np.zeros(0, np.uint8))


def _none() -> Ints:
    return np.zeros(0, np.int32)


@dataclass(slots=True)
class Tab:
    """One sheet of a workbook, as found."""

    name: str
    cells: TabCells
    hidden: bool = False
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, first column, last row, last column
    hidden_rows: Ints = field(default_factory=_none)
    hidden_columns: Ints = field(default_factory=_none)
    filtered: bool = False  # an auto-filter is in force
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    part: str = ""  # the package part it was read from
    keep: KeepTab | None = None  # where its block is to be kept
    kept: KeptBlock | None = None  # its block as it was kept; the cells were not read then


@dataclass(slots=True)
class Book:
    """One file, read."""

    path: Path
    format: str  # xlsx xls ods csv xlsb html, by the bytes and not by the suffix
    fingerprint: str  # sha256 of the file's bytes
    tabs: list[Tab]
    date1904: bool = False
    properties: dict[str, str] = field(default_factory=dict)  # custom document properties
    external: dict[int, str] = field(default_factory=dict)  # number of an external link: its target
    macros: bool = False
    protected_by_password: bool = False  # it was encrypted, and the password fitted
    parts: dict[str, int] = field(default_factory=dict)  # name of each package part: its CRC-32
    keeping: Keeping | None = None  # what is kept of it
    careful: list[str] = field(default_factory=list)  # tabs that the fast scanner handed to the careful reader
    encoding: str = ""  # of a csv
    values_only: bool = False  # read by a library that tells no formulas, errors, formats, strike-outs, fills or hidden rows


@dataclass(eq=False)  # not frozen: contextlib sets the traceback of an exception that passes through it
class Unreadable(Exception):
    """A file that cannot be read. `reason` is one of the keys of `REASONS` in `ownerbook.workbook.reading`."""

    path: Path
    reason: str
    detail: str = ""
