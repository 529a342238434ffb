"""Rows to append: where they go, what may not be in the way, what covers them afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.book_part import BookPart, Sheet
from ownerbook.workbook.amend.edits import LAST_ROW, Value
from ownerbook.workbook.amend.facts import SheetFacts
from ownerbook.workbook.amend.formulas import Formula
from ownerbook.workbook.amend.growth import grown_filter, grown_names, grown_ranges
from ownerbook.workbook.amend.ranges import Block
from ownerbook.workbook.amend.references import filled_on, references
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.sheet_text import Row
from ownerbook.workbook.amend.survey import Below, Survey
from ownerbook.workbook.amend.tables import Region, Table
from ownerbook.workbook.amend.xml_bytes import Splice


@dataclass(frozen=True, slots=True)
class Append:
    """One row to append: values by column number."""

    values: dict[int, Value]
    identifiers: frozenset[int]
    after: int | None


@dataclass(frozen=True, slots=True)
class NewValue:
    """One cell of an appended row."""

    row: int
    column: int
    value: Value
    identifier: bool
    formula: str | None
    above: Row | None


@dataclass(slots=True)
class Appended:
    """What appending comes to."""

    cells: list[NewValue] = field(default_factory=list)
    stops: list[tuple[int, int, Stop]] = field(default_factory=list)
    splices: list[Splice] = field(default_factory=list)
    table_splices: list[tuple[Table, list[Splice]]] = field(default_factory=list)
    name_splices: list[Splice] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """Rows that go under the same row."""

    after: int | None
    rows: list[Append]
    below: Below | None
    last: int = 0  # the row they go under
    above: Row | None = None  # the row that lends its look

    @property
    def span(self) -> Block:
        """The columns that are filled, as a block over all rows."""
        columns = [c for a in self.rows for c in a.values]
        return Block(1, min(columns), LAST_ROW, max(columns))


class Appending:
    """All appended rows of one sheet."""

    def __init__(self, appends: list[Append], tables: list[Table]) -> None:
        self._tables = tables
        self._groups: list[_Group] = []
        for append in appends:
            group = next((g for g in self._groups if g.after == append.after), None)
            if group is None:
                group = _Group(append.after, [], None)
                self._groups.append(group)
            group.rows.append(append)
        for group in self._groups:
            if group.after is not None:
                group.below = Below(group.after, frozenset(range(group.span.left, group.span.right + 1)))
        self.below = [g.below for g in self._groups if g.below]
        self.ahead = sum(len(g.rows) for g in self._groups if g.after is None)

    def places(self) -> list[tuple[int, Block]]:
        """For each group of rows, the row it goes under and the columns it fills."""
        return [(g.last, g.span) for g in self._groups]

    def wanted(self) -> set[int]:
        """Rows that must be at hand."""
        return {n for g in self._groups if g.after is not None for n in range(g.after, g.after + len(g.rows) + 1) if n >= 1}

    def place(self, survey: Survey, facts: SheetFacts) -> set[int]:
        """Find the row that each group goes under. Gives rows that must be at hand and are not yet."""
        again: set[int] = set()
        for group in self._groups:
            if group.after is not None:
                group.last = group.after
                continue
            content = survey.last.number if survey.last else 0
            group.last = content
            arrays = [f.area for f in survey.formulas if f.kind in ("array", "dataTable") and f.area]
            for merge in sorted([*facts.merges, *arrays], key=lambda b: b.top):  # what begins with the content goes with it
                if merge.top <= group.last < merge.bottom and not (merge.right < group.span.left or merge.left > group.span.right):
                    group.last = merge.bottom
            if group.last != content:
                again |= set(range(group.last, group.last + len(group.rows) + 1))
        return again

    def result(self, book: BookPart, sheet: Sheet, survey: Survey, facts: SheetFacts, regions: list[Region]) -> Appended:
        """Work it out. Raises `Stop` for what stands against all of it."""
        out = Appended()
        for group in self._groups:
            group.above = survey.rows.get(group.last) or (survey.last if survey.last and survey.last.number <= group.last else None)
            self._group(group, out, book, sheet, survey, facts, regions)
        return out

    def _group(self, group: _Group, out: Appended, book: BookPart, sheet: Sheet, survey: Survey, facts: SheetFacts, regions: list[Region]) -> None:
        last, new_last = group.last, group.last + len(group.rows)
        if new_last > LAST_ROW:
            raise Stop("full")
        if group.below:
            hits = [row for column, row in group.below.first.items() if column in group.below.columns]
            if hits:
                raise Stop("content-below", min(hits))
        span = group.span
        columns = span
        calculated: dict[int, tuple[Table, str]] = {}
        for table in self._tables:
            new = self._table(table, group, out, span, facts, regions)
            if new is not None:
                columns = Block(1, min(columns.left, new.area.left), LAST_ROW, max(columns.right, new.area.right))
                calculated |= {c: (new, e.text) for c, e in new.calculated().items()}
                if new.header_rows and last == new.area.top:
                    group.above = None  # headings lend no looks
                if group.below and any(c in group.below.first for c in range(new.area.left, new.area.right + 1)):
                    raise Stop("content-below", min(group.below.first.values()))
        if group.above is not None:
            filled = survey.reader.cells(group.above)
            if filled:
                columns = Block(1, min(columns.left, filled[0].column), LAST_ROW, max(columns.right, filled[-1].column))
        splices, filter_grew = grown_filter(facts, last, new_last, span)
        out.splices += splices
        out.splices += grown_ranges(facts.skeleton, last, new_last, columns, survey.first)
        names, left = grown_names(book, sheet.index, last, new_last, filter_grew)
        out.name_splices += names
        out.notes += [Text(f"名称 {n} 不含新行", f"the name {n} does not cover the new row") for n in left]
        if facts.filtered:
            out.notes.append(Text(f"{sheet.name}: 工作表正在筛选，新行是显示的", f"{sheet.name}: a filter is in force; the new row is visible"))
        for region in regions:
            if region.area.bottom == last and region.area.meets(Block(last, span.left, last, span.right)):
                if region.kind == "pivot":  # which takes the row for its own when it is refreshed, LibreOffice does so on opening
                    raise Stop("pivot-below", f"{region.name} ({region.area})")
                zh = f"{sheet.name}: 新行紧接在 {region.name} 之下，刷新时可能被覆盖"
                out.notes.append(Text(zh, f"{sheet.name}: the new row is right under {region.name}, which may grow over it"))
        self._rows(group, out, survey, calculated)

    def _table(self, table: Table, group: _Group, out: Appended, span: Block, facts: SheetFacts, regions: list[Region]) -> Table | None:
        """The table if the new rows belong to it. Raises `Stop` where it cannot take them."""
        area, last, new_last = table.area, group.last, group.last + len(group.rows)
        if area.right < span.left or area.left > span.right or last < area.top or last > area.bottom:
            return None
        if table.query:
            raise Stop("query", table.name)
        if table.totals_rows and new_last > area.bottom - table.totals_rows:
            raise Stop("totals", table.name)
        if new_last <= area.bottom:
            out.table_splices.append((table, table.filled()))
            return table
        grown = Block(area.bottom + 1, area.left, new_last, area.right)
        for other in self._tables:
            if other is not table and other.area.meets(grown):
                raise Stop("table", Text(f"{table.name} 会碰到表格 {other.name}", f"{table.name} would run into the table {other.name}"))
        for merge in facts.merges:
            if merge.meets(grown):
                raise Stop("table", Text(f"{table.name} 会碰到合并区域 {merge}", f"{table.name} would run into the merged range {merge}"))
        for region in regions:
            if region.area.meets(grown):
                raise Stop("table", Text(f"{table.name} 会碰到 {region.name}", f"{table.name} would run into {region.name}"))
        out.table_splices.append((table, table.grown(new_last)))
        table.area = Block(area.top, area.left, new_last, area.right)  # as references will see it
        return table

    def _rows(self, group: _Group, out: Appended, survey: Survey, calculated: dict[int, tuple[Table, str]]) -> None:
        for i, append in enumerate(group.rows):
            row = group.last + 1 + i
            for column, value in append.values.items():
                out.cells.append(NewValue(row, column, value, column in append.identifiers, None, group.above))
            for column, (table, formula) in calculated.items():
                if column in append.values:
                    continue
                try:
                    text = _filled_down(formula, row, column, survey.formulas)
                except Stop:
                    out.stops.append((row, column, Stop("table", Text(f"{table.name} 有计算列", f"{table.name} has a calculated column"))))
                    continue
                out.cells.append(NewValue(row, column, None, False, text, group.above))


def _filled_down(formula: str, row: int, column: int, formulas: list[Formula]) -> str:
    """The formula of a calculated column in a new row. One with relative cells is taken from the nearest row above."""
    if not any(not all(a.fixed) for a in references(formula).areas):
        return formula
    above = [f for f in formulas if f.column == column and f.row < row and f.kind in ("normal", "shared") and f.formula]
    if not above:
        raise Stop("table")
    nearest = max(above, key=lambda f: f.row)
    if nearest.shift[1]:
        raise Stop("table")
    return filled_on(nearest.formula, nearest.shift[0] + row - nearest.row)
