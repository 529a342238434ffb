"""业主登记表: one page A4 for a person, a company, an agent or a minor; printed and signed, or filled in with an office program.

One form for all of them: 办理类型 says who comes, 登记原因 whether the house is registered for the first time or changes hands; then the
page lists the current owners, and who stays and who leaves is marked. It is read back by `jobs.registration_forms`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ownerbook.procedures.registration import CASES, LEAVES, REASONS, STAYS
from ownerbook.register.policy import PAPERS
from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.marked import SMALL, Cell, Span, fields, finish, table
from ownerbook.reports.forms.paper import TEXT, Paper, form_pen
from ownerbook.reports.naming import Naming

KIND, TITLE = "registration", "业主登记表"
_MASKED = Manner(masked=True)
CO_OWNERS, MEMBERS, PAPER_LINES = 3, 4, 9
HELPER_RELATIONS = ("父母", "祖孙", "兄弟姐妹", "其他亲属", "代理人", "单位经办人")
LISTS = {"reason": REASONS, "case": CASES, "form.going": (STAYS, LEAVES)}
HEAD: tuple[tuple[Cell, ...], ...] = (
    (("房号", "houses", "house_no", 2, 2), ("登记原因", "form", "reason", 2, 2), ("办理类型", "form", "case", 2, 2)),
    (("登记日期", "form", "day", 2, 2), ("取得日期", "form", "since", 2, 2), ("房屋状态", "houses", "status", 2, 2)),
    (("签约日期", "houses", "contract_on", 2, 2), ("交房日期", "houses", "handover_on", 2, 2), ("入住日期", "houses", "movein_on", 2, 2)),
    (("不动产权证号", "houses", "title_no", 2, 10),),
)
OWNER: tuple[tuple[Cell, ...], ...] = (
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
_CURRENT: tuple[Span, ...] = (
    ("业主编号", "=owner_no", 1, 2), ("姓名", "=name", 3, 4), ("证件号码", "=id_no", 5, 7), ("现份额", "=held", 8, 8), ("去留", "form.going", 9, 9),
    ("新份额", "share", 10, 11), ("主联系人", "primary", 12, 12),
)  # fmt: skip
_CO_OWNER: tuple[Span, ...] = (
    ("姓名", "name", 1, 2), ("证件类型", "id_type", 3, 4), ("证件号码", "id_no", 5, 7), ("联系电话", "phone", 8, 9), ("份额", "share", 10, 10),
    ("主联系人", "primary", 11, 11), ("告知书", "consent", 12, 12),
)  # fmt: skip
MEMBER: tuple[Span, ...] = (
    ("姓名", "name", 1, 2), ("与业主关系", "relation", 3, 4), ("证件类型", "id_type", 5, 7), ("证件号码", "id_no", 8, 10),
    ("联系电话", "phone", 11, 12),
)  # fmt: skip
PAPER: tuple[Span, ...] = (
    ("序号", "", 1, 1), ("材料类型", "doc_type", 2, 4), ("形式", "form", 5, 6), ("页数", "pages", 7, 7), ("份数", "copies", 8, 8),
    ("核对人", "checked_by", 9, 10), ("状态", "status", 11, 11), ("备注", "note", 12, 12),
)  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """What stands on a page from the start. house, owner, form: by field; current (owners as the register knows them), co_owners, members,
    papers: a line each. number: 业主编号."""

    title: str = TITLE
    number: str = ""
    house: Mapping[str, str] = field(default_factory=dict)
    owner: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    current: Sequence[Mapping[str, str]] = ()
    co_owners: Sequence[Mapping[str, str]] = ()
    members: Sequence[Mapping[str, str]] = ()
    papers: Sequence[Mapping[str, str]] = tuple({"doc_type": p} for p in PAPERS)


def write_registration(
    path: Path, register: Register | None, owners: Sequence[int], *, workspace: str = "", as_of: date, how: Manner = CHINESE
) -> int:
    """One page for each owner (rows of 业主), as the register knows them; a blank page where none is given. Gives how many. Raises PenError."""
    from ownerbook.reports.forms.registration_known import of_owner

    name = Naming(register) if register is not None else None
    pages = [of_owner(name, row) for row in owners] if name is not None and owners else [Printed()]
    return write_pages(path, pages, workspace=workspace, as_of=as_of, how=how)


def write_for_houses(
    path: Path, register: Register, houses: Sequence[int], *, reason: str = "", workspace: str = "", as_of: date, how: Manner = _MASKED
) -> int:
    """One page for each house (rows of 房屋): what is known of it, the papers that policy asks for, and of a house that has owners who they are,
    to be marked as staying or leaving, shown in part unless `how` says otherwise. reason: of REASONS. Gives how many pages. Raises PenError."""
    from ownerbook.reports.forms.registration_known import of_house

    name = Naming(register)
    return write_pages(path, [of_house(name, row, reason, masked=how.masked) for row in houses], workspace=workspace, as_of=as_of, how=how)


def write_pages(path: Path, pages: Sequence[Printed], *, workspace: str, as_of: date, how: Manner = CHINESE) -> int:
    """The pages as they are given. Raises PenError."""
    with form_pen(path, KIND, TITLE, as_of=as_of, workspace=workspace, how=how) as pen:
        for page in pages:
            _page(Paper(pen.page(page.title), how=how), page, workspace)
    return len(pages)


_HOW = "黄色处填写；个人、单位、代办和未成年人同用一张；登记原因为过户的，写明过户后的全部业主"
_TRANSFER_HOW = f"黄色处填写；个人、单位、代办和未成年人同用一张；现业主逐位选{STAYS}或{LEAVES}，新来的业主写在下面"


def _page(paper: Paper, printed: Printed, workspace: str) -> None:
    paper.meta(workspace, f"业主编号：{printed.number or '________________'}")
    paper.title(TITLE, _TRANSFER_HOW if printed.current else _HOW)
    for row in HEAD:
        fields(paper, "head", row, {"houses": printed.house, "form": printed.form}, LISTS)
    paper.gap(3)
    if printed.current:
        paper.text(f"现业主（逐位选择{STAYS}或{LEAVES}；{STAYS}的不用在下面再写一次）", SMALL)
        table(paper, "owners", "current", _CURRENT, printed.current, 0, LISTS, key="owner_no")
        paper.gap(3)
    paper.text("新业主（第一位）" if printed.current else "业主（第一位）", SMALL)
    for row in OWNER:
        fields(paper, "owner.1", row, {"owners": printed.owner}, LISTS)
    paper.gap(3)
    paper.text("共有人", SMALL)
    table(paper, "owners", "owner", _CO_OWNER, printed.co_owners, CO_OWNERS, LISTS, first=2)
    paper.gap(3)
    paper.text("监护人、代理人或单位经办人", SMALL)
    table(paper, "household", "helper", MEMBER, (), 1, {"relation": HELPER_RELATIONS})
    paper.gap(3)
    paper.text("家庭成员和同住人", SMALL)
    table(paper, "household", "member", MEMBER, printed.members, MEMBERS, LISTS)
    paper.gap(3)
    paper.text("随表交来的材料（收件人逐件与原件核对；没有交来的留空）", SMALL)
    table(paper, "documents", "paper", PAPER, printed.papers, PAPER_LINES, LISTS)
    paper.gap(3)
    fields(paper, "office", _OFFICE, {"form": printed.form}, LISTS)
    paper.gap(2)
    paper.text(
        "本人确认以上内容真实、准确，发生变化将及时告知。物业服务人已向本人出示《隐私告知书》，以上信息仅用于物业服务和业主档案管理。",
        TEXT.but(size=9),
    )
    paper.signatures("业主签名", "登记人", "日期", height=26)
    finish(paper)
