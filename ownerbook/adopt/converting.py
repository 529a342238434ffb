"""A ledger as a clean register of our own layout: every value with its cell, and the rest kept as leftovers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ownerbook.adopt.fields import label
from ownerbook.adopt.grid import Cell, Grid
from ownerbook.adopt.layout import MIDDLE, TabLayout
from ownerbook.adopt.looking import Looked
from ownerbook.adopt.reading import Leftover, Reading, Record, Value, read_tab
from ownerbook.identifiers import dates, house_no
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.cells import Flag, Kind
from ownerbook.schema.finding import column_letters
from ownerbook.schema.kinds import Choice, Day, Measure
from ownerbook.schema.sheet import Column

HOW = {
    "": "原样",
    "merged": "合并单元格填充",
    "split": "一格几人拆开",
    "joined": "楼栋单元室合成",
    "code": "代码换成说法",
    "header": "表头说明的",
    "same": "与前面的行相同",
}
"""How a value came out of its cell, for staff."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A value written, and the cell that it came from. sheet, row and header: in the register; row counts as Excel does."""

    sheet: str
    row: int
    header: str
    workbook: str
    tab: str
    cell: str
    how: str
    found: str


@dataclass(frozen=True, slots=True)
class Rest:
    """A cell of a ledger, or a part of one, that has no place in the register."""

    workbook: str
    tab: str
    cell: str
    header: str
    text: str
    reason: str


@dataclass(slots=True)
class Converted:
    """tables: sheet name → rows by header. hidden: facts for staff."""

    tables: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    traces: list[Trace] = field(default_factory=list)
    rest: list[Rest] = field(default_factory=list)
    used: list[tuple[str, str, int]] = field(default_factory=list)  # workbook, tab, records


def sure(layout: TabLayout, least: float = MIDDLE) -> TabLayout:
    """A proposal as it may be used unconfirmed: columns that are not sure enough are left alone."""
    for column in layout.columns:
        if column.placed and column.confidence < least:
            column.field = ""
    return layout


class Converter:
    """Takes tabs one after another, and gives the register."""

    def __init__(self) -> None:
        self.out = Converted()
        self._houses: dict[str, int] = {}
        self._links: list[tuple[str, str, Value, Value]] = []

    def take(self, workbook: str, looked: Looked) -> None:
        """Read one tab. One that is not in use goes to the leftovers whole."""
        layout, grid = looked.layout, looked.grid
        if not layout.use or looked.heading is None:
            self._all_left(workbook, grid, f"没有采用的表({layout.why})" if layout.why else "没有采用的表")
            return
        reading = read_tab(grid, looked.heading, looked.roles, layout, converting=True)
        for record in reading.records:
            self._record(workbook, grid, layout, record, reading)
        self._links += [(workbook, grid.tab.name, house, owner) for house, owner in reading.links]
        self._leftovers(workbook, grid, reading)
        self.out.used.append((workbook, layout.tab, len(reading.records)))

    def done(self) -> Converted:
        """Put together what lies in different tabs, and give the register."""
        owners = self.out.tables.get("业主", [])
        by_number: dict[str, list[int]] = {}
        for i, row in enumerate(owners):
            if row.get("业主编号") and not row.get("房号"):
                by_number.setdefault(str(row["业主编号"]), []).append(i)
        for workbook, tab, house, owner in self._links:
            known = by_number.get(owner.text, [])
            at = next((i for i in known if not owners[i].get("房号")), None)
            if at is None and known:  # one owner of several houses: a further row
                owners.append(dict(owners[known[0]]) | {"房号": ""})
                at = len(owners) - 1
                self.out.traces += [
                    Trace(t.sheet, at + 2, t.header, t.workbook, t.tab, t.cell, t.how, t.found)
                    for t in [t for t in self.out.traces if t.sheet == "业主" and t.row == known[0] + 2 and t.header != "房号"]
                ]
            if at is None:
                self._rest(workbook, tab, owner.cell, "业主编号", owner.text, "没有这个编号的业主")
                continue
            owners[at]["房号"] = house.text
            self._trace("业主", at, "房号", workbook, tab, house, house.how)
            self._trace("业主", at, "业主编号", workbook, tab, owner, "same")
        return self.out

    def _record(self, workbook: str, grid: Grid, layout: TabLayout, record: Record, reading: Reading) -> None:
        sheet = BY_FIELD[record.sheet]
        values = {f: v for f, v in record.values.items() if f in sheet.by_field}
        for f, v in record.values.items():
            if f not in sheet.by_field:
                self._rest(workbook, layout.tab, v.cell, label(f"{record.sheet}.{f}"), v.text, "这张表没有这一列")
        rows = self.out.tables.setdefault(sheet.name, [])
        at = None
        if record.sheet == "houses" and "house_no" in values:
            key = house_no.canonical(values["house_no"].text) or values["house_no"].text
            at = self._houses.get(key)
            if at is None:
                self._houses[key] = len(rows)
        row = rows[at] if at is not None else {}
        if at is None:
            rows.append(row)
            at = len(rows) - 1
        for f, v in values.items():
            self._put(workbook, grid, layout.tab, sheet.name, row, at, sheet.by_field[f], v)

    def _put(self, workbook: str, grid: Grid, tab: str, sheet: str, row: dict[str, object], at: int, column: Column, value: Value) -> None:
        header = column.header.zh
        written = typed(column, value, grid.date1904)
        if written is None and value.how == "header":
            return  # what only the header says of an empty value is no content of its own
        if written is None:
            self._rest(workbook, tab, value.cell, header, value.text, _why(column, value))
        elif header not in row:
            row[header] = written
            self._trace(sheet, at, header, workbook, tab, value, value.how)
        elif row[header] == written:
            self._trace(sheet, at, header, workbook, tab, value, "same")
        else:
            self._rest(workbook, tab, value.cell, header, value.text, "同一套房前面的行写的不同")

    def _leftovers(self, workbook: str, grid: Grid, reading: Reading) -> None:
        for left in reading.leftovers:
            self._left(workbook, grid.tab.name, left)

    def _left(self, workbook: str, tab: str, left: Leftover) -> None:
        self._rest(workbook, tab, left.cell, left.header, left.text, left.reason)

    def _all_left(self, workbook: str, grid: Grid, reason: str) -> None:
        for cell in grid:
            self._rest(workbook, grid.tab.name, cell, "", cell.text.strip(), reason)

    def _rest(self, workbook: str, tab: str, cell: Cell, header: str, text: str, reason: str) -> None:
        if cell.flag & Flag.PICTURE:
            text, reason = text or "（图片）", "单元格内嵌图片（WPS）"
        elif cell.flag & Flag.NO_CACHE:
            text = text or "（公式没有结果）"
        self.out.rest.append(Rest(workbook, tab, f"{column_letters(cell.column)}{cell.row}", header, text, reason))

    def _trace(self, sheet: str, row: int, header: str, workbook: str, tab: str, value: Value, how: str) -> None:
        self.out.traces.append(
            Trace(sheet, row + 2, header, workbook, tab, f"{column_letters(value.cell.column)}{value.cell.row}", HOW[how], value.cell.text.strip())
        )


def typed(column: Column, value: Value, date1904: bool = False) -> str | float | date | None:
    """A value as the register's column wants it: dates and numbers as such, all else as text; None for what cannot be one.

    Identifiers stay as they are written, right or wrong: `check` says what is the matter with them.
    """
    cell, text = value.cell, value.text
    if cell.flag & (Flag.PICTURE | Flag.NO_CACHE) or (cell.kind == Kind.ERROR and value.whole):
        return None
    kind = column.kind
    if isinstance(kind, Day):
        if value.whole and cell.kind == Kind.DATE:
            return dates.from_serial(cell.value, date1904)
        if value.whole and cell.kind == Kind.NUMBER and dates.SERIALS[0] <= cell.value <= dates.SERIALS[1]:
            return dates.from_serial(cell.value, date1904)
        return text if text in kind.words else dates.day_of(text)
    if isinstance(kind, Measure):
        if value.whole and cell.kind == Kind.NUMBER:
            return round(cell.value, 10)
        from ownerbook.identifiers import area

        said = area.check(text)
        return float(said.canonical) if said.canonical else None
    if cell.kind == Kind.NUMBER and value.whole and abs(cell.value) >= 1e15:
        return None  # digits are lost; what is left of them is not written as if it were the number
    if isinstance(kind, Choice):
        return kind.synonyms.get(text, text) if text not in kind.values else text
    return text or None


def _why(column: Column, value: Value) -> str:
    if value.cell.flag & Flag.NO_CACHE:
        return "公式没有结果"
    if value.cell.kind == Kind.ERROR:
        return "错误值"
    if isinstance(column.kind, Day):
        return "日期格里写的不是日期"
    if isinstance(column.kind, Measure):
        return "数字格里写的不是数字"
    return "号码的末几位已丢失" if value.cell.kind == Kind.NUMBER else "放不进这一列"


def convert_tabs(tabs: Iterable[tuple[str, Looked]]) -> Converted:
    """Convert tabs (workbook name, looked at) into one register."""
    converter = Converter()
    for workbook, looked in tabs:
        converter.take(workbook, looked)
    return converter.done()
