"""业主登记表: one page A4 for a person, a company, an agent or a minor; printed and signed, or filled in with an office program.

One form for all of them: 办理类型 says who comes, 登记原因 whether the house is registered for the first time or changes hands. It is
read back (`jobs.registration_forms`) by a hidden column that says which field of what stands in which column of a row, so that
rows may move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from ownerbook.procedures.registration import CASES, REASONS
from ownerbook.register.policy import PAPERS
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.column_form import cell_look, options
from ownerbook.reports.forms.paper import ASK, CENTER, HEAD, LABEL, META, TEXT, VALUE, Paper, form_pen
from ownerbook.reports.naming import Naming
from ownerbook.reports.palette import FILL_IN, Look
from ownerbook.reports.widths import lines
from ownerbook.schema.kinds import Choice, Day
from ownerbook.schema.sheet import Column

KIND, TITLE = "registration", "业主登记表"
MARK = 13  # the hidden column
CO_OWNERS, MEMBERS, PAPER_LINES = 3, 4, 9
HELPER_RELATIONS = ("父母", "祖孙", "兄弟姐妹", "其他亲属", "代理人", "单位经办人")
_DAY = Day()
_SMALL = TEXT.but(size=10.5, bold=True)
Cell = tuple[str, str, str, int, int]
"""Label, sheet (`form` for what is no column of a sheet), field, columns of the label, columns of the value."""
_HEAD: tuple[tuple[Cell, ...], ...] = (
    (("房号", "houses", "house_no", 2, 2), ("登记原因", "form", "reason", 2, 2), ("办理类型", "form", "case", 2, 2)),
    (("登记日期", "form", "day", 2, 2), ("取得日期", "form", "since", 2, 2), ("房屋状态", "houses", "status", 2, 2)),
    (("签约日期", "houses", "contract_on", 2, 2), ("交房日期", "houses", "handover_on", 2, 2), ("入住日期", "houses", "movein_on", 2, 2)),
    (("不动产权证号", "houses", "title_no", 2, 10),),
)
_OWNER: tuple[tuple[Cell, ...], ...] = (
    (("姓名或名称", "owners", "name", 2, 4), ("业主类型", "owners", "kind", 2, 4)),
    (("证件类型", "owners", "id_type", 2, 4), ("证件号码", "owners", "id_no", 2, 4)),
    (("证件有效期至", "owners", "id_until", 2, 4), ("产权份额", "owners", "share", 2, 4)),
    (("联系电话", "owners", "phone", 2, 4), ("备用电话", "owners", "phone2", 2, 4)),
    (("电子邮箱", "owners", "email", 2, 4), ("主联系人", "owners", "primary", 2, 4)),
    (("通讯地址", "owners", "address", 2, 10),),
    (("隐私告知书", "owners", "consent", 2, 2), ("告知日期", "owners", "consent_on", 2, 2), ("真实性声明", "owners", "declared", 2, 2)),
    (("服务需求（选填）", "owners", "service_need", 2, 6), ("需求同意日期", "owners", "need_consent_on", 2, 2)),
)
_OFFICE: tuple[Cell, ...] = (("登记人", "form", "clerk", 2, 4), ("鉴定人（过户时旧档归档）", "form", "appraiser", 3, 3))
Span = tuple[str, str, int, int]
_CO_OWNER: tuple[Span, ...] = (
    ("姓名", "name", 1, 2), ("证件类型", "id_type", 3, 4), ("证件号码", "id_no", 5, 7), ("联系电话", "phone", 8, 9), ("份额", "share", 10, 10),
    ("主联系人", "primary", 11, 11), ("告知书", "consent", 12, 12),
)  # fmt: skip
_MEMBER: tuple[Span, ...] = (
    ("姓名", "name", 1, 2), ("与业主关系", "relation", 3, 4), ("证件类型", "id_type", 5, 7), ("证件号码", "id_no", 8, 10),
    ("联系电话", "phone", 11, 12),
)  # fmt: skip
_PAPER: tuple[Span, ...] = (
    ("序号", "", 1, 1), ("材料类型", "doc_type", 2, 4), ("形式", "form", 5, 6), ("页数", "pages", 7, 7), ("份数", "copies", 8, 8),
    ("核对人", "checked_by", 9, 10), ("状态", "status", 11, 11), ("备注", "note", 12, 12),
)  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """What stands on a page from the start. house, owner, form: by field; co_owners, members, papers: a line each. number: 业主编号."""

    title: str = TITLE
    number: str = ""
    house: dict[str, str] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    co_owners: Sequence[dict[str, str]] = ()
    members: Sequence[dict[str, str]] = ()
    papers: Sequence[dict[str, str]] = tuple({"doc_type": p} for p in PAPERS)


def write_registration(path: Path, register: Register | None, owners: Sequence[int], *, workspace: str = "", as_of: date) -> int:
    """One page for each owner (rows of 业主), as the register knows them; a blank page where none is given. Gives how many. Raises PenError."""
    name = Naming(register) if register is not None else None
    return write_pages(
        path, [_of_owner(name, row) for row in owners] if name is not None and owners else [Printed()], workspace=workspace, as_of=as_of
    )


def write_for_houses(path: Path, register: Register, houses: Sequence[int], *, workspace: str = "", as_of: date) -> int:
    """One page for each house (rows of 房屋), for who is to be registered: what is known of the house and the papers that policy asks for."""
    name = Naming(register)
    return write_pages(path, [_of_house(name, row) for row in houses], workspace=workspace, as_of=as_of)


def write_pages(path: Path, pages: Sequence[Printed], *, workspace: str, as_of: date) -> int:
    """The pages as they are given. Raises PenError."""
    with form_pen(path, KIND, TITLE, as_of=as_of, workspace=workspace) as pen:
        for page in pages:
            _page(Paper(pen.page(page.title)), page, workspace)
    return len(pages)


def _page(paper: Paper, printed: Printed, workspace: str) -> None:
    page = paper.page
    paper.meta(workspace, f"业主编号：{printed.number or '________________'}")
    paper.title(TITLE, "黄色处填写；个人、单位、代办和未成年人同用一张；登记原因为过户的，写明过户后的全部业主")
    for row in _HEAD:
        _fields(paper, "head", row, {"houses": printed.house, "form": printed.form})
    paper.gap(3)
    paper.text("业主（第一位）", _SMALL)
    for row in _OWNER:
        _fields(paper, "owner.1", row, {"owners": printed.owner})
    paper.gap(3)
    paper.text("共有人", _SMALL)
    _table(paper, "owners", "owner", _CO_OWNER, printed.co_owners, CO_OWNERS, first=2)
    paper.gap(3)
    paper.text("监护人、代理人或单位经办人", _SMALL)
    _table(paper, "household", "helper", _MEMBER, (), 1, relations=HELPER_RELATIONS)
    paper.gap(3)
    paper.text("家庭成员和同住人", _SMALL)
    _table(paper, "household", "member", _MEMBER, printed.members, MEMBERS)
    paper.gap(3)
    paper.text("随表交来的材料（收件人逐件与原件核对；没有交来的留空）", _SMALL)
    _table(paper, "documents", "paper", _PAPER, printed.papers, PAPER_LINES)
    paper.gap(3)
    _fields(paper, "office", _OFFICE, {"form": printed.form})
    paper.gap(2)
    paper.text(
        "本人确认以上内容真实、准确，发生变化将及时告知。物业服务人已向本人出示《隐私告知书》，以上信息仅用于物业服务和业主档案管理。",
        TEXT.but(size=9),
    )
    paper.signatures("业主签名", "登记人", "日期", height=26)
    page.columns([14.0], first=MARK)
    page.hide_column(MARK)
    page.protect()
    paper.finish()


def _fields(paper: Paper, group: str, row: Sequence[Cell], values: dict[str, dict[str, str]]) -> None:
    """A row of labels and cells to fill in, and its mark."""
    page, column, marks, most = paper.page, 1, [group], 20.0
    for label, sheet, name, wide_label, wide in row:
        page.across(paper.row, column, column + wide_label - 1, label, LABEL.but(size=9.5))
        first, last = column + wide_label, column + wide_label + wide - 1
        value = values.get(sheet, {}).get(name, "")
        declared = BY_FIELD[sheet].by_field[name] if sheet != "form" else None
        page.across(paper.row, first, last, value, _look(declared, VALUE, name, value))
        _check(paper, first, declared, name)
        marks.append(f"{sheet}.{name}@{first}")
        most = max(most, lines(value, paper.room(first, last) - 1) * 16 + 4, lines(label, paper.room(column, first - 1) - 1) * 13 + 6)
        column = last + 1
    page.text(paper.row, MARK, " ".join(marks), META.but(form="@"))
    page.height(paper.row, most)
    paper.row += 1


def _table(
    paper: Paper,
    sheet: str,
    group: str,
    spans: Sequence[Span],
    rows: Sequence[dict[str, str]],
    least: int,
    *,
    first: int = 1,
    relations: Sequence[str] = (),
) -> None:
    """A table to fill in, a mark a line."""
    page = paper.page
    for label, _, left, right in spans:
        page.across(paper.row, left, right, label, HEAD.but(size=9))
    page.height(paper.row, 18)
    paper.row += 1
    blank: list[dict[str, str]] = [{}] * max(0, least - len(rows))
    for n, given in enumerate([*rows, *blank], first):
        marks = [f"{group}.{n}"]
        for label, name, left, right in spans:
            if not name:
                page.number(paper.row, left, n, CENTER.but(size=9))
                continue
            declared, value = BY_FIELD[sheet].by_field[name], given.get(name, "")
            page.across(paper.row, left, right, value, _look(declared, ASK.but(size=9.5), name, value))
            if label == "与业主关系" and relations:
                page.choices(paper.row, left, paper.row, left, relations, strict=False)
            else:
                _check(paper, left, declared, name)
            marks.append(f"{sheet}.{name}@{left}")
        page.text(paper.row, MARK, " ".join(marks), META.but(form="@"))
        page.height(paper.row, 19)
        paper.row += 1


def _look(column: Column | None, base: Look, name: str, value: str) -> Look:
    """Yellow and open to be written in, in the format of its kind."""
    look = base.but(fill="" if value else FILL_IN, unlocked=True, wrap=True, indent=0)
    if column is not None:
        return cell_look(column.kind, look).but(align="left")
    return look.but(form="yyyy-mm-dd") if name in ("day", "since") else look.but(form="@")


def _check(paper: Paper, left: int, column: Column | None, name: str) -> None:
    values: Sequence[str] = {"reason": REASONS, "case": CASES}.get(name, ())
    if column is not None and isinstance(column.kind, Choice):
        values = options(column.kind)
    if values:
        paper.page.choices(paper.row, left, paper.row, left, values, strict=False)


def _of_owner(name: Naming, row: int) -> Printed:
    """A page as the register knows an owner."""
    register, key = name.register, name.key("owners", row)
    owner = {f: name.found("owners", f, row) for cells in _OWNER for _, _, f, _, _ in cells}
    at = int(register.reference("owners", "house_no").row[row]) if "houses" in register.tables else -1
    house = {f: name.found("houses", f, at) for cells in _HEAD for _, s, f, _, _ in cells if s == "houses"}
    house["house_no"] = name.house("owners", row)
    form = {"day": name.found("owners", "registered_on", row), "since": name.found("owners", "owned_from", row)}
    form["clerk"] = name.found("owners", "registered_by", row)
    return Printed(f"登记 {key}", key, house, owner, form, members=_members(name, row), papers=_papers(name, row, at))


def _of_house(name: Naming, at: int) -> Printed:
    """A page for who is to be registered for a house."""
    register = name.register
    house = {f: name.found("houses", f, at) for cells in _HEAD for _, s, f, _, _ in cells if s == "houses"}
    if house["status"] in ("未售", "未交房"):
        house["status"] = ""
    use = name.found("houses", "use", at) or "住宅"
    number = house["house_no"]
    return Printed(f"登记 {number}", "", house, papers=tuple({"doc_type": p} for p in register.policy.papers(use)))


def _members(name: Naming, row: int) -> list[dict[str, str]]:
    register = name.register
    if "household" not in register.tables:
        return []
    house, there = register.column("owners", "house_no"), register.column("household", "house_no")
    live = register.column("household", "status").is_("在住")
    rows = np.flatnonzero((there.ids == house.ids[row]) & there.ok & live)
    return [{f: name.found("household", f, int(r)) for _, f, _, _ in _MEMBER} for r in rows]


def _papers(name: Naming, row: int, house: int) -> list[dict[str, str]]:
    """The papers that policy asks for, with what the owner's files hold of them."""
    register = name.register
    held: dict[str, dict[str, str]] = {}
    if {"files", "documents"} <= register.tables.keys():
        files = np.flatnonzero(register.reference("files", "owner_no").row == row)
        documents = np.flatnonzero(np.isin(register.reference("documents", "file_no").row, files))
        fields = [f for _, f, _, _ in _PAPER if f]
        held = {name.found("documents", "doc_type", int(r)): {f: name.found("documents", f, int(r)) for f in fields} for r in documents}
    use = name.found("houses", "use", house) or "住宅"
    kinds = dict.fromkeys([*register.policy.papers(use), *held])
    return [held.get(k, {"doc_type": k}) for k in kinds if k]
