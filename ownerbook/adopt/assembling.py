"""An adopted tab as blocks of the register's tables: places name the original cells, rows may share a row number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import numpy as np

from ownerbook.adopt.drift import Located, key, locate
from ownerbook.adopt.grid import Grid
from ownerbook.adopt.heading import FURTHEST
from ownerbook.adopt.layout import BlockLayout, BookLayout
from ownerbook.adopt.observing import observe
from ownerbook.adopt.reading import Reading, Record, read_tab
from ownerbook.adopt.relations import Link, Relations
from ownerbook.adopt.wordings import normal
from ownerbook.register.register import Fact
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.cells import Cells, Flag, Kind, Pool, Styles
from ownerbook.schema.table import Source
from ownerbook.schema.words import Text
from ownerbook.workbook.assembly import Adopted, Block
from ownerbook.workbook.book import Book, Tab
from ownerbook.workbook.headers import recognise


class Reader:
    """Reads tabs through the layouts that staff have confirmed. A tab that is a whole sheet of ours is not asked for."""

    def __init__(self, layouts: Sequence[BookLayout], pool: Pool, styles: Styles) -> None:
        self._layouts, self._pool, self._styles = layouts, pool, styles
        self._wanted = [{(normal(c.own), key(c.wording)) for c in t.columns if c.wording} for b in layouts for t in b.tabs if t.use]
        self._relations = Relations()
        self._seen: dict[tuple[str, str], bool] = {}

    def __call__(self, name: str, book: Book, tab: Tab, /) -> Adopted | None:
        """Read a tab; None for one that no layout fits."""
        header = recognise(tab, self._pool)
        if header is not None and not header.missing:
            return None
        if len(tab.cells.row):
            self._seen[name, tab.name] = False
        if not _may_fit(tab, self._pool, self._wanted):
            return None
        grid = Grid(tab, self._pool, self._styles, date1904=book.date1904)
        located = locate(grid, self._layouts) if grid.rows else None
        if located is None:
            return None
        self._seen[name, tab.name] = True
        return adopted(name, book, located, self._pool, self._relations)

    def finish(self) -> list[Fact]:
        """Join owners and houses that stand in different tabs; say which tabs were read once and cannot be any more."""
        return [*self._relations.join(self._pool), *self._forgotten()]

    def _forgotten(self) -> list[Fact]:
        out = []
        for layout in self._layouts:
            for tab in layout.tabs:
                for (name, called), read in self._seen.items():
                    if tab.use and not read and called == tab.tab and PurePath(name).name == PurePath(layout.name).name:
                        told = Text(
                            f"「{called}」的表头认不出了，这张表没有读取：请重新运行 ownerbook adopt 并确认",
                            f"the header of {called} is no longer recognised and the tab was not read: run ownerbook adopt again and confirm",
                        )
                        out.append(Fact("adopted-drift", name, called, tab.header[0], 1, "", values={"changes": told}))
        return out


def reader(layouts: Sequence[BookLayout], pool: Pool, styles: Styles) -> Reader:
    """A reader of tabs through layouts."""
    return Reader(layouts, pool, styles)


def _may_fit(tab: Tab, pool: Pool, wanted: Sequence[set[tuple[str, str]]]) -> bool:
    """Cheaply: whether half of some remembered header stands in the first rows, in whatever place."""
    cells = tab.cells
    if not len(cells.row):
        return False
    last = np.unique(cells.row[: FURTHEST * 100])[:FURTHEST][-1]
    first = np.flatnonzero((cells.row <= last) & (cells.kind == Kind.TEXT))
    have = {normal(t) for t in pool.texts(cells.value[first].astype(np.int64))}
    return any(sum(own in have or whole in have for own, whole in w) >= 0.5 * len(w) for w in wanted)


def adopted(name: str, book: Book, located: Located, pool: Pool, relations: Relations) -> Adopted:
    """Read a tab through its layout, as blocks and facts. relations: gathers what other tabs are needed for."""
    looked, layout = located.looked, located.layout
    assert looked.heading is not None
    reading = read_tab(looked.grid, looked.heading, looked.roles, layout)
    by_sheet: dict[str, list[Record]] = {}
    for record in reading.records:
        by_sheet.setdefault(record.sheet, []).append(record)
    blocks = {sheet: _block(name, book, located, sheet, sorted(records, key=lambda r: r.row), pool) for sheet, records in by_sheet.items()}
    relations.links += [Link(h.text, o.text, name, layout.tab, o.cell.row, o.cell.column) for h, o in reading.links]
    if "owners" in blocks:
        relations.owners.append(blocks["owners"])
    return Adopted(blocks, _facts(name, book, located, reading, blocks))


def _block(name: str, book: Book, located: Located, sheet: str, records: Sequence[Record], pool: Pool) -> Block:
    layout, tab = located.layout, located.looked.grid.tab
    sources: list[Source] = []
    numbers: dict[tuple[object, ...], int] = {}
    of = np.zeros(len(records), np.int32)
    fields = [c.field for c in BY_FIELD[sheet].columns if any(c.field in r.values for r in records) or _has(layout.blocks, sheet, c.field)]
    cells = {f: Cells.blank(len(records)) for f in fields}
    for i, record in enumerate(records):
        columns = {} if record.extra else _own_columns(layout.blocks[record.block], sheet, record.slot)
        columns |= {f: v.cell.column for f, v in record.values.items()}
        parts = frozenset(f for f, v in record.values.items() if not v.whole)
        key = (record.block, tuple(sorted(columns.items())), parts)
        if key not in numbers:
            numbers[key] = len(sources)
            unknown = {c.column: c.wording for c in layout.blocks[record.block].columns if not c.placed and c.wording}
            sources.append(Source(name, tab.name, layout.header[1], columns, book.date1904, book.format == "csv", unknown, parts))
        of[i] = numbers[key]
        for f, value in record.values.items():
            column = cells.get(f)
            if column is None:
                continue
            if value.whole:
                at = value.cell.at
                column.kind[i], column.value[i], column.style[i] = tab.cells.kind[at], tab.cells.value[at], tab.cells.style[at]
                column.flag[i] = int(tab.cells.flag[at]) | (Flag.MERGED if value.how == "merged" else 0)
            else:
                column.kind[i], column.value[i] = Kind.TEXT, pool.add(value.text)
    return Block(sources, np.array([r.row for r in records], np.int32), cells, of)


def _own_columns(block: BlockLayout, sheet: str, slot: int) -> dict[str, int]:
    """Fields of a sheet → their column in a block; the house number is that of every sheet."""
    out = {}
    for column in block.columns:
        if column.field.startswith(sheet + ".") and column.slot in (slot, 1) and (column.slot == slot or column.field.partition(".")[2] not in out):
            out[column.field.partition(".")[2]] = column.column
    house = block.of("houses.house_no") or block.of("houses.room")
    if house is not None and "house_no" in BY_FIELD[sheet].by_field:
        out["house_no"] = house.column
    if slot > 1:  # what only the first person has is nobody's blank
        for column in block.columns:
            name = column.field.partition(".")[2]
            if column.field.startswith(sheet + ".") and column.slot != slot and out.get(name) == column.column:
                del out[name]
    return out


def _has(blocks: Sequence[BlockLayout], sheet: str, name: str) -> bool:
    return any(c.field == f"{sheet}.{name}" for b in blocks for c in b.columns)


def _facts(name: str, book: Book, located: Located, reading: Reading, blocks: dict[str, Block]) -> list[Fact]:
    layout, grid, roles = located.layout, located.looked.grid, located.looked.roles
    row = layout.header[1]
    left = min((c.column for c in layout.columns), default=1)
    main = next(iter(sorted(blocks, key=lambda s: list(BY_FIELD).index(s))), "")
    out: list[Fact] = []
    missing = {s: [c for c in BY_FIELD[s].required if c.field not in b.cells] for s, b in blocks.items()}
    missing = {s: m for s, m in missing.items() if m}
    if missing:
        told = Text(
            "；".join(f"{BY_FIELD[s].name}的{'、'.join(c.header.zh for c in m)}" for s, m in missing.items()),
            "; ".join(f"{BY_FIELD[s].title.en}: {', '.join(c.header.en for c in m)}" for s, m in missing.items()),
        )
        out.append(Fact("adopted-missing", name, grid.tab.name, row, left, main, values={"columns": told}))
    if located.changes:
        told = Text("；".join(c.say("zh") for c in located.changes), "; ".join(c.say("en") for c in located.changes))
        out.append(Fact("adopted-drift", name, grid.tab.name, row, left, main, values={"changes": told}))
    seen = observe(grid, located.looked.heading, roles, book, limits=False)
    totals = [r for r, role in roles.items() if role == "subtotal"]
    if totals:
        seen.append(Text(f"{len(totals)} 行合计没有读作数据", f"{len(totals)} rows of totals were not read as data"))
    if seen:
        out.append(
            Fact(
                "adopted-seen",
                name,
                grid.tab.name,
                row,
                left,
                main,
                values={"seen": Text("；".join(s.zh for s in seen), "; ".join(s.en for s in seen))},
            )
        )
    for column in layout.columns:
        if not column.placed and column.wording:
            out.append(Fact("header-unknown", name, grid.tab.name, row, column.column, main, values={"text": column.wording}))
    return out
