"""What is due, as plain calls: read a workspace, and tell its loans, audits, retention, missing papers or agenda on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ownerbook.jobs.reading import Progress, Read, read_register
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Lang, Text

if TYPE_CHECKING:
    from ownerbook.reports.listing import Report
    from ownerbook.reports.today import Today

Subject = Literal["loans", "audits", "retention", "missing", "due"]
WITHIN: dict[str, int] = {"loans": 7, "audits": 30, "retention": 90, "missing": 7, "due": 30, "today": 7}
"""How many days ahead count as soon, unless said."""
FILES = {
    "loans": "借阅期限",
    "audits": "审核与整改",
    "retention": "保管期限",
    "missing": "缺件与迟办",
    "due": "到期事项",
    "today": "今日待办",
    "reminders": "应催还",
    "cabinet-load": "库房占用",
    "carriers": "纸质与电子",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Of what is told: a building, a house, a person (number or name, as the register writes them), late ones, some lists only."""

    building: str = ""
    house: str = ""
    person: str = ""
    late: bool = False
    only: Collection[str] = ()


def read(space: Workspace, today: date, *, password: str | None = None, progress: Progress | None = None) -> Read:
    """Read a workspace, a folder or loose workbooks for the deadlines."""
    return read_register(space, today, password=password, progress=progress)


def check_filter(read: Read, keep: Filter) -> None:
    """Raises Unusable for a building or a house that the register does not have: an empty list would look like good news."""
    from ownerbook.register.whose import row_named
    from ownerbook.reports.listing import plain_building
    from ownerbook.reports.naming import Naming

    register = read.register
    if "houses" not in register.tables:
        return
    if keep.house and row_named(register, "houses", keep.house) < 0:
        raise Unusable(Text(f"「房屋」表里没有 {keep.house}，请核对房号", f"房屋 does not hold {keep.house}; check the house number"))
    if keep.building:
        known = sorted({plain_building(b) for b in Naming(register).buildings()}, key=lambda b: (not b.isdigit(), b.zfill(6)))
        if known and plain_building(keep.building) not in known:
            some = "、".join(known[:20]) + (" 等" if len(known) > 20 else "")
            raise Unusable(
                Text(f"「房屋」表里没有 {keep.building} 栋，有 {some}", f"房屋 has no building {keep.building}; it has {', '.join(known[:20])}")
            )


def tell(subject: Subject, space: Workspace, read: Read, *, within: int | None = None, since: int = 365, keep: Filter | None = None) -> Report:
    """The report of a subject. within: days ahead that count as soon; since: days back for what is over (loans).

    Raises Unusable naming a list of `keep.only` that the report does not have.
    """
    check_filter(read, keep or Filter())
    name = space.settings["workspace.name"] or space.root.name
    ahead = WITHIN[subject] if within is None else within
    if subject == "loans":
        from ownerbook.reports.tell_loans import tell_loans

        report = tell_loans(read.register, workspace=name, within=ahead, since=since)
    elif subject == "audits":
        from ownerbook.reports.tell_audits import tell_audits

        report = tell_audits(read.register, workspace=name, within=ahead)
    elif subject == "retention":
        from ownerbook.reports.tell_retention import tell_retention

        report = tell_retention(read.register, workspace=name, within=ahead)
    elif subject == "missing":
        from ownerbook.reports.tell_missing import tell_missing

        report = tell_missing(read.register, read.disk, workspace=name, within=ahead)
    else:
        from ownerbook.reports.tell_agenda import tell_due

        report = tell_due(read.register, read.disk, workspace=name, within=ahead)
    keep = keep or Filter()
    known = {x.key for x in report.listings}
    for key in keep.only:
        if known and key not in known:
            raise Unusable(
                Text(f"没有 {key} 这张清单，可用的有 {'、'.join(sorted(known))}", f"there is no list {key}; known are {', '.join(sorted(known))}")
            )
    tones = ("late",) if keep.late else ()
    house = read.register.policy.house_format.canonical(keep.house) or keep.house if keep.house else ""
    out = report.narrowed(building=keep.building, house=house, person=keep.person, tones=tones, workbooks=space.wanted, only=keep.only)
    return _nobody(out, keep)


def _nobody(report: Report, keep: Filter) -> Report:
    """Say that a person was looked for in vain: a name that was mistyped looks like one who has nothing to do."""
    if keep.person and not any(x.lines for x in report.listings):
        zh = f"没有与「{keep.person}」有关的行；请核对工号或姓名"
        report.notes = [*report.notes, Text(zh, f"no line is about {keep.person}; check the number or the name")]
    return report


def today_page(space: Workspace, read: Read, *, within: int | None = None, keep: Filter | None = None) -> Today:
    """What to do today, by person."""
    from ownerbook.reports.today import Today

    keep = keep or Filter()
    check_filter(read, keep)
    name = space.settings["workspace.name"] or space.root.name
    page = Today(read.register, read.disk, workspace=name, within=WITHIN["today"] if within is None else within)
    if space.declared:
        from ownerbook.reports.tell_answers import items_of, summed
        from ownerbook.storage import answer_store

        answers = answer_store.known(space.root).answers
        page.add(items_of(read.register, answers))
        page.report.notes = [*summed(answers, read.register.today), *page.report.notes]
    page.narrow(building=keep.building, person=keep.person, late=keep.late, workbooks=space.wanted)
    _nobody(page.report, keep)
    return page


def write(space: Workspace, report: Report, output: Path | None, *, lang: Lang, masked: bool) -> Path:
    """Write a report as a workbook, by default among the results of the workspace. Gives the path."""
    from ownerbook.reports.listing_book import write_report

    return write_report(target(space, report.kind, report.as_of, output, ".xlsx"), report, lang=lang, masked=masked)


def target(space: Workspace, kind: str, as_of: date, output: Path | None, suffix: str) -> Path:
    """Where a file goes: as asked, else among the results of the workspace, without one into the folder of the command."""
    folder = space.root / space.settings["reports.folder"] if space.declared else Path.cwd()
    path = output or folder / f"{FILES.get(kind, kind)}_{as_of.isoformat()}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
