"""The record of a month: what the journal keeps of it, from which its workbook is made, then and ever after.

An entry of kind `archive` holds one month of one project: its numbers, the fingerprints of the workbooks from which they came (kept as
versions), the day, the policy, the settings that matter, the run log, the program. Its personal part holds the problems as they were told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ownerbook import __version__
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.month import Month
from ownerbook.deadlines.month_counts import Counts, month_counts
from ownerbook.deadlines.rates import mean_days_overdue, month_rates
from ownerbook.jobs.check import looked, missing_sheets, waive
from ownerbook.jobs.reading import Read, read_register
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.register.register import Register
from ownerbook.reports.monthly.accuracy import accuracy, sampled
from ownerbook.reports.monthly.events import HandEdit
from ownerbook.reports.monthly.problems import ProblemRow, link_base_of
from ownerbook.reports.whereabouts import Whereabouts
from ownerbook.rules.book import chosen
from ownerbook.rules.judge import judge
from ownerbook.schema.finding import Finding
from ownerbook.schema.words import Text
from ownerbook.storage import answer_store, problem_state
from ownerbook.storage.journal import Entry, Journal
from ownerbook.storage.versions import Versions

KIND = "archive"
PROGRAM = f"ownerbook {__version__}"
NOTICED = 3
"""Days after the end of a month within which the workbooks as they lie there count as its last state."""


@dataclass(slots=True)
class Record:
    """What a month's workbook is made from. number: of its entry, None while it has none. data and detail as the journal keeps them."""

    month: Month
    data: dict[str, Any]
    detail: dict[str, Any]
    read: Read
    number: int | None = None
    notes: list[Text] = field(default_factory=list)

    @property
    def as_of(self) -> date:
        """The day of the data."""
        return date.fromisoformat(self.data["as_of"])

    @property
    def problems(self) -> list[ProblemRow]:
        """The problems as they were told, fixed ones included."""
        return [ProblemRow(*row) for row in self.detail.get("problems", [])]


def records(journal: Journal) -> list[Entry]:
    """The records of all months, oldest entry first. Raises JournalDamaged."""
    return journal.entries(KIND)


def record_of(journal: Journal, month: str) -> Entry | None:
    """The record of a month, None where there is none. The first one stands: of two runs at once the second is no other record."""
    return kept_months(journal, before=None).get(month)


def kept_months(journal: Journal, *, before: int | None) -> dict[str, Entry]:
    """The record of each month by name, as the journal had them before an entry (None: all)."""
    out: dict[str, Entry] = {}
    for e in records(journal):
        if before is None or e.number < before:
            out.setdefault(str(e.data["month"]), e)
    return out


def project_of(space: Workspace) -> str:
    """The project as records name it."""
    return str(space.settings["workspace.name"] or space.root.name)


def from_entry(space: Workspace, journal: Journal, entry: Entry, password: str | None) -> Record:
    """The record of a month that was made before, its workbooks read from the kept versions. Raises Unusable where one is not kept."""
    from ownerbook.jobs.states import read_state

    data = dict(entry.data)
    read = read_state(space, data["workbooks"], date.fromisoformat(data["as_of"]), password=password)
    out = Record(Month.parse(data["month"]), data, journal.detail_of(entry), read, entry.number)
    if entry.detail and not out.detail:
        zh = "这个月的问题明细已从日志中删去，问题表是空的"
        out.notes.append(Text(zh, "the details of this month's problems were deleted from the journal; the table of problems is blank"))
    if data.get("program") != PROGRAM:
        out.notes.append(Text(f"原由 {data.get('program')} 制作，现由 {PROGRAM} 重做", f"made by {data.get('program')}, made again by {PROGRAM}"))
    return out


def new_record(space: Workspace, journal: Journal | None, month: Month, now: datetime, runs: Sequence[Any] | None, password: str | None) -> Record:
    """Read the register, judge it, count the month. Nothing is written yet."""
    closed = now.date() > month.ends
    read, as_of, note = _state(space, journal, month, now, password)
    before = kept_months(journal, before=None) if journal else {}
    earlier = [before[m] for m in sorted(before) if m < month.name]
    known = _known(journal, earlier[-1] if earlier else None)
    findings, rows, keep = _judged(space, read, month, as_of, known)
    register = read.register
    book, today = Whole(register), (as_of - date(1970, 1, 1)).days
    counts = _counts(book, register, month, today, findings, rows, before.get(month.back(1).name), bool(known) or known == [] and bool(earlier))
    counts["verifying"] = answer_store.verifying(journal, as_of) if journal else 0
    rates = month_rates(book, register.calendar, month, today)
    rates |= {"accurate": accuracy(register, month, findings), "sampled": sampled(register, month)}
    head = journal.last() if journal else None
    data: dict[str, Any] = {
        "month": month.name,
        "project": project_of(space),
        "as_of": as_of.isoformat(),
        "closed": closed,
        "made_at": now.strftime("%Y-%m-%d %H:%M"),
        "program": PROGRAM,
        "policy": {
            "version": str(register.policy.version or ""),
            "approved_by": str(register.policy.approved_by or ""),
            "small_cell": int(register.policy.small_cell),
        },
        "link_base": space.settings["reports.link_base"] or link_base_of(space.root, space.root / space.settings["reports.folder"]),
        "workbooks": dict(sorted(read.fingerprints.items())),
        "counts": counts,
        "rates": {k: [r.part, r.whole] for k, r in rates.items()},
        "mean_overdue": mean_days_overdue(book, register.calendar, today),
        "runs": None if runs is None else [_run(r) for r in runs],
        "head": head.fingerprint if head else "",
        "entries": head.number if head else 0,
        "notes": [list(note)] if note else [],
    }
    detail = {"problems": [list(r) for r in rows], "known": [[getattr(k, f) for f in problem_state.Known.__slots__] for k in keep]}
    plain: tuple[dict[str, Any], dict[str, Any]] = json.loads(json.dumps([data, detail], sort_keys=True))  # as it will be read back
    return Record(month, *plain, read)


def keep_workbooks(space: Workspace, record: Record) -> None:
    """Keep every workbook that the record names. Raises OSError, and Unusable where one was changed since it was read."""
    versions = Versions(space.root)
    paths = dict(space.files)
    for name, print_ in record.data["workbooks"].items():
        if versions.path(print_) is None and versions.keep(paths[name].read_bytes(), Path(name).suffix) != print_:
            raise Unusable(Text(f"{name} 在读取之后又有人保存，请再做一次", f"{name} was saved after it was read; make the report once more"))


def hand_edits(journal: Journal | None, month: Month, *, before: int | None) -> list[HandEdit] | None:
    """Edits by hand that name no paper, noticed in the month, as the journal had them before an entry; None where nothing was ever noted."""
    from ownerbook.jobs.history import changes
    from ownerbook.register.sheets import BY_FIELD

    if journal is None or not journal.entries("seen", "typed"):
        return None
    out = []
    for past in changes(journal):
        number = int(past.number.partition(".")[0])
        day, c = past.at.date(), past.change
        if c.came != "typed" or c.paper or not month.begins <= day <= month.ends or (before is not None and number > before):
            continue
        sheet = BY_FIELD[c.sheet]
        column = sheet.by_field.get(c.column)
        out.append(HandEdit(day, sheet.name, c.record, column.header.zh if column else "", c.place))
    return out


def _state(space: Workspace, journal: Journal | None, month: Month, now: datetime, password: str | None) -> tuple[Read, date, Text | None]:
    """The register at the end of the month: as the journal noted it by noon of the day after, if those versions are kept; else as it is."""
    from datetime import time, timedelta

    from ownerbook.jobs.states import kept, state_at

    if now.date() <= month.ends:
        return read_register(space, now.date(), password=password), now.date(), None
    noted = state_at(journal, datetime.combine(month.ends + timedelta(days=1), time(12), now.tzinfo)) if journal else None
    if noted is not None:
        state, teller = noted
        try:
            then = kept(space, state)
        except Unusable:
            then = None
        if then is not None:
            late = (month.ends - teller.at.date()).days > NOTICED
            said = teller.at.strftime("%Y-%m-%d %H:%M")
            note = Text(f"据 {said} 记下的登记簿", f"from the register as noted on {said}") if late else None
            return read_register(then, month.ends, password=password), month.ends, note
    soon = (now.date() - month.ends).days <= NOTICED
    as_of = month.ends if soon else now.date()
    note = (
        None if soon else Text(f"没有保存月末的登记簿，按 {as_of} 的内容计算", f"the month's end was not kept: reckoned from the register of {as_of}")
    )
    return read_register(space, as_of, password=password), as_of, note


def _known(journal: Journal | None, entry: Entry | None) -> list[problem_state.Known] | None:
    """The problems of the newest earlier record; None where there is none."""
    if journal is None or entry is None:
        return None
    return [problem_state.Known(*row) for row in journal.detail_of(entry).get("known", [])]


def _judged(
    space: Workspace, read: Read, month: Month, as_of: date, known: list[problem_state.Known] | None
) -> tuple[list[Finding], list[ProblemRow], list[problem_state.Known]]:
    """The problems, each with its state against the end of the last month and the day since when it is known."""
    register = read.register
    register.facts += missing_sheets(register.tables, space)
    try:
        cards = chosen((), space.settings["check.ignore"])
    except ValueError as e:
        raise Unusable(Text(f"设置 check.ignore 里的 {e} 不是规则代码", f"{e} in check.ignore is no code of a rule")) from None
    findings = judge(register, cards, read.disk)
    waive(register, findings, as_of)
    nightly = {k.key: k.first for k in problem_state.load(space.root)}
    start = month.begins.isoformat()
    before = known if known is not None else [k for k in problem_state.load(space.root) if k.first < start]
    compared = problem_state.compare(
        findings, before, today=as_of, codes=looked(register, cards), workbooks=set(read.fingerprints), whole=space.whole
    )
    for f, k in zip(findings, compared.keep, strict=False):
        if f.state == "new" and start <= nightly.get(k.key, "") <= k.first:
            k.first = nightly[k.key]
    where = Whereabouts(register)
    rows = [_row(f, k.first, where) for f, k in zip(findings, compared.keep, strict=False)]
    if known is not None:
        rows += [
            ProblemRow(k.code, k.severity, "fixed", k.workbook, "", "", k.table, k.record, k.header, "", "", "", "", k.first) for k in compared.fixed
        ]
    return findings, rows, compared.keep


def _row(f: Finding, since: str, where: Whereabouts) -> ProblemRow:
    place, house = f.place, where.house(f)
    return ProblemRow(
        f.code,
        f.severity,
        f.state,
        place.workbook or "",
        place.sheet or "",
        place.cell or "",
        f.table,
        f.record or "",
        f.header or "",
        f.say("zh"),
        f.say("en"),
        house,
        where.building(house),
        since,
    )


def _counts(
    book: Whole,
    register: Register,
    month: Month,
    today: int,
    findings: Sequence[Finding],
    rows: Sequence[ProblemRow],
    last: Entry | None,
    compared: bool,
) -> Counts:
    counts = month_counts(book, register.calendar, month, today)
    for severity in ("error", "warning", "notice"):
        counts[severity] = sum(f.severity == severity and f.state != "waived" for f in findings)
    counts["waived"] = sum(f.state == "waived" for f in findings)
    counts["new"] = sum(r.state == "new" for r in rows)
    counts["fixed"] = sum(r.state == "fixed" for r in rows) if compared else None
    recorded: Mapping[str, Any] = last.data["counts"] if last else {}
    counts["adjusted"] = 0 if counts["opening"] is not None else None
    if counts["opening"] is not None and recorded.get("closing") is not None:
        counts["adjusted"] = counts["opening"] - int(recorded["closing"])
        counts["opening"] = int(recorded["closing"])
    return counts


def _run(run: Any) -> list[str]:
    """A run of the ledger as plain texts: job, period, state, end (ISO), why it failed in both languages."""
    ended = run.ended.isoformat(timespec="seconds") if run.ended else ""
    return [run.job, run.period, run.state, ended, run.why("zh") if run.state != "ok" else "", run.why("en") if run.state != "ok" else ""]
