"""Read a tab through its layout: rows of the register, each value with its cell; and whatever could not be placed.

Every filled cell below the header is either placed or left over; nothing is lost on the way.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ownerbook.adopt import houses
from ownerbook.adopt.fields import OWN, column_of
from ownerbook.adopt.grid import Cell, Grid
from ownerbook.adopt.heads import Heading
from ownerbook.adopt.layout import BlockLayout, ColumnLayout, TabLayout
from ownerbook.adopt.people import Left, Part, Someone, document_type, split
from ownerbook.adopt.rows import ROLES
from ownerbook.identifiers.damage import is_blank
from ownerbook.identifiers.owners_cell import OWNER, RELATIONS
from ownerbook.schema.kinds import Choice

_PERSONAL = ("name", "phone", "phone2", "id_no", "id_type", "id_until", "address", "email", "share")
_HOUSE_PARTS = ("house_no", "building", "unit", "room", "note")
_KNOWN_RELATIONS = ("配偶", "子女", "父母", "兄弟姐妹", "祖孙", "其他亲属", "租户", "其他")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row: its cell, and how it came out of it: '' as it stands, split, joined, code, header, merged."""

    cell: Cell
    text: str
    how: str = ""

    @property
    def whole(self) -> bool:
        """The cell as it stands (in a merge, the anchor's)."""
        return self.how in ("", "merged")


@dataclass(slots=True)
class Record:
    """One row of a sheet of the register. row: of the ledger; block and slot: where it came from; extra: not the first person of a cell."""

    sheet: str
    row: int
    values: dict[str, Value]
    block: int = 0
    slot: int = 1
    extra: bool = False


@dataclass(slots=True)
class Leftover:
    """A cell, or a part of one, that could not be placed."""

    cell: Cell
    header: str
    text: str
    reason: str


@dataclass(slots=True)
class Reading:
    """A tab, read. placed: places of cells in the tab's arrays."""

    records: list[Record] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    placed: set[int] = field(default_factory=set)
    links: list[tuple[Value, Value]] = field(default_factory=list)  # a house, and the number of its owner, who stands elsewhere


def read_tab(grid: Grid, heading: Heading, roles: dict[int, str], layout: TabLayout, *, converting: bool = False) -> Reading:
    """Read every row of data.

    converting: also rows of 房屋 that hold nothing but the number, and every row of a house that several rows tell of.
    """
    out = Reading()
    tab_says = surroundings(grid, heading, roles)
    for n, block in enumerate(layout.blocks):
        reader = _Block(grid, block, n, out, converting, tab_says)
        section = houses.Around()
        for row in sorted(roles):
            if roles[row] == "section":
                section = houses.around(" ".join(c.text for c in grid.rows[row].values()))
            elif roles[row] == "data":
                reader.read(row, section)
    _leave(grid, heading, roles, layout, out)
    return out


def surroundings(grid: Grid, heading: Heading, roles: dict[int, str]) -> houses.Around:
    """The building and unit that the tab's name says, else the titles above the table."""
    said = houses.around(grid.tab.name)
    if said.building:
        return said
    above = [r for r in sorted(grid.rows) if r < heading.first and roles.get(r) in ("title", "note")]
    return houses.of_titles(c.text for r in above for c in grid.rows[r].values())


class _Block:
    """The columns of one block, and what was read of them so far."""

    def __init__(self, grid: Grid, block: BlockLayout, number: int, out: Reading, converting: bool, tab_says: houses.Around) -> None:
        self.grid, self.block, self.number, self.out, self.converting = grid, block, number, out, converting
        self.columns: dict[str, dict[int, ColumnLayout]] = {}
        for column in block.columns:
            if column.placed:
                self.columns.setdefault(column.field, {}).setdefault(column.slot, column)
        fed = {c.field.partition(".")[2] for c in block.columns if c.field.startswith("houses.")}
        self.feeds_houses = (
            bool(fed - set(_HOUSE_PARTS)) or (converting and "houses.house_no" in self.columns) or (converting and "houses.room" in self.columns)
        )
        self.names_people = any(c.field in ("owners.name", "owners.phone", "owners.id_no") for c in block.columns)
        self.others: list[Someone] = []
        self.known_houses: dict[str, Record] = {}
        self.tab_says = (self._group_says() or tab_says) if self._needs_building() else houses.Around()
        self.unit_first = bool(self.tab_says.building) and self._unit_first()

    def _house_cells(self) -> list[Cell]:
        column = self._column("houses.house_no") or self._column("houses.room")
        return [r[column.column] for r in self.grid.rows.values() if column and column.column in r][:300]

    def _group_says(self) -> houses.Around | None:
        """The building that stands over the block: 1栋 over 房号, 业主, 电话."""
        column = self._column("houses.house_no") or self._column("houses.room")
        said = houses.around(column.group) if column else houses.Around()
        return said if said.building else None

    def _needs_building(self) -> bool:
        return "houses.building" not in self.columns

    def _unit_first(self) -> bool:
        texts = [c.text.strip() for c in self._house_cells()]
        two = [t for t in texts if houses.with_unit(t, "1")]
        same = sum(t.split("-")[0] == self.tab_says.building for t in two)
        return len(two) > 0.5 * max(1, len(texts)) and same < 0.3 * len(two)

    def _column(self, name: str, slot: int = 1) -> ColumnLayout | None:
        return self.columns.get(name, {}).get(slot)

    def _value(self, row: int, column: ColumnLayout) -> Value | None:
        cell = self.grid.merged(row, column.column)
        if cell is None:
            return None
        how = "" if cell.row == row else "merged"
        text = cell.text.strip()
        meant = column.codes.get(text)
        if meant is not None and _takes(column.field, meant):
            return Value(cell, meant, "code")
        return Value(cell, text, how)

    def read(self, row: int, section: houses.Around) -> None:
        """Read one row."""
        if self.block.family and self.block.family != "property":
            self._plain(row)
            return
        house = self._house(row, section)
        self._house_record(row, house)
        first = len(self.out.records)
        self.others.clear()
        for sheet in ("owners", "household"):
            slots = sorted({s for f, by in self.columns.items() if f.startswith(sheet + ".") for s in by})
            for slot in slots:
                self._people(row, sheet, slot, house)
        for someone in self.others:
            self._elsewhere(someone, self.out.records[first:])

    def _elsewhere(self, someone: Someone, records: list[Record]) -> None:
        """A number beside a name goes to whoever of the row has that name; where nobody has, it is left over."""
        name = someone.parts["name"].text if "name" in someone.parts else ""
        record = next((r for r in records if "name" in r.values and r.values["name"].text == name), None)
        for attribute, part in someone.parts.items():
            if attribute == "name" and record is not None:
                continue
            if record is None or attribute in record.values or column_of(f"{record.sheet}.{attribute}") is None:
                self._left(Left(part.cell, part.text, "号码旁写着另一个人"))
                continue
            record.values[attribute] = _value_of(part, record.row)
            self.out.placed.add(part.cell.at)
            if attribute == "id_no" and "id_type" not in record.values and (kind := document_type(part.text, "")):
                record.values["id_type"] = Value(part.cell, kind, "header")

    def _plain(self, row: int) -> None:
        values = {}
        for name, by_slot in self.columns.items():
            value = self._value(row, by_slot[1]) if 1 in by_slot else None
            if value is not None:
                values[name.partition(".")[2]] = value
        if values:
            self._keep(Record(self.block.family, row, values, self.number))

    def _house(self, row: int, section: houses.Around) -> Value | None:
        column = self._column("houses.house_no") or self._column("houses.room")
        value = self._value(row, column) if column else None
        if value is None:
            return None
        parts = {name: self._text(row, f"houses.{name}") for name in ("building", "unit")}
        building = parts["building"] or section.building or self.tab_says.building
        unit = parts["unit"] or section.unit or self.tab_says.unit
        joined = houses.compose(value.text, building, unit)
        if joined is None and self.unit_first:
            joined = houses.with_unit(value.text, building)
        if joined is None:
            return value
        for name in ("building", "unit", "room"):
            self._place(row, f"houses.{name}")
        return Value(value.cell, joined, "joined")

    def _text(self, row: int, name: str) -> str:
        column = self._column(name)
        cell = self.grid.merged(row, column.column) if column else None
        return cell.text if cell else ""

    def _place(self, row: int, name: str) -> None:
        column = self._column(name)
        cell = self.grid.merged(row, column.column) if column else None
        if cell is not None:
            self.out.placed.add(cell.at)

    def _house_record(self, row: int, house: Value | None) -> None:
        if not self.feeds_houses:
            return
        values = {"house_no": house} if house is not None else {}
        for name, by_slot in self.columns.items():
            if name.startswith("houses.") and name != "houses.house_no" and (value := self._value(row, by_slot[1])) is not None:
                values[name.partition(".")[2]] = value
        if house is not None and house.whole and "room" in values and values["room"].cell is house.cell:
            del values["room"]  # a room cell that holds the whole number is the number, not a part of it
        if not values or set(values) <= {"note", "unit", "building"}:
            return
        if house is None:
            self._keep(Record("houses", row, values, self.number))
            return
        known = self.known_houses.get(house.text)
        fresh = {f: v for f, v in values.items() if known is None or (f in known.values and known.values[f].text != v.text)}
        if known is None:
            self.known_houses[house.text] = record = Record("houses", row, values, self.number)
            self._keep(record)
        elif fresh or self.converting:
            self._keep(Record("houses", row, values, self.number))
        else:  # the house was told by an earlier row; this one adds what is blank there
            for f, v in values.items():
                known.values.setdefault(f, v)
                self.out.placed.add(v.cell.at)

    def _people(self, row: int, sheet: str, slot: int, house: Value | None) -> None:
        cells: dict[str, Cell] = {}
        shared: dict[str, Value] = {}
        headers: dict[str, str] = {}
        relation = ""
        for name, by_slot in self.columns.items():
            attribute = name.partition(".")[2]
            if not name.startswith(sheet + ".") or slot not in by_slot:
                continue
            column = by_slot[slot]
            relation = relation or column.relation
            value = self._value(row, column)
            if value is None or is_blank(value.text):
                continue
            headers[attribute] = column.wording
            if attribute in _PERSONAL and value.how != "code":
                cells[attribute] = value.cell
            else:
                shared[attribute] = value
        if not {"name", "phone", "id_no"} & set(cells):
            if house is not None and "owner_no" in shared and not self.names_people:
                self.out.links.append((house, shared["owner_no"]))
                if self.converting:
                    self.out.placed.add(shared["owner_no"].cell.at)
            return
        found = split(cells, spare_phone=sheet == "owners")
        self.others += found.others
        for item in found.left:
            self._left(item)
        for n, person in enumerate(found.people):
            self._person(row, sheet, slot, house, person, shared, headers, relation, n)
        if not found.people:
            self._keep(Record(sheet, row, self._with_house(shared, house), self.number, slot))

    def _with_house(self, values: dict[str, Value], house: Value | None) -> dict[str, Value]:
        return ({"house_no": house} if house is not None else {}) | values

    def _person(
        self,
        row: int,
        sheet: str,
        slot: int,
        house: Value | None,
        person: Someone,
        shared: dict[str, Value],
        headers: dict[str, str],
        relation: str,
        n: int,
    ) -> None:
        said = person.relation if person.relation != OWNER else ""
        target, told = self._whose(row, sheet, said, shared)
        values = {a: _value_of(p, row) for a, p in person.parts.items() if column_of(f"{target}.{a}") is not None}
        for attribute, part in person.parts.items():
            if attribute not in values:
                self._left(Left(part.cell, part.text, "这一项没有对应的列"))
        values |= {a: v for a, v in shared.items() if column_of(f"{target}.{a}") is not None}
        relation = relation or told
        if target == "household" and "relation" not in values and (said or relation):
            at = person.relation_at or next(iter(person.parts.values())).cell
            values["relation"] = Value(at, said or relation, "split" if said else "header")
        if "id_no" in values and "id_type" not in values:
            kind = document_type(values["id_no"].text, headers.get("id_no", "") or "")
            if kind:
                values["id_type"] = Value(values["id_no"].cell, kind, "header")
        if target == "owners" and not self.feeds_houses and n == 0 and (column := self._column("houses.note")) is not None:
            note = self._value(row, column)
            if note is not None and "note" not in values:
                values["note"] = note
        self._keep(Record(target, row, self._with_house(values, house), self.number, slot, extra=n > 0 or target != sheet))

    def _whose(self, row: int, sheet: str, said: str, shared: dict[str, Value]) -> tuple[str, str]:
        """The sheet of a person, and the relation: by what the cell, 与业主关系 or the kind of resident says."""
        if sheet == "household":
            value = shared.get("relation")
            return ("owners", "") if value is not None and RELATIONS.get(value.text) == OWNER else ("household", "")
        if said in _KNOWN_RELATIONS:
            return "household", said
        column = next((c for c in self.block.columns if c.field == "own.person_kind"), None)
        cell = self.grid.merged(row, column.column) if column is not None else None
        if column is None or cell is None:
            return "owners", ""
        text = column.codes.get(cell.text.strip(), cell.text.strip())
        if "租" in text:
            return "household", "租户"
        if any(word in text for word in ("家庭成员", "家属", "亲属", "同住")):
            return "household", ""
        meant = RELATIONS.get(text, OWNER)
        return ("household", meant) if meant != OWNER else ("owners", "")

    def _keep(self, record: Record) -> None:
        self.out.records.append(record)
        self.out.placed.update(v.cell.at for v in record.values.values())

    def _left(self, item: Left) -> None:
        header = next((c.wording for c in self.block.columns if c.column == item.cell.column), "")
        self.out.leftovers.append(Leftover(item.cell, header, item.text, item.reason))
        self.out.placed.add(item.cell.at)


def _value_of(part: Part, row: int) -> Value:
    how = part.how or ("" if part.cell.row == row else "merged")
    return Value(part.cell, part.text, how)


def _takes(name: str, text: str) -> bool:
    column = column_of(name)
    return column is not None and (not isinstance(column.kind, Choice) or text in column.kind.values or text in column.kind.synonyms)


def _leave(grid: Grid, heading: Heading, roles: dict[int, str], layout: TabLayout, out: Reading) -> None:
    """Whatever is neither header nor placed is left over, with its reason."""
    by_column = {c.column: c for c in layout.columns}
    for row in sorted(grid.rows):
        role = roles.get(row, "note")
        if role == "header":
            for cell in grid.rows[row].values():
                if cell.column not in by_column:
                    out.leftovers.append(Leftover(cell, "", cell.text.strip(), "表外的文字"))
            continue
        for cell in grid.rows[row].values():
            if cell.at in out.placed:
                continue
            column = by_column.get(cell.column)
            if is_blank(cell.text):
                reason = "占位符，等于空"
            elif role != "data":
                reason = f"{ROLES.get(role, '说明')}行"
            elif column is None:
                reason = "表外的文字"
            elif column.placed:
                reason = "这一行没有可归入的房屋或人"
            elif column.field in OWN:
                reason = f"登记簿没有这一项（{OWN[column.field].zh}）"
            else:
                reason = "没有认出的列"
            out.leftovers.append(Leftover(cell, column.wording if column else "", cell.text.strip(), reason))
