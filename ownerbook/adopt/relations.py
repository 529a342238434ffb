"""Houses in one tab, owners in another, joined by the owner's number: the owners get the houses that name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ownerbook.adopt.layout import TabLayout
from ownerbook.register.register import Fact
from ownerbook.schema.cells import Cells, Kind, Pool
from ownerbook.schema.table import number_as_typed
from ownerbook.schema.words import Text
from ownerbook.workbook.assembly import Block


@dataclass(frozen=True, slots=True)
class Link:
    """A house that names its owner by number. workbook, tab, row and column: of the number."""

    house: str
    number: str
    workbook: str
    tab: str
    row: int
    column: int


@dataclass(slots=True)
class Relations:
    """What was read so far of houses that name their owners, and of owners without houses."""

    links: list[Link] = field(default_factory=list)
    owners: list[Block] = field(default_factory=list)

    def join(self, pool: Pool) -> list[Fact]:
        """Give every owner without a house the houses that name them; one with several gets a row for each."""
        houses: dict[str, list[str]] = {}
        for link in self.links:
            if link.house not in houses.setdefault(link.number, []):
                houses[link.number].append(link.house)
        known: set[str] = set()
        for block in self.owners:
            known |= _fill(block, houses, pool)
        return self._facts(known)

    def _facts(self, known: set[str]) -> list[Fact]:
        out = []
        for workbook, tab in dict.fromkeys((x.workbook, x.tab) for x in self.links):
            here = [x for x in self.links if (x.workbook, x.tab) == (workbook, tab)]
            unknown = [x for x in here if x.number not in known]
            at = unknown[0] if unknown else here[0]
            told = f"{len(here) - len(unknown)} 套房按业主编号与业主表对上"
            told_en = f"{len(here) - len(unknown)} houses were joined with their owners by 业主编号"
            if unknown:
                told += f"，{len(unknown)} 套房写的业主编号在业主表里没有（如 {at.number}）"
                told_en += f"; {len(unknown)} name a number that no owner has (such as {at.number})"
            out.append(Fact("adopted-seen", workbook, tab, at.row, at.column, "houses", values={"seen": Text(told, told_en)}))
        return out


def _fill(block: Block, houses: dict[str, list[str]], pool: Pool) -> set[str]:
    """Put the houses into an owners' block. Gives the owners' numbers."""
    numbers = block.cells.get("owner_no")
    if numbers is None:
        return set()
    n = len(block.rows)
    said = [_text(numbers, i, pool) for i in range(n)]
    held = block.cells.get("house_no") or Cells.blank(n)
    wanted = [(i, houses.get(said[i], []) if held.kind[i] == Kind.BLANK else []) for i in range(n)]
    take = np.array([i for i, hs in wanted for _ in range(max(1, len(hs)))], np.int64)
    filled = [h for _, hs in wanted for h in (hs or [""])]
    cells = {f: Cells(c.kind[take], c.value[take], c.style[take], c.flag[take]) for f, c in block.cells.items()}
    column = cells.get("house_no") or Cells.blank(len(take))
    for at, house in enumerate(filled):
        if house:
            column.kind[at], column.value[at] = Kind.TEXT, pool.add(house)
    cells["house_no"] = column
    block.cells, block.rows = cells, block.rows[take]
    block.of = block.of[take] if block.of is not None else None
    return set(said)


def _text(cells: Cells, at: int, pool: Pool) -> str:
    kind, value = int(cells.kind[at]), float(cells.value[at])
    if kind in (Kind.TEXT, Kind.ERROR):
        return pool.text(int(value)).strip()
    return number_as_typed(value) if kind == Kind.NUMBER else ""


def told(layouts: Sequence[TabLayout]) -> list[list[Text]]:
    """For each tab, how it hangs together with the others by 业主编号, for staff before they confirm."""
    named, naming = [], []
    for n, tab in enumerate(layouts):
        fields = {c.field for c in tab.columns if c.placed}
        if not tab.use or "owners.owner_no" not in fields:
            continue
        house = bool({"houses.house_no", "houses.room"} & fields)
        if house and not {"owners.name", "owners.phone", "owners.id_no"} & fields:
            naming.append(n)
        elif not house and "owners.name" in fields:
            named.append(n)
    out: list[list[Text]] = [[] for _ in layouts]
    for n in naming:
        others = "、".join(f"「{layouts[m].tab}」" for m in named)
        out[n].append(
            Text(f"有房号和业主编号，没有业主：读取时按业主编号与{others}对上", f"houses with 业主编号: joined with {others} by that number")
            if named
            else Text(
                "有业主编号，没有业主姓名，也没有另一张写着业主编号和姓名的表：请把那张表一并采用，否则这些房屋没有业主",
                "names owners by number only, and no tab says who they are: adopt that tab too",
            )
        )
    for n in named:
        others = "、".join(f"「{layouts[m].tab}」" for m in naming)
        out[n].append(
            Text(f"没有房号：读取时按业主编号从{others}补上房号", f"has no house numbers: they come from {others} by 业主编号")
            if naming
            else Text(
                "有业主编号，没有房号，也没有写着房号和业主编号的表：请把房屋表或关系表一并采用，否则这些业主没有房号",
                "owners without houses, and no tab joins them: adopt the sheet of houses or of relations too",
            )
        )
    return out
