"""租户登记表: one page A4 for tenants who move in or out of a house; read back like the registration form (`jobs.registration_forms`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from ownerbook.procedures.registration import MOVED_IN, MOVED_OUT, TENANCY
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.forms.manner import Manner
from ownerbook.reports.forms.marked import SMALL, Cell, Span, fields, finish, table
from ownerbook.reports.forms.paper import TEXT, Paper, form_pen
from ownerbook.reports.masking import shown
from ownerbook.reports.naming import Naming

KIND, TITLE = "tenancy", "租户登记表"
_MASKED = Manner(masked=True)
TENANTS, PAPER_LINES = 5, 3
LEASE = "房屋租赁合同"
LISTS = {"form.going": (MOVED_IN, MOVED_OUT)}
_HEAD: tuple[tuple[Cell, ...], ...] = (
    (("房号", "houses", "house_no", 2, 2), ("事项", "form", "reason", 2, 2), ("登记日期", "form", "day", 2, 2)),
    (("租期起", "form", "lease_from", 2, 2), ("租期止", "form", "lease_to", 2, 2), ("房屋状态", "houses", "status", 2, 2)),
)
_CURRENT: tuple[Span, ...] = (
    ("成员编号", "=member_no", 1, 2), ("姓名", "=name", 3, 4), ("与业主关系", "=relation", 5, 6), ("登记日期", "=registered_on", 7, 8),
    ("备注", "=note", 9, 10), ("去留", "form.going", 11, 12),
)  # fmt: skip
_TENANT: tuple[Span, ...] = (
    ("姓名", "name", 1, 2), ("关系", "relation", 3, 4), ("证件类型", "id_type", 5, 7), ("证件号码", "id_no", 8, 10), ("联系电话", "phone", 11, 12),
)  # fmt: skip
_PAPER: tuple[Span, ...] = (
    ("序号", "", 1, 1), ("材料类型", "doc_type", 2, 3), ("形式", "form", 4, 5), ("页数", "pages", 6, 6), ("份数", "copies", 7, 7),
    ("核对人", "checked_by", 8, 9), ("状态", "status", 10, 10), ("备注", "note", 11, 12),
)  # fmt: skip
_OFFICE: tuple[Cell, ...] = (("登记人", "form", "clerk", 2, 10),)


@dataclass(frozen=True)
class TenancyPage:
    """What stands on a page from the start. house: 房号; owners: who owns it, for people; current: who lives there, a line each."""

    house: str = ""
    owners: str = ""
    current: Sequence[Mapping[str, str]] = field(default_factory=tuple)


def write_tenancy(path: Path, register: Register | None, houses: Sequence[int], *, workspace: str = "", as_of: date, how: Manner = _MASKED) -> int:
    """One page for each house (rows of 房屋), a blank one where none is given. Gives how many. Raises PenError."""
    pages = [TenancyPage()] if register is None or not houses else [_of_house(Naming(register), row, how.masked) for row in houses]
    with form_pen(path, KIND, TITLE, as_of=as_of, workspace=workspace, how=how) as pen:
        for page in pages:
            _page(Paper(pen.page(f"租户 {page.house}".strip()), how=how), page, workspace)
    return len(pages)


def _page(paper: Paper, printed: TenancyPage, workspace: str) -> None:
    paper.meta(workspace, f"业主：{printed.owners or '________________'}")
    paper.title(TITLE, "黄色处填写；迁入的写在「新租户」，迁出的在「现住人」选迁出；租赁合同随表交来")
    for row in _HEAD:
        fields(paper, "head", row, {"houses": {"house_no": printed.house}, "form": {"reason": TENANCY}}, {}, fixed=("reason",))
    paper.gap(4)
    if printed.current:
        paper.text(f"现住人（选{MOVED_OUT}的记为迁出，其余不变）", SMALL)
        table(paper, "household", "current", _CURRENT, printed.current, 0, LISTS, key="member_no")
        paper.gap(4)
    paper.text("新租户和同住人（关系不写即为租户）", SMALL)
    table(paper, "household", "member", _TENANT, (), TENANTS, LISTS)
    paper.gap(4)
    paper.text("随表交来的材料（没有交来的留空）", SMALL)
    table(paper, "documents", "paper", _PAPER, ({"doc_type": "其他", "note": LEASE},), PAPER_LINES, LISTS)
    paper.gap(4)
    fields(paper, "office", _OFFICE, {}, {})
    paper.gap(4)
    paper.text(
        "以上内容由业主或承租人提供，仅用于物业服务和业主档案管理，发生变化将及时告知。房屋转让不影响租赁合同的效力（民法典第725条）。",
        TEXT.but(size=9),
    )
    paper.signatures("业主签名", "承租人", "日期", height=30)
    finish(paper)


def _of_house(name: Naming, at: int, masked: bool) -> TenancyPage:
    register = name.register
    people: list[dict[str, str]] = []
    if "household" in register.tables:
        here = (register.reference("household", "house_no").row == at) & register.column("household", "status").is_("在住")
        columns, fields_ = BY_FIELD["household"].by_field, ("member_no", "name", "relation", "registered_on", "note")
        people = [{f: shown(columns[f], name.found("household", f, row), masked=masked) for f in fields_} for row in map(int, np.flatnonzero(here))]
    owners = ""
    if "owners" in register.tables:
        own = (register.reference("owners", "house_no").row == at) & register.column("owners", "status").is_("现业主")
        column = BY_FIELD["owners"].by_field["name"]
        owners = "、".join(shown(column, name.found("owners", "name", row), masked=masked) for row in map(int, np.flatnonzero(own)))
    return TenancyPage(name.found("houses", "house_no", at), owners, people)
