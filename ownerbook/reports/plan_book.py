"""A proposal as a workbook that people can read before it is written: what changes, the new rows in the register's own columns, what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ownerbook.register.proposal import Proposal
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.column_form import cell_look
from ownerbook.reports.forms.paper import form_pen
from ownerbook.reports.palette import BODY, BODY_WRAP, ERROR, HEADER, HEADER_OPTIONAL, NAVY, SUBTITLE, TITLE
from ownerbook.reports.pen import Page
from ownerbook.reports.widths import column_width, row_height

KIND = "plan"


def write_plan(path: Path, register: Register, proposal: Proposal, *, title: str, workspace: str, made_from: Mapping[str, str]) -> None:
    """Write the plan. made_from: workbook → SHA-256 of what it rests on (the form and the register). Raises PenError."""
    properties = {f"ownerbook.from.{n}": f"{name} {sha}" for n, (name, sha) in enumerate(sorted(made_from.items()), 1)}
    with form_pen(path, KIND, title, as_of=register.today, workspace=workspace, properties=properties) as pen:
        _changes(pen.page("修改", colour=NAVY), register, proposal, title)
        for sheet in dict.fromkeys(r.sheet for r in proposal.rows):
            _rows(pen.page(f"{BY_FIELD[sheet].name}-新增", colour=NAVY), proposal, sheet)
        _refused(pen.page("没有采用", colour=ERROR), proposal)


def _changes(page: Page, register: Register, proposal: Proposal, title: str) -> None:
    heads, widths = ("序号", "表", "记录", "列", "位置", "原值", "新值"), (6.5, 10, 22, 16, 34, 22, 22)
    page.columns(widths)
    page.text(1, 1, title, TITLE)
    page.height(1, 30)
    about = f"{register.today.isoformat()}    新增 {len(proposal.rows)} 行，修改 {len(proposal.values)} 格，没有采用 {len(proposal.against)} 条"
    page.text(2, 1, about, SUBTITLE)
    page.row(3, heads, HEADER)
    for n, v in enumerate(proposal.values, 1):
        sheet, table = BY_FIELD[v.sheet], register.tables[v.sheet]
        old, new = table.found(v.field, v.row), v.value.isoformat() if isinstance(v.value, date) else str(v.value or "")
        texts = (sheet.name, table.found(sheet.key.field, v.row), sheet.by_field[v.field].header.zh, str(table.place(v.row, v.field)), old, new)
        page.number(3 + n, 1, n, BODY)
        for c, text in enumerate(texts, 2):
            page.text(3 + n, c, text, BODY_WRAP.but(form="@"))
        page.height(3 + n, row_height(list(zip(texts, widths[1:], strict=True))))
    page.freeze(3)
    page.print_setup(repeat=(3, 3), last_column=len(heads), last_row=max(4, 3 + len(proposal.values)))


def _rows(page: Page, proposal: Proposal, sheet: str) -> None:
    columns = BY_FIELD[sheet].columns
    mine = [r.values for r in proposal.rows if r.sheet == sheet]
    widths = [
        column_width((str(v.get(c.field, "")) for v in mine), header=c.header.zh, widest=30) if any(c.field in v for v in mine) else 9.0
        for c in columns
    ]
    page.columns(widths)
    for n, c in enumerate(columns, 1):
        page.text(1, n, c.header.zh, HEADER if c.required else HEADER_OPTIONAL)
    page.height(1, 26)
    for r, values in enumerate(mine, 2):
        for n, c in enumerate(columns, 1):
            page.value(r, n, values.get(c.field), cell_look(c.kind, BODY))
    page.freeze(1, 1)
    page.print_setup(repeat=(1, 1), last_column=len(columns), last_row=max(2, 1 + len(mine)))


def _refused(page: Page, proposal: Proposal) -> None:
    page.columns((6.5, 100))
    page.text(1, 1, "没有采用的行和说明", TITLE)
    page.height(1, 30)
    page.row(2, ("序号", "说明"), HEADER)
    for n, text in enumerate([*(t.zh for t in proposal.against), *(t.zh for t in proposal.notes)], 1):
        page.number(2 + n, 1, n, BODY)
        page.text(2 + n, 2, text, BODY_WRAP.but(ink=ERROR) if n <= len(proposal.against) else BODY_WRAP)
        page.height(2 + n, row_height([(text, 100.0)]))
    page.print_setup(landscape=False, last_column=2, last_row=3 + len(proposal.against) + len(proposal.notes))
