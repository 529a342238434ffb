"""Cells to fill in that can be read back: beside every row stands, in a hidden column, which field of what is in which column, so that rows
may move. `jobs.registration_forms` reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.column_form import cell_look, options
from ownerbook.reports.forms.paper import ASK, CENTER, HEAD, LABEL, META, TEXT, VALUE, Paper
from ownerbook.reports.palette import FILL_IN, Look
from ownerbook.reports.widths import lines
from ownerbook.schema.kinds import Choice
from ownerbook.schema.sheet import Column

MARK = 13  # the hidden column
SMALL = TEXT.but(size=10.5, bold=True)
Cell = tuple[str, str, str, int, int]
"""Label, sheet (`form` for what is no column of a sheet), field, columns of the label, columns of the value."""
Span = tuple[str, str, int, int]
"""Label, field, first and last column. Of fields '' is the running number, `form.x` no column of the sheet, `=x` printed and not read."""
Lists = Mapping[str, Sequence[str]]
DAYS = ("day", "since", "lease_from", "lease_to")


def fields(
    paper: Paper, group: str, row: Sequence[Cell], values: Mapping[str, Mapping[str, str]], lists: Lists, *, fixed: Sequence[str] = ()
) -> None:
    """A row of labels and cells to fill in, and its mark. lists: what to choose from, by field of the form; fixed: fields printed for good."""
    page, column, marks, most = paper.page, 1, [group], 20.0
    for label, sheet, name, wide_label, wide in row:
        first, last = column + wide_label, column + wide_label + wide - 1
        value = values.get(sheet, {}).get(name, "")
        declared = BY_FIELD[sheet].by_field[name] if sheet != "form" else None
        label = _label(paper, label, declared)
        page.across(paper.row, column, column + wide_label - 1, label, LABEL.but(size=9.5))
        page.across(paper.row, first, last, value, VALUE if name in fixed else _look(declared, VALUE, name, value))
        if name not in fixed:
            _check(paper, first, declared, lists.get(name, ()))
        marks.append(f"{sheet}.{name}@{first}")
        most = max(most, lines(value, paper.room(first, last) - 1) * 16 + 4, lines(label, paper.room(column, first - 1) - 1) * 13 + 6)
        column = last + 1
    _finish(paper, marks, most)


def table(
    paper: Paper,
    sheet: str,
    group: str,
    spans: Sequence[Span],
    rows: Sequence[Mapping[str, str]],
    least: int,
    lists: Lists,
    *,
    first: int = 1,
    key: str = "",
) -> None:
    """A table to fill in, a mark a line. least: so many lines at least. key: the printed field by which a line is known when it comes back."""
    page, high = paper.page, 18.0
    for label, name, left, right in spans:
        column = BY_FIELD[sheet].by_field.get(name.removeprefix("="))
        told = _label(paper, label, column)
        page.across(paper.row, left, right, told, HEAD.but(size=9))
        high = max(high, lines(told, paper.room(left, right) - 1) * 12.5 + 5)
    page.height(paper.row, high)
    paper.row += 1
    blank: list[Mapping[str, str]] = [{}] * max(0, least - len(rows))
    for n, given in enumerate([*rows, *blank], first):
        marks, most = [f"{group}.{n}"], 19.0
        for _, name, left, right in spans:
            if not name:
                page.number(paper.row, left, n, CENTER.but(size=9))
                continue
            value = given.get(name.removeprefix("="), "")
            most = max(most, lines(value, paper.room(left, right) - 1) * 14 + 5)
            if name.startswith("="):
                page.across(paper.row, left, right, value, CENTER.but(size=9.5, wrap=True, form="@"))
                marks += [f"{sheet}.{key}@{left}"] if name == f"={key}" else []
                continue
            of, _, field = name.rpartition(".")
            declared = None if of else BY_FIELD[sheet].by_field[field]
            page.across(paper.row, left, right, value, _look(declared, ASK.but(size=9.5), field, value))
            _check(paper, left, declared, lists.get(name, ()))
            marks.append(f"{of or sheet}.{field}@{left}")
        _finish(paper, marks, most)


def finish(paper: Paper) -> None:
    """Hide the marks, protect what is printed, set up the print."""
    page = paper.page
    page.columns([14.0], first=MARK)
    page.hide_column(MARK)
    page.protect()
    paper.finish()


def _label(paper: Paper, label: str, column: Column | None) -> str:
    """A label in the manner of the page: in English with the column's own word where the forms have none."""
    told = paper.how.head(label)
    return f"{label}\n{column.header.en}" if told == label and paper.how.both and column is not None else told


def _finish(paper: Paper, marks: Sequence[str], height: float) -> None:
    paper.page.text(paper.row, MARK, " ".join(marks), META.but(form="@"))
    paper.page.height(paper.row, height)
    paper.row += 1


def _look(column: Column | None, base: Look, name: str, value: str) -> Look:
    """Yellow and open to be written in, in the format of its kind."""
    look = base.but(fill="" if value else FILL_IN, unlocked=True, wrap=True, indent=0)
    if column is not None:
        return cell_look(column.kind, look).but(align="left")
    return look.but(form="yyyy-mm-dd") if name in DAYS else look.but(form="@")


def _check(paper: Paper, left: int, column: Column | None, values: Sequence[str]) -> None:
    if not values and column is not None and isinstance(column.kind, Choice):
        values = options(column.kind)
    if values:
        paper.page.choices(paper.row, left, paper.row, left, values, strict=False)
