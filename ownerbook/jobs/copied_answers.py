"""Cells that a clerk corrected in the annotated copies of a problem workbook: found by their marks, held against register and rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ownerbook.jobs.accepted import IN_THE_LEDGER, nowhere
from ownerbook.jobs.incoming import Asked
from ownerbook.reconcile.cell import from_cells
from ownerbook.reconcile.change import NOTHING, Origin, Said, Value
from ownerbook.reconcile.consequences import carried_out
from ownerbook.reconcile.supposed import as_it_would_be
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.annotated_copy import FIELDS, FIRST_HEADS, MARKS, RECORD
from ownerbook.reports.answer_lines import AnswerLine
from ownerbook.reports.cell_marks import RowMarks, as_copied, marks_read
from ownerbook.rules.book import cards
from ownerbook.rules.judge import mask_of
from ownerbook.schema.finding import Finding
from ownerbook.schema.kinds import Day, Measure
from ownerbook.schema.sheet import Column, Sheet
from ownerbook.schema.words import Personal, Text

if TYPE_CHECKING:
    from ownerbook.workbook.filled_form import FormRow, FormTab

MOST_KEYS = 3  # so many keys may have been mended in a copy; more that differ mean that rows lie apart from their marks
FIRSTS = tuple(word for head in FIRST_HEADS[:1] for word in head)
Judged = Callable[[Register], Sequence[Finding]]
_AGAIN = Text("请在新的问题清单上改，或直接改登记簿", "mend it in a new problem workbook, or in the register")
_GOES = Text("副本里改的值列入变更方案", "the value written in the copy goes into a plan")


@dataclass
class Corrections:
    """Cells that are asked, and what is to be said of each that was changed."""

    asked: list[Asked] = field(default_factory=list)
    lines: list[AnswerLine] = field(default_factory=list)

    def at(self, sheet: str, record: str, name: str) -> Asked | None:
        """What is asked of a cell."""
        return next((a for a in self.asked if (a.sheet, a.record, a.field) == (sheet, record, name)), None)

    def take_back(self, asked: Asked, said: Text, cure: Text) -> None:
        """Not to ask a cell after all, and why."""
        self.asked.remove(asked)
        header = BY_FIELD[asked.sheet].by_field[asked.field].header.zh
        mine = (asked.sheet, asked.record, header)
        self.lines = [n.become("refused", said, cure) if (n.table, n.record, n.header) == mine and not n.answer else n for n in self.lines]


def corrections(register: Register, tabs: Sequence[FormTab], origin: Origin, *, secret: bytes, who: str, judged: Judged) -> Corrections:
    """What was changed in the copies, cell by cell; whatever was sorted, filtered or moved there says nothing.

    judged: the problems of a register. A cell that would be an error still, or the same problem again, is not asked.
    """
    out = Corrections()
    if secret:
        for tab in tabs:
            _tab(out, register, tab, replace(origin, who=who), secret)
    if out.asked:
        _tried(out, register, judged)
    return out


def _tab(out: Corrections, register: Register, tab: FormTab, origin: Origin, secret: bytes) -> None:
    said = next((text for row in tab.above.rows for _, text, _ in row if text.startswith(FIELDS)), "")
    name, _, fields = said.removeprefix(FIELDS).partition(":")
    sheet, names = BY_FIELD.get(name), fields.split(",")
    if sheet is None or name not in register.tables or not {RECORD, MARKS} & tab.heads:
        return
    times = Counter(row.text(MARKS) for row in tab.rows)
    key = sheet.key.header.zh
    astray = sum(row.cells.get(key, "").strip() != row.cells.get(RECORD, "").strip() for row in tab.rows if row.text(MARKS))
    if key in tab.heads and astray > max(MOST_KEYS, len(tab.rows) // 5):
        zh = "这一页的行和隐藏的编号错位了（可能只排序了一部分列），整页没有采用"
        line = AnswerLine(origin.name, tab.name, 0, "", "refused", Text(zh, "rows and hidden ids of this tab lie apart; nothing of it is taken"))
        out.lines.append(replace(line, cure=_AGAIN, table=name, who=origin.who))
        return
    added = 0
    for row in tab.rows:
        read = marks_read(row.text(MARKS), names)
        record = row.cells.get(RECORD, "")
        if read is None:
            added += 1
            if added == 1:
                zh = "副本里新加的行没有采用" if not row.text(MARKS) else "这一行的隐藏标记坏了"
                line = AnswerLine(origin.name, tab.name, row.number, "", "refused", Text(zh, "a row that the copy did not hold is not taken"))
                out.lines.append(replace(line, cure=Text("新的行请填在登记簿里", "new rows go into the register"), table=name, who=origin.who))
            continue
        made = RowMarks(secret, name, record)
        changed = [
            c
            for f in names
            if (c := sheet.by_field.get(f)) is not None and c.header.zh in tab.heads and made.of(f, row.cells.get(c.header.zh, "")) != read[1][f]
        ]
        if not changed:
            continue
        again = times[row.text(MARKS)] > 1
        at = _position(register, sheet, record, read[0])
        for column in changed:
            _cell(out, register, sheet, column, at, record, row, origin, made, read[1][column.field], again=again)


def _position(register: Register, sheet: Sheet, record: str, hint: int) -> int:
    """The row in the register as it is: where it stood, if it still has that key; else the only one of that key; -1 for none."""
    table, key = register.tables[sheet.field], sheet.key.field
    if hint < len(table) and table.found(key, hint) == record:
        return hint
    found = [r for r in range(len(table)) if table.found(key, r) == record] if record.strip() else []
    return found[0] if len(found) == 1 else -1


def _cell(
    out: Corrections,
    register: Register,
    sheet: Sheet,
    column: Column,
    at: int,
    record: str,
    row: FormRow,
    origin: Origin,
    made: RowMarks,
    mark: str,
    *,
    again: bool,
) -> None:
    text = row.cells.get(column.header.zh, "")
    line = AnswerLine(origin.name, row.tab, row.number, "", "asked", _GOES, who=origin.who, table=sheet.field, record=record, header=column.header.zh)
    if again:
        twice = Text("副本里这一行出现了几次（可能是复制的）", "the row stands there several times, perhaps copied")
        out.lines.append(line.become("refused", twice, _AGAIN))
        return
    if at < 0:
        zh = "登记簿里找不到这一行了（没有编号、编号改过或不止一行）"
        out.lines.append(line.become("refused", Text(zh, "the register has no such row any more, or several"), _AGAIN))
        return
    table = register.tables[sheet.field]
    if mask_of(column) and "*" in text:
        zh, cure = "写的值里有打码的星号", Text("请写完整的值", "write the value in full")
        out.lines.append(line.become("refused", Text(zh, "the value that was written holds the stars of a mask"), cure))
        return
    why = nowhere(table, column, at)
    if why is not None:
        out.lines.append(line.become("refused", why, IN_THE_LEDGER))
        return
    stale = mark not in {made.of(column.field, as_copied(table, column, at, masked=m)) for m in (True, False)}
    found = table.found(column.field, at)
    base = Said(found, table.held(column.field, at)) if found else NOTHING
    theirs = Said(text, _value(column, row, text)) if text.strip() else NOTHING
    place = f"{row.tab} 第{row.number}行 {column.header.zh}"
    key = table.found(sheet.key.field, at)
    out.asked.append(Asked(sheet.field, key, column.field, None if stale else base, theirs, replace(origin, place=place), at, stale=stale))
    out.lines.append(line)


def _value(column: Column, row: FormRow, text: str) -> Value:
    if isinstance(column.kind, Day):
        return row.day(column.header.zh) or text
    if isinstance(column.kind, Measure):
        try:
            number = float(text)
        except ValueError:
            return text
        return int(number) if number == int(number) else number
    return text


def _tried(out: Corrections, register: Register, judged: Judged) -> None:
    """Ask the rules beforehand: a value that is an error still, or the same problem again, is contradicted at its line."""
    before = {(f.code, f.table, f.record or "", f.header or "") for f in judged(register)}
    supposed = as_it_would_be(register, carried_out(register, from_cells(register, out.asked).changes))
    told: dict[tuple[str, int, int | None], Finding] = {}
    missing = {c.code for c in cards() if c.elsewhere}  # what lacks elsewhere and is only told at this cell
    for f in judged(supposed):
        if f.place.workbook and f.place.row and f.code not in missing:
            told.setdefault((f"{f.place.workbook}\x1f{f.place.sheet}", f.place.row, f.place.column), f)
    lines_of: dict[tuple[str, str, str], list[int]] = {}
    for n, line in enumerate(out.lines):
        lines_of.setdefault((line.table, line.record, line.header), []).append(n)
    still: list[Asked] = []
    for asked in out.asked:
        place = register.tables[asked.sheet].place(asked.row, asked.field)
        found = told.get((f"{place.workbook}\x1f{place.sheet}", place.row or 0, place.column))
        column = BY_FIELD[asked.sheet].by_field[asked.field]
        if found is None:
            still.append(asked)
            continue
        f = found
        mine = (asked.sheet, asked.record, column.header.zh)
        same = (f.code, f.table, f.record or "", f.header or "") in before
        wrote = Personal(asked.theirs.text, mask_of(column)) if mask_of(column) and asked.theirs.text else asked.theirs.text
        values = {**f.values, "wrote": wrote}
        zh, en = f"改成「{{wrote}}」后仍有问题（{f.code}）：{f.message.zh}", f"with {{wrote}} it is a problem still ({f.code}): {f.message.en}"
        refused = f.severity == "error" or same
        if not refused:
            still.append(asked)
        for n in lines_of.get(mine, ()):
            if (line := out.lines[n]).outcome == "asked":
                said = Text(zh, en) if refused else Text(f"列入变更方案；{zh}", f"goes into a plan; {en}")
                made = line.become("refused" if refused else "asked", said, f.advice if refused else Text("", ""))
                out.lines[n] = replace(made, values=values, code=f.code)
    out.asked[:] = still
