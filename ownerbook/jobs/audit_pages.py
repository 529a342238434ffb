"""The tick sheet of an audit: which files a month's sample or a regular audit draws, and the sheet itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.jobs.forms import Wanted, needs, title_of
from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.deadlines.sampling import Sample


def sample(read: Read, wanted: Wanted) -> Sample:
    """The files to audit: the monthly sample (抽查, 专项), or what is due (定期)."""
    from ownerbook.calendar.months import EPOCH
    from ownerbook.deadlines.columns import Whole
    from ownerbook.deadlines.sampling import draw_due, draw_sample
    from ownerbook.reports.listing import plain_building
    from ownerbook.reports.naming import Naming

    register = read.register
    needs(register, "files", "audits", "documents")
    name = Naming(register)
    houses = register.column("files", "house_no")
    known: dict[str, str] = {}
    buildings = []
    for row in range(len(register.tables["files"])):
        house = houses.text(row) if houses.ok[row] else ""
        if house not in known:
            known[house] = name.building(house)
        buildings.append(known[house])
    book, today = Whole(register), register.today.toordinal() - EPOCH
    only = plain_building(wanted.building)
    if wanted.audit == "定期":
        return draw_due(book, today, wanted.within, buildings, only=only)
    month = month_of(read, wanted)
    return draw_sample(book, today, month, buildings, rate=wanted.rate, count=wanted.count, only=only)


def month_of(read: Read, wanted: Wanted) -> str:
    """The month of an audit sheet. Raises Unusable for what is no month."""
    month = wanted.month or read.register.today.isoformat()[:7]
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise Unusable(Text(f"月份 {month} 写法不对，应为 2026-10 这样", f"{month} is no month of the form 2026-10"))
    return month


def write_audit(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """The sheet for the files that are drawn. Raises Unusable, PenError."""
    from ownerbook.calendar.months import EPOCH
    from ownerbook.deadlines.columns import Whole
    from ownerbook.deadlines.duty import Duties
    from ownerbook.jobs.loan_acts import who
    from ownerbook.reports.forms.audit_sheet import Opening, write_audit_sheet
    from ownerbook.reports.naming import Naming

    drawn, name = sample(read, wanted), Naming(read.register)
    duties = Duties(Whole(read.register), read.register.today.toordinal() - EPOCH)
    auditor = who(read.register, wanted.auditor, read.register.today)[0]
    people = sorted(duties.employed)
    staff = tuple(name.key("staff", p) if wanted.masked else name.staff(p).text for p in people)
    opening = Opening(month_of(read, wanted), wanted.audit, auditor, staff, wanted.how)
    write_audit_sheet(path, read.register, drawn, opening, title_of(space))
    out = int(drawn.out.sum())
    return Text(f"{len(drawn.rows)} 份，其中借出 {out} 份", f"{len(drawn.rows)} files, {out} of them on loan")
