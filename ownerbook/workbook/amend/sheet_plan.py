"""The edits of one sheet: checked cell by cell against what the sheet holds, then turned into splices."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.appending import Append, Appending
from ownerbook.workbook.amend.book_part import BookPart, Sheet
from ownerbook.workbook.amend.cells import Held, held, meets, same, shared_number
from ownerbook.workbook.amend.edits import LAST_ROW, SetCell, Value, cell_name
from ownerbook.workbook.amend.facts import SheetFacts
from ownerbook.workbook.amend.formulas import Formula
from ownerbook.workbook.amend.growth import grown_dimension
from ownerbook.workbook.amend.headings import heading_of
from ownerbook.workbook.amend.new_strings import NewStrings, holds_shared
from ownerbook.workbook.amend.refusal import Refusal, Stop, refusal
from ownerbook.workbook.amend.rows import NewCell, changed_row, new_row
from ownerbook.workbook.amend.sheet_text import Cell, Row, SheetText
from ownerbook.workbook.amend.strings import SharedStrings
from ownerbook.workbook.amend.styles import MOMENT_FORMAT, TEXT_FORMAT, StyleSheet
from ownerbook.workbook.amend.survey import Survey, Surveyor, cell_at
from ownerbook.workbook.amend.tables import Region, Table
from ownerbook.workbook.amend.xml_bytes import Splice, attributes

LAST_SERIAL = 2_958_466  # of the year 10000


def style_number(tag: bytes) -> int:
    """The style that an open tag names; what is no number is the plain one."""
    raw = attributes(tag).get(b"s", b"0")
    return int(raw) if raw.isdigit() else 0


def _is_serial(value: float) -> bool:
    """Whether programs can show a number as a day; some stop at others."""
    return 0 <= value < LAST_SERIAL


@dataclass(slots=True)
class Write:
    """One cell to be written. `above` is the row whose cell of the same column lends its style."""

    row: int
    column: int
    value: Value
    identifier: bool = False
    edit: SetCell | None = None
    formula: str | None = None
    above: Row | None = None
    old: Held = field(default_factory=Held)


@dataclass(slots=True)
class SheetPlan:
    """All that is to happen to one sheet."""

    book: BookPart
    sheet: Sheet
    text: SheetText
    styles: StyleSheet
    strings: SharedStrings
    new_strings: NewStrings
    tables: list[Table]
    regions: list[Region]
    writes: dict[tuple[int, int], Write] = field(default_factory=dict)
    appends: list[Append] = field(default_factory=list)
    splices: list[Splice] = field(default_factory=list)
    table_splices: list[tuple[Table, list[Splice]]] = field(default_factory=list)
    name_splices: list[Splice] = field(default_factory=list)
    headings: list[tuple[Table, Write]] = field(default_factory=list)
    done: list[Write] = field(default_factory=list)  # what really changes
    more_shared: int = 0  # by how many the cells that show shared strings become more
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    touched_rows: list[tuple[int, int]] = field(default_factory=list)  # places of the rows in the old part
    survey: Survey = field(default_factory=Survey)
    blocks: list[Formula] = field(default_factory=list)  # arrays and data tables
    facts: SheetFacts | None = None
    appending: Appending | None = None
    parsed: tuple[Row, list[Cell]] | None = None  # the row asked for last: cells of a row come one after the other

    @property
    def formulas(self) -> list[Formula]:
        """The formulas of the sheet."""
        return self.survey.formulas

    def name(self, row: int, column: int) -> str:
        """`业主!F12`."""
        return f"{self.sheet.name}!{cell_name(row, column)}"

    def refuse(self, row: int, column: int, stop: Stop) -> None:
        """Note a refusal against a cell."""
        self.refusals.append(refusal(self.name(row, column) if row else self.sheet.name, stop.reason, stop.detail))

    def look(self) -> None:
        """Read the sheet. Raises `Stop` where it cannot be understood."""
        appending = Appending(self.appends, [t for t in self.tables if t.sheet == self.sheet.index])
        wanted = {row for row, _ in self.writes} | appending.wanted()
        self.survey = Surveyor(self.sheet.index, self.text, wanted, appending.ahead, appending.below).survey()
        self.blocks = [f for f in self.formulas if f.kind in ("array", "dataTable")]
        self.facts = SheetFacts.of(self.text.skeleton)
        self.appending = appending
        again = appending.place(self.survey, self.facts)
        if again:
            self.survey = Surveyor(self.sheet.index, self.text, wanted | again, appending.ahead, []).survey()

    def shared(self) -> set[int]:
        """Numbers of the shared strings that the cells to be written show now."""
        out = set()
        for write in self.writes.values():
            row = self.survey.rows.get(write.row)
            cell = cell_at(self._cells(row), write.column) if row else None
            number = shared_number(row.text[cell.start : cell.end]) if row and cell else None
            if number is not None:
                out.add(number)
        return out

    def _cells(self, row: Row) -> list[Cell]:
        if self.parsed is None or self.parsed[0] is not row:
            self.parsed = row, self.survey.reader.cells(row)
        return self.parsed[1]

    def take_appends(self) -> None:
        """Turn appended rows into writes, and let what covers them grow."""
        assert self.appending is not None and self.facts is not None
        if not self.appends:
            return
        try:
            result = self.appending.result(self.book, self.sheet, self.survey, self.facts, self.regions)
        except Stop as stop:
            self.refuse(0, 0, stop)
            return
        for row, column, reason in result.stops:
            self.refuse(row, column, reason)
        for new in result.cells:
            key = (new.row, new.column)
            if key in self.writes:
                self.refuse(new.row, new.column, Stop("twice"))
            self.writes[key] = Write(new.row, new.column, new.value, new.identifier, None, new.formula, new.above)
        self.splices += result.splices
        self.table_splices += result.table_splices
        self.name_splices += result.name_splices
        self.notes += result.notes

    def decide(self) -> None:
        """Check every write, and make the splices of the rows."""
        assert self.facts is not None
        rows: dict[int, dict[int, NewCell]] = defaultdict(dict)
        styled: dict[int, Row] = {}
        for write in sorted(self.writes.values(), key=lambda w: (w.row, w.column)):
            row = self.survey.rows.get(write.row)
            try:
                cell = cell_at(self._cells(row), write.column) if row else None
                new = self._checked(write, row, cell)
            except Stop as stop:
                self.refuse(write.row, write.column, stop)
                continue
            if new is not None:
                rows[write.row][write.column] = new
            if write.above is not None:
                styled[write.row] = write.above
        if self.refusals:
            return
        for number, above in styled.items():
            self._style_like(number, above, rows[number])
        self._share(rows)
        self._make(rows, styled)

    def _share(self, rows: dict[int, dict[int, NewCell]]) -> None:
        """Have new texts among the shared strings where this sheet, or a sheet without texts its workbook, holds them there."""
        self.more_shared = -sum(w.old.shared is not None for w in self.done)
        texts = [n.value for cells in rows.values() for n in cells.values() if isinstance(n.value, str) and n.formula is None]
        new = self.new_strings
        if not texts or new.member is None:
            return
        habit = holds_shared(self.text)
        if not habit and (habit is not None or new.empty):
            return
        if new.why():
            new.declined = new.why()
            return
        numbers = new.numbers(texts)
        for cells in rows.values():
            for column, cell in cells.items():
                if isinstance(cell.value, str) and cell.formula is None:
                    cells[column] = replace(cell, shared=numbers[cell.value])
        self.more_shared += len(texts)

    def _checked(self, write: Write, row: Row | None, cell: Cell | None) -> NewCell | None:
        assert self.facts is not None
        here = (write.row, write.column)
        if write.row in self.survey.twice:
            raise Stop("structure", f"row {write.row}")
        write.old = held(row.text[cell.start : cell.end], self.strings) if row and cell else Held()
        self._allowed(write)
        style = write.old.style if cell else self._style_of_absent(write, row)
        style = style or 0
        if not self.facts.is_free(*here) and self.styles.locked(style):
            raise Stop("locked")
        if write.edit is None and write.old.value not in (None, ""):
            raise Stop("content-below", write.row)
        if write.edit is not None and not meets(write.edit.expect, write.old, self.book.date1904):
            raise Stop("expectation", f"{write.edit.expect!r} ≠ {write.old.value!r}")
        day = isinstance(write.value, dt.date)
        if isinstance(write.value, int | float) and not isinstance(write.value, bool) and self.styles.is_date(style) and not _is_serial(write.value):
            raise Stop("date", write.value)
        shown = not day or self.styles.is_date(style) or write.old.kind == "iso"
        if write.formula is None and shown and same(write.value, write.old, self.book.date1904):
            return None
        if write.formula is None and write.value is None and cell is None:
            return None
        heading = heading_of(self.tables, self.sheet.index, *here)
        if heading is not None:
            self.headings.append((heading, write))
        if write.old.rich:
            where = self.name(*here)
            self.notes.append(Text(f"{where}: 部分文字的格式随旧内容一起替换", f"{where}: formatting of parts of the text went with it"))
        iso = write.old.kind == "iso" and day
        self.done.append(write)
        return NewCell(write.value, self._styled(style, write, iso), write.formula, iso, not self.text.encoding)

    def _allowed(self, write: Write) -> None:
        """Raises `Stop` where somebody else owns the cell."""
        assert self.facts is not None
        row, column, old = write.row, write.column, write.old
        for f in self.blocks:
            if f.area and f.area.holds(row, column):
                raise Stop("array" if f.kind == "array" else "data-table", f.area)
        if old.formula is not None:
            master = old.formula_kind == "shared" and old.formula
            raise Stop("shared-master" if master else "formula", "=" + self._formula_text(row, column, old.formula))
        if old.rich_value:
            raise Stop("rich-value")
        merge = self.facts.covered(row, column)
        if merge is not None:
            raise Stop("merged", merge)
        for region in self.regions:
            if region.area.holds(row, column):
                raise Stop(region.kind, f"{region.name} ({region.area})")

    def _formula_text(self, row: int, column: int, formula: str) -> str:
        if formula:
            return formula
        return next((f.formula for f in self.formulas if (f.row, f.column) == (row, column)), "")

    def _style_of_absent(self, write: Write, row: Row | None) -> int:
        assert self.facts is not None
        if write.above is not None:
            above = cell_at(self._cells(write.above), write.column)
            if above is not None:
                return style_number(write.above.text[above.start : above.open_end])
        if row is not None:
            a = attributes(row.text[: self.survey.reader.open_end(row)])
            if a.get(b"customFormat") in (b"1", b"true") and a.get(b"s", b"").isdigit():
                return int(a[b"s"])
        return self.facts.column_style(write.column)

    def _styled(self, style: int, write: Write, iso: bool) -> int:
        if write.identifier and write.value is not None and not self.styles.is_text(style):
            if not self.styles.usable(style):
                where = self.name(write.row, write.column)
                self.notes.append(Text(f"{where}: 工作簿没有可用的样式表，文本格式未设", f"{where}: no usable style sheet, so no text format"))
                return style
            return self.styles.with_format(style, TEXT_FORMAT)
        if isinstance(write.value, dt.date) and not iso and not self.styles.is_date(style):
            moment = isinstance(write.value, dt.datetime)
            return self.styles.with_format(style, MOMENT_FORMAT if moment else self.styles.usual_date_format())
        return style

    def _style_like(self, number: int, above: Row, new: dict[int, NewCell]) -> None:
        """Give the other cells of an appended row the look of the row above."""
        row = self.survey.rows.get(number)
        existing = {c.column for c in self._cells(row)} if row else set()
        for cell in self._cells(above):
            style = style_number(above.text[cell.start : cell.open_end])
            if cell.column not in new and cell.column not in existing and style:
                new[cell.column] = NewCell(None, style)

    def _make(self, rows: dict[int, dict[int, NewCell]], styled: dict[int, Row]) -> None:
        assert self.facts is not None
        prefix, date1904 = self.text.prefix, self.book.date1904
        fresh: dict[int, list[bytes]] = defaultdict(list)
        for number in sorted(rows):
            if not rows[number]:
                continue
            row = self.survey.rows.get(number)
            if row is not None:
                self.splices += changed_row(row, self._cells(row), rows[number], self.survey.reader, prefix, date1904)
                self.touched_rows.append((row.start, row.end))
                continue
            above = styled.get(number)
            tag = above.text[: self.survey.reader.open_end(above)] if above else None
            fresh[self.survey.places.get(number, self.text.rows_end)].append(new_row(number, rows[number], tag, prefix, date1904))
        for place, made in fresh.items():
            text = b"".join(made)
            if self.text.empty:
                lead = self.text.head[:-2].rstrip()
                self.splices.append(Splice(len(lead), len(self.text.head), b">" + text + b"</%ssheetData>" % prefix))
            else:
                self.splices.append(Splice(place, place, text))
        numbers = [n for n, cells in rows.items() if cells and n <= LAST_ROW]
        columns = [c for cells in rows.values() for c in cells]
        self.splices += grown_dimension(self.facts, numbers, columns)
