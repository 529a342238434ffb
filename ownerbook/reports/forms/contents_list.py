"""卷内目录 and 备考: what a file holds, paper by paper with its pages, then what is owed, and who put the file together.

Papers stand in the order in which policy asks for them, those of one kind by the day on which they came. A page that goes on is
headed by the file's number again: each page can be told by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.paper_status import paper_status
from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.on_the_box import Cabinet
from ownerbook.reports.forms.paper import CELL, CENTER, DAY, HEAD, NUMBER, Paper, Value, form_pen
from ownerbook.reports.naming import a_day
from ownerbook.reports.palette import MUTED, NAVY, Look
from ownerbook.reports.pen import Pen
from ownerbook.reports.widths import cut, lines
from ownerbook.schema.words import Text

KIND, SHEET = "contents-list", "卷内目录"
A_SHEET = 400
MOST_NOTE = 60
"""Half-width characters of a note; what is longer is read in the register."""
HEADS = ("序号", "材料编号", "材料类型", "形式", "份数", "页数", "页号", "收件日期", "电子件", "备注")
_WIDTHS = (5.0, 11.5, 19.0, 7.5, 5.5, 5.5, 8.0, 11.0, 7.0, 9.0)
_LOOKS = (CENTER, CELL.but(form="@"), CELL, CENTER, NUMBER, NUMBER, CENTER.but(form="@"), DAY, CENTER, CELL)
_ROOM = 690.0
"""Points of a page below its heading, at the scale of print."""
_BAND = Look(size=10.5, bold=True, ink=NAVY, bottom=NAVY)
_SAID = Look(size=10, wrap=True, ink="#1F2937")


@dataclass(frozen=True, slots=True)
class Held:
    """Papers of each file in their order (rows of 材料), the names of those that it lacks, and which files must be complete at all."""

    papers: dict[int, list[int]]
    owed: dict[int, tuple[str, ...]]
    judged: frozenset[int] = frozenset()


def held(cabinet: Cabinet, files: Sequence[int]) -> Held:
    """What files hold and lack."""
    register, book = cabinet.register, cabinet.book
    out: dict[int, list[int]] = {f: [] for f in files}
    if "documents" not in register.tables:
        return Held(out, {})
    d = book.documents
    at = d.ref("file_no").row
    rows = np.flatnonzero(np.isin(at, list(files)) & d.first)
    asked = register.policy.papers("住宅")
    place = {n: asked.index(o) if o in asked else len(asked) + n for n, o in enumerate(d.doc_type.options)}
    kinds, days = np.where(d.doc_type.ok, d.doc_type.choice, -1), np.where(d.received_on.ok, d.received_on.days, 10**6)
    for row in sorted(rows.tolist(), key=lambda r: (place.get(int(kinds[r]), 999), int(days[r]), r)):
        out[int(at[row])].append(row)
    if any(s not in register.tables for s in ("owners", "houses")):
        return Held(out, {})
    status = paper_status(book, register.today.toordinal() - EPOCH)
    return Held(out, status.missing, frozenset(f for f in files if status.judged[f]))


def write_contents(path: Path, register: Register, files: Sequence[int], workspace: str, how: Manner = CHINESE) -> int:
    """The lists of contents of files (rows of 档案), each on a page of its own. Gives how many papers. Raises PenError."""
    cabinet = Cabinet(register, masked=how.masked)
    with form_pen(path, KIND, SHEET, as_of=register.today, workspace=workspace, how=how) as pen:
        return add_contents(pen, cabinet, files, workspace, how)


def add_contents(pen: Pen, cabinet: Cabinet, files: Sequence[int], workspace: str, how: Manner = CHINESE) -> int:
    """The lists as sheets of a workbook."""
    what, total = held(cabinet, files), 0
    for first in range(0, max(1, len(files)), A_SHEET):
        some = files[first : first + A_SHEET]
        name = how.word(SHEET) if len(files) <= A_SHEET else f"{SHEET} {first + 1}-{first + len(some)}"
        paper = Paper(pen.page(name), widths=_WIDTHS, how=how)
        paper.title(SHEET, workspace)
        paper.page.row(paper.row, [how.head(h) for h in HEADS], HEAD)
        paper.page.height(paper.row, 48 if how.both else 24)
        top, paper.row = paper.row, paper.row + 1
        for n, file in enumerate(some):
            if n:
                paper.new_page()
            total += len(what.papers[file])
            _file(paper, cabinet, file, what)
        if not some:
            paper.text(how.word("没有"))
        paper.finish(one_page=False, repeat=(1, top))
    return total


def _file(paper: Paper, cabinet: Cabinet, file: int, what: Held) -> None:
    left = _band(paper, cabinet, file, again=False)
    page = 1
    for n, row in enumerate(what.papers[file], 1):
        values, page = _line(cabinet, n, row, page)
        high = max(22.0, *(lines(str(v), w) * 15 + 7 for v, w in zip(values, _WIDTHS, strict=True) if isinstance(v, str)))
        if high > left:
            paper.new_page()
            left = _band(paper, cabinet, file, again=True)
        paper.page.row(paper.row, values, _LOOKS)
        paper.page.height(paper.row, high)
        paper.row += 1
        left -= high
    if left < 150:
        paper.new_page()
        _band(paper, cabinet, file, again=True)
    _remarks(paper, cabinet, file, what)


def _band(paper: Paper, cabinet: Cabinet, file: int, *, again: bool) -> float:
    """The line that names the file; gives the room left below it."""
    more = paper.how.brief(Text("（续）", "(continued)")) if again else ""
    words = f"{cabinet.key(file)}{more}    {cabinet.house(file)}    {cabinet.title(file)}"
    high = max(26.0, lines(words, sum(_WIDTHS) * 0.93) * 16.0 + 8)
    paper.page.across(paper.row, 1, paper.last, words, _BAND.but(indent=1, wrap=True))
    paper.page.height(paper.row, high)
    paper.row += 1
    return _ROOM - high


def _line(cabinet: Cabinet, number: int, row: int, page: int) -> tuple[list[Value], int]:
    """A paper as a line, and the page on which the next begins. What is 待补 has no pages."""
    name, d = cabinet.name, cabinet.book.documents
    there = name.found("documents", "status", row) != "待补"
    pages = int(d.pages.numbers[row]) if d.pages.ok[row] else 0
    copies = int(d.copies.numbers[row]) if d.copies.ok[row] else None
    last = page + pages - 1
    span = "" if not there or not pages else str(page) if pages == 1 else f"{page}-{last}"
    came = a_day(int(d.received_on.days[row])) if d.received_on.ok[row] else None
    kind, title = name.found("documents", "doc_type", row), name.found("documents", "title", row)
    state = name.found("documents", "status", row)
    note = "；".join(t for t in (state if state not in ("", "齐全") else "", name.found("documents", "note", row)) if t)
    values: list[Value] = [
        number,
        name.key("documents", row),
        f"{kind}：{title}" if title and title != kind else kind,
        name.found("documents", "form", row),
        copies,
        pages or None,
        span,
        came if not isinstance(came, Text) else came.zh,
        "有" if cabinet.register.tables["documents"].found("scan", row) else "",
        cut(note, MOST_NOTE),
    ]
    return values, page + pages if there else page


def _remarks(paper: Paper, cabinet: Cabinet, file: int, what: Held) -> None:
    """卷内备考: how much there is and what is owed, and who signs for it."""
    d, name, how = cabinet.book.documents if "documents" in cabinet.register.tables else None, cabinet.name, paper.how
    here = [r for r in what.papers[file] if name.found("documents", "status", r) != "待补"]
    forms = [name.found("documents", "form", r) for r in here]
    kinds = "，".join(f"{k} {forms.count(k)} 件" for k in ("原件", "复印件", "扫描件") if k in forms)
    pages = sum(int(d.pages.numbers[r]) for r in here if d is not None and d.pages.ok[r])
    owed = what.owed.get(file, ())
    zh = f"本卷 {len(here)} 件，共 {pages} 页{'，其中' + kinds if kinds else ''}。"
    zh += f"尚缺：{'、'.join(owed)}。" if owed else "制度要求的材料没有缺的。" if file in what.judged else ""
    en = f"{len(here)} papers, {pages} pages. " + (f"Still owed: {', '.join(owed)}." if owed else "")
    paper.gap(8)
    paper.text(Text(zh, en), _SAID)
    paper.gap(6)
    paper.text("        ".join(f"{how.word(w)}：______________" for w in ("立卷人", "检查人", "日期")), _SAID)
    order = how.brief(Text("页号按本目录顺序编写", "pages are numbered in this order"))
    paper.page.across(paper.row, 1, paper.last, order, Look(size=8.5, ink=MUTED))
    paper.row += 1
