"""One pass over a sheet before anything is decided: the rows an edit needs, where rows would go, where content ends."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from ownerbook.workbook.amend.formulas import Formula, FormulaScan
from ownerbook.workbook.amend.sheet_text import Aside, Cell, Row, RowReader, SheetText


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
        wanted = set(self._wanted)
        missing = 0  # index of the next wanted row that has not been passed
        following: list[Row] = []
        scan: FormulaScan | None = None
        filled: re.Pattern[bytes] | None = None
        for row in self._text.rows():
            if scan is None or filled is None:
                scan = FormulaScan(self._sheet, self._text.prefix)
                p = re.escape(self._text.prefix)
                filled = re.compile(rb"<" + p + rb"(?:v(?:\s[^<>]*)?>[^<]|f[\s/>]|is[\s>])")
                out.reader = RowReader(self._text.prefix)
            scan.row(row)
            number = row.number
            while missing < len(self._wanted) and self._wanted[missing] < number:
                out.places.setdefault(self._wanted[missing], row.start)
                missing += 1
            if number in wanted:
                if number in out.rows:
                    out.twice.add(number)
                out.rows[number] = row
            out.highest = max(out.highest, number)
            if filled.search(row.mask):
                out.first = min(out.first or number, number)
                if out.last is None or number > out.last.number:
                    out.last = row
                    following = [r for r in following if r.number > number]
                for below in self._below:
                    if number > below.after and not below.settled():
                        _note(below, row, out.reader, filled)
            elif len(following) <= self._ahead:
                following.append(row)
        self._finish(out, following)
        out.formulas = scan.found if scan else []
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


def _note(below: Below, row: Row, reader: RowReader, filled: re.Pattern[bytes]) -> None:
    for cell in reader.cells(row):
        if filled.search(row.mask, cell.open_end, cell.end):
            below.first.setdefault(cell.column, row.number)


def cell_at(cells: list[Cell], column: int) -> Cell | None:
    """The cell of a column."""
    i = bisect.bisect_left(cells, column, key=lambda c: c.column)
    return cells[i] if i < len(cells) and cells[i].column == column else None
