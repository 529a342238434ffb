"""One pass over a sheet before anything is decided: the rows an edit needs, where rows would go, where content ends."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ownerbook.workbook.amend.formulas import Formula, FormulaScan
from ownerbook.workbook.amend.sheet_text import Aside, Block, Cell, Row, RowReader, SheetText


@dataclass(slots=True)
class Below:
    """What stands below a row after which rows are to be appended: for each column, the first row with content."""

    after: int
    columns: frozenset[int]  # those that the new rows fill
    first: dict[int, int] = field(default_factory=dict)

    def settled(self) -> bool:
        """Whether enough is known."""
        return any(c in self.first for c in self.columns)


@dataclass(slots=True)
class Survey:
    """What the pass found."""

    rows: dict[int, Row] = field(default_factory=dict)  # the wanted ones that exist
    twice: set[int] = field(default_factory=set)  # wanted rows that exist more than once
    places: dict[int, int] = field(default_factory=dict)  # where a wanted row that does not exist would go
    last: Row | None = None  # the last row with content
    first: int = 0  # the number of the first row with content
    highest: int = 0
    formulas: list[Formula] = field(default_factory=list)
    reader: RowReader = field(default_factory=lambda: RowReader(b""))


class Surveyor:
    """Makes the survey. `ahead` is how many rows may be appended under the last content."""

    def __init__(self, sheet: int, text: SheetText, wanted: set[int], ahead: int, below: list[Below]) -> None:
        self._sheet, self._text = sheet, text
        self._wanted = sorted(wanted)
        self._ahead = ahead
        self._below = below

    def survey(self) -> Survey:
        """Read the sheet once, or twice where it must be read with care. Raises `Stop`."""
        try:
            return self._pass()
        except Aside:
            self._text.careful()
            return self._pass()

    def _pass(self) -> Survey:
        out = Survey()
        state = _State(self._wanted, self._ahead, self._below, out)
        skimmed: Block | None = None  # the last one, in which content may end
        for block in self._text.blocks():
            prefix = self._text.prefix
            state.begin(self._sheet, prefix)
            wanted = block.cutter.skim(block, self._wanted) if all(b.settled() for b in self._below) else None
            if wanted is not None:
                if not out.first:
                    state.rows(block.again(prefix))
                state.skimmed(*wanted, block.cutter.number, block.offset)
                skimmed = block
                continue
            if skimmed is not None:
                state.rows(skimmed.again(prefix))
                skimmed = None
            state.rows(block.rows())
        if skimmed is not None:
            state.rows(skimmed.again(self._text.prefix))
        self._finish(out, state.following)
        out.formulas = state.scan.found if state.scan else []
        return out

    def _finish(self, out: Survey, following: list[Row]) -> None:
        text = self._text
        for number in self._wanted:
            if not text.ascending or number not in out.places:
                out.places[number] = text.rows_end
        last = out.last.number if out.last else 0
        for row in following:
            if last < row.number <= last + self._ahead:
                out.rows.setdefault(row.number, row)
        ahead = [r for r in following if r.number > last]
        numbers = [r.number for r in ahead]
        for number in range(last + 1, last + self._ahead + 1):
            i = bisect.bisect_left(numbers, number)
            place = ahead[i].start if i < len(ahead) and text.ascending else text.rows_end
            out.places.setdefault(number, place)


class _State:
    """Takes rows, in the order of the file, into a survey."""

    def __init__(self, wanted: list[int], ahead: int, below: list[Below], out: Survey) -> None:
        self._wanted, self._set = wanted, set(wanted)
        self._ahead, self._below, self._out = ahead, below, out
        self._missing = 0  # index of the next wanted row that has not been passed
        self.following: list[Row] = []
        self.scan: FormulaScan | None = None
        self._filled = re.compile(b"(?!)")

    def begin(self, sheet: int, prefix: bytes) -> None:
        """Know the prefix, which the sheet tells with its first block."""
        if self.scan is None:
            self.scan = FormulaScan(sheet, prefix)
            p = re.escape(prefix)
            self._filled = re.compile(rb"<" + p + rb"(?:v(?:\s[^<>]*)?>[^<]|f[\s/>]|is[\s>])")
            self._out.reader = RowReader(prefix)

    def _pass(self, number: int, place: int) -> None:
        while self._missing < len(self._wanted) and self._wanted[self._missing] < number:
            self._out.places.setdefault(self._wanted[self._missing], place)
            self._missing += 1

    def _want(self, row: Row) -> None:
        known = self._out.rows.get(row.number)
        if known is not None and known.start != row.start:
            self._out.twice.add(row.number)
        self._out.rows[row.number] = row

    def skimmed(self, first: int, rows: list[Row], last: int, offset: int) -> None:
        """Take the wanted rows of a block that was skimmed, of rows `first` to `last`."""
        out = self._out
        for row in rows:
            self._want(row)
        self._pass(first, offset)
        while self._missing < len(self._wanted) and self._wanted[self._missing] <= last:
            self._missing += 1
        out.highest = max(out.highest, last)

    def rows(self, rows: Iterable[Row]) -> None:
        """Take rows one by one."""
        out = self._out
        for row in rows:
            assert self.scan is not None
            self.scan.row(row)
            number = row.number
            self._pass(number, row.start)
            if number in self._set:
                self._want(row)
            out.highest = max(out.highest, number)
            if self._filled.search(row.mask):
                out.first = min(out.first or number, number)
                if out.last is None or number > out.last.number:
                    out.last = row
                    self.following = [r for r in self.following if r.number > number]
                for below in self._below:
                    if number > below.after and not below.settled():
                        _note(below, row, out.reader, self._filled)
            elif len(self.following) <= self._ahead:
                self.following.append(row)


def _note(below: Below, row: Row, reader: RowReader, filled: re.Pattern[bytes]) -> None:
    for cell in reader.cells(row):
        if filled.search(row.mask, cell.open_end, cell.end):
            below.first.setdefault(cell.column, row.number)


def cell_at(cells: list[Cell], column: int) -> Cell | None:
    """The cell of a column."""
    i = bisect.bisect_left(cells, column, key=lambda c: c.column)
    return cells[i] if i < len(cells) and cells[i].column == column else None
