"""A remembered layout and a tab of today: is it the same ledger, and what has moved, been renamed or been added since?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ownerbook.adopt.columns import recognise_block
from ownerbook.adopt.fields import is_register, label
from ownerbook.adopt.fits import VETO, fit
from ownerbook.adopt.grid import Grid
from ownerbook.adopt.heading import SEARCHED, spans, spread
from ownerbook.adopt.heads import Head as HeadCell
from ownerbook.adopt.heads import Heading
from ownerbook.adopt.layout import HIGH, BlockLayout, BookLayout, ColumnLayout, TabLayout
from ownerbook.adopt.looking import Looked, roles_and_profiles
from ownerbook.adopt.shapes import Profile
from ownerbook.adopt.stacking import stacked
from ownerbook.adopt.wordings import normal
from ownerbook.schema.finding import column_letters
from ownerbook.schema.words import Lang, Text

SAME_LEDGER = 0.6
"""So much of the remembered header must be there again."""


@dataclass(slots=True)
class Change:
    """What is not as it was. kind: moved, renamed, placed, added, gone, doubtful, block, lost; column: of today, 0 for gone.

    placed: a header that nobody knows, where one that is gone stood, over cells of its kind. doubtful: cells that the header's field cannot hold.
    """

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
            "placed": Text(
                f"「{self.before}」改名为「{self.wording}」（按位置和内容判断，请核对）",
                f"{self.before} is now called {self.wording} (judged by its place and cells)",
            ),
            "doubtful": Text(
                f"「{self.wording}」下面的内容不像{self.before}，请核对", f"the cells below {self.wording} do not look like {self.before}"
            ),
            "block": Text(
                f"多了并排的一块（{self.wording} 列），照「{self.before}」那一块读", f"one more block ({self.wording}), read like {self.before}"
            ),
            "lost": Text(f"少了并排的一块（{self.wording}）", f"a block is missing ({self.wording})"),
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
    wanted = Counter(key(c.wording) for c in tab.columns if c.wording)
    placed = Counter(key(c.wording) for c in tab.columns if c.wording and c.placed)
    deep = tab.header[1] - tab.header[0]
    best: tuple[float, Heading] | None = None
    for row, rows in ((r, d) for r in sorted(grid.rows)[: max(SEARCHED, tab.header[1] + 30)] for d in dict.fromkeys((deep, 0, 1))):
        heading: Heading | None
        if rows:
            heading = stacked(grid, row, row + rows)
        else:
            heading = Heading(row, row, {c.column: HeadCell(c.column, c.text.strip()) for c in grid.rows[row].values()})
        if heading is None:
            continue
        spread(grid, heading)
        have = Counter(key(h.text) for h in heading.heads.values())
        all_ = sum((wanted & have).values()) / max(1, sum(wanted.values()))
        core = sum((placed & have).values()) / max(1, sum(placed.values()))
        score = min(1.0, (all_ + core) / 2)
        if best is None or score > best[0]:
            best = (score, heading)
    return best


def key(text: str) -> str:
    """A header as compared over versions: 业主/姓名 in two rows is 业主姓名 in one."""
    return normal(text).replace("/", "")


def _laid(grid: Grid, similarity: float, tab: TabLayout, heading: Heading, propose: bool) -> Located:
    heading.spans = spans(grid, heading)
    inside = heading.inside()
    heading.heads = {c: h for c, h in heading.heads.items() if c in inside}
    serial = tuple(c.column for c in tab.columns if c.field == "own.serial")
    roles, profiles = roles_and_profiles(grid, heading, serial=serial)
    changes: list[Change] = []
    blocks = []
    for n, (first, last) in enumerate(heading.spans):
        old = tab.blocks[min(n, len(tab.blocks) - 1)]
        fresh = recognise_block(first, last, heading.heads, profiles, tab.tab)
        blocks.append(_block(old, fresh, changes if n < len(tab.blocks) else [], propose, profiles))
        if n >= len(tab.blocks):
            named = next((c.group or c.wording for c in old.columns if c.wording), "")
            changes.append(Change("block", f"{column_letters(first)}–{column_letters(last)}", named, first))
    changes += [Change("lost", "、".join(c.wording for c in b.columns if c.wording)) for b in tab.blocks[len(heading.spans) :]]
    layout = TabLayout(grid.tab.name, (heading.first, heading.last), blocks, True, tab.why)
    return Located(layout, Looked(layout, grid, heading, roles, profiles), similarity, changes)


def _block(old: BlockLayout, fresh: BlockLayout, changes: list[Change], propose: bool, profiles: Mapping[int, Profile]) -> BlockLayout:
    """Today's columns with what was confirmed of them."""
    known: dict[str, list[ColumnLayout]] = {}
    for name, column in _keyed(old):
        known.setdefault(name, []).append(column)
    columns: list[ColumnLayout] = []
    new: list[ColumnLayout] = []
    for name, column in _keyed(fresh):
        if known.get(name):
            before = known[name].pop(0)
            columns.append(replace(before, column=column.column, wording=column.wording, group=column.group))
            if before.placed and before.wording and (p := profiles.get(column.column)) and p.n >= 3 and fit(before.field, p, before.codes) == VETO:
                changes.append(Change("doubtful", column.wording, label(before.field), column.column))
        else:
            columns.append(column)
            new.append(column)
    order = [key(c.wording) for c in old.columns if c.wording]
    today = [key(c.wording) for c in columns if c.wording and c not in new]
    for column in columns:
        if column not in new and column.wording and _out_of_order(key(column.wording), order, today):
            changes.append(Change("moved", column.wording, column=column.column))
    gone = [c for left in known.values() for c in left if c.wording]
    for column in new:
        renamed = next((g for g in gone if g.field == column.field and g.slot == column.slot and g.placed and column.confidence >= HIGH - 0.1), None)
        if renamed is not None:
            gone.remove(renamed)
            column.codes = column.codes or renamed.codes
            column.relation = column.relation or renamed.relation
            changes.append(Change("renamed", column.wording, renamed.wording, column.column))
        elif (stood := _in_its_place(column, columns, gone, old, profiles)) is not None:
            gone.remove(stood)
            column.field, column.slot, column.relation, column.codes = stood.field, stood.slot, stood.relation, stood.codes
            changes.append(Change("placed", column.wording, stood.wording, column.column))
        else:
            if column.wording:
                changes.append(Change("added", column.wording, label(column.field), column.column))
            if not propose and column.placed:
                column.field = ""
    changes.extend(Change("gone", g.wording) for g in gone if g.placed)
    return BlockLayout(fresh.first, fresh.last, columns, old.family)


def _in_its_place(
    column: ColumnLayout, today: list[ColumnLayout], gone: list[ColumnLayout], old: BlockLayout, profiles: Mapping[int, Profile]
) -> ColumnLayout | None:
    """The column that is gone and stood where this one stands now, between the same neighbours, if its cells are of that kind."""
    if column.confidence >= 0.6 and is_register(column.field):
        return None
    p = profiles.get(column.column, Profile())
    at = today.index(column)
    for was in (g for g in gone if g.placed):
        place = old.columns.index(was)
        left = key(old.columns[place - 1].wording) if place else ""
        right = key(old.columns[place + 1].wording) if place + 1 < len(old.columns) else ""
        here_left = key(today[at - 1].wording) if at else ""
        here_right = key(today[at + 1].wording) if at + 1 < len(today) else ""
        if left == here_left and right == here_right and p.n >= 3 and fit(was.field, p, was.codes) >= 0.3:
            return was
    return None


def _keyed(block: BlockLayout) -> list[tuple[str, ColumnLayout]]:
    """Columns by wording; one without a header by the wording to its left."""
    out = []
    left, away = "", 0
    for column in block.columns:
        if column.wording:
            left, away = key(column.wording), 0
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
