"""业主登记表: what an owner tells when the house is handed over, one page A4 an owner; blank, or filled in from the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from ownerbook.register.policy import PAPERS
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.column_form import options
from ownerbook.reports.forms.paper import ASK, CELL, CENTER, TEXT, VALUE, Paper, form_pen
from ownerbook.reports.naming import Naming
from ownerbook.reports.pen import Page
from ownerbook.schema.kinds import Choice
from ownerbook.schema.words import Text

KIND, TITLE = "registration", "业主登记表"
_LINES = 4
_OWNER: tuple[tuple[str, str], ...] = (
    ("name", "kind"),
    ("id_type", "id_no"),
    ("id_until", "share"),
    ("phone", "phone2"),
    ("email", "primary"),
    ("owned_from", "registered_on"),
)
_MEMBER = ("name", "relation", "id_type", "id_no", "phone")
_SPANS = ((1, 2), (3, 4), (5, 7), (8, 10), (11, 12))


def write_registration(path: Path, register: Register | None, owners: Sequence[int], *, workspace: str = "", as_of: date) -> int:
    """One page for each owner (rows of 业主); a blank page where none is given. Gives how many pages. Raises PenError."""
    name = Naming(register) if register is not None else None
    with form_pen(path, KIND, TITLE, as_of=as_of, workspace=workspace) as pen:
        for row in owners or [-1]:
            title = f"登记 {name.key('owners', row)}" if name is not None and row >= 0 else TITLE
            _page(Paper(pen.page(title)), name if row >= 0 else None, row, workspace)
    return max(1, len(owners))


def _page(paper: Paper, name: Naming | None, row: int, workspace: str) -> None:
    paper.meta(workspace, "业主编号：" + (name.key("owners", row) if name else "________________"))
    paper.title(TITLE, "由业主如实填写；黄色处填写，有更改请划改并签名")
    house = name.house("owners", row) if name else ""
    paper.fields(("房号", house, 2, 4), ("房屋状态", _of_house(name, row, "status"), 2, 4), height=24, ask=True)
    for pair in _OWNER:
        _pair(paper, pair, name, row)
    address = name.found("owners", "address", row) if name else ""
    paper.fields(("通讯地址", address, 2, 10), height=26, ask=True)
    paper.fields(("个性化服务需求（选填，须另行同意）", name.found("owners", "service_need", row) if name else "", 4, 8), height=26, ask=True)
    paper.gap(6)
    paper.text("家庭成员和同住人", TEXT.but(size=10.5, bold=True))
    members = _members(name, row) if name else []
    rows = members + [[""] * len(_MEMBER)] * max(0, _LINES - len(members))
    heads = [BY_FIELD["household"].by_field[f].header.zh for f in _MEMBER]
    first = paper.row + 1
    paper.table(heads, _SPANS, rows, [ASK, ASK, ASK, ASK.but(form="@"), ASK.but(form="@")], height=23)
    _choices(paper.page, first, paper.row - 1)
    paper.gap(6)
    paper.text("随表交来的材料（收件人逐件核对原件）", TEXT.but(size=10.5, bold=True))
    held = _papers(name, row) if name else {}
    lines = [[str(n), kind, held.get(kind, ""), "", ""] for n, kind in enumerate(_wanted(name, row), 1)]
    paper.table(
        ("序号", "材料类型", "已收到", "份数", "核对"),
        ((1, 1), (2, 6), (7, 8), (9, 10), (11, 12)),
        lines,
        [CENTER, CELL, CENTER, ASK, ASK],
        height=20,
    )
    paper.gap(6)
    notice = Text(
        "本人确认以上内容真实、准确，发生变化将及时告知。物业服务人已向本人出示《隐私告知书》，以上信息仅用于物业服务和业主档案管理。",
        "I confirm that the above is true, and will tell changes at once. I was shown the privacy notice.",
    )
    paper.text(notice, TEXT.but(size=9.5))
    paper.gap(2)
    paper.signatures("业主签名", "登记人", "日期", height=30)
    paper.finish()


def _pair(paper: Paper, pair: tuple[str, str], name: Naming | None, row: int) -> None:
    columns = [BY_FIELD["owners"].by_field[f] for f in pair]
    values = [name.found("owners", f, row) if name else "" for f in pair]
    top = paper.row
    paper.fields(*((c.header.zh, v, 2, 4) for c, v in zip(columns, values, strict=True)), height=24, ask=True)
    for at, (column, value) in enumerate(zip(columns, values, strict=True)):
        left = 3 + 6 * at
        if isinstance(column.kind, Choice) and options(column.kind):
            paper.page.choices(top, left, top, left, options(column.kind), strict=False)
        if column.kind.text_format:
            look = VALUE.but(form="@", fill="" if value else ASK.fill)
            paper.page.text(top, left, value, look) if value else paper.page.blank(top, left, look)


def _choices(page: Page, first: int, last: int) -> None:
    for at, field in ((1, "relation"), (2, "id_type")):
        kind = BY_FIELD["household"].by_field[field].kind
        if isinstance(kind, Choice) and last >= first:
            left = _SPANS[at][0]
            page.choices(first, left, last, left, options(kind), strict=False)


def _of_house(name: Naming | None, row: int, field: str) -> str:
    if name is None or "houses" not in name.register.tables:
        return ""
    return name.found("houses", field, int(name.register.reference("owners", "house_no").row[row]))


def _members(name: Naming, row: int) -> list[list[str]]:
    register = name.register
    if "household" not in register.tables:
        return []
    house, there = register.column("owners", "house_no"), register.column("household", "house_no")
    live = register.column("household", "status").is_("在住")
    rows = np.flatnonzero((there.ids == house.ids[row]) & there.ok & live)
    return [[name.found("household", f, int(r)) for f in _MEMBER] for r in rows]


def _wanted(name: Naming | None, row: int) -> tuple[str, ...]:
    """The papers that policy asks for."""
    if name is None:
        return PAPERS
    return tuple(name.register.policy.papers(_of_house(name, row, "use") or "住宅"))


def _papers(name: Naming, row: int) -> dict[str, str]:
    """The papers of the owner's files that are there."""
    register = name.register
    if not {"files", "documents"} <= register.tables.keys():
        return {}
    files = np.flatnonzero(register.reference("files", "owner_no").row == row)
    documents = np.flatnonzero(np.isin(register.reference("documents", "file_no").row, files))
    status = register.column("documents", "status")
    return {name.found("documents", "doc_type", int(r)): name.found("documents", "form", int(r)) for r in documents if not status.is_("待补")[r]}
