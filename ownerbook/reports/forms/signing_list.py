"""待签办单: what waits for somebody's name and a day: rectifications, their verification, loans and changes to decide. It is read back
(`jobs.filled_lists`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ownerbook.deadlines.audit_status import rectifications
from ownerbook.deadlines.columns import complete, positions
from ownerbook.deadlines.filled_signing import CHANGES, DECISIONS, LOANS, RECTIFIED, VERIFIED
from ownerbook.register.declare import AUDIT, LOAN_REVIEW
from ownerbook.register.register import Register
from ownerbook.reports.forms.archiving import people
from ownerbook.reports.forms.listed import HEADER_ROW, NO, TEXT, Column, Files, Signing, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, CELL, CENTER, DAY, Value, form_pen
from ownerbook.reports.palette import BLUE, FILL_IN
from ownerbook.schema.words import Text

KIND, TITLE = "signing", "待签办单"
_PERSON, _DAY = ASK.but(align="center", form="@"), DAY.but(fill=FILL_IN)
_DECIDE = Column("审核结果", 10, ASK.but(align="center"))
_FILE, _HOUSE = Column("档号", 19, TEXT), Column("房号", 11, TEXT)


@dataclass(frozen=True, slots=True)
class _Part:
    """A tab. fields: of the sheet, printed under its header; asked: what is filled in. right: of who signs, for the drop-down list."""

    tab: str
    sheet: str
    fields: tuple[tuple[str, Column], ...]
    asked: tuple[Column, ...]
    hint: Text
    right: str = ""


_AUDIT = (
    ("audit_no", Column("审核单号", 12, TEXT)),
    ("file_no", _FILE),
    ("audited_on", Column("审核日期", 11.5, DAY)),
    ("finding", Column("问题描述", 34, CELL)),
    ("rectify_by", Column("整改期限", 11.5, DAY)),
)
_PARTS = (
    _Part(
        RECTIFIED,
        "audits",
        _AUDIT,
        (Column("整改责任人", 11, _PERSON), Column("整改完成日期", 13, _DAY)),
        Text("整改好的写完成日期；没有责任人的写上工号。", "Give the day on which it was put right, and by whom where nobody is named."),
    ),
    _Part(
        VERIFIED,
        "audits",
        (*_AUDIT, ("rectify_by_staff", Column("整改责任人", 11, TEXT)), ("rectified_on", Column("整改完成日期", 12, DAY))),
        (Column("复核人", 10, _PERSON), Column("复核日期", 12, _DAY)),
        Text(
            "复核通过的写复核人和日期，复核人不得是整改责任人；没通过的留空。",
            "Give who verified and when, not who rectified; leave blank what did not pass.",
        ),
        AUDIT,
    ),
    _Part(
        LOANS,
        "loans",
        (
            ("loan_no", Column("借阅单号", 12, TEXT)),
            ("file_no", _FILE),
            ("borrower", Column("借阅人", 12, CELL)),
            ("borrower_kind", Column("借阅人身份", 11, CENTER)),
            ("purpose", Column("借阅事由", 24, CELL)),
            ("applied_on", Column("申请日期", 11.5, DAY)),
        ),
        (_DECIDE, Column("审核人", 10, _PERSON), Column("审核日期", 12, _DAY)),
        Text(
            "写审核结果、审核人和日期；同意以后用 ownerbook lend --loan 单号 借出。", "Decide; what is agreed to is lent by ownerbook lend --loan NO."
        ),
        LOAN_REVIEW,
    ),
    _Part(
        CHANGES,
        "changes",
        (
            ("change_no", Column("变更单号", 12, TEXT)),
            ("sheet", Column("对象表", 9, CENTER)),
            ("record", Column("对象编号", 18, TEXT)),
            ("field", Column("变更字段", 12, CELL)),
            ("old", Column("原值", 16, TEXT)),
            ("new", Column("新值", 16, TEXT)),
            ("evidence", Column("证明材料", 11, TEXT)),
            ("applied_on", Column("申请日期", 11.5, DAY)),
        ),
        (_DECIDE, Column("审核人", 10, _PERSON)),
        Text("写审核结果和审核人；同意以后再更新登记。", "Decide; what is agreed to is then entered."),
        AUDIT,
    ),
)
LABELS = {p.tab: (p.fields[0][1].head, *(c.head for c in p.asked)) for p in _PARTS}
"""By tab the header of its key and those of what is filled in."""


def write_signing(path: Path, register: Register, workspace: str, *, building: str = "", how: Manner = CHINESE) -> dict[str, int]:
    """The list, a tab each kind. Gives how many lines each has. Raises PenError."""
    files, out = Files(register, how), {}
    with form_pen(path, KIND, TITLE, as_of=register.today, workspace=workspace, how=how) as pen:
        for part in _PARTS:
            chosen = [r for r in _waiting(files, part.tab) if _within(files, part.sheet, r, building)]
            columns = (NO, *(c for _, c in part.fields), *part.asked)
            rows: list[Sequence[Value]] = []
            for n, r in enumerate(chosen, 1):
                asked: list[Value] = [None] * len(part.asked)
                if part.tab == RECTIFIED:
                    person = int(files.book.audits.acting("rectify_by_staff").person[r])
                    asked[0] = files.name.key("staff", person) or None  # a masked name could not be read back
                rows.append((n, *(_cell(files, part.sheet, f, c, r) for f, c in part.fields), *asked))
            about = f"{workspace}    {register.today.isoformat()}    " + how.brief(Text(f"{len(chosen)} 项", f"{len(chosen)} lines"))
            page = pen.page(part.tab, colour=BLUE)
            sign = Signing(Text("以上各项由本人办理。", "Done by who signs."), ("签字", "日期"))
            write_list(page, f"{TITLE}（{part.tab}）", about, part.hint, columns, rows, sign, [c.head for c in part.asked], how)
            first, last = HEADER_ROW + 1, HEADER_ROW + len(rows)
            for at, c in enumerate(columns, 1):
                if rows and c is _DECIDE:
                    page.choices(first, at, last, at, DECISIONS)
                elif rows and part.right and c in part.asked and c.head in ("复核人", "审核人"):
                    people(page, files, part.right, at, last)
            out[part.tab] = len(rows)
    return out


def _waiting(files: Files, tab: str) -> list[int]:
    book = files.book
    if tab in (RECTIFIED, VERIFIED):
        if not complete(book, "audits", "audit_no", "file_no", "audited_on", "result"):
            return []
        found = rectifications(book, files.today)
        return [int(r) for r, done in zip(found.rows, found.done, strict=True) if bool(done) == (tab == VERIFIED)]
    if tab == LOANS:
        if not complete(book, "loans", "loan_no", "file_no", "decision"):
            return []
        c = book.loans
        return [int(r) for r in positions(c.decision.is_("待审") & c.lent_on.blank & c.first)]
    if not complete(book, "changes", "change_no", "decision"):
        return []
    return [int(r) for r in positions(book.changes.decision.is_("待审") & book.changes.first)]


def _within(files: Files, sheet: str, row: int, building: str) -> bool:
    """Whether a line is about a building; changes name no house and are on every list."""
    if not building or sheet == "changes":
        return True
    file = int(getattr(files.book, sheet).ref("file_no").row[row])
    return file >= 0 and files.within(file, building)


def _cell(files: Files, sheet: str, field: str, column: Column, row: int) -> Value:
    if column.look is DAY:
        day = files.name.day(sheet, field, row)
        return None if isinstance(day, Text) else day
    return files.name.found(sheet, field, row) or None
