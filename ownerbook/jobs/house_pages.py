"""Papers about houses to be filled in or signed: the developer's list, houses renumbered, divided or joined, and the receipt for a batch."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.jobs.forms import Wanted, needs, title_of
from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.procedures import papers
from ownerbook.procedures.situation import Situation
from ownerbook.register.register import Register
from ownerbook.reports.listing import plain_building
from ownerbook.reports.naming import Naming
from ownerbook.schema.words import Text


def write_handover(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """The developer's list, blank. Raises PenError."""
    from ownerbook.reports.forms.handover_list import write_handover_list

    policy, lines = read.register.policy, wanted.count or 300
    project, today = str(policy.project), read.register.today
    n = write_handover_list(path, project=project, workspace=title_of(space), as_of=today, papers=policy.papers("住宅"), lines=lines, how=wanted.how)
    return Text(f"{n} 行空白；填好后 ownerbook register 这个文件，或存入收件箱", f"{n} blank rows; then ownerbook register the file")


def write_changes(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """The form for houses renumbered, divided or joined: blank, or with the houses of a building or those named. Raises Unusable, PenError."""
    from ownerbook.jobs.registration_pages import houses_of
    from ownerbook.reports.forms.house_change import write_house_change

    register = read.register
    rows = houses_of(register, [wanted.house]) if wanted.house else _of_building(register, wanted.building) if wanted.building else []
    houses = [{"house_no": register.tables["houses"].found("house_no", r).strip()} for r in rows]
    n = write_house_change(path, workspace=title_of(space), as_of=register.today, houses=houses, how=wanted.how)
    return Text(f"{len(houses)} 套，共 {n} 行；填好后存入收件箱", f"{len(houses)} houses, {n} lines; then put it into 收件箱")


def _of_building(register: Register, building: str) -> list[int]:
    needs(register, "houses")
    name = Naming(register)
    numbers = [register.tables["houses"].found("house_no", r).strip() for r in range(len(register.tables["houses"]))]
    found = [r for r, n in enumerate(numbers) if n and plain_building(name.building(n)) == plain_building(building)]
    if not found:
        raise Unusable(Text(f"没有 {building} 栋的房屋", f"there is no house of the building {building}"))
    return found


def write_receipt(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """What was registered in a month (of a building), to be signed: file, place, papers that came and are owed. Raises Unusable, PenError."""
    from ownerbook.reports.forms.handover_receipt import Registered, write_handover_receipt

    register = read.register
    needs(register, "houses", "owners", "files")
    first, last = _month(wanted.month, register.today)
    situation, name = Situation(register), Naming(register, masked=wanted.how.masked)
    since = register.column("owners", "registered_on")
    at = register.reference("owners", "house_no").row
    wanted_days = since.ok & (since.days >= first) & (since.days <= last) & register.column("owners", "status").is_("现业主") & (at >= 0)
    by_house: dict[int, list[int]] = {}
    for row in np.flatnonzero(wanted_days).tolist():
        by_house.setdefault(int(at[row]), []).append(row)
    held: dict[int, list[str]] = {}
    if "documents" in register.tables:
        of, missing = register.reference("documents", "file_no").row, register.column("documents", "status").is_("待补")
        kinds = register.tables["documents"]
        for row in np.flatnonzero((of >= 0) & ~missing).tolist():
            held.setdefault(int(of[row]), []).append(kinds.found("doc_type", row))
    found = []
    for house, owners in by_house.items():
        number = situation.key("houses", house)
        if wanted.building and plain_building(name.building(number)) != plain_building(wanted.building):
            continue
        files = situation.files(house)
        mine = held.get(files[-1], []) if files else []
        company = situation.found("owners", "kind", owners[0]) == "法人"
        asked = papers.required(register.policy, situation.found("houses", "use", house) or "住宅", company=company, minor=False, agent=False)
        found.append(
            Registered(
                number,
                tuple(name.found("owners", "name", r) for r in owners),
                situation.key("files", files[-1]) if files else "",
                situation.found("files", "location", files[-1]) if files else "",
                len(mine),
                papers.owed(asked, mine, company=company),
                situation.found("owners", "registered_on", owners[0]),
            )
        )
    if not found:
        raise Unusable(Text("这个月没有登记业主，请用 --month 写月份", "nobody was registered in that month; name one with --month"))
    write_handover_receipt(path, found, workspace=title_of(space), as_of=register.today, how=wanted.how)
    owed = sum(bool(r.owed) for r in found)
    return Text(f"{len(found)} 户，其中 {owed} 户还缺材料", f"{len(found)} houses, {owed} with papers still owed")


def _month(written: str, today: date) -> tuple[int, int]:
    """First and last day of a month as day numbers; of today's where none is named. Raises Unusable."""
    text = written or f"{today:%Y-%m}"
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Unusable(Text(f"--month {written} 应如 2026-11", f"--month {written} is no month, such as 2026-11")) from None
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.toordinal() - EPOCH, after.toordinal() - EPOCH - 1
