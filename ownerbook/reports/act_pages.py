"""办理: the page of a plan on which people read each act whole before they say yes: what it comes to, cell by cell what is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ownerbook.reconcile.story import StoryTable
from ownerbook.reports.act_lines import ActEntry
from ownerbook.reports.change_lines import VERDICTS
from ownerbook.reports.forms.paper import CELL, CENTER, HEAD, LABEL, META, TEXT, VALUE, Paper
from ownerbook.reports.palette import DONE, DONE_INK, ERROR, ERROR_FILL, NAVY, WARNING, WARNING_FILL
from ownerbook.reports.pen import Page
from ownerbook.reports.widths import cells
from ownerbook.reports.widths import lines as lines_of

TAB = "办理"
_INK = {"question": (ERROR, ERROR_FILL), "evidence": (WARNING, WARNING_FILL), "safe": (DONE_INK, DONE)}
_SPANS = ((1, 1), (2, 3), (4, 5), (6, 7), (8, 12))
_HEADS = ("表", "记录", "列", "现值", "新值")


def write_acts(page: Page, acts: Sequence[tuple[int, ActEntry]], *, workspace: str, as_of: date, masked: bool) -> dict[str, int]:
    """Every act on a page of its own. acts: with their number in the list. Gives by bundle the row at which it begins."""
    paper = Paper(page)
    at: dict[str, int] = {}
    many = [a for _, a in acts if a.story.table is not None]
    for n, (number, act) in enumerate(acts):
        if n:
            paper.new_page()
        at[act.bundle] = paper.row
        head = _act(paper, number, act, workspace, as_of, masked)
    alone = len(acts) == 1
    paper.finish(one_page=alone and not many, repeat=(head, head) if alone and many else None)
    return at


def _act(paper: Paper, number: int, act: ActEntry, workspace: str, as_of: date, masked: bool) -> int:
    """One act. Gives the row of the heads of its table."""
    page = paper.page
    paper.meta(workspace, f"{as_of.isoformat()}    变更方案第 {number} 项")
    ink, fill = _INK[act.verdict]
    page.across(paper.row, 1, 10, act.story.title.zh, TEXT.but(size=15, bold=True, ink=NAVY, valign="vcenter"))
    page.across(paper.row, 11, 12, VERDICTS[act.verdict].zh, LABEL.but(ink=ink, fill=fill))
    page.height(paper.row, 30)
    paper.row += 1
    paper.gap(4)
    for line in act.story.lines:
        text = line.say("zh", masked=masked)
        look = VALUE
        if line.tone == "open":
            look = VALUE.but(ink=WARNING, fill=WARNING_FILL)
        elif line.tone == "done":
            look = VALUE.but(ink=DONE_INK)
        page.across(paper.row, 1, 2, line.label.zh, LABEL)
        page.across(paper.row, 3, paper.last, text, look)
        page.height(paper.row, max(22.0, lines_of(text, paper.room(3, paper.last) - 2) * 16 + 7))
        paper.row += 1
    for problem in act.problems:
        page.across(paper.row, 1, 2, "新增问题", LABEL.but(ink=ERROR, fill=ERROR_FILL))
        page.across(paper.row, 3, paper.last, problem, VALUE.but(ink=ERROR))
        page.height(paper.row, max(22.0, lines_of(problem, paper.room(3, paper.last) - 2) * 16 + 7))
        paper.row += 1
    paper.gap(6)
    if act.story.table is not None:
        return _many(paper, act, act.story.table, masked)
    paper.text(f"写入：{act.writes().zh}。整件一起写入，或都不写入。", TEXT.but(size=10))
    looks = (CENTER.but(size=9), CELL.but(size=9, form="@"), CELL.but(size=9), CELL.but(size=9, form="@"), CELL.but(size=9, form="@"))
    rows = [_row(n.sheet, n.record, "" if n.change.kind == "new" else n.header, n.ours, n.theirs) for n in act.lines]
    head = paper.row
    paper.table(_HEADS, _SPANS, rows, looks, height=18)
    paper.gap(4)
    paper.text("在「变更方案」页的处理一列为整件选择一次，写采用人；同一行之外的询问（谁已迁出等）各自选择。", META.but(wrap=True))
    return head


def _many(paper: Paper, act: ActEntry, table: StoryTable, masked: bool) -> int:
    """A row a house. The columns are as wide as what stands in them, as far as twelve columns of paper can tell. Gives the row of the heads."""
    paper.text(f"写入：{act.writes().zh}。每户一起写入，或都不写入；各户在「变更方案」页一次选择。", TEXT.but(size=10))
    rows = table.rows(masked=masked)
    spans = spans_of([table.heads, *rows], paper.last)
    head, look = HEAD.but(size=9), CELL.but(size=8.5, form="@", valign="vcenter")
    for text, (first, last) in zip(table.heads, spans, strict=True):
        paper.page.across(paper.row, first, last, text, head)
    paper.page.height(paper.row, 20)
    top = paper.row
    paper.row += 1
    rooms = [paper.room(a, b) - 1 for a, b in spans]
    for row in rows:
        for text, (first, last) in zip(row, spans, strict=True):
            paper.page.across(paper.row, first, last, text, look)
        paper.page.height(paper.row, max(17.0, max(lines_of(t, r) for t, r in zip(row, rooms, strict=True)) * 12.5 + 4))
        paper.row += 1
    return top


def spans_of(rows: Sequence[Sequence[str]], columns: int) -> list[tuple[int, int]]:
    """First and last column of each field of a table on so many columns of paper, by the longest texts (of the first 400 rows)."""
    need = [max(4.0, *(cells(r[i]) ** 0.7 for r in rows[:400])) for i in range(len(rows[0]))]
    wide = [1] * len(need)
    for _ in range(columns - len(need)):
        n = max(range(len(need)), key=lambda i: need[i] / wide[i])
        wide[n] += 1
    ends = [sum(wide[: i + 1]) for i in range(len(wide))]
    return [(b - w + 1, b) for b, w in zip(ends, wide, strict=True)]


def _row(*texts: str) -> tuple[str, ...]:
    return tuple(texts)
