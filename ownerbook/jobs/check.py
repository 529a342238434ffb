"""The main job: read the register, judge it, say what is new, open, waived and fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from ownerbook.jobs.keeping import Keeping
from ownerbook.jobs.reading import Folder as Folder
from ownerbook.jobs.reading import Progress as Progress
from ownerbook.jobs.reading import assembled, read_books, stray_copies
from ownerbook.jobs.reading import password_from as password_from
from ownerbook.jobs.workspace import Workspace
from ownerbook.register.register import Fact, Register
from ownerbook.register.sheets import SHEETS
from ownerbook.rules.book import chosen, selects
from ownerbook.rules.card import Card
from ownerbook.rules.judge import judge, runs
from ownerbook.schema.disk_words import why
from ownerbook.schema.finding import RANK, Finding, Severity
from ownerbook.schema.shelf import Torn
from ownerbook.schema.words import Text
from ownerbook.storage import problem_state


@dataclass(slots=True)
class Checked:
    """What a check found.

    workbooks: every path read, unreadable ones included. findings: sorted by place. fixed: problems of the last run that
    are gone. since: per finding, from when it is known. notes: what else is to be said, for standard error.
    """

    as_of: date
    workbooks: list[str]
    findings: list[Finding]
    register: Register
    fixed: list[problem_state.Known] = field(default_factory=list)
    since: list[str] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    fingerprints: dict[str, str] = field(default_factory=dict)
    left_alone: list[tuple[str, str]] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)

    def count(self, severity: Severity) -> int:
        """Problems of a severity that are not waived."""
        return sum(f.severity == severity and f.state != "waived" for f in self.findings)

    @property
    def waived(self) -> int:
        """Problems that an approved waiver excuses."""
        return sum(f.state == "waived" for f in self.findings)

    def fails(self, on: str) -> bool:
        """Whether a problem of this gravity or a graver one stands, not waived."""
        return on != "never" and any(f.state != "waived" and RANK[f.severity] <= RANK[on] for f in self.findings)


def check(
    space: Workspace,
    today: date,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    password: str | None = None,
    progress: Progress | None = None,
    remember: bool = True,
    keeping: Keeping | None = None,
) -> Checked:
    """Check a workspace, a folder or loose workbooks. Raises ValueError naming a word of a selection that selects nothing.

    remember: compare with the last run and keep this one; without it every problem is as new, and nothing is written.
    keeping: what the last check kept; it changes no finding, only the time.
    """
    try:
        return _checked(space, today, select, ignore, password, progress, remember, keeping)
    except Torn:
        assert keeping is not None
        keeping.shelf.forget()
        return _checked(space, today, select, ignore, password, progress, remember, None)


def _checked(
    space: Workspace,
    today: date,
    select: Sequence[str],
    ignore: Sequence[str],
    password: str | None,
    progress: Progress | None,
    remember: bool,
    keeping: Keeping | None,
) -> Checked:
    cards = chosen(select, ignore)
    books = read_books(space, password, progress, shelf=keeping.shelf if keeping else None)
    read, fingerprints = books.names, books.fingerprints
    assembly = assembled(space, books)
    if progress:
        progress(Text("检查", "judging"), 0, 1)
    register = Register(assembly.tables, today, facts=[*books.facts, *assembly.facts, *missing_sheets(assembly.tables, space)])
    disk = Folder(space.root)
    findings = judge(register, cards, disk, memory=keeping.memory if keeping else None)
    _graves(findings, space)
    waive(register, findings, today)
    wanted = space.wanted
    told = findings if wanted is None else [f for f in findings if f.place.workbook in wanted]
    out = Checked(
        today, [n for n, _ in space.files] + [n for n, _ in space.copies], told, register, fingerprints=fingerprints, left_alone=assembly.left_alone
    )
    out.workbooks = sorted(n for n in out.workbooks if (wanted is None or n in wanted) and n not in books.ours)
    out.notes += stray_copies(space.root, books)
    for name, who in space.busy:
        by = f"({who})" if who else ""
        out.notes.append(
            Text(
                f"{name}：有人正打开对应的工作簿{by}，按磁盘上的内容检查",
                f"{name}: somebody{by} has the workbook open; it was read as it lies on disk",
            )
        )
    out.scans = scans_of(register)
    if keeping:
        keeping.finish((book for _, book in books.read), today)
    if remember:
        _remember(space, out, findings, cards, read)
    return out


def as_next_time(result: Checked) -> Checked:
    """The result of the next check, if nothing changes: what is new is then open, and nothing is fixed."""
    findings = [replace(f, state="open") if f.state == "new" else f for f in result.findings]
    return replace(result, findings=findings, fixed=[])


def scans_of(register: Register) -> list[str]:
    """The scans that the register names."""
    table = register.tables.get("documents")
    if table is None or "scan" not in table.cells:
        return []
    column = register.column("documents", "scan")
    return sorted({column.text(r) for r in np.flatnonzero(column.ok).tolist()})


def missing_sheets(tables: Mapping[str, object], space: Workspace) -> list[Fact]:
    """Needed sheets that no workbook holds, as facts."""
    return [Fact("sheet-missing", "", table=s.field) for s in SHEETS if s.needed and s.field not in tables]


def _graves(findings: list[Finding], space: Workspace) -> None:
    """An absent sheet is a notice for loose workbooks, which are not the whole register, and beside adopted ledgers, which never had it."""
    if not space.whole or any(f.code in ("R61", "R62", "R63") for f in findings):
        for f in findings:
            if f.code == "A01":
                f.severity = "notice"


def waive(register: Register, findings: Sequence[Finding], today: date) -> None:
    """Known exceptions of 豁免, until their last day: by code, sheet and record; a blank record waives the whole sheet."""
    if "waivers" not in register.tables or not len(register.tables["waivers"]):
        return
    from ownerbook.register.readers.days import EPOCH

    column = {f: register.column("waivers", f) for f in ("rule", "sheet", "record", "until", "approved_by")}
    until = column["until"]
    assert until.days is not None
    good = column["rule"].ok & column["sheet"].ok & until.ok & (until.days >= today.toordinal() - EPOCH) & column["approved_by"].ok
    names = {s.field: s.name for s in SHEETS}
    waivers: dict[tuple[str, str], list[str]] = {}  # sheet, record: rules
    for r in np.flatnonzero(good).tolist():
        waivers.setdefault((column["sheet"].text(r), column["record"].text(r)), []).append(column["rule"].text(r))
    for f in findings:
        sheet = names.get(f.table, f.place.sheet) or ""
        rules = [*waivers.get((sheet, ""), ()), *(waivers.get((sheet, f.record), ()) if f.record else ())]
        if any(len(rule) >= 3 and selects(rule, f.code) for rule in rules):
            f.state = "waived"


def _remember(space: Workspace, out: Checked, findings: list[Finding], cards: Sequence[Card], read: set[str]) -> None:
    """Compare with the last run, and keep this one. Of a run that told only some workbooks, the whole is still kept: all was read."""
    known = problem_state.load(space.root)
    whole = space.whole and len(read) == len(space.files)
    compared = problem_state.compare(
        findings, known, today=out.as_of, codes=looked(out.register, cards), workbooks=read | set(out.workbooks), whole=whole
    )
    out.fixed = [k for k in compared.fixed if space.wanted is None or k.workbook in space.wanted]
    since = {id(f): s for f, s in zip(findings, compared.since, strict=True)}
    out.since = [since[id(f)] for f in out.findings]
    try:
        problem_state.save(space.root, compared.keep)
    except OSError as e:
        for f in out.findings:
            f.state = "waived" if f.state == "waived" else "new"
        out.fixed = []
        out.notes.append(
            Text(f"检查状态没能保存（{why(e).zh}），所有问题都算新问题", f"the state could not be kept ({why(e).en}); every problem counts as new")
        )


def looked(register: Register, cards: Sequence[Card]) -> set[str]:
    """The rules that looked everywhere: a rule about a needed sheet that is absent says nothing of it, so nothing of that is fixed."""
    absent = {s.field for s in SHEETS if s.needed and s.field not in register.tables}
    return {c.code for c in cards if runs(register, c) and not absent.intersection(c.sheets)}
