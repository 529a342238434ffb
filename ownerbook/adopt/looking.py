"""Look at a workbook and say how it would be read. Pure: a book in, a proposal out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ownerbook.adopt import houses
from ownerbook.adopt.arrangement import arrangement
from ownerbook.adopt.columns import recognise_block
from ownerbook.adopt.grid import Grid
from ownerbook.adopt.heading import find_heading
from ownerbook.adopt.heads import Heading
from ownerbook.adopt.layout import HIGH, BlockLayout, BookLayout, TabLayout
from ownerbook.adopt.reading import surroundings
from ownerbook.adopt.rows import row_roles
from ownerbook.adopt.shapes import Profile, profile
from ownerbook.adopt.wordings import normal
from ownerbook.schema.cells import Pool, Styles
from ownerbook.workbook.book import Book, Tab


@dataclass(slots=True)
class Looked:
    """A tab, looked at. roles: what each row is; profiles: what each column's cells look like."""

    layout: TabLayout
    grid: Grid
    heading: Heading | None
    roles: dict[int, str] = field(default_factory=dict)
    profiles: dict[int, Profile] = field(default_factory=dict)

    @property
    def data_rows(self) -> list[int]:
        """The rows that hold data."""
        return [r for r, role in self.roles.items() if role == "data"]


def look(book: Book, pool: Pool, styles: Styles) -> tuple[BookLayout, list[Looked]]:
    """How each tab of a book would be read."""
    looked = [look_at(tab, pool, styles, date1904=book.date1904) for tab in book.tabs]
    return BookLayout(book.path.name, [x.layout for x in looked]), looked


def look_at(tab: Tab, pool: Pool, styles: Styles, *, date1904: bool = False) -> Looked:
    """How one tab would be read."""
    grid = Grid(tab, pool, styles, date1904=date1904)
    heading = find_heading(grid) if grid.rows else None
    why = arrangement(grid, heading) if grid.rows else ""
    if heading is None or why:
        why = why or ("空表" if not grid.rows else "没有找到表头")
        return Looked(TabLayout(tab.name, (0, 0), [], False, why), grid, None, dict.fromkeys(grid.rows, "note"))
    roles, profiles = roles_and_profiles(grid, heading)
    codes = explanations(grid, heading)
    blocks = [recognise_block(a, b, heading.heads, profiles, tab.name, codes) for a, b in heading.spans]
    use, why = matters(blocks, roles, surroundings(grid, heading, roles))
    if not use and "data" in roles.values():
        for column in (c for b in blocks for c in b.columns if c.placed and c.confidence >= HIGH):
            column.confidence, column.reasons = HIGH - 0.01, [*column.reasons, "整张表没有采用"]  # of another trade, words may mean something else
    return Looked(TabLayout(tab.name, (heading.first, heading.last), blocks, use, why), grid, heading, roles, profiles)


def roles_and_profiles(grid: Grid, heading: Heading, *, serial: tuple[int, ...] = ()) -> tuple[dict[int, str], dict[int, Profile]]:
    """What each row is, and what each column looks like; a row of nothing but its running number is no row."""
    serial = tuple({*serial, *(c for c in heading.heads if _counts(heading, c))})
    roles = row_roles(grid, heading, grid.tab.name, serial=serial)
    profiles = column_profiles(grid, heading, roles)
    running = tuple(c for c, p in profiles.items() if p.running and c in {a for a, _ in heading.spans} and c not in serial)
    if running:
        roles = row_roles(grid, heading, grid.tab.name, serial=(*serial, *running))
        profiles = column_profiles(grid, heading, roles)
    return roles, profiles


def _counts(heading: Heading, column: int) -> bool:
    return "".join(heading.heads[column].own.split()) in ("序号", "序", "No.", "NO", "No", "行号")


def explanations(grid: Grid, heading: Heading) -> dict[str, dict[str, str]]:
    """What notes beside the table say of codes: a cell that repeats a header, and to its right `1001 业主` in one cell or several."""
    wanted = {normal(h.own) for h in heading.heads.values()}
    out: dict[str, dict[str, str]] = {}
    current, inside = "", heading.inside()
    for row in sorted(grid.rows):
        if row <= heading.last:
            continue
        outside = [c for c in grid.rows[row].values() if c.column not in inside]
        named = next((normal(c.text) for c in outside if normal(c.text) in wanted), "")
        current = named or (current if outside and not any(normal(c.text) in ("说明", "注意") for c in outside) else "")
        if not current:
            continue
        said = " ".join(c.text for c in outside if normal(c.text) != current)
        pairs = re.findall(r"(?<![0-9])([0-9]{1,5})\s*[-、:.=]?\s*([\u4e00-\u9fff]{2,8})|([\u4e00-\u9fff]{2,8})\s*([0-9]{1,5})(?![0-9])", said)
        for code, word, word2, code2 in pairs:
            out.setdefault(current, {})[code or code2] = word or word2
    return {k: v for k, v in out.items() if len(v) >= 2}


def column_profiles(grid: Grid, heading: Heading, roles: dict[int, str]) -> dict[int, Profile]:
    """What the cells of each column look like, over the rows of data; of examples where there are no data."""
    wanted = [r for r, role in roles.items() if role == "data"] or [r for r, role in roles.items() if role == "example"]
    wanted = sorted(wanted)[:2000]
    out = {}
    for first, last in heading.spans:
        for column in range(first, last + 1):
            out[column] = profile(cell for r in wanted if (cell := grid.rows[r].get(column)) is not None)
    return out


def matters(blocks: list[BlockLayout], roles: dict[int, str], says: houses.Around) -> tuple[bool, str]:
    """Whether a tab is a part of the register, and why."""
    data = sum(role == "data" for role in roles.values())
    fields = {c.field for b in blocks for c in b.columns if c.placed and c.confidence >= 0.55}
    families = {b.family for b in blocks}
    if not data:
        return False, "没有数据行" if "example" not in roles.values() else "只有示例"
    if "property" in families:
        house = "houses.house_no" in fields or {"houses.building", "houses.room"} <= fields or {"houses.unit", "houses.room"} <= fields
        person = bool({"owners.name", "household.name"} & fields)
        contact = bool({"owners.phone", "owners.id_no", "household.phone", "household.id_no"} & fields)
        more = {c.field for b in blocks for c in b.columns if c.placed and c.confidence >= 0.75} - {
            "houses.house_no",
            "houses.building",
            "houses.unit",
            "houses.room",
            "houses.note",
        }
        over = any(houses.around(c.group).building for b in blocks for c in b.columns if c.field in ("houses.room", "houses.house_no"))
        named = "houses.room" in fields and bool(says.building or over or "section" in roles.values())
        if named and more:
            return True, "有室号，楼栋取自表名、标题或分段标题"
        if "houses.room" in fields and not house and person and more:
            return True, "有室号和业主，没有楼栋"
        if house and more:
            return True, "有房号" + ("和业主" if person or contact else "和房屋情况")
        if person and contact:
            return True, "有姓名和联系方式或证件，没有房号"
        return False, "没有房号、姓名可对应"
    other = next((f for f in families if f), "")
    if other and len(fields) >= 3:
        return True, "像登记簿的另一张表"
    return False, "与登记簿无关"
