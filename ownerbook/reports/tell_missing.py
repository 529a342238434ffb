"""缺件与迟办: papers that files lack, completeness by building, scans, houses without a file, late registrations and changes, as lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.paper_status import PaperStatus, paper_status
from ownerbook.deadlines.scans import Disk, changed_scans, left_over_scans, lost_scans
from ownerbook.register.register import Register
from ownerbook.reports.listing import Cell, Field, Figure, Line, Listing, Report, Tone
from ownerbook.reports.naming import Naming, a_day
from ownerbook.reports.tell_delays import DAYS, DUE, FILE_NO, HOUSE, delays
from ownerbook.schema.words import Text

_NEEDED = {"files", "owners", "houses", "documents"}


def tell_missing(register: Register, disk: Disk | None = None, *, workspace: str = "", within: int = 7) -> Report:
    """What is missing or late on the register's day. disk: where the scans lie; without it they are not looked at."""
    today = register.today.toordinal() - EPOCH
    out = Report("missing", Text("缺件与迟办", "Missing papers"), register.today, workspace, str(register.policy.version or ""))
    if not register.tables.keys() >= _NEEDED:
        out.notes.append(Text("没有「房屋」「业主」「档案」「材料」中的一张", "one of 房屋 业主 档案 材料 is not there"))
        return out
    book, name = Whole(register), Naming(register)
    status = paper_status(book, today, within)
    out.listings = [
        _papers(status, name, today),
        _completeness(status, name),
        *delays(book, name, today, within),
    ]
    if disk is not None:
        out.listings.append(_scans(book, name, disk))
    judged = int(status.judged.sum())
    whole = int((status.judged & (status.lacking == 0)).sum())
    required, lacking = int(status.required[status.judged].sum()), int(status.lacking[status.judged].sum())
    out.figures = [
        Figure("files", Text("应齐全的档案", "files judged"), value=judged),
        Figure("complete", Text("户完整率", "complete files"), value=f"{whole / judged:.1%}" if judged else "—"),
        Figure("papers", Text("件完整率", "papers held"), value=f"{(required - lacking) / required:.1%}" if required else "—"),
        Figure("late", Text("逾期未补齐", "late"), "papers", "late", bad=True),
        Figure("unfiled", Text("有房无档案", "houses without a file"), "unfiled", bad=True),
        Figure("changes", Text("变更逾期", "late changes"), "changes", "late", bad=True),
    ]
    return out


def _papers(status: PaperStatus, name: Naming, today: int) -> Listing:
    out = Listing(
        "papers",
        Text("缺件档案", "Files that lack papers"),
        (
            FILE_NO,
            HOUSE,
            Field("owner", Text("业主", "Owner")),
            Field("count", Text("缺件数", "Lacks"), "count"),
            Field("missing", Text("缺少的材料", "Missing papers"), "wrap"),
            Field("location", Text("存放位置", "Place")),
            DUE,
            DAYS,
            Field("created_by", Text("建档人", "Opened by")),
        ),
        note=Text("待补的不算已有，缺页的算已有；应办日期 = 登记日期 + 登记建档期限", "a paper 待补 is not held, one 缺页 is"),
        ask=Text("补件情况", "Progress"),
    )
    owner = name.register.reference("files", "owner_no").row
    for r in map(int, status.by_day(status.judged & (status.lacking > 0))):
        house, due = name.house("files", r), int(status.due[r])
        late = bool(status.late[r])
        cells = (
            name.key("files", r),
            house,
            name.person("owners", "name", int(owner[r])),
            int(status.lacking[r]),
            "、".join(status.missing[r]),
            name.found("files", "location", r),
            a_day(due),
            today - due if late else None,
            name.written_staff("files", "created_by", r),
        )
        tone: Tone = "late" if late else "today" if due == today else "soon" if status.soon[r] else ""
        maker = name.found("files", "created_by", r)
        out.lines.append(Line(cells, tone, name.building(house), house, (maker,) if maker else (), name.workbook("files", r)))
    return out


def _completeness(status: PaperStatus, name: Naming) -> Listing:
    out = Listing(
        "buildings",
        Text("各楼栋完整情况", "Completeness by building"),
        (
            Field("building", Text("楼栋", "Building")),
            Field("files", Text("档案数", "Files"), "count"),
            Field("complete", Text("齐全", "Complete"), "count"),
            Field("rate", Text("户完整率", "Complete files"), "center"),
            Field("required", Text("应有件数", "Required"), "count"),
            Field("lacking", Text("缺件数", "Missing"), "count"),
            Field("held", Text("件完整率", "Papers held"), "center"),
        ),
    )
    houses = name.register.column("files", "house_no")
    rows = np.flatnonzero(status.judged)
    by: dict[str, list[int]] = {}
    known: dict[str, str] = {}
    for r in map(int, rows):
        house = houses.text(r) if houses.ok[r] else ""
        if house not in known:
            known[house] = name.building(house)
        by.setdefault(known[house], []).append(r)
    for building, mine in sorted(by.items(), key=lambda b: _in_order(b[0])):
        files, whole = len(mine), int((status.lacking[mine] == 0).sum())
        required, lacking = int(status.required[mine].sum()), int(status.lacking[mine].sum())
        held = f"{(required - lacking) / required:.1%}" if required else "—"
        cells: tuple[Cell, ...] = (building or Text("不明", "unknown"), files, whole, f"{whole / files:.1%}", required, lacking, held)
        out.lines.append(Line(cells, "", building))
    return out


def _in_order(building: str) -> tuple[int, str]:
    digits = "".join(c for c in building if c.isdigit())
    return (int(digits) if digits else 10**6, building)


def _scans(book: Whole, name: Naming, disk: Disk) -> Listing:
    out = Listing(
        "scans",
        Text("电子件问题", "Scans"),
        (
            Field("doc_no", Text("材料编号", "Paper no.")),
            FILE_NO,
            HOUSE,
            Field("doc_type", Text("材料类型", "Kind")),
            Field("scan", Text("电子件", "Scan"), "wrap"),
            Field("what", Text("情况", "What"), "center"),
        ),
    )
    file = book.documents.ref("file_no").row
    found: Sequence[tuple[np.ndarray, Text]] = (
        (lost_scans(book, disk), Text("找不到", "not there")),
        (changed_scans(book, disk), Text("内容已变", "changed")),
        (left_over_scans(book, disk), Text("档案已销毁，应删除", "file destroyed, to delete")),
    )
    for rows, what in found:
        for r in map(int, rows):
            house = name.house("files", int(file[r]))
            kind, scan = (name.found("documents", f, r) for f in ("doc_type", "scan"))
            cells: tuple[Cell, ...] = (name.key("documents", r), name.found("documents", "file_no", r), house, kind, scan, what)
            out.lines.append(Line(cells, "late", name.building(house), house, (), name.workbook("documents", r)))
    return out
