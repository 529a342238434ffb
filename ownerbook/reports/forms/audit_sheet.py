"""审核清单: the tick sheet of a sample, in the order of cabinet and shelf, with the papers that each file should hold, frozen as drawn.

Three sheets are filled in and read back (`jobs.filled`): 在库核对 (a line a file), 材料核对 (a line a paper), 借出核对 (files on loan,
checked against their loan slips). Columns are found by their headers, rows by 档号 and 材料编号; both stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.sampling import Sample
from ownerbook.deadlines.standing import files_out
from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, CELL, CENTER, DAY, NUMBER, Value, form_pen
from ownerbook.reports.naming import Naming
from ownerbook.reports.palette import BLUE, FILL_IN, HEADER, NAVY, SUBTITLE, TITLE, Look
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.widths import row_height
from ownerbook.schema.words import Text

_T = TypeVar("_T")
KIND = "audit-sheet"
SHELF, PAPERS, OUT = "在库核对", "材料核对", "借出核对"
RESULT, YES_NO = ("合格", "不合格"), ("√", "×")
STATES = ("相符", "缺页", "缺件", "多出")
HEADER_ROW = 4
FILES = ("序号", "位置", "档号", "房号", "题名", "应有", "风险", "在位", "编号相符", "件数页数相符", "结果", "问题描述", "整改期限", "整改责任人")
_WIDTHS = (5.5, 15, 18, 11, 19, 10, 13, 8, 9, 13, 9, 24, 12, 12)
ASKED = FILES[7:]
PAPER_HEADS = ("序号", "位置", "档号", "材料编号", "材料类型", "形式", "页数", "份数", "登记状态", "核对", "实际页数", "备注")
_PAPER_WIDTHS = (5.5, 14, 18, 21, 17, 8, 7, 7, 9, 9, 9, 18)
OUT_HEADS = (
    "序号",
    "位置",
    "档号",
    "房号",
    "题名",
    "借阅单号",
    "借阅人",
    "借出日期",
    "应还日期",
    "代卷卡在位",
    "结果",
    "问题描述",
    "整改期限",
    "整改责任人",
)
_OUT_WIDTHS = (5.5, 15, 18, 11, 19, 12, 10, 12, 12, 10, 9, 22, 12, 12)
_DAY_RULE = {
    "validate": "date",
    "criteria": "between",
    "minimum": date(2000, 1, 1),
    "maximum": date(2199, 12, 31),
    "error_title": "不是日期",
    "error_message": "请填日期，如 2026-10-31。",
}


@dataclass(frozen=True, slots=True)
class Opening:
    """How a sheet was opened. month: 2026-10; kind: 定期 抽查 专项; by: who audits, as 审核 will name them; staff: to choose from.

    how: its language, and whether people are masked: then the column 题名, which may name them, is left out.
    """

    month: str
    kind: str
    by: str = ""
    staff: tuple[str, ...] = ()
    how: Manner = CHINESE


def write_audit_sheet(path: Path, register: Register, sample: Sample, opening: Opening, workspace: str) -> None:
    """The tick sheet of a sample. Raises PenError."""
    how = opening.how
    name, book = Naming(register, masked=how.masked), Whole(register)
    order = sorted(range(len(sample.rows)), key=lambda i: place_key(name, int(sample.rows[i])))
    here = [i for i in order if not sample.out[i]]
    out = [i for i in order if sample.out[i]]
    papers = _papers_of(book, [int(sample.rows[i]) for i in here])
    title = f"{how.word('档案审核清单')}  {opening.month}"
    properties = {"ownerbook.month": opening.month, "ownerbook.audit": opening.kind, "ownerbook.auditor": opening.by}
    with form_pen(path, KIND, title, as_of=register.today, workspace=workspace, properties=properties, how=how) as pen:
        drawn = Text(
            f"抽出 {len(sample.rows)} 份：在库 {len(here)}，借出 {len(out)}", f"{len(sample.rows)} files: {len(here)} here, {len(out)} on loan"
        )
        opened = how.brief(Text("开列日", "opened on"))
        about = f"{workspace}    {opening.kind}    {how.brief(drawn)}    {opened} {register.today.isoformat()}"
        _shelf(pen, title, about, name, sample, here, papers, opening)
        _paper_page(pen, about, name, [int(sample.rows[i]) for i in here], papers, how)
        _out_page(pen, about, name, book, sample, out, opening)


def shelf_key(location: str) -> tuple[tuple[int, int, str], ...]:
    """Cabinets and shelves in their order: numbers by value. Files without a place come last."""
    if not location:
        return ((9, 0, ""),)
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.findall(r"\d+|[^\d-]+", location))


def place_key(name: Naming, file: int) -> tuple[object, ...]:
    """Files in the order of cabinet and shelf, those of one place by their number."""
    return shelf_key(name.found("files", "location", file)), shelf_key(name.key("files", file))


def _papers_of(book: Whole, files: Sequence[int]) -> dict[int, list[int]]:
    """Rows of 材料 by file, in the order of 材料."""
    out: dict[int, list[int]] = {f: [] for f in files}
    at = book.documents.ref("file_no").row
    for row in map(int, np.flatnonzero(np.isin(at, files) & book.documents.first)):
        out[int(at[row])].append(row)
    return out


def _head(page: Page, title: str, about: str, hint: Text, heads: Sequence[str], widths: Sequence[float], asked: Sequence[str], how: Manner) -> None:
    page.columns(widths)
    page.text(1, 1, title, TITLE)
    page.height(1, 30)
    page.text(2, 1, about, SUBTITLE)
    page.across(3, 1, len(heads), how.say(hint), SUBTITLE.but(wrap=True))
    page.height(3, row_height([(how.say(hint), sum(widths))]) + 2)
    for n, head in enumerate(heads, 1):
        page.text(HEADER_ROW, n, how.head(head), HEADER.but(ink=NAVY, fill="#FFE699") if head in asked else HEADER)
    page.height(HEADER_ROW, 50 if how.both else 34)
    page.freeze(HEADER_ROW, 3)


def _line(page: Page, row: int, values: Sequence[Value], looks: Sequence[Look], widths: Sequence[float], least: float) -> None:
    page.row(row, values, looks)
    page.height(row, max(least, row_height([(v, w) for v, w in zip(values, widths, strict=True) if isinstance(v, str)])))


def _finish(page: Page, heads: Sequence[str], last: int, signed: str, how: Manner) -> None:
    if last == HEADER_ROW:
        last += 1
        page.across(last, 1, len(heads), how.word("没有"), CENTER)
    row = last + 2
    page.text(row, 1, signed, Look(size=10.5))
    page.height(row, 34)
    page.print_setup(repeat=(HEADER_ROW, HEADER_ROW), last_column=len(heads), last_row=row)


def _shelf(pen: Pen, title: str, about: str, name: Naming, sample: Sample, here: Sequence[int], papers: dict[int, list[int]], o: Opening) -> None:
    page, how = pen.page(SHELF, colour=BLUE), o.how
    hint = Text(
        "按柜、层的顺序核对；黄色各列填写，存到「收件箱」或交回；不合格的须写问题、期限、责任人。档号一列不要改。",
        "In the order of cabinet and shelf. Fill in the yellow columns: √ or ×, 合格 passed or 不合格 failed (then finding, deadline, person). "
        "Leave the column of file numbers as it is.",
    )
    kept = _shown(FILES, how)
    heads, widths = _of(FILES, kept), _of(_WIDTHS, kept)
    _head(page, title, about, hint, heads, widths, ASKED, how)
    looks: tuple[Look, ...] = (
        CENTER,
        CELL.but(form="@"),
        CELL.but(form="@"),
        CELL.but(form="@"),
        CELL,
        CENTER,
        CELL.but(size=9),
        *[ASK.but(align="center")] * 4,
        ASK,
        DAY.but(fill=FILL_IN),
        ASK,
    )
    last = HEADER_ROW
    for n, i in enumerate(here, 1):
        f, last = int(sample.rows[i]), HEADER_ROW + n
        mine = papers[f]
        pages = sum(int(name.found("documents", "pages", r)) for r in mine if name.found("documents", "pages", r).isdigit())
        reasons = how.brief(Text("、", ", ")).join(how.brief(r.words) for r in sample.reasons[i])
        holds = how.brief(Text(f"{len(mine)} 件 {pages} 页", f"{len(mine)} / {pages}"))
        texts = (name.found("files", "location", f), name.key("files", f), name.house("files", f), name.found("files", "title", f))
        _line(page, last, _of((n, *texts, holds, reasons, *[None] * 7), kept), _of(looks, kept), widths, 26)
    _choices(page, last, heads, {"在位": YES_NO, "编号相符": YES_NO, "件数页数相符": YES_NO, "结果": RESULT, "整改责任人": o.staff})
    _finish(page, heads, last, _signed(how, o.by, "审核人", "审核日期", "档案员"), how)


def _shown(heads: Sequence[str], how: Manner) -> tuple[int, ...]:
    """The columns of a page that are printed."""
    return tuple(n for n, head in enumerate(heads) if not (how.masked and head == "题名"))


def _of(row: Sequence[_T], kept: Sequence[int]) -> tuple[_T, ...]:
    return tuple(row[n] for n in kept)


def _signed(how: Manner, by: str, *people: str) -> str:
    """Places to sign; the first is filled in where it is known who."""
    return "        ".join(f"{how.word(p)}：{by if by and not n else '_' * 16}" for n, p in enumerate(people))


def _paper_page(pen: Pen, about: str, name: Naming, files: Sequence[int], papers: dict[int, list[int]], how: Manner) -> None:
    page = pen.page(PAPERS, colour=BLUE)
    hint = Text(
        "每件材料一行，为开列时登记的内容；与实物不符的填 缺页（并写实际页数）、缺件 或 多出；相符的打 √，或不填。材料编号一列不要改。",
        "A line a paper, as registered when this was opened. Fill in what differs: 相符 or √ right, 缺页 lacks pages, 缺件 missing, 多出 one more.",
    )
    _head(page, how.word(PAPERS), about, hint, PAPER_HEADS, _PAPER_WIDTHS, PAPER_HEADS[9:], how)
    text, row, n = CELL.but(form="@"), HEADER_ROW, 0
    looks = (CENTER, text, text, text, CELL, CENTER, NUMBER, NUMBER, CENTER, ASK.but(align="center"), ASK.but(align="right"), ASK)
    for f in files:
        for r in papers[f]:
            n, row = n + 1, row + 1
            numbers = tuple(int(t) if (t := name.found("documents", c, r)).isdigit() else t for c in ("pages", "copies"))
            kind, form, state = (name.found("documents", c, r) for c in ("doc_type", "form", "status"))
            values = (
                n,
                name.found("files", "location", f),
                name.key("files", f),
                name.key("documents", r),
                kind,
                form,
                *numbers,
                state,
                None,
                None,
                None,
            )
            _line(page, row, values, looks, _PAPER_WIDTHS, 20)
    _choices(page, row, PAPER_HEADS, {"核对": STATES})
    _finish(page, PAPER_HEADS, row, _signed(how, "", "核对人", "日期"), how)


def _out_page(pen: Pen, about: str, name: Naming, book: Whole, sample: Sample, out: Sequence[int], o: Opening) -> None:
    page, how = pen.page(OUT, colour="#8A5A00"), o.how
    hint = Text(
        "抽到而正借出的档案：核对原位的代卷卡与借阅登记；归还之日再审核实物。",
        "Files drawn that are on loan: compare the slip in their place with the register of loans; the file itself is audited on its return.",
    )
    kept = _shown(OUT_HEADS, how)
    heads, widths = _of(OUT_HEADS, kept), _of(_OUT_WIDTHS, kept)
    _head(page, how.word(OUT), about, hint, heads, widths, OUT_HEADS[9:], how)
    text, last = CELL.but(form="@"), HEADER_ROW
    looks: tuple[Look, ...] = (CENTER, text, text, text, CELL, text, CELL, DAY, DAY, *[ASK.but(align="center")] * 2, ASK, DAY.but(fill=FILL_IN), ASK)
    loan = files_out(book) if out and book.has("loans") else np.full(len(book.files), -1, np.int32)
    for n, i in enumerate(out, 1):
        f, last = int(sample.rows[i]), HEADER_ROW + n
        r = int(loan[f])
        days = [d if isinstance(d, date) else None for d in (name.day("loans", "lent_on", r), name.day("loans", "due_on", r))]
        texts = (name.found("files", "location", f), name.key("files", f), name.house("files", f), name.found("files", "title", f))
        values: tuple[Value, ...] = (n, *texts, name.key("loans", r), name.found("loans", "borrower", r), *days, *[None] * 5)
        _line(page, last, _of(values, kept), _of(looks, kept), widths, 26)
    _choices(page, last, heads, {"代卷卡在位": YES_NO, "结果": RESULT, "整改责任人": o.staff})
    _finish(page, heads, last, _signed(how, o.by, "审核人", "审核日期"), how)


def _choices(page: Page, last: int, heads: Sequence[str], lists: dict[str, Sequence[str]]) -> None:
    """Lists to choose from under these headers, and the rule of the column for a day."""
    if last == HEADER_ROW:
        return
    for head, values in lists.items():
        if values:
            column = heads.index(head) + 1
            page.choices(HEADER_ROW + 1, column, last, column, list(values), strict=head != "整改责任人")
    if "整改期限" in heads:
        day = heads.index("整改期限") + 1
        page.check(HEADER_ROW + 1, day, last, day, _DAY_RULE)
