"""Lists of the deadlines as tables of the month's workbook: loans, audits, rectifications, missing papers, retention, disposals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ownerbook.register.register import Register
from ownerbook.reports.listing import Field, Listing, Report
from ownerbook.reports.many_rows import Value
from ownerbook.reports.monthly.content import Col, Part
from ownerbook.reports.monthly.profile import Audience
from ownerbook.schema.words import Text

MOST_ROWS = 20_000
"""Rows on a sheet: nobody reads more, and it bounds the memory. How many were left out is said."""
_STATE = Col("state", Text("情况", "State"), "state", 12)


def table(
    key: str, name: Text, about: Text, listings: Iterable[tuple[Text | None, Listing]], keys: Sequence[str], who: Audience, *, bad: bool = False
) -> Part:
    """One table of several lists. keys: the columns, by the lists' own keys; a list that lacks one leaves it blank. The first of a pair says what
    its rows are, None for a table of one list."""
    pairs = list(listings)
    fields: dict[str, Field] = {}
    for _, listing in pairs:
        fields |= {f.key: f for f in listing.fields if f.key not in fields}
    wanted = [k for k in keys if k in fields and who.wants(k)]
    columns = [_col(fields[k]) for k in wanted]
    several = any(words is not None for words, _ in pairs)
    out = Part(key, name, about, [_STATE, *columns] if several else columns, bad=bad)
    for words, listing in pairs:
        at = {f.key: i for i, f in enumerate(listing.fields)}
        for line in listing.lines:
            if len(out.rows) >= MOST_ROWS:
                out.left_out += 1
                continue
            cells: list[Value] = [who.cell(k, line.cells[at[k]]) if k in at else None for k in wanted]
            out.rows.append(tuple([words.say(who.lang), *cells] if several and words else cells))
            out.tints.append(line.tone if line.tone in ("late", "today") else "")
    return out


def _col(field: Field) -> Col:
    col = Col(field.key, field.header, "count" if field.form == "size" else field.form)
    return replace(col, width=30.0) if field.form == "wrap" else col


def _lists(report: Report, *keys: str) -> list[Listing]:
    found = {x.key: x for x in report.listings}
    return [found[k] for k in keys if k in found]


def _absent(part: Part, report: Report) -> Part:
    if not report.listings and report.notes:
        part.absent = report.notes[0]
    return part


def loans(register: Register, who: Audience) -> Part:
    """Overdue and current loans with the ladder, applications and blocked borrowers."""
    from ownerbook.reports.tell_loans import tell_loans

    report = tell_loans(register)
    states = {
        "late": Text("逾期", "overdue"),
        "soon": Text("将到期", "due soon"),
        "out": Text("在借", "on loan"),
        "applications": Text("申请", "applied"),
    }
    keys = ("loan_no", "file_no", "house_no", "borrower", "borrower_kind", "lent_on", "due_on", "days", "left", "step", "applied_on", "handled_by")
    about = Text(
        "逾期从应还日期次日起算；催还阶梯按制度，逾期三十天报经理并停借",
        "late begins the day after the due day; at thirty days the borrower is blocked",
    )
    pairs = [(states[x.key], x) for x in _lists(report, *states)]
    return _absent(table("loans", Text("借阅", "Loans"), about, pairs, keys, who), report)


def audits(register: Register, who: Audience) -> Part:
    """Audits that are late or due within a month."""
    from ownerbook.reports.tell_audits import tell_audits

    report = tell_audits(register)
    for listing in _lists(report, "soon"):  # there the days are those left
        listing.fields = tuple(replace(f, key="left") if f.key == "days" else f for f in listing.fields)
    states = {"late": Text("逾期", "late"), "soon": Text("三十天内", "within 30 days"), "lent": Text("还后审", "on return")}
    keys = ("file_no", "house_no", "location", "confidentiality", "status", "last_on", "due_on", "days", "left", "first")
    about = Text("应审日期 = 上次审核（首次为建档）后一个周期；敏感档案周期另定", "due one cycle after the last audit, or after the file was opened")
    return _absent(table("audits", Text("待审核", "Audits due"), about, [(states[x.key], x) for x in _lists(report, *states)], keys, who), report)


def rectifications(register: Register, who: Audience) -> Part:
    """Open rectifications."""
    from ownerbook.reports.tell_audits import tell_audits

    report = tell_audits(register)
    keys = ("audit_no", "file_no", "house_no", "finding", "audited_on", "age", "rectify_by", "days", "staff", "stage")
    about = Text("复核人须是责任人以外的人，有复核日期才算结案", "somebody else checks again; only then it is closed")
    pairs = [(None, x) for x in _lists(report, "rectifications")]
    return _absent(table("rectifications", Text("未结整改", "Rectifications"), about, pairs, keys, who), report)


def missing(register: Register, who: Audience) -> Part:
    """Files that lack papers."""
    from ownerbook.reports.tell_missing import tell_missing

    report = tell_missing(register)
    keys = ("file_no", "house_no", "owner", "count", "missing", "location", "due_on", "days", "created_by")
    about = Text("待补的不算已有，缺页的算已有；应办日期 = 登记日期 + 登记建档期限", "due the term of filing after registration")
    return _absent(table("missing", Text("缺件", "Missing papers"), about, [(None, x) for x in _lists(report, "papers")], keys, who), report)


def retention(register: Register, who: Audience) -> Part:
    """Files whose retention has ended or ends soon."""
    from ownerbook.reports.tell_retention import tell_retention

    report = tell_retention(register)
    states = {
        "due": Text("待鉴定", "to appraise"),
        "blocked": Text("受阻", "blocked"),
        "soon": Text("将期满", "ends soon"),
        "closable": Text("可归档", "to archive"),
    }
    keys = ("file_no", "house_no", "location", "status", "retention", "left_on", "ends_on", "days", "blocked")
    about = Text("期满 = 产权周期最后迁出日期 + 保管期限；在借、整改中、暂缓的不能处置", "ends the retention after the last owner left")
    return _absent(table("retention", Text("保管到期", "Retention"), about, [(states[x.key], x) for x in _lists(report, *states)], keys, who), report)


def open_disposals(register: Register, who: Audience) -> Listing | None:
    """Disposals under way, as a list."""
    from ownerbook.reports.tell_retention import tell_retention

    found = _lists(tell_retention(register), "under_way")
    return found[0] if found else None
