"""信息变更登记表: what an owner says has changed, one page A4 an owner, and a batch sheet with a change a line.

Both are filled in and read back (`jobs.change_forms`): the table below the header that begins with 序号 carries, in hidden
columns, which cell of the register a line means and a check value of what stood there, since the paper shows it masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ownerbook.register.meaning import meaning
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD, BY_NAME
from ownerbook.reports.check_value import check_value
from ownerbook.reports.column_form import cell_look, options, validation
from ownerbook.reports.forms.paper import ASK, HEAD, LABEL, META, TEXT, VALUE, Paper, form_pen
from ownerbook.reports.masking import shown
from ownerbook.reports.naming import Naming
from ownerbook.reports.palette import FILL_IN, HEADER, MUTED, NAVY, SUBTITLE, TITLE, Look
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.widths import row_height
from ownerbook.schema.kinds import Choice, Day, Share
from ownerbook.schema.sheet import Column

KIND, TITLE_ZH, BATCH = "change", "信息变更登记表", "批量变更"
CLEAR = "（清空）"
SHEETS = ("房屋", "业主", "家庭成员", "档案")  # what 变更.对象表 names
APPLICANT, PHONE, DAY_OF, PAPER = "申请人", "联系方式", "申请日期", "证明材料"
LABELS = (APPLICANT, PHONE, DAY_OF, PAPER)
OLD, NEW = "原值", "新值"
HIDDEN = ("对象表", "对象编号", "变更字段", "校验")
BATCH_HEADS = ("序号", "对象表", "对象编号", "房号", "姓名", "变更字段", OLD, NEW, PAPER, APPLICANT, DAY_OF, "备注")
_BATCH_WIDTHS = (5.5, 9.5, 16, 12, 12, 15, 22, 24, 15, 12, 12, 18)
_WIDTHS = (5.4, 8.6, 8.6, *[7.35] * 9)
BLANK_LINES = 30
_GREY = "#EEF1F4"
_OWNER_FIELDS = (
    "name", "kind", "id_type", "id_no", "id_until", "phone", "phone2", "address", "email", "share", "primary", "status", "owned_to", "consent",
    "consent_on", "service_need", "need_consent_on", "note",
)  # fmt: skip
_HOUSE_FIELDS = ("status", "movein_on", "title_no")


@dataclass(frozen=True, slots=True)
class Options:
    """How the papers are written. secret: the workspace's, for check values; masked: old values as reports show them."""

    workspace: str
    secret: bytes = b""
    masked: bool = True


def write_change_form(path: Path, register: Register, owners: Sequence[int], opts: Options) -> int:
    """One page for each owner (rows of 业主). Gives how many. Raises PenError."""
    name = Naming(register)
    with _pen(path, register, TITLE_ZH, opts) as pen:
        for row in owners:
            _owner_page(pen, name, row, opts)
    return len(owners)


def write_batch(path: Path, register: Register, owners: Sequence[int], opts: Options) -> int:
    """The batch sheet: a line for each owner given, then blank ones. Gives how many lines are begun. Raises PenError."""
    with _pen(path, register, BATCH, opts) as pen:
        _batch_page(pen, Naming(register), owners, opts)
    return len(owners)


def _pen(path: Path, register: Register, title: str, opts: Options) -> Pen:
    properties = {"ownerbook.masked": "yes" if opts.masked else "no"}
    return form_pen(path, KIND, title, as_of=register.today, workspace=opts.workspace, properties=properties)


def _owner_page(pen: Pen, name: Naming, row: int, opts: Options) -> None:
    register = name.register
    key, house = name.key("owners", row), name.house("owners", row)
    paper = Paper(pen.page(f"变更 {key}", colour=NAVY), widths=_WIDTHS)
    page = paper.page
    paper.meta(opts.workspace, f"开表日期：{register.today.isoformat()}")
    paper.title("业主信息变更登记表", "只填有变化的项目，其余留空；黄色处填写，灰色处是登记簿的现值，请勿改动")
    person = shown(BY_FIELD["owners"].by_field["name"], name.found("owners", "name", row), masked=opts.masked)
    paper.fields(("房号", house, 2, 4), ("业主", f"{person}（{key}）", 2, 4), height=24)
    for pair in ((APPLICANT, PHONE), (DAY_OF, PAPER)):
        _asked_fields(paper, pair)
    paper.gap(5)
    _heads(paper)
    number = 0
    for sheet, fields, at in (("owners", _OWNER_FIELDS, row), ("houses", _HOUSE_FIELDS, _house_row(register, row))):
        if at < 0:
            continue
        for field in fields:
            if register.tables[sheet].has(field):
                number += 1
                _line(paper, number, register, sheet, at, field, opts)
    page.columns([12.0] * len(HIDDEN), first=paper.last + 1)
    for n in range(len(HIDDEN)):
        page.hide_column(paper.last + 1 + n)
    paper.gap(4)
    evidence = "、".join(register.policy.evidence_fields)
    paper.text(
        f"1. 要清空一项，写{CLEAR}。2. 原值中的号码已隐去一部分，与实际不符的，请在新值写正确的值。"
        f"3. 变更{evidence}须附证明材料，请填材料编号（收件后由档案员补填亦可）。4. 填好后存入「收件箱」，或打印签名交档案员。",
        TEXT.but(size=9),
    )
    paper.gap(2)
    paper.signatures("申请人：", "经办人：", "审核人：", "日期：", height=28)
    page.protect()
    paper.finish()


def _asked_fields(paper: Paper, labels: Sequence[str]) -> None:
    page, column = paper.page, 1
    for label in labels:
        page.across(paper.row, column, column + 1, label, LABEL)
        look = VALUE.but(fill=FILL_IN, unlocked=True, form="@" if label in (PHONE, PAPER) else "yyyy-mm-dd" if label == DAY_OF else "")
        page.across(paper.row, column + 2, column + 5, "", look)
        if label == DAY_OF:
            _check_day(page, paper.row, column + 2)
        column += 6
    page.height(paper.row, 24)
    paper.row += 1


def _heads(paper: Paper) -> None:
    page = paper.page
    for text, first, last in (("序号", 1, 1), ("项目", 2, 3), (OLD, 4, 7), (NEW, 8, 12)):
        page.across(paper.row, first, last, text, HEAD if text != NEW else HEAD.but(fill="#FFE699"))
    for n, text in enumerate(HIDDEN):
        page.text(paper.row, 13 + n, text, META)
    page.height(paper.row, 22)
    paper.row += 1


def _line(paper: Paper, number: int, register: Register, sheet: str, at: int, field: str, opts: Options) -> None:
    page, row, declared = paper.page, paper.row, BY_FIELD[sheet]
    column = declared.by_field[field]
    grey = Look(size=10, border=HEAD.border, wrap=True, fill=_GREY, ink="#374151")
    page.number(row, 1, number, grey.but(align="center"))
    item = column.header.zh if sheet == "owners" else f"{declared.name}·{column.header.zh}"
    page.across(row, 2, 3, item, grey)
    old = _old(register, sheet, field, at, opts)
    page.across(row, 4, 7, old, grey.but(form="@"))
    look = cell_look(column.kind, ASK).but(unlocked=True, align="left", wrap=True, size=10.5)
    page.across(row, 8, 12, "", look)
    _check_new(page, row, 8, column)
    key = register.tables[sheet].found(declared.key.field, at)
    stood = check_value(opts.secret, sheet, key, field, meaning(register, sheet, field, at))
    for n, text in enumerate((declared.name, key, column.header.zh, stood)):
        page.text(row, 13 + n, text, META.but(form="@"))
    page.height(row, max(21.5, row_height([(old, paper.room(4, 7)), (item, paper.room(2, 3))])))
    paper.row += 1


def _old(register: Register, sheet: str, field: str, at: int, opts: Options) -> str:
    """The cell as people know it: shares that are numbers as percent."""
    column = BY_FIELD[sheet].by_field[field]
    text = register.tables[sheet].found(field, at)
    if isinstance(column.kind, Share) and text.replace(".", "", 1).isdigit() and float(text) <= 1:
        return f"{float(text) * 100:.10g}%"
    return shown(column, text, masked=opts.masked)


def _check_new(page: Page, row: int, column: int, declared: Column) -> None:
    kind = declared.kind
    if isinstance(kind, Choice) and not kind.several:
        values = [*options(kind), *([] if declared.required else [CLEAR])]
        page.choices(row, column, row, column, values, strict=False)
    elif isinstance(kind, Day):
        rule = validation(declared, "A1")
        if rule and rule["validate"] == "date":
            page.check(row, column, row, column, _soft(rule))


def _check_day(page: Page, row: int, column: int) -> None:
    rule = validation(BY_NAME["变更"].by_header[DAY_OF], "A1")
    assert rule is not None
    page.check(row, column, row, column, _soft(rule))


def _soft(rule: dict[str, Any]) -> dict[str, Any]:
    """A check that asks instead of refusing: （清空） must be writable."""
    return rule | {"error_type": "warning"}


def _house_row(register: Register, owner: int) -> int:
    """The row of 房屋 that an owner's 房号 names, -1 for none."""
    if "houses" not in register.tables:
        return -1
    return int(register.reference("owners", "house_no").row[owner])


def _batch_page(pen: Pen, name: Naming, owners: Sequence[int], opts: Options) -> None:
    register, page = name.register, pen.page(BATCH, colour=NAVY)
    columns = len(BATCH_HEADS)
    page.columns(_BATCH_WIDTHS)
    page.text(1, 1, f"{TITLE_ZH}（批量）", TITLE)
    page.height(1, 30)
    about = "一行一项变更：选表和字段，写编号和新值；要清空的写（清空）。只认房号和姓名时编号可留空，找到唯一的一行才采用。填好存入「收件箱」。"
    page.text(2, 1, about, SUBTITLE)
    page.text(3, 1, f"{opts.workspace}    开表日期：{register.today.isoformat()}", SUBTITLE)
    asked = {*BATCH_HEADS[1:]}
    for n, head in enumerate(BATCH_HEADS, 1):
        page.text(4, n, head, HEADER.but(ink=NAVY, fill="#FFE699") if head in asked else HEADER)
    page.height(4, 28)
    looks = [ASK.but(wrap=True, form="@") for _ in BATCH_HEADS]
    looks[0], looks[10] = ASK.but(align="center", ink=MUTED, fill=""), ASK.but(form="yyyy-mm-dd", align="center")
    looks[7] = ASK.but(wrap=True)
    last = 4 + len(owners) + BLANK_LINES
    for n, row in enumerate(range(5, last + 1)):
        values: list[str | int] = [n + 1, *[""] * (columns - 1)]
        if n < len(owners):
            at = owners[n]
            person = shown(BY_FIELD["owners"].by_field["name"], name.found("owners", "name", at), masked=opts.masked)
            values[1:5] = ["业主", name.key("owners", at), name.house("owners", at), person]
        page.row(row, values, looks)
        page.height(row, 21)
    page.choices(5, 2, last, 2, SHEETS)
    headers = dict.fromkeys(c.header.zh for s in ("业主", "房屋", "家庭成员", "档案") for c in BY_NAME[s].columns)
    page.choices(5, 6, last, 6, list(headers), strict=False)
    rule = validation(BY_NAME["变更"].by_header[DAY_OF], "A1")
    assert rule is not None
    page.check(5, 11, last, 11, rule)
    page.freeze(4, 2)
    page.print_setup(repeat=(4, 4), last_column=columns, last_row=last)


def current_owners(register: Register, *, house: str = "", building: str = "") -> list[int]:
    """Rows of 业主 that are 现业主, in the order of the register; of a house or a building only where one is named."""
    name = Naming(register)
    rows = map(int, np.flatnonzero(register.column("owners", "status").is_("现业主")))
    wanted = building.removesuffix("栋")
    return [
        r
        for r in rows
        if (not house or name.house("owners", r) == house) and (not building or name.building(name.house("owners", r)).removesuffix("栋") == wanted)
    ]
