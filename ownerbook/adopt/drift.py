"""A remembered layout and a tab of today: is it the same ledger, and what has moved, been renamed or been added since?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ownerbook.adopt.columns import recognise_block
from ownerbook.adopt.fields import label
from ownerbook.adopt.grid import Grid
from ownerbook.adopt.heading import SEARCHED, spans, spread
from ownerbook.adopt.heads import Head as HeadCell
from ownerbook.adopt.heads import Heading
from ownerbook.adopt.layout import HIGH, BlockLayout, BookLayout, ColumnLayout, TabLayout
from ownerbook.adopt.looking import Looked, roles_and_profiles
from ownerbook.adopt.stacking import stacked
from ownerbook.adopt.wordings import normal
from ownerbook.schema.words import Lang, Text

SAME_LEDGER = 0.6
"""So much of the remembered header must be there again."""


@dataclass(slots=True)
class Change:
    """What is not as it was. kind: moved, renamed, added, gone; column: of today, 0 for gone."""

    kind: str
    wording: str
    before: str = ""
    column: int = 0

    def say(self, lang: Lang = "zh") -> str:
        """In words, for staff."""
        return {
            "moved": Text(f"「{self.wording}」换了位置", f"{self.wording} has moved"),
            "renamed": Text(f"「{self.before}」改名为「{self.wording}」", f"{self.before} is now called {self.wording}"),
            "added": Text(f"新增「{self.wording}」，没有采用", f"{self.wording} is new, and not read"),
            "gone": Text(f"「{self.wording}」不见了", f"{self.wording} is gone"),
        }[self.kind].say(lang)


@dataclass(slots=True)
class Located:
    """A tab that a remembered layout fits. layout: with today's columns; changes: against what was confirmed."""

    layout: TabLayout
    looked: Looked
    similarity: float
    changes: list[Change] = field(default_factory=list)


def locate(grid: Grid, remembered: Sequence[BookLayout], *, propose: bool = False) -> Located | None:
    """The remembered layout that fits a tab best, laid over it; None where none fits.

    propose: new columns keep what they look like, for staff to confirm; else they are left alone until then.
    """
    best: tuple[float, TabLayout, Heading] | None = None
    for book in remembered:
        for tab in book.tabs:
            if not tab.use:
                continue
            found = _find(grid, tab)
            if found is not None and (best is None or (found[0], tab.tab == grid.tab.name) > (best[0], best[1].tab == grid.tab.name)):
                best = (found[0], tab, found[1])
    if best is None or best[0] < SAME_LEDGER:
        return None
    return _laid(grid, *best, propose)


def _find(grid: Grid, tab: TabLayout) -> tuple[float, Heading] | None:
    """The row of a tab in which most of the remembered header stands."""
    wanted = Counter(normal(c.wording) for c in tab.columns if c.wording)
    placed = Counter(normal(c.wording) for c in tab.columns if c.wording and c.placed)
    deep = tab.header[1] - tab.header[0]
    best: tuple[float, Heading] | None = None
    for row in sorted(grid.rows)[:SEARCHED]:
        heading: Heading | None
        if deep:
            heading = stacked(grid, row, row + deep)
        else:
            heading = Heading(row, row, {c.column: HeadCell(c.column, c.text.strip()) for c in grid.rows[row].values()})
        if heading is None:
            continue
        spread(grid, heading)
        have = Counter(normal(h.text) for h in heading.heads.values())
        all_ = sum((wanted & have).values()) / max(1, sum(wanted.values()))
        core = sum((placed & have).values()) / max(1, sum(placed.values()))
        score = min(1.0, (all_ + core) / 2)
        if best is None or score > best[0]:
            best = (score, heading)
    return best


def _laid(grid: Grid, similarity: float, tab: TabLayout, heading: Heading, propose: bool) -> Located:
    heading.spans = spans(grid, heading)
    heading.heads = {c: h for c, h in heading.heads.items() if any(a <= c <= b for a, b in heading.spans)}
    serial = tuple(c.column for c in tab.columns if c.field == "own.serial")
    roles, profiles = roles_and_profiles(grid, heading, serial=serial)
    changes: list[Change] = []
    blocks = []
    for n, (first, last) in enumerate(heading.spans):
        old = tab.blocks[min(n, len(tab.blocks) - 1)]
        fresh = recognise_block(first, last, heading.heads, profiles, tab.tab)
        blocks.append(_block(old, fresh, changes if n < len(tab.blocks) else [], propose))
    layout = TabLayout(grid.tab.name, (heading.first, heading.last), blocks, True, tab.why)
    return Located(layout, Looked(layout, grid, heading, roles, profiles), similarity, changes)


def _block(old: BlockLayout, fresh: BlockLayout, changes: list[Change], propose: bool) -> BlockLayout:
    """Today's columns with what was confirmed of them."""
    known: dict[str, list[ColumnLayout]] = {}
    for key, column in _keyed(old):
        known.setdefault(key, []).append(column)
    columns: list[ColumnLayout] = []
    new: list[ColumnLayout] = []
    for key, column in _keyed(fresh):
        if known.get(key):
            before = known[key].pop(0)
            columns.append(replace(before, column=column.column))
        else:
            columns.append(column)
            new.append(column)
    order = [c.wording for c in old.columns if c.wording]
    today = [c.wording for c in columns if c.wording and c not in new]
    for column in columns:
        if column not in new and column.wording and _out_of_order(column.wording, order, today):
            changes.append(Change("moved", column.wording, column=column.column))
    gone = [c for left in known.values() for c in left if c.wording]
    for column in new:
        renamed = next((g for g in gone if g.field == column.field and g.slot == column.slot and g.placed and column.confidence >= HIGH - 0.1), None)
        if renamed is not None:
            gone.remove(renamed)
            column.codes = column.codes or renamed.codes
            column.relation = column.relation or renamed.relation
            changes.append(Change("renamed", column.wording, renamed.wording, column.column))
        else:
            if column.wording:
                changes.append(Change("added", column.wording, label(column.field), column.column))
            if not propose and column.placed:
                column.field = ""
    changes.extend(Change("gone", g.wording) for g in gone if g.placed)
    return BlockLayout(fresh.first, fresh.last, columns, old.family)


def _keyed(block: BlockLayout) -> list[tuple[str, ColumnLayout]]:
    """Columns by wording; one without a header by the wording to its left."""
    out = []
    left, away = "", 0
    for column in block.columns:
        if column.wording:
            left, away = normal(column.wording), 0
            out.append((left, column))
        else:
            away += 1
            out.append((f"{left}+{away}", column))
    return out


def _out_of_order(wording: str, before: list[str], today: list[str]) -> bool:
    """Whether a column has another left neighbour among those that were there before."""
    common = [w for w in before if w in today]
    at, now = common.index(wording), today.index(wording)
    return (common[at - 1] if at else "") != (today[now - 1] if now else "")
