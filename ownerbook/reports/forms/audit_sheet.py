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

import numpy as np

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.sampling import Sample
from ownerbook.deadlines.standing import files_out
from ownerbook.register.register import Register
from ownerbook.reports.forms.paper import ASK, CELL, CENTER, DAY, NUMBER, Value, form_pen
from ownerbook.reports.naming import Naming
from ownerbook.reports.palette import BLUE, FILL_IN, HEADER, NAVY, SUBTITLE, TITLE, Look
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.widths import row_height

KIND = "audit-sheet"
SHELF, PAPERS, OUT = "在库核对", "材料核对", "借出核对"
RESULT, YES_NO = ("合格", "不合格"), ("√", "×")
STATES = ("相符", "缺页", "缺件", "多出")
HEADER_ROW = 4
FILES = ("序号", "位置", "档号", "房号", "题名", "应有", "风险", "在位", "编号相符", "件数页数相符", "结果", "问题描述", "整改期限", "整改责任人")
_WIDTHS = (5.5, 15, 18, 11, 19, 10, 13, 7, 8, 9, 9, 24, 12, 12)
ASKED = FILES[7:]
PAPER_HEADS = ("序号", "位置", "档号", "材料编号", "材料类型", "形式", "页数", "份数", "登记状态", "核对", "实际页数", "备注")
_PAPER_WIDTHS = (5.5, 15, 18, 14, 18, 8, 7, 7, 9, 9, 9, 24)
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
    """How a sheet was opened. month: 2026-10; kind: 定期 抽查 专项; by: who audits, as 审核 will name them; staff: to choose from."""

    month: str
    kind: str
    by: str = ""
    staff: tuple[str, ...] = ()


def write_audit_sheet(path: Path, register: Register, sample: Sample, opening: Opening, workspace: str) -> None:
    """The tick sheet of a sample. Raises PenError."""
    name, book = Naming(register), Whole(register)
    order = sorted(range(len(sample.rows)), key=lambda i: place_key(name, int(sample.rows[i])))
    here = [i for i in order if not sample.out[i]]
    out = [i for i in order if sample.out[i]]
    papers = _papers_of(book, [int(sample.rows[i]) for i in here])
    title = f"档案审核清单  {opening.month}"
    properties = {"ownerbook.month": opening.month, "ownerbook.audit": opening.kind, "ownerbook.auditor": opening.by}
    with form_pen(path, KIND, title, as_of=register.today, workspace=workspace, properties=properties) as pen:
        about = (
            f"{workspace}    {opening.kind}    抽出 {len(sample.rows)} 份：在库 {len(here)}，借出 {len(out)}    开列日 {register.today.isoformat()}"
        )
        _shelf(pen, title, about, name, sample, here, papers, opening)
        _paper_page(pen, about, name, [int(sample.rows[i]) for i in here], papers)
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


def _head(page: Page, title: str, about: str, hint: str, heads: Sequence[str], widths: Sequence[float], asked: Sequence[str]) -> None:
    page.columns(widths)
    page.text(1, 1, title, TITLE)
    page.height(1, 30)
    page.text(2, 1, about, SUBTITLE)
    page.text(3, 1, hint, SUBTITLE)
    for n, head in enumerate(heads, 1):
        page.text(HEADER_ROW, n, head, HEADER.but(ink=NAVY, fill="#FFE699") if head in asked else HEADER)
    page.height(HEADER_ROW, 34)
    page.freeze(HEADER_ROW, 3)


def _line(page: Page, row: int, values: Sequence[Value], looks: Sequence[Look], widths: Sequence[float], least: float) -> None:
    page.row(row, values, looks)
    page.height(row, max(least, row_height([(v, w) for v, w in zip(values, widths, strict=True) if isinstance(v, str)])))


def _finish(page: Page, heads: Sequence[str], last: int, signed: str) -> None:
    row = last + 2
    page.text(row, 1, signed, Look(size=10.5))
    page.height(row, 34)
    page.print_setup(repeat=(HEADER_ROW, HEADER_ROW), last_column=len(heads), last_row=row)


def _shelf(pen: Pen, title: str, about: str, name: Naming, sample: Sample, here: Sequence[int], papers: dict[int, list[int]], o: Opening) -> None:
    page = pen.page(SHELF, colour=BLUE)
    hint = "按柜、层的顺序核对；黄色各列填写，存到「收件箱」或交回；不合格的须写问题、期限、责任人。档号一列不要改。"
    _head(page, title, about, hint, FILES, _WIDTHS, ASKED)
    looks = (
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
        reasons = "、".join(r.words.zh for r in sample.reasons[i])
        texts = (name.found("files", "location", f), name.key("files", f), name.house("files", f), name.found("files", "title", f))
        _line(page, last, (n, *texts, f"{len(mine)} 件 {pages} 页", reasons, *[None] * 7), looks, _WIDTHS, 26)
    _choices(page, last, {8: YES_NO, 9: YES_NO, 10: YES_NO, 11: RESULT, 14: o.staff}, 13)
    _finish(page, FILES, last, f"审核人：{o.by or '________________'}        审核日期：________________        档案员：________________")


def _paper_page(pen: Pen, about: str, name: Naming, files: Sequence[int], papers: dict[int, list[int]]) -> None:
    page = pen.page(PAPERS, colour=BLUE)
    hint = "每件材料一行，为开列时登记的内容；与实物不符的在黄色列填写，相符的可以不填。材料编号一列不要改。"
    _head(page, PAPERS, about, hint, PAPER_HEADS, _PAPER_WIDTHS, PAPER_HEADS[9:])
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
    _choices(page, row, {10: STATES}, 0)
    _finish(page, PAPER_HEADS, row, "核对人：________________        日期：________________")


def _out_page(pen: Pen, about: str, name: Naming, book: Whole, sample: Sample, out: Sequence[int], o: Opening) -> None:
    page = pen.page(OUT, colour="#8A5A00")
    hint = "抽到而正借出的档案：核对原位的代卷卡与借阅登记；归还之日再审核实物。"
    _head(page, OUT, about, hint, OUT_HEADS, _OUT_WIDTHS, OUT_HEADS[9:])
    text, last = CELL.but(form="@"), HEADER_ROW
    looks = (CENTER, text, text, text, CELL, text, CELL, DAY, DAY, *[ASK.but(align="center")] * 2, ASK, DAY.but(fill=FILL_IN), ASK)
    loan = files_out(book) if out else np.zeros(0, np.int32)
    for n, i in enumerate(out, 1):
        f, last = int(sample.rows[i]), HEADER_ROW + n
        r = int(loan[f])
        days = [d if isinstance(d, date) else None for d in (name.day("loans", "lent_on", r), name.day("loans", "due_on", r))]
        texts = (name.found("files", "location", f), name.key("files", f), name.house("files", f), name.found("files", "title", f))
        _line(page, last, (n, *texts, name.key("loans", r), name.found("loans", "borrower", r), *days, *[None] * 5), looks, _OUT_WIDTHS, 26)
    _choices(page, last, {10: YES_NO, 11: RESULT, 14: o.staff}, 13)
    _finish(page, OUT_HEADS, last, f"审核人：{o.by or '________________'}        审核日期：________________")


def _choices(page: Page, last: int, lists: dict[int, Sequence[str]], day_column: int) -> None:
    if last == HEADER_ROW:
        return
    for column, values in lists.items():
        if values:
            page.choices(HEADER_ROW + 1, column, last, column, list(values), strict=column != 14)
    if day_column:
        page.check(HEADER_ROW + 1, day_column, last, day_column, _DAY_RULE)
