"""档案封面: the cover of a file, a page each. 档号, 房号 and 题名 as the register has them; people in part only unless it is asked otherwise.

存放位置 does not stand on it: a file is moved and keeps its cover.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.on_the_box import Cabinet
from ownerbook.reports.forms.paper import LABEL, META, VALUE, Paper, chinese_day, form_pen
from ownerbook.reports.palette import ERROR, NAVY, Look
from ownerbook.reports.pen import Pen
from ownerbook.reports.widths import lines

KIND, SHEET = "file-cover", "档案封面"
A_SHEET = 500
"""Covers on one sheet of the workbook: Excel keeps some thousand page breaks a sheet."""
_TITLE = Look(size=40, bold=True, ink=NAVY, align="center")
_SUBJECT = Look(size=20, bold=True, align="center", wrap=True)
_BIG, _WORD = VALUE.but(size=14), LABEL.but(size=12)
_MARK = Look(size=16, bold=True, ink=ERROR, align="right")


def write_covers(path: Path, register: Register, files: Sequence[int], workspace: str, how: Manner = CHINESE) -> int:
    """The covers of files (rows of 档案), in their order. Gives how many. Raises PenError."""
    with form_pen(path, KIND, SHEET, as_of=register.today, workspace=workspace, how=how) as pen:
        add_covers(pen, Cabinet(register, masked=how.masked), files, workspace, how)
    return len(files)


def add_covers(pen: Pen, cabinet: Cabinet, files: Sequence[int], workspace: str, how: Manner = CHINESE) -> None:
    """The covers as sheets of a workbook."""
    for first in range(0, max(1, len(files)), A_SHEET):
        some = files[first : first + A_SHEET]
        name = how.word(SHEET) if len(files) <= A_SHEET else f"{SHEET} {first + 1}-{first + len(some)}"
        paper = Paper(pen.page(name), how=how)
        for n, file in enumerate(some):
            if n:
                paper.new_page()
            _cover(paper, cabinet, file, workspace)
        if not some:
            paper.text(how.word("没有"))
        paper.finish()


def _cover(paper: Paper, cabinet: Cabinet, file: int, workspace: str) -> None:
    name, how = cabinet.name, paper.how
    level = name.found("files", "confidentiality", file)
    paper.page.across(paper.row, 1, 9, workspace, META.but(size=12, wrap=True))
    paper.page.across(paper.row, 10, paper.last, level if level == "敏感" else "", _MARK)
    paper.page.height(paper.row, 40)
    paper.row += 1
    paper.gap(60)
    paper.page.across(paper.row, 1, paper.last, "业 主 档 案", _TITLE)
    paper.page.height(paper.row, 64)
    paper.row += 1
    paper.gap(36)
    title = cabinet.title(file)
    many = lines(title, paper.room(1, paper.last) / 2) > 1  # twenty points are twice as wide as ten
    paper.page.across(paper.row, 1, paper.last, title, _SUBJECT.but(size=14) if many else _SUBJECT)
    paper.page.height(paper.row, 70)
    paper.row += 1
    paper.gap(36)
    opened = name.day("files", "created_on", file)
    for word, value in (
        ("档号", cabinet.key(file)),
        ("房号", cabinet.house(file)),
        ("业主", _owner(cabinet, file)),
        ("产权周期", _period(cabinet, file)),
        ("建档日期", chinese_day(opened) if isinstance(opened, date) else ""),
        ("件数 / 页数", cabinet.count(file)),
        ("保管期限", name.found("files", "retention", file)),
        ("密级", level),
    ):
        paper.page.across(paper.row, 2, 4, how.head(word), _WORD)
        paper.page.across(paper.row, 5, paper.last - 1, value, _BIG.but(form="@"))
        paper.page.height(paper.row, 40)
        paper.row += 1
    paper.gap(50)
    paper.signatures("立卷人", "检查人", "日期", height=34)


def owner_of(cabinet: Cabinet, file: int) -> int:
    """The row of 业主 that a file names, -1 for none."""
    if "owners" not in cabinet.register.tables:
        return -1
    return int(cabinet.register.reference("files", "owner_no").row[file])


def _owner(cabinet: Cabinet, file: int) -> str:
    row = owner_of(cabinet, file)
    key, name = cabinet.name.key("owners", row), cabinet.name.found("owners", "name", row)
    return f"{name}（{key}）" if name else cabinet.name.found("files", "owner_no", file)


def _period(cabinet: Cabinet, file: int) -> str:
    """From when to when the owner owns the house."""
    row = owner_of(cabinet, file)
    since, until = (cabinet.name.day("owners", f, row) for f in ("owned_from", "owned_to"))
    if not isinstance(since, date):
        return ""
    return f"{since.isoformat()} 至 {until.isoformat() if isinstance(until, date) else '今'}"
