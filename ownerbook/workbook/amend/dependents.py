"""Which formulas depend on the cells that change, directly or through others.

Everything is found from the formulas' text. Where the text does not tell (INDIRECT, OFFSET, a name that holds one of
them), or where finding out would take too long, a formula counts as depending: its stored value is dropped, which costs a
recalculation and never a wrong number.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from ownerbook.workbook.amend.book_part import BookPart, Name
from ownerbook.workbook.amend.formulas import Formula
from ownerbook.workbook.amend.ranges import Block
from ownerbook.workbook.amend.references import Area, References, TableColumn, references

_LIST_CELLS_UP_TO = 24  # a smaller area is entered cell by cell
_PATIENCE = 20_000_000  # comparisons of a cell with an area
_DEPTH = 12  # of names within names
_WIDEST_RESULT = 20_000  # cells of an array that are followed one by one

Key = tuple[int, int, int]  # sheet, row, column


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A table as references see it."""

    sheet: int
    area: Block
    columns: tuple[str, ...]  # lower case


class Dependents:
    """An index of formulas by what they refer to."""

    def __init__(self, book: BookPart, formulas: list[Formula], tables: dict[str, TablePlace]) -> None:
        self.formulas = formulas
        self._order = {s.name.casefold(): s.index for s in book.sheets}
        self._tables = tables
        self._names: dict[str, list[Name]] = defaultdict(list)
        for name in book.names:
            self._names[name.name.casefold()].append(name)
        self._cells: dict[Key, list[int]] = defaultdict(list)
        self._areas: dict[int, dict[Block, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.always: list[int] = []
        for number, formula in enumerate(formulas):
            self._enter(number, formula)

    def _enter(self, number: int, formula: Formula) -> None:
        if formula.kind == "dataTable" and formula.area:
            a = formula.area
            self._area(number, formula.sheet, Block(max(1, a.top - 1), max(1, a.left - 1), a.bottom, a.right))
            for row, column in formula.inputs:
                self._cells[formula.sheet, row, column].append(number)
            return
        if formula.kind == "shared" and not formula.formula:
            self.always.append(number)  # its master is missing
            return
        if not self._refer(number, formula, references(formula.formula), formula.shift, 0):
            self.always.append(number)

    def _refer(self, number: int, at: Formula, refs: References, shift: tuple[int, int], depth: int) -> bool:
        """Enter what is referred to; False when it may be everything."""
        if refs.everything or depth > _DEPTH:
            return False
        for area in refs.areas:
            for sheet, block in self._placed(area, at.sheet, shift):
                self._area(number, sheet, block)
        for table in refs.tables:
            self._table(number, at, table)
        for sheet_name, name in refs.names:
            if name.casefold() in self._tables:
                self._table(number, at, TableColumn(name, (), False))
                continue
            where = self._order.get(sheet_name.casefold()) if sheet_name else at.sheet
            known = self._names.get(name.casefold(), ())
            chosen = [n for n in known if n.sheet == where] or [n for n in known if n.sheet is None]
            for one in chosen[:1]:
                # relative references in a name move with the cell that uses it; they are stored as seen from A1
                step = (at.row - 1, at.column - 1)
                if not self._refer(number, at, references(one.formula), step, depth + 1):
                    return False
        return True

    def _placed(self, area: Area, own: int, shift: tuple[int, int]) -> Iterable[tuple[int, Block]]:
        if area.sheet is None:
            first = last = own
        else:
            first = self._order.get(area.sheet.casefold(), -1)
            last = self._order.get((area.last or area.sheet).casefold(), first)
            if first < 0:
                return
        block = Block(*area.moved(*shift))
        for sheet in range(min(first, last), max(first, last) + 1):
            yield sheet, block

    def _table(self, number: int, at: Formula, ref: TableColumn) -> None:
        place = self._tables.get(ref.table.casefold())
        if place is None:
            return
        a = place.area
        top, bottom = (at.row, at.row) if ref.this_row and place.sheet == at.sheet else (a.top, a.bottom)
        wanted = [place.columns.index(c.lower()) for c in ref.columns if c.lower() in place.columns]
        if len(wanted) == len(ref.columns) and wanted:
            for i in wanted:
                self._area(number, place.sheet, Block(top, a.left + i, bottom, a.left + i))
        else:
            self._area(number, place.sheet, Block(top, a.left, bottom, a.right))

    def _area(self, number: int, sheet: int, block: Block) -> None:
        if block.cells <= _LIST_CELLS_UP_TO:
            for row in range(block.top, block.bottom + 1):
                for column in range(block.left, block.right + 1):
                    self._cells[sheet, row, column].append(number)
        else:
            self._areas[sheet][block].append(number)

    def of(self, changed: Iterable[Key]) -> list[Formula]:
        """The formulas that depend on these cells, in the order in which they were found."""
        queue = deque(changed)
        seen: set[Key] = set(queue)
        hit: set[int] = set()
        left = _PATIENCE
        if not queue:
            return []

        def take(number: int) -> None:
            if number in hit:
                return
            hit.add(number)
            f = self.formulas[number]
            results = [(f.sheet, f.row, f.column)]
            if f.kind in ("array", "dataTable") and f.area and f.area.cells <= _WIDEST_RESULT:
                a = f.area
                results += [(f.sheet, r, c) for r in range(a.top, a.bottom + 1) for c in range(a.left, a.right + 1)]
            for key in results:
                if key not in seen:
                    seen.add(key)
                    queue.append(key)

        for number in self.always:
            take(number)
        while queue:
            sheet, row, column = key = queue.popleft()
            for number in self._cells.get(key, ()):
                take(number)
            areas = self._areas.get(sheet)
            if not areas:
                continue
            left -= len(areas)
            if left < 0:
                return list(self.formulas)
            for block in [b for b in areas if b.holds(row, column)]:
                for number in areas.pop(block):
                    take(number)
        return [self.formulas[n] for n in sorted(hit)]
