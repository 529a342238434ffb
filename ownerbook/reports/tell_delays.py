"""迟办: houses without a file, sold and not registered, changes not carried out, files not arranged, as lists."""

from __future__ import annotations

from ownerbook.deadlines.columns import Whole, complete, followed
from ownerbook.deadlines.house_files import unfiled_houses
from ownerbook.deadlines.registrations import open_changes, unarranged_files, unregistered_houses
from ownerbook.reports.listing import Cell, Field, Line, Listing, Tone
from ownerbook.reports.naming import Naming, a_day
from ownerbook.schema.words import Text

FILE_NO, HOUSE = Field("file_no", Text("档号", "File no.")), Field("house_no", Text("房号", "House"))
DUE, DAYS = Field("due_on", Text("应办日期", "Due"), "day"), Field("days", Text("逾期天数", "Days late"), "count")


def delays(book: Whole, name: Naming, today: int, within: int) -> list[Listing]:
    """What is late or due within so many days, apart from papers."""
    return [f(book, name, today, within) for f in (_unfiled, _unregistered, _changes, _arranging)]


def _unfiled(book: Whole, name: Naming, today: int, within: int) -> Listing:
    out = Listing(
        "unfiled",
        Text("有房无档案", "Houses without a file"),
        (
            HOUSE,
            Field("use", Text("用途", "Use"), "center"),
            Field("owner", Text("业主", "Owner")),
            Field("phone", Text("联系电话", "Phone")),
            Field("registered_on", Text("登记日期", "Registered"), "day"),
            DUE,
            DAYS,
            Field("former", Text("仍在用的原业主档案", "Former owner's file")),
            Field("registered_by", Text("登记人", "Registered by")),
        ),
        note=Text("应办日期 = 登记日期 + 登记建档期限；车位、储藏室不要求", "not for 车位 and 储藏室"),
        ask=Text("建档情况", "Progress"),
    )
    h, o = book.houses, book.owners
    found = unfiled_houses(book, today + within + 1)
    wanted = followed(h.use.ok & ~h.use.is_("车位", "储藏室"), found.houses)
    for row, owner, left in zip(found.houses[wanted].tolist(), found.owners[wanted].tolist(), found.left[wanted].tolist(), strict=True):
        house, due = name.house("houses", row), int(book.policy.filing_term.after(o.registered_on.days[[owner]])[0])
        cells = (
            house,
            name.found("houses", "use", row),
            name.person("owners", "name", owner),
            name.phone("owners", "phone", owner),
            name.day("owners", "registered_on", owner),
            a_day(due),
            today - due if due < today else None,
            name.key("files", left),
            name.written_staff("owners", "registered_by", owner),
        )
        out.lines.append(_waiting(name, "houses", row, house, due, today, cells, name.found("owners", "registered_by", owner)))
    return _sorted(out, 5)


def _waiting(name: Naming, sheet: str, row: int, house: str, due: int, today: int, cells: tuple[Cell, ...], person: str = "") -> Line:
    tone: Tone = "late" if due < today else "today" if due == today else "soon"
    return Line(cells, tone, name.building(house), house, (person,) if person else (), name.workbook(sheet, row))


def _sorted(listing: Listing, at: int) -> Listing:
    listing.lines.sort(key=lambda line: str(line.cells[at]))
    return listing


def _unregistered(book: Whole, name: Naming, today: int, within: int) -> Listing:
    out = Listing(
        "unregistered",
        Text("签约未登记", "Sold, not registered"),
        (HOUSE, Field("use", Text("用途", "Use"), "center"), Field("contract_on", Text("签约日期", "Signed"), "day"), DUE, DAYS),
        note=Text("应办日期 = 签约日期 + 登记期限", "due 登记期限 after the contract"),
        ask=Text("办理情况", "Progress"),
    )
    waiting, owned = unregistered_houses(book)
    due = waiting.within(today, within)
    told = set(owned.ownerless(due.rows).tolist())
    for row, day in zip(due.rows.tolist(), due.due.tolist(), strict=True):
        if row in told:
            house = name.house("houses", row)
            past = today - day if day < today else None
            cells = (house, name.found("houses", "use", row), name.day("houses", "contract_on", row), a_day(day), past)
            out.lines.append(_waiting(name, "houses", row, house, day, today, cells))
    return _sorted(out, 3)


def _changes(book: Whole, name: Naming, today: int, within: int) -> Listing:
    out = Listing(
        "changes",
        Text("未办结的变更", "Changes not carried out"),
        (
            Field("change_no", Text("变更单号", "Change no.")),
            Field("sheet", Text("对象表", "Sheet"), "center"),
            Field("record", Text("对象编号", "Record")),
            Field("field", Text("变更字段", "Field")),
            Field("applied_on", Text("申请日期", "Applied"), "day"),
            Field("decision", Text("审核结果", "Decision"), "center"),
            DUE,
            DAYS,
            Field("handled_by", Text("经办人", "Handled by")),
        ),
        ask=Text("办理情况", "Progress"),
    )
    if not complete(book, "changes", "change_no", "applied_on", "decision"):
        return out
    due = open_changes(book).within(today, within)
    for row, day in zip(due.rows.tolist(), due.due.tolist(), strict=True):
        cells = (
            name.key("changes", row),
            *(name.found("changes", f, row) for f in ("sheet", "record", "field")),
            name.day("changes", "applied_on", row),
            name.found("changes", "decision", row),
            a_day(day),
            today - day if day < today else None,
            name.written_staff("changes", "handled_by", row),
        )
        out.lines.append(_waiting(name, "changes", row, "", day, today, cells, name.found("changes", "handled_by", row)))
    return _sorted(out, 6)


def _arranging(book: Whole, name: Naming, today: int, within: int) -> Listing:
    out = Listing(
        "arranging",
        Text("待整理的档案", "Files to arrange"),
        (FILE_NO, HOUSE, Field("created_on", Text("建档日期", "Opened"), "day"), DUE, DAYS, Field("created_by", Text("建档人", "Opened by"))),
        ask=Text("办理情况", "Progress"),
    )
    due = unarranged_files(book).within(today, within)
    for row, day in zip(due.rows.tolist(), due.due.tolist(), strict=True):
        house, past = name.house("files", row), today - day if day < today else None
        cells = (
            name.key("files", row),
            house,
            name.day("files", "created_on", row),
            a_day(day),
            past,
            name.written_staff("files", "created_by", row),
        )
        out.lines.append(_waiting(name, "files", row, house, day, today, cells, name.found("files", "created_by", row)))
    return _sorted(out, 3)
