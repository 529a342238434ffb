"""Which sheet a tab holds, where its header stands, and which column is which (judging.md §2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ownerbook.register.sheets import BY_NAME, SHEETS
from ownerbook.schema.cells import Kind, Pool
from ownerbook.schema.sheet import Sheet, plain_header
from ownerbook.workbook.book import Tab

SEARCHED_ROWS = 10
_TAB_NOISE = re.compile(r"登记表|登记|台账|信息|号楼|[栋幢表\d\s()()\[\]【】〔〕{}「」『』]")


def tab_sheet(name: str) -> Sheet | None:
    """The sheet that a tab's name says it is."""
    return BY_NAME.get(_TAB_NOISE.sub("", unicodedata.normalize("NFKC", name)))


@dataclass(slots=True)
class Header:
    """A header row, recognised.

    columns: field → column. other: field → the wording found, where it is not the declared one. doubled: (column, text,
    field) of a header that stood before. unknown: column → text.
    """

    sheet: Sheet
    row: int
    columns: dict[str, int] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)
    doubled: list[tuple[int, str, str]] = field(default_factory=list)
    unknown: dict[int, str] = field(default_factory=dict)
    leftmost: int = 1

    @property
    def declared(self) -> set[str]:
        """Fields found under their declared wording."""
        return set(self.columns) - set(self.other)

    @property
    def missing(self) -> list[str]:
        """Required fields without a column."""
        return [c.field for c in self.sheet.required if c.field not in self.columns]


def header_texts(tab: Tab, pool: Pool) -> dict[int, dict[int, str]]:
    """The texts of the first rows: row → column → text."""
    cells = tab.cells
    end = int(np.searchsorted(cells.row, SEARCHED_ROWS, side="right"))
    out: dict[int, dict[int, str]] = {}
    for i in range(end):
        if cells.kind[i] == Kind.TEXT:
            text = pool.text(int(cells.value[i]))
            if text.strip():
                out.setdefault(int(cells.row[i]), {})[int(cells.col[i])] = text
    return out


def match(sheet: Sheet, row: int, texts: dict[int, str]) -> Header:
    """Read one row as the header of a sheet: declared wordings first, then known other ones."""
    header = Header(sheet, row, leftmost=min(texts))
    plain = {col: plain_header(text) for col, text in sorted(texts.items())}
    exact = {plain_header(c.header.zh): c.field for c in sheet.columns}
    also = {w: c.field for c in sheet.columns for w, declared in c.wordings.items() if not declared}
    taken: set[int] = set()
    for col, text in plain.items():
        name = exact.get(text)
        if name is not None:
            taken.add(col)
            if name in header.columns:
                header.doubled.append((col, texts[col].strip(), name))
            else:
                header.columns[name] = col
    for col, text in plain.items():
        name = also.get(text) if col not in taken else None
        if name is not None and name not in header.columns:
            header.columns[name] = col
            header.other[name] = texts[col].strip()
        elif col not in taken:
            header.unknown[col] = texts[col].strip()
    return header


def recognise(tab: Tab, pool: Pool, sheets: Sequence[Sheet] = SHEETS) -> Header | None:
    """The header of a tab, None for a tab that is no sheet of the register.

    By the tab's name; else where a row holds the key and at least half of the required headers of exactly one sheet. For that
    only declared wordings count: a ledger of another make is adopted, not guessed at.
    """
    rows = header_texts(tab, pool)
    if not rows:
        return None
    named = tab_sheet(tab.name)
    if named is not None:
        headers = [match(named, row, texts) for row, texts in rows.items()]
        return max(headers, key=lambda h: (len(h.columns), -h.row))
    fitting: list[Header] = []
    for sheet in sheets:
        candidates = [match(sheet, row, texts) for row, texts in rows.items()]
        good = [
            h for h in candidates if sheet.key.field in h.declared and 2 * len(h.declared & {c.field for c in sheet.required}) >= len(sheet.required)
        ]
        if good:
            fitting.append(max(good, key=lambda h: (len(h.columns), -h.row)))
    return fitting[0] if len(fitting) == 1 else None
