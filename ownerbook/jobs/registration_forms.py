"""业主登记表 come back: what was filled in, as plain data. A page a registration; a page nobody wrote on says nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ownerbook.identifiers import dates
from ownerbook.procedures.registration import FIRST, REASONS, Line, Registration, said
from ownerbook.reconcile.change import Origin, Said
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.forms.registration_form import KIND
from ownerbook.schema.cells import Kind, Pool
from ownerbook.schema.kinds import Day, Measure, Share
from ownerbook.schema.table import number_as_typed
from ownerbook.schema.words import Text
from ownerbook.workbook.book import Book, Tab

_MARK = re.compile(r"(?:head|office|helper\.1|(?:owner|member|paper)\.\d+)(?: \w+\.\w+@\d+)+")
Grid = dict[int, dict[int, tuple[str, date | None]]]


def is_registration(book: Book, pool: Pool) -> bool:
    """Whether a file is a registration form: by its property, or where a program dropped it by the hidden marks."""
    kind = book.properties.get("ownerbook.kind", "")
    return kind == KIND or (not kind and any(_marks(_grid(t, book, pool)) for t in book.tabs if not t.hidden and len(t.cells.row) < 2000))


def registrations(book: Book, pool: Pool, origin: Origin) -> tuple[list[Registration], list[Text]]:
    """The registrations on a form, and what is to be said of pages that are none."""
    out: list[Registration] = []
    notes: list[Text] = []
    for tab in book.tabs:
        if tab.hidden:
            continue
        grid = _grid(tab, book, pool)
        marks = _marks(grid)
        if not marks:
            if grid:
                zh = f"{tab.name}：这一页的隐藏列不在了，认不出各格是什么，没有采用；请用原表填写"
                notes.append(Text(zh, f"{tab.name}: its hidden column is gone, so its cells cannot be told; use the form as printed"))
            continue
        found = _registration(grid, marks, replace(origin, place=tab.name))
        if found is None:
            notes.append(Text(f"{tab.name}：没有填写业主，没有采用", f"{tab.name}: no owner is filled in"))
        else:
            out.append(found)
            reason = _form_value(grid, marks, "reason")
            if reason and reason not in REASONS:
                zh = f"{tab.name}：登记原因「{reason}」不在 {'、'.join(REASONS)} 之中，按{FIRST}看待"
                notes.append(Text(zh, f"{tab.name}: the reason {reason} is none of {', '.join(REASONS)}; taken as a first registration"))
    return out, notes


Marks = dict[int, tuple[str, tuple[tuple[str, str, int], ...]]]
"""Row → its group, and sheet, field and column of each cell."""


def _grid(tab: Tab, book: Book, pool: Pool) -> Grid:
    """Row → column → text and, where it is one, day."""
    out: Grid = {}
    c = tab.cells
    for i in range(len(c.row)):
        kind, value = int(c.kind[i]), float(c.value[i])
        day: date | None = None
        if kind in (Kind.TEXT, Kind.ERROR):
            text = pool.text(int(value)).strip()
        elif kind == Kind.DATE:
            day = dates.from_serial(value, book.date1904)
            text = day.isoformat() if day else number_as_typed(value)
        elif kind == Kind.NUMBER:
            text = number_as_typed(value)
        else:
            continue
        if text:
            out.setdefault(int(c.row[i]), {})[int(c.col[i])] = (text, day)
    return out


def _marks(grid: Grid) -> Marks:
    out: Marks = {}
    for row, cells in grid.items():
        mark = next((text for _, (text, _) in sorted(cells.items(), reverse=True) if "@" in text and _MARK.fullmatch(text)), None)
        if mark is not None:
            group, *fields = mark.split(" ")
            out[row] = group, tuple(_field(f) for f in fields)
    return out


def _field(mark: str) -> tuple[str, str, int]:
    where, _, column = mark.partition("@")
    sheet, _, name = where.partition(".")
    return sheet, name, int(column)


def _form_value(grid: Grid, marks: Marks, name: str) -> str:
    for row, (_, fields) in marks.items():
        for sheet, f, column in fields:
            if sheet == "form" and f == name:
                return grid[row].get(column, ("", None))[0]
    return ""


def _form_day(grid: Grid, marks: Marks, name: str) -> date | None:
    for row, (_, fields) in marks.items():
        for sheet, f, column in fields:
            if sheet == "form" and f == name and column in grid[row]:
                text, day = grid[row][column]
                return day or dates.parse(text)
    return None


def _registration(grid: Grid, marks: Marks, origin: Origin) -> Registration | None:
    groups: dict[str, dict[str, Said]] = {}
    rows: dict[str, int] = {}
    for row, (group, fields) in sorted(marks.items()):
        values = groups.setdefault(group, {})
        rows.setdefault(group, row)
        for sheet, name, column in fields:
            if sheet != "form" and column in grid[row]:
                values[name] = _said(sheet, name, *grid[row][column])

    def lines(kind: str) -> tuple[Line, ...]:
        mine = sorted((g for g in groups if g.partition(".")[0] == kind), key=lambda g: int(g.partition(".")[2]))
        found = [Line(groups[g], f"{origin.place} 第 {rows[g]} 行") for g in mine]
        return tuple(n for n in found if not n.blank)

    house = groups.get("head", {})
    owners = lines("owner")
    if not owners:
        return None
    reason = _form_value(grid, marks, "reason")
    helper = next(iter(lines("helper")), Line({}))
    who = owners[0].text("name")
    return Registration(
        house=house["house_no"].text if "house_no" in house else "",
        origin=replace(origin, who=who, day=_form_day(grid, marks, "day")),
        reason=reason if reason in REASONS else FIRST,
        case=_form_value(grid, marks, "case"),
        of_house={f: s for f, s in house.items() if f != "house_no"},
        owners=owners,
        members=lines("member"),
        papers=lines("paper"),
        helper=helper,
        day=_form_day(grid, marks, "day"),
        since=_form_day(grid, marks, "since"),
        clerk=_form_value(grid, marks, "clerk"),
        appraiser=_form_value(grid, marks, "appraiser"),
    )


def _said(sheet: str, name: str, text: str, day: date | None) -> Said:
    """As it is to be typed: days as days, numbers and shares as numbers, everything else as text."""
    kind = BY_FIELD[sheet].by_field[name].kind
    if isinstance(kind, Day):
        found = day or dates.parse(text)
        return said(found) if found else said(text)
    if isinstance(kind, Measure | Share):
        try:
            number = float(text)
        except ValueError:
            return said(text)
        if isinstance(kind, Share):
            return Said(f"{number * 100:.10g}%", number) if 0 < number <= 1 else said(text)
        return said(int(number)) if number == int(number) else said(number)
    return said(text)
