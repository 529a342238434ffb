"""The problem workbook: a summary, the list of problems with drop-downs for the answers, and an annotated copy of each faulty sheet."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from ownerbook.reconcile.open_answers import OpenAnswer
from ownerbook.register.register import Register
from ownerbook.register.sheets import SHEETS
from ownerbook.reports.annotated_copy import Copy, write_copy
from ownerbook.reports.answer_lines import Came
from ownerbook.reports.finding_id import finding_ids, workspace_mark
from ownerbook.reports.not_taken import NAME as NOT_TAKEN
from ownerbook.reports.not_taken import write_not_taken
from ownerbook.reports.palette import BODY, BODY_CENTER, ERROR, HEADER, MUTED, NAVY, SUBTITLE, TITLE, WARNING
from ownerbook.reports.pen import CannotWrite, Page, Pen
from ownerbook.reports.problem_list import NAME as LIST_NAME
from ownerbook.reports.problem_list import WORKSPACE_PROPERTY, Listed, ListOptions, write_problem_list
from ownerbook.reports.problem_summary import NAME as SUMMARY_NAME
from ownerbook.reports.problem_summary import write_summary
from ownerbook.reports.run_info import Fixed, RunInfo, WorkbookRead
from ownerbook.reports.whereabouts import Whereabouts
from ownerbook.schema.finding import RANK, Finding
from ownerbook.schema.words import Lang, Text

KIND = "problems"
FIXED_NAME = Text("已解决", "Fixed")


class Run(Protocol):
    """What a check found, as the job gives it. fixed: problems with code, table, record and header."""

    @property
    def as_of(self) -> date: ...
    @property
    def workbooks(self) -> Sequence[str]: ...
    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def register(self) -> Register: ...
    @property
    def fixed(self) -> Sequence[Any]: ...
    @property
    def fingerprints(self) -> Mapping[str, str]: ...


def write_problems(
    path: Path,
    run: Run,
    *,
    title: str,
    root: Path,
    link_base: str = "",
    lang: Lang = "zh",
    masked: bool = True,
    secret: bytes = b"",
    known: Sequence[OpenAnswer] = (),
    came: Came | None = None,
) -> Path:
    """Write the problem workbook of a run. Gives the path written: beside one that is open elsewhere a numbered one is written.

    title: the workspace's; root: the folder that the workbooks' names are relative to; link_base: what links begin with
    instead (a share, for mail). known: answers that hold on; came: what came of the answers that were handed in.
    Raises PenError; CannotWrite where no name works.
    """
    path = Path(path)
    base = link_base or os.path.relpath(root.resolve(), path.resolve().parent).replace(os.sep, "/")
    fixed = [Fixed(k.code, k.table, k.record or "", k.header or "") for k in run.fixed]
    options: dict[str, Any] = {"as_of": run.as_of, "register": run.register, "info": run_info(run, title), "fixed": fixed, "link_base": base}
    options |= {"known": known, "came": came}
    for n in range(1, 10):
        tried = path if n == 1 else path.with_name(f"{path.stem}({n}){path.suffix}")
        try:
            problem_workbook(tried, run.findings, lang=lang, masked=masked, secret=secret, **options)
            return tried
        except CannotWrite as error:
            if not isinstance(error.__cause__, PermissionError) or n == 9:
                raise
    raise AssertionError


def run_info(run: Run, title: str) -> RunInfo:
    """The workbooks of a run with their rows and fingerprints, those that could not be read with the reason."""
    rows: Counter[str] = Counter()
    for table in run.register.tables.values():
        for n, source in enumerate(table.sources):
            rows[source.workbook] += int((table.source == n).sum())
    trouble = {f.place.workbook: f.say("zh") for f in run.findings if f.code == "A11"}
    books = [
        WorkbookRead(name, run.fingerprints.get(name, ""), rows[name] if name in run.fingerprints else None, trouble.get(name, ""))
        for name in run.workbooks
    ]
    return RunInfo(title, books, policy=str(run.register.policy.version or ""))


def problem_workbook(
    path: Path,
    findings: Sequence[Finding],
    *,
    as_of: date,
    register: Register | None = None,
    info: RunInfo | None = None,
    fixed: Sequence[Fixed] = (),
    lang: Lang = "zh",
    masked: bool = True,
    link_base: str = "..",
    secret: bytes = b"",
    known: Sequence[OpenAnswer] = (),
    came: Came | None = None,
) -> list[str]:
    """Write the problem workbook. Gives the id of each finding, in the order given, as the hidden column holds it.

    register: what was judged; without it there are no houses, buildings and annotated copies. link_base: the folder that
    the workbooks' names are relative to, as seen from the problem workbook, or an absolute one (\\\\NAS\\share) for mail.
    secret: the workspace's, for ids. known: answers that hold on, shown at their problems; came: what came of the last answers.
    The same input gives the same bytes. Raises PenError, CannotWrite.
    """
    info = info or RunInfo()
    ids = finding_ids(findings, secret=secret)
    titles = _titles(lang)
    where = Whereabouts(register) if register is not None else None
    positions = [where.position(f) if where else None for f in findings]
    copies = _copies(register, findings, positions)
    held = {a.id: a for a in known}
    listed = []
    for finding, ident, position in zip(findings, ids, positions, strict=True):
        house = where.house(finding) if where else ""
        building = where.building(house) if where else ""
        listed.append(Listed(finding, ident, titles.get(finding.code, ""), house, building, _copy_link(copies, finding, position), held.get(ident)))
    listed.sort(key=lambda i: (i.finding.state == "waived", RANK[i.finding.severity], i.finding.order))
    options = ListOptions(lang, masked, link_base, secret, as_of, _tabs(register))
    title = Text("登记簿检查结果", "Register check").say(lang)
    properties = {"ownerbook.as_of": as_of.isoformat(), "ownerbook.lang": lang, "ownerbook.masked": "yes" if masked else "no"}
    if secret:
        properties[WORKSPACE_PROPERTY] = workspace_mark(secret)
    with Pen(
        Path(path),
        as_of=as_of,
        title=title,
        kind=KIND,
        subject=info.workspace,
        footer=info.workspace or info.program,
        lang=lang,
        properties=properties,
    ) as pen:
        summary = pen.page(SUMMARY_NAME.say(lang), colour=NAVY)
        problems = pen.page(LIST_NAME.say(lang), colour=ERROR)
        write_summary(summary, listed, fixed, info, as_of=as_of, lang=lang, came=came)
        write_problem_list(problems, listed, options)
        if came:
            write_not_taken(pen.page(NOT_TAKEN.say(lang), colour=WARNING), came, titles, lang=lang, masked=masked)
        for name, copy in copies.items():
            told: dict[int | None, list[Finding]] = {}
            for finding, position in zip(findings, positions, strict=True):
                if finding.table == name and (position is not None or _at_header(copy, finding)):
                    told.setdefault(position, []).append(finding)
            write_copy(pen.page(copy.table.sheet.name), copy, told, titles, options)
        if fixed:
            _fixed(pen.page(FIXED_NAME.say(lang), colour="#2E6B41"), fixed, titles, lang)
    return ids


def _titles(lang: Lang) -> dict[str, str]:
    from ownerbook.rules.book import cards

    return {c.code: c.title.say(lang) for c in cards()}


def _copies(register: Register | None, findings: Sequence[Finding], positions: Sequence[int | None]) -> dict[str, Copy]:
    if register is None:
        return {}
    faulty: dict[str, set[int]] = {}
    for finding, position in zip(findings, positions, strict=True):
        if finding.table in register.tables and (position is not None or finding.header):
            faulty.setdefault(finding.table, set()).update(() if position is None else (position,))
    return {s.field: Copy.of(register.tables[s.field], faulty[s.field]) for s in SHEETS if s.field in faulty and len(register.tables[s.field])}


def _at_header(copy: Copy, finding: Finding) -> bool:
    return any(
        s.workbook == finding.place.workbook and s.tab == finding.place.sheet and s.header_row == finding.place.row for s in copy.table.sources
    )


def _copy_link(copies: Mapping[str, Copy], finding: Finding, position: int | None) -> str:
    copy = copies.get(finding.table)
    if copy is None or (position is None and not _at_header(copy, finding)):
        return ""
    cell = copy.cell(position, finding.header)
    return f"internal:'{copy.table.sheet.name}'!{cell}" if cell else ""


def _tabs(register: Register | None) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for table in register.tables.values() if register else ():
        for source in table.sources:
            out.setdefault(source.tab, set()).add(source.workbook)
    return out


def _fixed(page: Page, fixed: Sequence[Fixed], titles: Mapping[str, str], lang: Lang) -> None:
    heads = (Text("规则", "Rule"), Text("表", "Sheet"), Text("记录", "Record"), Text("列", "Column"))
    widths = (38, 16, 26, 20)
    page.columns(widths)
    page.text(1, 1, FIXED_NAME.say(lang), TITLE)
    page.height(1, 30)
    page.text(2, 1, Text("上次检查有、这次没有再发现的问题。", "Problems of the last run that are gone.").say(lang), SUBTITLE)
    page.row(3, [h.say(lang) for h in heads], HEADER)
    names = {s.field: s.name for s in SHEETS}
    for row, item in enumerate(fixed, 4):
        texts = (f"{item.code} {titles.get(item.code, '')}", names.get(item.sheet, item.sheet), item.record, item.header)
        page.row(row, texts, (BODY, BODY_CENTER, BODY.but(form="@"), BODY.but(ink=MUTED)))
    page.freeze(3)
    page.filter(3, 1, 3 + len(fixed), len(heads))
    page.print_setup(landscape=False, repeat=(3, 3))
