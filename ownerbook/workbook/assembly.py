"""Books become tables: the tabs of one sheet, over all workbooks, end to end; what only the files show becomes facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import numpy as np

from ownerbook.register.register import Fact
from ownerbook.register.sheets import SHEETS
from ownerbook.schema.cells import Bools, Cells, Flag, Ints, Kind, Pool, Styles
from ownerbook.schema.lazy_cells import LazyCells
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.table import Source, Table
from ownerbook.workbook.block_prints import Prints, table_prints
from ownerbook.workbook.book import NO_CELLS, Book, Tab
from ownerbook.workbook.dense import dense_columns
from ownerbook.workbook.headers import Header, recognise

# a row that sums up or signs: its first words say so
_SUMS = re.compile(r"\s*(?:本页|本栋|本单元|全部)?\s*(?:合\s*计|小\s*计|总\s*计|共\s*计)")
TOTAL = re.compile(rf"{_SUMS.pattern}|\s*(?:制表|填表|审核|复核)\s*人?\s*[:\uff1a]|\s*(?:制表|填表)人(?:\s|$)")
_TOTAL_STARTS = "合小总共本全制填审复 "


@dataclass(slots=True)
class Block:
    """One tab read as a sheet: its rows as dense columns. of: for each row, which of the sources it belongs to; None: the only one.
    prints: its fingerprints, where they are known."""

    sources: Sequence[Source]
    rows: Ints
    cells: dict[str, Cells]
    of: Ints | None = None
    prints: Prints = field(default_factory=dict)


@dataclass(slots=True)
class Adopted:
    """A tab of staff's own layout, read: blocks by field name of their sheet, and facts."""

    blocks: Mapping[str, Block]
    facts: Sequence[Fact] = ()


class TabReader(Protocol):
    """Reads tabs through layouts that staff have confirmed."""

    def __call__(self, name: str, book: Book, tab: Tab, /) -> Adopted | None:
        """Read a tab; None for one that no such layout fits."""

    def finish(self) -> Sequence[Fact]:
        """All tabs were read: put together, in the blocks given, what lies in several. Gives facts."""


@dataclass(slots=True)
class Assembly:
    """Tables by field name of their sheet, facts, and what was left alone."""

    tables: dict[str, Table] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    left_alone: list[tuple[str, str]] = field(default_factory=list)  # workbook, tab


def assemble(books: Iterable[tuple[str, Book]], pool: Pool, styles: Styles, adopt: TabReader | None = None) -> Assembly:
    """Read every tab that belongs to a sheet. `books` pairs the name that reports use with the book; in the order given.

    The cells of a tab are given up as soon as its columns are made: both together would fill the memory.
    adopt: asked first, for tabs of staff's own layout.
    """
    out = Assembly()
    blocks: dict[str, list[Block]] = {}
    for name, book in books:
        dated = False
        for tab in book.tabs:
            if tab.kept is not None:
                out.facts.extend(tab.kept.facts)
                block = Block([tab.kept.source], tab.kept.rows, tab.kept.cells, prints=tab.kept.prints)
                blocks.setdefault(tab.kept.sheet, []).append(block)
                dated |= tab.kept.dated
                continue
            adopted = adopt(name, book, tab) if adopt else None
            if adopted is not None:
                out.facts.extend(adopted.facts)
                for f, block in adopted.blocks.items():
                    blocks.setdefault(f, []).append(block)
                    dated |= any(bool((c.kind == Kind.DATE).any()) for c in block.cells.values())
                continue
            header = recognise(tab, pool)
            if header is None:
                if len(tab.cells.row):
                    out.left_alone.append((name, tab.name))
                continue
            before = len(out.facts)
            block = _block(name, book, tab, header, pool, out.facts)
            blocks.setdefault(header.sheet.field, []).append(block)
            holds_dates = any(bool((c.kind == Kind.DATE).any()) for c in block.cells.values())
            dated |= holds_dates
            if tab.keep is not None:
                facts = out.facts[before:]
                block.prints = tab.keep.put(header.sheet.field, block.sources[0], block.rows, block.cells, facts, holds_dates)
        if book.date1904 and dated:
            out.facts.append(Fact("date1904", name))
    if adopt is not None:
        out.facts.extend(adopt.finish())
    for sheet in SHEETS:
        if sheet.field in blocks:
            out.tables[sheet.field] = _join(sheet, blocks[sheet.field], pool, styles)
    return out


def _block(name: str, book: Book, tab: Tab, header: Header, pool: Pool, facts: list[Fact]) -> Block:
    sheet = header.sheet
    source = Source(name, tab.name, header.row, header.columns, book.date1904, book.format == "csv", header.unknown)
    _header_facts(name, tab, header, facts)
    rows, dense = dense_columns(tab, header, pool)
    skip = _totals(name, tab, header, rows, dense, pool, facts)
    tab.cells = NO_CELLS
    if skip.any():
        rows = rows[~skip]
        dense = {f: Cells(c.kind[~skip], c.value[~skip], c.style[~skip], c.flag[~skip]) for f, c in dense.items()}
    _merges(name, tab, header, rows, dense, facts, sheet)
    _hidden(name, tab, header, rows, facts, sheet)
    return Block([source], rows, dense)


def _header_facts(name: str, tab: Tab, header: Header, facts: list[Fact]) -> None:
    by_field = header.sheet.by_field
    for f, text in header.other.items():
        facts.append(
            Fact(
                "header-other-wording",
                name,
                tab.name,
                header.row,
                header.columns[f],
                header.sheet.field,
                by_field[f].header.zh,
                values={"text": text},
                suggestion=by_field[f].header.zh,
            )
        )
    for column, text, f in header.doubled:
        facts.append(Fact("header-doubled", name, tab.name, header.row, column, header.sheet.field, by_field[f].header.zh, values={"text": text}))
    for f in header.missing:
        facts.append(Fact("column-missing", name, tab.name, header.row, header.leftmost, header.sheet.field, by_field[f].header.zh))
    for column, text in header.unknown.items():
        facts.append(Fact("header-unknown", name, tab.name, header.row, column, header.sheet.field, values={"text": text}))


def _totals(name: str, tab: Tab, header: Header, rows: Ints, dense: dict[str, Cells], pool: Pool, facts: list[Fact]) -> Bools:
    """Rows that sum up (A05): skipped and told. Only where the key is blank or itself says so. A header printed again is skipped too."""
    skip = np.zeros(len(rows), bool)
    key = dense.get(header.sheet.key.field)
    doubtful = np.flatnonzero(key.kind == Kind.BLANK) if key else np.arange(len(rows))
    if key:
        texts = np.flatnonzero(key.kind == Kind.TEXT)
        first = pool.matrix(key.codes(texts), 3)[0]
        starts = {tuple(s.encode()[:3].ljust(3, b"\0")) for s in _TOTAL_STARTS}
        starts.add(tuple(header.sheet.key.header.zh.encode()[:3]))
        codes = first[:, 0].astype(np.int64) << 16 | first[:, 1].astype(np.int64) << 8 | first[:, 2]
        wanted = [a << 16 | b << 8 | c for a, b, c in starts] + [0x20 << 16]
        doubtful = np.union1d(doubtful, texts[np.isin(codes, wanted) | (first[:, 0] == 0x20)])
    if not len(doubtful):
        return skip
    cells = tab.cells
    starts_at = np.searchsorted(cells.row, rows[doubtful])
    ends_at = np.searchsorted(cells.row, rows[doubtful], side="right")
    for n, a, b in zip(doubtful, starts_at, ends_at, strict=True):
        said = [(int(cells.col[i]), pool.text(int(cells.value[i]))) for i in range(a, b) if cells.kind[i] == Kind.TEXT]
        keyed = key is not None and key.kind[n] != Kind.BLANK
        note = header.columns.get("note")  # a remark may begin like a signature
        total = next(
            ((c, t) for c, t in said if TOTAL.match(t) and (c == header.columns[header.sheet.key.field] if keyed else c != note or _SUMS.match(t))),
            None,
        )
        again = len(said) >= 2 and all(
            t.strip() == header.sheet.by_field[f].header.zh for f, c in header.columns.items() for cc, t in said if cc == c
        )
        if total or again:
            column, text = total or said[0]
            skip[n] = True
            facts.append(Fact("total-row", name, tab.name, int(rows[n]), column, header.sheet.field, values={"text": text.strip()}))
    return skip


def _merges(name: str, tab: Tab, header: Header, rows: Ints, dense: dict[str, Cells], facts: list[Fact], sheet: Sheet) -> None:
    """Inside a merge the value counts for its rows; the merge is told at its anchor (A04)."""
    by_column = {c: f for f, c in header.columns.items()}
    for r1, c1, r2, c2 in tab.merges:
        if r2 <= header.row or not any(c in by_column for c in range(c1, min(c2, c1 + 500) + 1)):
            continue
        a, b = np.searchsorted(rows, r1), np.searchsorted(rows, r2, side="right")
        if a == b or rows[a] != r1:
            continue
        f = by_column.get(c1)
        record = None
        facts.append(
            Fact("merged", name, tab.name, r1, c1, sheet.field, sheet.by_field[f].header.zh if f else None, record, values={"rows": r2 - r1 + 1})
        )
        if f and r2 > r1:
            c = dense[f]
            inside = np.arange(a + 1, b)
            inside = inside[c.kind[inside] == Kind.BLANK]
            c.make_writable()
            c.kind[inside], c.value[inside], c.style[inside] = c.kind[a], c.value[a], c.style[a]
            c.flag[inside] = c.flag[a] | Flag.MERGED


def _hidden(name: str, tab: Tab, header: Header, rows: Ints, facts: list[Fact], sheet: Sheet) -> None:
    hidden = rows[np.isin(rows, tab.hidden_rows)] if len(tab.hidden_rows) else rows[:0]
    columns = [sheet.by_field[f].header.zh for f, c in header.columns.items() if c in set(tab.hidden_columns.tolist())]
    if len(hidden):
        column = header.columns.get(sheet.key.field, header.leftmost)
        facts.append(
            Fact("hidden-rows", name, tab.name, int(hidden[0]), column, sheet.field, values={"count": len(hidden), "filtered": tab.filtered})
        )
    if columns:
        facts.append(
            Fact(
                "hidden-columns",
                name,
                tab.name,
                header.row,
                header.columns[next(f for f, c in header.columns.items() if c in set(tab.hidden_columns.tolist()))],
                sheet.field,
                values={"columns": "、".join(columns)},
            )
        )


def _join(sheet: Sheet, blocks: Sequence[Block], pool: Pool, styles: Styles) -> Table:
    fields = [c.field for c in sheet.columns if any(c.field in b.cells for b in blocks)]
    rows = np.concatenate([b.rows for b in blocks])
    first = np.cumsum([0, *(len(b.sources) for b in blocks)])[:-1]
    of = [np.zeros(len(b.rows), np.int32) if b.of is None else b.of for b in blocks]
    source = np.concatenate([n + at for n, at in zip(of, first, strict=True)]).astype(np.int32)
    cells: dict[str, Cells] = LazyCells({f: partial(_joined, f, blocks) for f in fields})
    if not any(isinstance(b.cells, LazyCells) for b in blocks):
        cells = dict(cells.items())
    return Table(sheet, [s for b in blocks for s in b.sources], rows, source, cells, pool, styles, table_prints(fields, [b.prints for b in blocks]))


def _joined(f: str, blocks: Sequence[Block]) -> Cells:
    """One column of all blocks, end to end."""
    parts = [b.cells.get(f) or Cells.blank(len(b.rows)) for b in blocks]
    if len(parts) == 1:
        return parts[0]
    return Cells(*(np.concatenate([getattr(p, a) for p in parts]) for a in ("kind", "value", "style", "flag")))
