"""The problems of the month: new, open, waived, fixed, each with its age; what is shown of them follows from the profile."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ownerbook.deadlines.month import Month
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.many_rows import Link, Value
from ownerbook.reports.monthly.content import Col, Part
from ownerbook.reports.monthly.lists import MOST_ROWS
from ownerbook.reports.monthly.profile import Audience
from ownerbook.reports.rule_words import CATEGORIES
from ownerbook.rules.book import cards
from ownerbook.schema.finding import RANK, SEVERITY_WORDS
from ownerbook.schema.words import Text

STATE_WORDS = {
    "new": Text("新出现", "new"),
    "open": Text("未解决", "open"),
    "waived": Text("已豁免", "waived"),
    "fixed": Text("已解决", "fixed"),
}


class ProblemRow(NamedTuple):
    """A problem as the month's record keeps it: masked messages, and the day since when it is known (ISO). table: field name of the sheet."""

    code: str
    severity: str
    state: str
    workbook: str
    tab: str
    cell: str
    table: str
    record: str
    header: str
    zh: str
    en: str
    house: str
    building: str
    since: str


def problems(rows: Sequence[ProblemRow], month: Month, as_of: date, who: Audience, link_base: str) -> Part:
    """The table: graver before lighter, longest known first; fixed and waived ones at the end.

    link_base: what the workbooks' names are relative to.
    """
    titles = {c.code: c.title for c in cards()}
    columns = [
        Col("state", Text("状态", "State"), "state", 10),
        Col("severity", Text("级别", "Level"), "severity", 9),
        Col("code", Text("规则", "Rule"), "center", 8),
        Col("title", Text("问题", "Problem"), "wrap", 24),
        Col("table", Text("表", "Sheet"), "center", 10),
        Col("building", Text("楼栋", "Building"), "center", 10),
        *([] if who.outside else [Col("record", Text("编号", "Record"), "text", 16), Col("message", Text("说明", "What is wrong"), "wrap", 50)]),
        *([Col("record", Text("编号", "Record"), "center", 13)] if who.outside else [Col("place", Text("位置", "Place"), "link", 15)]),
        Col("since", Text("发现", "Since"), "day", 12),
        Col("age", Text("已历天数", "Age in days"), "count", 11, "#F3D9A4"),
    ]
    about = Text("状态与上月末相比；天数从首次发现到截止日", "state against the end of last month; age up to the day of the data")
    out = Part("problems", Text("问题", "Problems"), about, columns, bad=True, counted=sum(r.state in ("new", "open") for r in rows))
    order = {"new": 0, "open": 0, "waived": 1, "fixed": 2}
    rows = sorted(rows, key=lambda r: (order[r.state], RANK.get(r.severity, 9), r.since, r.code, r.workbook, r.tab, r.cell, r.record))
    for r in rows:
        if len(out.rows) >= MOST_ROWS:
            out.left_out += 1
            continue
        out.rows.append(_row(r, titles, as_of, who, link_base))
        out.tints.append({"waived": "waived", "fixed": "waived"}.get(r.state, r.severity))
    return out


def _row(r: ProblemRow, titles: dict[str, Text], as_of: date, who: Audience, link_base: str) -> tuple[Value, ...]:
    lang = who.lang
    since = date.fromisoformat(r.since) if r.since else None
    head: list[Value] = [
        STATE_WORDS[r.state].say(lang),
        SEVERITY_WORDS[r.severity].say(lang) if r.severity in SEVERITY_WORDS else "",
        r.code,
        titles.get(r.code, Text(r.code, r.code)).say(lang),
        _sheet(r.table, lang),
        r.building,
    ]
    if who.outside:
        head.append(who.code(r.record) if r.record else "")
    else:
        head += [who.cell("record", r.record), who.cell("message", Text(r.zh, r.en))]
        stem = r.workbook.rpartition("/")[2].rpartition(".")[0] or r.workbook
        text = f"{r.tab}!{r.cell}" if r.tab and r.cell else r.tab or stem
        head.append(Link(_target(r, link_base) if r.state != "fixed" else "", str(who.cell("place", text))))
    return (*head, since, (as_of - since).days if since else None)


def _sheet(table: str, lang: str) -> str:
    sheet = BY_FIELD.get(table)
    return "" if sheet is None else sheet.name if lang == "zh" else sheet.title.en


def _target(r: ProblemRow, base: str) -> str:
    if not r.workbook or "#" in r.workbook:
        return ""
    path = f"external:{base.rstrip('/')}/{r.workbook}" if base else f"external:{r.workbook}"
    if not r.tab or not r.cell or r.workbook.lower().endswith(".csv"):
        return path
    tab = r.tab.replace("'", "''")
    return f"{path}#'{tab}'!{r.cell}"


def link_base_of(root: os.PathLike[str], folder: os.PathLike[str]) -> str:
    """How a workbook in a folder names the workspace's files: relative, so that the whole may be moved."""
    return os.path.relpath(os.fspath(root), os.fspath(folder)).replace(os.sep, "/")


def kinds(rows: Sequence[ProblemRow]) -> list[tuple[Text, int, int, int]]:
    """How many problems that count of each kind: words, errors, warnings, notices; the most first."""
    by: dict[str, Counter[str]] = {}
    for r in rows:
        if r.state in ("new", "open"):
            by.setdefault(r.code[0], Counter())[r.severity] += 1
    ordered = sorted(by.items(), key=lambda e: (-e[1].total(), e[0]))
    return [(CATEGORIES.get(letter, Text(letter, letter)), c["error"], c["warning"], c["notice"]) for letter, c in ordered]
