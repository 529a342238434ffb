"""The blank workbooks of the register, generated from its declarations: `python -m ownerbook.reports.templates DIR`.

They are the register once staff fill them, so they carry no property that would make the reader skip them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ownerbook.register.policy import PARAMETERS
from ownerbook.register.sheets import SHEETS
from ownerbook.reports.column_form import cell_look, input_hint, options, validation
from ownerbook.reports.explanation_page import write_explanation
from ownerbook.reports.palette import BLUE, BODY, MUTED
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.register_book import finish, write_headers
from ownerbook.reports.widths import column_width, lines
from ownerbook.schema.finding import column_letters
from ownerbook.schema.kinds import Choice
from ownerbook.schema.sheet import Column, Sheet

LAST_ROW = 1_048_576
MADE_ON = date(2026, 1, 1)  # the day that templates carry as their creation: they change with the declarations, not with the clock


def books() -> dict[str, list[Sheet]]:
    """The workbooks of a new register: file name → its sheets."""
    out: dict[str, list[Sheet]] = {}
    for sheet in SHEETS:
        out.setdefault(sheet.book, []).append(sheet)
    return out


def write_templates(folder: Path) -> list[Path]:
    """Write every blank workbook into a folder. Gives the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write_template(folder / name, sheets) for name, sheets in books().items()]


def write_template(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write one blank workbook."""
    with Pen(path, as_of=MADE_ON, title=path.stem, subject="空白登记簿") as pen:
        for sheet in sheets:
            _sheet(pen, sheet)
        write_explanation(pen, sheets)
    return path


def write_forms(folder: Path) -> list[Path]:
    """Write the blank forms into a folder. They are forms of ours, which are never read as register."""
    from ownerbook.reports.forms import registration_form, tenancy_form
    from ownerbook.reports.forms.manner import CHINESE

    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{form.TITLE}.xlsx" for form in (registration_form, tenancy_form)]
    registration_form.write_registration(paths[0], None, [], as_of=MADE_ON)
    tenancy_form.write_tenancy(paths[1], None, [], as_of=MADE_ON, how=CHINESE)
    return paths


def _sheet(pen: Pen, sheet: Sheet) -> None:
    page = pen.page(sheet.name, colour=BLUE if sheet.needed else MUTED, gridlines=True)
    columns = sheet.columns
    page.columns([_width(c) for c in columns], [cell_look(c.kind, BODY) for c in columns])
    write_headers(page, 1, [c.header.zh for c in columns], columns)
    for n, column in enumerate(columns, 1):
        _check(page, n, column)
    rows = _policy_rows(page) if sheet.field == "policy" else 0
    finish(page, 1, len(columns), 1 + rows)


def _width(column: Column) -> float:
    return max(float(column.width), column_width([], header=column.header.zh, filtered=True))


def _check(page: Page, n: int, column: Column) -> None:
    kind = column.kind
    if isinstance(kind, Choice):
        page.choices(2, n, LAST_ROW, n, options(kind), title=column.header.zh, hint=input_hint(column), strict=not kind.policy)
        return
    rule = validation(column, f"{column_letters(n)}2")
    if rule:
        page.check(2, n, LAST_ROW, n, rule)


def _policy_rows(page: Page) -> int:
    """制度 comes filled with every known parameter and its default."""
    for row, parameter in enumerate(PARAMETERS, 2):
        page.text(row, 1, parameter.name, BODY.but(form="@", bold=True))
        page.text(row, 2, parameter.default, BODY.but(form="@", wrap=True))
        page.text(row, 3, parameter.explanation.zh, BODY.but(ink=MUTED, wrap=True))
        page.height(row, max(lines(parameter.default, 40), lines(parameter.explanation.zh, 44)) * 16.5 + 2)
    return len(PARAMETERS)


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "templates")
    for written in (*write_templates(target), *write_forms(target)):
        print(written)
