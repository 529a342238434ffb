"""What the files put on the agenda: audits, rectifications, papers, arranging, retention and disposals."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.agenda import NONE, Item
from ownerbook.deadlines.audit_status import audit_status, rectifications
from ownerbook.deadlines.audits import DUE
from ownerbook.deadlines.columns import Columns, complete
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.other_duties import ending_holds
from ownerbook.deadlines.paper_status import paper_status
from ownerbook.deadlines.registrations import unarranged_files
from ownerbook.deadlines.retention_status import open_disposals, retention_status
from ownerbook.deadlines.scans import FEW, Disk, changed_scans, fingerprinted, left_over_scans, lost_scans
from ownerbook.register.declare import AUDIT, CLERK, DISPOSAL_APPROVAL
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text


def items(book: Columns, duties: Duties, today: int, within: int, disk: Disk | None = None) -> Iterator[Item]:
    """Everything about files. disk: where the scans lie, None where they are not to be looked at."""
    if not complete(book, "files", "file_no", "house_no", "owner_no", "created_on", "status"):
        return
    if complete(book, "audits", "audit_no", "file_no", "audited_on", "kind", "result"):
        yield from _audits(book, duties, today, within)
        yield from _rectifications(book, duties, today, within)
    owned = complete(book, "owners", "owner_no", "house_no", "kind", "status", "registered_on", "owned_from")
    if owned and complete(book, "documents", "file_no", "doc_type", "status") and complete(book, "houses", "house_no", "use"):
        yield from _papers(book, duties, today, within)
    yield from _arranging(book, duties, today, within)
    if owned and complete(book, "files", "retention"):
        yield from _retention(book, duties, today, within)
    if disk is not None and complete(book, "documents", "doc_no", "file_no"):
        yield from _scans(book, duties, disk)
    yield from _disposals(book, duties)
    yield from _holds(book, duties, today, within)


def _of(book: Columns, file: int, kind: str, day: int, about: Text, who: tuple[int, ...], right: str, sheet: str = "files", row: int = -1) -> Item:
    f = book.files
    house = f.house_no.text(file) if file >= 0 and f.house_no.ok[file] else ""
    return Item(kind, day, sheet, row if sheet != "files" else file, about, who, right, file, house)


def _audits(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    status = audit_status(book, today, within)
    maker = duties.named("files", "created_by")
    for file in map(int, status.by_day(status.late | status.soon)):
        about = Text("建档后首次审核", "first audit") if status.first[file] else Text("定期审核", "regular audit")
        yield _of(book, file, "audit", int(status.due[file]), about, duties.turn(-1, AUDIT, not_=int(maker[file])), AUDIT)
    a, f = book.audits, book.files
    month = np.datetime64(today, "D").astype("datetime64[M]")
    first, last = int(month.astype("datetime64[D]").astype(int)), int((month + 1).astype("datetime64[D]").astype(int)) - 1
    wanted = ceil(book.policy.sample_rate * int(f.status.is_(*DUE).sum()))
    drawn = a.kind.is_("抽查") & a.audited_on.ok & (a.audited_on.days >= first) & (a.audited_on.days <= last)
    done = int(drawn.sum())
    if done < wanted and last <= today + within:
        about = Text(f"本月应抽查 {wanted} 份，已登记 {done} 份", f"{wanted} files to sample this month, {done} done")
        yield Item("sample", last, "audits", -1, about, duties.holders(AUDIT), AUDIT)


def _rectifications(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    a, open_ = book.audits, rectifications(book, today)
    file, person = a.ref("file_no").row, duties.named("audits", "rectify_by_staff")
    for i, row in enumerate(map(int, open_.rows)):
        by, at = int(open_.by[i]), int(file[row])
        if open_.done[i]:
            about = Text("整改已完成，等待另一人复核", "rectified, waits for somebody else's re-check")
            yield _of(book, at, "verify", by if by != NO_DAY else NONE, about, duties.turn(-1, AUDIT, not_=int(person[row])), AUDIT, "audits", row)
        elif by == NO_DAY or by <= today + within:
            age = f"审核已 {open_.age[i]} 天" if open_.age[i] != NO_DAY else "审核日期不明"
            en = f"audited {open_.age[i]} days ago" if open_.age[i] != NO_DAY else "day of audit unknown"
            who = duties.turn(int(person[row]), CLERK)
            yield _of(book, at, "rectify", by if by != NO_DAY else NONE, Text(age, en), who, CLERK, "audits", row)


def _papers(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    status = paper_status(book, today, within)
    maker = duties.named("files", "created_by")
    for file in map(int, status.by_day(status.late | status.soon)):
        names = status.missing[file]
        about = Text(f"缺 {'、'.join(names)}", f"lacks {', '.join(names)}")
        yield _of(book, file, "papers", int(status.due[file]), about, duties.turn(int(maker[file]), CLERK), CLERK)


def _arranging(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    waiting, maker = unarranged_files(book).within(today, within), duties.named("files", "created_by")
    for file, due in zip(waiting.rows.tolist(), waiting.due.tolist(), strict=True):
        yield _of(book, file, "arrange", due, Text("建档后仍待整理", "opened and not arranged"), duties.turn(int(maker[file]), CLERK), CLERK)


def _retention(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    status = retention_status(book, today, within)
    for file in map(int, status.by_day(status.unappraised | (status.soon & ~status.blocked))):
        about = Text(f"保管期限「{kept(book, file)}」到期，列入鉴定", "retention ends, to be appraised")
        yield _of(book, file, "appraise", int(status.ends[file]), about, duties.holders(AUDIT), AUDIT)


def kept(book: Columns, file: int) -> str:
    """The 保管期限 of a file."""
    column = book.files.retention
    return column.options[int(column.choice[file])] if column.ok[file] else ""


def _scans(book: Columns, duties: Duties, disk: Disk) -> Iterator[Item]:
    """Scans that are lost, changed, or left behind by a destroyed file; fingerprints only where there are few to take."""
    d = book.documents
    file, receiver = d.ref("file_no").row, duties.named("documents", "received_by")
    found = [(lost_scans(book, disk), Text("电子件找不到", "the scan is not there"))]
    if fingerprinted(book) <= FEW:
        found.append((changed_scans(book, disk), Text("电子件内容已变", "the scan was changed")))
    found.append((left_over_scans(book, disk), Text("档案已销毁，电子件还在，请专人删除", "the file was destroyed, its scan is still there")))
    for rows, about in found:
        for row in map(int, rows):
            yield _of(book, int(file[row]), "scan", NONE, about, duties.turn(int(receiver[row]), CLERK), CLERK, "documents", row)


def _disposals(book: Columns, duties: Duties) -> Iterator[Item]:
    open_ = open_disposals(book)
    if not len(open_.rows):
        return
    d = book.disposals
    file, appraiser = d.ref("file_no").row, duties.named("disposals", "appraised_by")
    for row, approved in zip(map(int, open_.rows), open_.approved, strict=True):
        kind = d.kind.options[int(d.kind.choice[row])]
        if approved:
            about, what, right, who = Text(f"{kind}已批准，尚未执行", f"{kind} approved, not carried out"), "execute", CLERK, duties.holders(CLERK)
        else:
            about, what, right = Text(f"{kind}已鉴定，等待批准", f"{kind} appraised, waits for approval"), "approve", DISPOSAL_APPROVAL
            who = duties.turn(-1, DISPOSAL_APPROVAL, not_=int(appraiser[row]))
        yield _of(book, int(file[row]), what, NONE, about, who, right, "disposals", row)


def _holds(book: Columns, duties: Duties, today: int, within: int) -> Iterator[Item]:
    waiting = ending_holds(book)
    for file, day in zip(waiting.rows.tolist(), waiting.due.tolist(), strict=True):
        if today <= day <= today + within:
            text = date_text(day)
            yield _of(book, file, "hold", day, Text(f"暂缓处置至 {text}，到期再定", f"on hold until {text}"), duties.holders(AUDIT), AUDIT)


def date_text(day: int) -> str:
    """A day number as 2026-10-31."""
    from datetime import date

    return date.fromordinal(day + EPOCH).isoformat()
