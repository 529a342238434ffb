"""A developer's list of houses handed over, read: our own sheet filled in, or the developer's own columns as far as they are certain.

A column that is not certain is told and left alone; a cell that cannot be taken keeps its house out and is told with its place. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from ownerbook.adopt.fields import label
from ownerbook.adopt.grid import Grid
from ownerbook.adopt.heads import Head, Heading
from ownerbook.adopt.layout import HIGH, BlockLayout, ColumnLayout, TabLayout
from ownerbook.adopt.looking import Looked, look_at, roles_and_profiles
from ownerbook.adopt.reading import Reading, Record, read_tab
from ownerbook.identifiers import dates
from ownerbook.identifiers.damage import is_blank
from ownerbook.jobs.batch_cells import paper_lines, ref, some_rows, values_of
from ownerbook.procedures.batch import HandoverList, HandoverRow
from ownerbook.procedures.registration import Line
from ownerbook.reconcile.change import Origin, Said
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.forms.handover_list import (
    CHECKER,
    CLERK,
    COLUMNS,
    DAY,
    KIND,
    LABELS,
    NOTE,
    PAPER_HEAD,
    PROJECT_PROPERTY,
    SINCE,
    heads,
)
from ownerbook.schema.cells import Kind, Pool, Styles
from ownerbook.schema.kinds import Choice
from ownerbook.schema.words import Text
from ownerbook.workbook.book import Book, Tab
from ownerbook.workbook.headers import recognise

if TYPE_CHECKING:
    from ownerbook.register.policy import Policy

_TITLED = re.compile(r"交房|交付|交楼|收楼|入伙")
_FIELDS = {h: f for h, f, _ in (*COLUMNS, NOTE)}
_NEEDED = (("houses.house_no", "房号"), ("owners.name", "业主姓名"), ("owners.id_no", "证件号码"), ("owners.phone", "联系电话"))
_TABLE_ROWS = 60  # rows in which the header of our own sheet is looked for


def is_handover(book: Book, pool: Pool, styles: Styles) -> bool:
    """Whether a file is such a list by itself: made by us, with the headers of ours, or one that calls itself so and names houses and people."""
    if book.properties.get("ownerbook.kind", "") == KIND:
        return True
    if book.properties.get("ownerbook.kind", ""):
        return False
    small = [t for t in book.tabs if not t.hidden and len(t.cells.row)]
    if any(_our_header(t, pool) for t in small):
        return True
    if any(recognise(t, pool) is not None for t in small):
        return False  # a sheet of the register
    return any(_calls_itself(book, t, pool) and _looked(t, book, pool, styles) is not None for t in small)


def handover_list(
    book: Book, pool: Pool, styles: Styles, origin: Origin, policy: Policy, *, workspace: str, clerk: str = "", day: date | None = None
) -> HandoverList:
    """Read a list. policy: of the register; workspace: the community's name; clerk, day: where the list does not say them. Raises nothing for
    what stands in it."""
    out = HandoverList(origin, clerk=clerk, day=day)
    project = book.properties.get(PROJECT_PROPERTY, "")
    if project and project != policy.project:
        zh = f"这份清单是为项目 {project} 开的，本项目是 {policy.project}，没有采用"
        return replace(out, refused=(Text(zh, f"the list was made for the project {project}; this one is {policy.project}"),))
    reading = _Reading(book, pool, styles, policy, workspace)
    for tab in book.tabs:
        if not tab.hidden and len(tab.cells.row):
            reading.tab(tab)
    if not reading.used and not reading.refused:
        reading.refused.append(Text("没有认出交房清单的表头（房号、业主姓名、证件号码、联系电话）", "no header of such a list is found"))
    for name, value in reading.above.items():
        if name == CLERK:
            out = replace(out, clerk=value[0] or clerk)
        elif name == DAY:
            out = replace(out, day=value[1] or day)
        elif name == SINCE:
            out = replace(out, since=value[1])
    return replace(out, rows=tuple(reading.rows()), refused=tuple(reading.refused), notes=tuple(reading.notes))


def _our_header(tab: Tab, pool: Pool) -> int:
    """The row that holds the headers of our sheet, 0 for none."""
    wanted, found = set(heads()), dict[int, int]()
    c = tab.cells
    for i in range(min(len(c.row), 4000)):
        if c.row[i] > _TABLE_ROWS:
            break
        if c.kind[i] == Kind.TEXT and pool.text(int(c.value[i])).strip().partition("\n")[0] in wanted:
            found[int(c.row[i])] = found.get(int(c.row[i]), 0) + 1
    best = max(found, key=lambda r: found[r], default=0)
    return best if best and found[best] >= 0.7 * len(wanted) else 0


def _calls_itself(book: Book, tab: Tab, pool: Pool) -> bool:
    if _TITLED.search(book.path.stem) or _TITLED.search(tab.name):
        return True
    c = tab.cells
    first = [i for i in range(min(len(c.row), 40)) if c.row[i] <= 3 and c.kind[i] == Kind.TEXT]
    alone = [i for i in first if sum(c.row[k] == c.row[i] for k in first) <= 2]
    return any(_TITLED.search(pool.text(int(c.value[i]))) and "日期" not in pool.text(int(c.value[i])) for i in alone)


def _looked(tab: Tab, book: Book, pool: Pool, styles: Styles) -> Looked | None:
    """A tab in the developer's own columns, None for one that names no houses and people."""
    found = look_at(tab, pool, styles, date1904=book.date1904)
    fields = {c.field for c in found.layout.columns if c.placed and c.confidence >= HIGH}
    return found if found.layout.use and "owners.name" in fields else None


@dataclass
class _Group:
    """All rows of one house. hows: how each row names it; cells: the cell of each field of the house."""

    house: str
    rows: list[int] = field(default_factory=list)
    merged: set[int] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)
    place: str = ""


class _Reading:
    """Takes the tabs of a list one after another."""

    def __init__(self, book: Book, pool: Pool, styles: Styles, policy: Policy, workspace: str) -> None:
        self.book, self.pool, self.styles, self.policy, self.workspace = book, pool, styles, policy, workspace
        self.refused: list[Text] = []
        self.notes: list[Text] = []
        self.above: dict[str, tuple[str, date | None]] = {}
        self.used = 0
        self._made: list[HandoverRow] = []

    def rows(self) -> list[HandoverRow]:
        """A house each; one that stands on two tabs is doubled on both."""
        at: dict[str, list[int]] = {}
        for n, row in enumerate(self._made):
            at.setdefault(self._canonical(row.house), []).append(n)
        for house, places in at.items():
            if house and len(places) > 1:
                for n in places:
                    others = tuple(self._made[k].place for k in places if k != n)
                    self._made[n] = replace(self._made[n], doubled=(*self._made[n].doubled, *others))
        return self._made

    def _canonical(self, house: str) -> str:
        return self.policy.house_format.canonical(house.strip()) or house.strip()

    def tab(self, tab: Tab) -> None:
        """Read a tab; one without houses and people is told where it is not the only one."""
        header = _our_header(tab, self.pool)
        looked = self._ours(tab, header) if header else _looked(tab, self.book, self.pool, self.styles)
        if looked is None or looked.heading is None:
            if len(self.book.tabs) > 1:
                self.notes.append(Text(f"「{tab.name}」没有认出房屋和业主，没有读", f"{tab.name}: no houses and owners are found; not read"))
            return
        grid, heading, layout = looked.grid, looked.heading, looked.layout
        if not header and not self._certain(layout):
            return
        self.used += 1
        self._head(grid, heading)
        reading = read_tab(grid, heading, looked.roles, layout, converting=True)
        papers = self._papers(heading)
        strange = self._strange(grid, looked, layout)
        groups = self._groups(tab, reading, strange)
        self._facts(tab, looked, groups)
        loose = self._leftovers(tab, reading, layout, set(papers), looked.roles)
        for group in groups:
            self._made.append(self._house(tab, grid, group, papers, bool(header), loose))

    def _ours(self, tab: Tab, header: int) -> Looked:
        grid = Grid(tab, self.pool, self.styles, date1904=self.book.date1904)
        names = {c: cell.text.strip().partition("\n")[0] for c, cell in grid.rows[header].items()}
        last = max(names)
        heading = Heading(header, header, {c: Head(c, t) for c, t in names.items()}, [(1, last)])
        columns, given = [], set[str]()
        for c, text in sorted(names.items()):
            f = _FIELDS.get(text, "")
            if f and f in given:
                self.notes.append(Text(f"{tab.name}：表头「{text}」有两列，只读第一列", f"{tab.name}: {text} heads two columns; the first is read"))
                f = ""
            given.add(f)
            columns.append(ColumnLayout(c, text, f, confidence=1.0 if f else 0.0))
        layout = TabLayout(tab.name, (header, header), [BlockLayout(1, last, columns, "property")], True)
        roles, profiles = roles_and_profiles(grid, heading)
        return Looked(layout, grid, heading, roles, profiles)

    def _certain(self, layout: TabLayout) -> bool:
        """Leaves what is not certain alone, and says so. False where a column that every registration needs is not certain."""
        given = {c.field for c in layout.columns if c.confidence >= HIGH}
        for c in layout.columns:  # a standard header is what we ask for; its cells are judged one by one all the same
            f = _FIELDS.get(c.wording.strip(), "")
            if f not in given and f in dict(_NEEDED) and c.confidence < HIGH:
                c.field, c.confidence = f, 1.0
                given.add(f)
        unsure = [c for c in layout.columns if c.placed and c.confidence < HIGH]
        for c in unsure:
            name = label(c.field).replace("·", "的")
            zh = f"{layout.tab}：「{c.wording}」像是{name}，不能确定，没有采用；是的话请把表头改成标准列名再交来"
            self.notes.append(Text(zh, f"{layout.tab}: {c.wording} may be {c.field} but that is not certain; rename the header and hand it in again"))
            c.field = ""
        fields = {c.field for c in layout.columns}
        if "houses.room" in fields and ("houses.building" in fields or "houses.house_no" not in fields):
            fields.add("houses.house_no")
        lacking = [zh for f, zh in _NEEDED if f not in fields]
        if lacking:
            zh = f"{layout.tab}：没有确定的「{'、'.join(lacking)}」列，没有采用；请用「开发商交房清单」模板，或把表头改成这些列名"
            self.refused.append(Text(zh, f"{layout.tab}: no certain column for {', '.join(lacking)}; use our list, or name the headers so"))
        unused = [c.wording for c in layout.columns if not c.placed and c.wording and c not in unsure and not c.wording.startswith(PAPER_HEAD)]
        told = [w for w, c in ((c.wording, c) for c in layout.columns) if w in unused and c.field != "own.serial" and not self._paper_of(w)]
        if told:
            self.notes.append(Text(f"{layout.tab}：没有用到的列：{'、'.join(told)}", f"{layout.tab}: columns that are not used: {', '.join(told)}"))
        return not lacking

    def _head(self, grid: Grid, heading: Heading) -> None:
        """What the cells above the table say once for all houses."""
        for row in sorted(r for r in grid.rows if r < heading.first):
            cells = [grid.rows[row][c] for c in sorted(grid.rows[row])]
            for n, cell in enumerate(cells[:-1]):
                name, beside = cell.text.strip().partition("\n")[0].rstrip("\uff1a:"), cells[n + 1].text.strip()
                if name in LABELS and beside not in LABELS and not is_blank(beside):
                    day = dates.day_of(beside) if name in (DAY, SINCE) else None
                    if name in (DAY, SINCE) and day is None:
                        zh = f"{grid.tab.name}!{ref(cells[n + 1])}：{name}「{beside}」不是日期，没有采用"
                        self.refused.append(Text(zh, f"{grid.tab.name}!{ref(cells[n + 1])}: {beside} is no day"))
                    self.above.setdefault(name, (beside, day))

    def _paper_of(self, head: str) -> str:
        """The kind of paper that a header names exactly, '' for none."""
        name = head.strip().partition("\n")[0].removeprefix(PAPER_HEAD)
        kind = BY_FIELD["documents"].by_field["doc_type"].kind
        return name if isinstance(kind, Choice) and name in (*kind.values, *self.policy.more_papers) else ""

    def _papers(self, heading: Heading) -> dict[int, str]:
        """Column → the kind of paper whose header it is."""
        return {c: name for c, h in heading.heads.items() if h.text not in _FIELDS and (name := self._paper_of(h.own))}

    def _strange(self, grid: Grid, looked: Looked, layout: TabLayout) -> dict[int, str]:
        """Row → the community that it names, where that is another one than ours."""
        column = next((c.column for c in layout.columns if c.field == "own.community"), None)
        ours = self.workspace.strip()
        if column is None or not ours:
            return {}
        named = {r: cell.text.strip() for r in looked.data_rows if (cell := grid.merged(r, column)) is not None and not is_blank(cell.text)}
        return {r: t for r, t in named.items() if t not in ours and ours not in t and t.upper() != str(self.policy.project).upper()}

    def _groups(self, tab: Tab, reading: Reading, strange: Mapping[int, str]) -> list[_Group]:
        """Records by house, in the order of the list; rows without a house stand alone."""
        by: dict[str, _Group] = {}
        by_row: dict[int, str] = {}
        for record in reading.records:
            if record.sheet not in ("houses", "owners", "household"):
                continue
            house = record.values.get("house_no")
            if house is None and record.row in by_row:
                name = by_row[record.row]
            else:
                name = self._canonical(house.text) if house is not None else f"\x00{record.row}"
            by_row.setdefault(record.row, name)
            group = by.setdefault(name, _Group("" if house is None else house.text))
            if record.row not in group.rows:
                group.rows.append(record.row)
            if house is not None and house.cell.row != record.row:
                group.merged.add(record.row)
            group.place = group.place or f"{tab.name}!{ref(house.cell if house is not None else next(iter(record.values.values())).cell)}"
            group.records.append(record)
        out = []
        dropped: dict[str, int] = {}
        for group in by.values():
            others = {strange[r] for r in group.rows if r in strange}
            if others:
                dropped[next(iter(others))] = dropped.get(next(iter(others)), 0) + 1
            else:
                out.append(group)
        for name, n in dropped.items():
            zh = f"{tab.name}：{n} 户写的是「{name}」，不是本项目（{self.workspace}），没有采用"
            self.notes.append(Text(zh, f"{tab.name}: {n} houses are of {name}, not of {self.workspace}; left out"))
        return out

    def _facts(self, tab: Tab, looked: Looked, groups: list[_Group]) -> None:
        """Hidden rows and rows that are no houses."""
        used = {r for g in groups for r in g.rows}
        hidden = sorted(used & {int(r) for r in tab.hidden_rows})
        if hidden:
            zh = f"{tab.name}：第 {some_rows(hidden)} 行是隐藏的，也读了"
            self.notes.append(Text(zh, f"{tab.name}: hidden rows were read too: {some_rows(hidden)}"))
        first = looked.heading.last if looked.heading else 0
        said_ = {"subtotal": Text("合计行", "totals"), "again": Text("重复的表头", "headers again"), "example": Text("示例行", "examples")}
        rest: dict[str, list[int]] = {}
        for row, role in looked.roles.items():
            if row > first and role not in ("data", "serial", "header"):
                rest.setdefault(role, []).append(row)
        for role, rows in rest.items():
            words = said_.get(role, Text("说明或另一张表", "notes or another table"))
            if role not in ("section",):
                zh = f"{tab.name}：第 {some_rows(rows)} 行是{words.zh}，没有读"
                self.notes.append(Text(zh, f"{tab.name}: rows {some_rows(rows)}: {words.en}; not read"))

    def _leftovers(self, tab: Tab, reading: Reading, layout: TabLayout, papers: set[int], roles: Mapping[int, str]) -> dict[int, list[Text]]:
        """Row → parts of its cells that could not be placed, though their column is one that counts."""
        used = {c.column for c in layout.columns if c.placed}
        out: dict[int, list[Text]] = {}
        for left in reading.leftovers:
            if left.cell.column not in used or left.cell.column in papers or roles.get(left.cell.row) != "data" or left.reason.startswith("占位符"):
                continue
            zh = f"{tab.name}!{ref(left.cell)}：{left.header}：{left.reason}，请写清楚"
            out.setdefault(left.cell.row, []).append(Text(zh, f"{tab.name}!{ref(left.cell)}: {left.header}: not everything in it can be placed"))
        return out

    def _house(self, tab: Tab, grid: Grid, group: _Group, papers: Mapping[int, str], ours: bool, loose: Mapping[int, list[Text]]) -> HandoverRow:
        against = [t for r in group.rows for t in loose.get(r, [])]
        of_house: dict[str, Said] = {}
        cells: dict[str, str] = {}
        people: dict[str, list[tuple[int, Line, dict[str, str]]]] = {"owners": [], "household": []}
        for record in group.records:
            values, at = values_of(tab, record, self.book.date1904, against)
            if record.sheet == "houses":
                for f, s in values.items():
                    if f in of_house and of_house[f].text != s.text and f != "house_no":
                        header = BY_FIELD["houses"].by_field[f].header
                        against.append(Text(f"{at[f]}：同一套房的{header.zh}前后不同", f"{at[f]}: {header.en} differs within the house"))
                    of_house.setdefault(f, s)
                    cells.setdefault(f, at[f])
            elif values.keys() - {"house_no"}:
                line = Line({f: s for f, s in values.items() if f != "house_no"}, at.get("name") or next(iter(at.values())))
                people[record.sheet].append((record.row, line, at))
        owners, doubled = self._owners(tab, group, people["owners"])
        numbers: dict[tuple[str, int], str] = {(f, n): at[f] for n, (_, _, at) in enumerate(owners) for f in ("id_no", "phone") if f in at}
        if owners and "share" in owners[0][2]:
            cells["share"] = owners[0][2]["share"]
        return HandoverRow(
            group.house,
            group.place,
            of_house,
            cells,
            tuple(n for _, n, _ in owners),
            tuple(n for _, n, _ in people["household"]),
            tuple(paper_lines(tab, grid, group.rows, papers, self.above.get(CHECKER, ("", None))[0], ours, against)),
            numbers,
            tuple(against),
            doubled,
        )

    def _owners(
        self, tab: Tab, group: _Group, found: list[tuple[int, Line, dict[str, str]]]
    ) -> tuple[list[tuple[int, Line, dict[str, str]]], tuple[str, ...]]:
        """The owners of a house, each once. Rows that name it again without a merge are co-owners only where every share is written and
        the rows stand together; else what they are is asked."""
        seen: dict[tuple[str, str], tuple[int, Line, dict[str, str]]] = {}
        same = 0
        for row, line, at in found:
            key = (line.text("id_no"), line.text("name"))
            if key in seen and {f: s.text for f, s in seen[key][1].values.items()} == {f: s.text for f, s in line.values.items()}:
                same += 1
                continue
            seen.setdefault((*key, str(row))[:2] if key not in seen else (f"{key[0]}#{row}", key[1]), (row, line, at))
        if same:
            zh = f"{group.place}：{group.house} 有 {same} 行与前面的相同，只算一次"
            self.notes.append(Text(zh, f"{group.place}: {same} rows say the same again"))
        owners = list(seen.values())
        again = [r for r in group.rows if r not in group.merged]
        rows = {r for r, _, _ in owners}
        apart = [r for r in again if r in rows]
        together = max(group.rows) - min(group.rows) + 1 == len(group.rows)
        shared = all(n.text("share") for _, n, _ in owners)
        if len(apart) > 1 and not (together and shared):
            return owners, tuple(f"{tab.name} 第 {r} 行" for r in apart[1:])
        return owners, ()
