"""档案管理档案: the archive about the archive, a row a month and project, as a workbook. Its truth is the journal; this shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ownerbook.reports.many_rows import Value, write_rows
from ownerbook.reports.monthly.content import Col
from ownerbook.reports.monthly.figures import COUNTS
from ownerbook.reports.monthly.statistics_sheet import HIDDEN
from ownerbook.reports.palette import BODY, BODY_CENTER, COUNT, DONE, DONE_INK, ERROR, ERROR_FILL, HEADER, NAVY, SUBTITLE, TITLE
from ownerbook.reports.pen import Pen
from ownerbook.schema.words import Lang, Text

NAME = Text("档案管理档案", "Archive of the archive")
SMALL = 5
"""统计最小单元 of months that were recorded before it was kept with them."""
_NUMBERS = (
    "opening", "opened", "gone", "adjusted", "closing", "papers_in", "changes_asked", "changes_done", "changes_late", "lent", "returned", "renewed",
    "refused", "overdue", "audited", "failed", "rectified", "archived", "destroyed", "handed_over", "error", "warning", "new", "fixed", "sessions",
    "trained", "complaints",
)  # fmt: skip
_GROUPS = (
    (Text("数量", "Held"), 5),
    (Text("收件与变更", "Papers and changes"), 4),
    (Text("借阅", "Loans"), 5),
    (Text("审核", "Audits"), 3),
    (Text("处置", "Disposals"), 3),
    (Text("问题", "Problems"), 4),
    (Text("培训与满意度", "Training, satisfaction"), 3),
)


class ArchiveRow(NamedTuple):
    """A record of the journal: its number, moment, data, fingerprint, and that of the entry before it."""

    number: int
    at: str
    data: Mapping[str, Any]
    fingerprint: str
    before: str


def balanced(counts: Mapping[str, int | None]) -> bool | None:
    """Whether opening + in − out + entered late = closing; None where the numbers are not there."""
    parts = [counts.get(k) for k in ("opening", "opened", "gone", "adjusted", "closing")]
    if any(p is None for p in parts):
        return None
    opening, opened, gone, adjusted, closing = (int(p) for p in parts if p is not None)
    return opening + opened - gone + adjusted == closing


def write_archive_book(path: Path, rows: Sequence[ArchiveRow], *, project: str, lang: Lang = "zh") -> None:
    """Write the workbook. The same records give the same bytes. Raises PenError."""
    newest = max(date.fromisoformat(r.data["as_of"]) for r in rows)
    columns = [
        Col("month", Text("月份", "Month"), "center", 10),
        Col("project", Text("项目", "Project"), "text", 14),
        *(Col(k, COUNTS[k][0], "count", 9.5) for k in _NUMBERS),
        Col("balance", Text("平衡", "Balance"), "center", 8),
        Col("policy", Text("制度版本", "Policy"), "center", 10),
        Col("number", Text("日志条", "Entry"), "count", 8),
        Col("print", Text("指纹", "Fingerprint"), "center", 15),
        Col("before", Text("前一条指纹", "Before"), "center", 15),
    ]
    with Pen(path, as_of=newest, title=NAME.say(lang), kind="archive", subject=project, footer=project, lang=lang) as pen:
        page = pen.page(NAME.say(lang), colour=NAVY)
        page.columns([c.width for c in columns])
        page.text(1, 1, NAME.say(lang), TITLE)
        page.height(1, 30)
        about = Text(
            "每月每项目一行，取自封存的日志，只增不改；期初 + 新建 − 移交与销毁 + 补登调整 = 期末。更正另起一行。用 ownerbook verify 核对日志",
            "a row a month and project out of the sealed journal, never edited; ownerbook verify checks the journal",
        )
        page.text(2, 1, f"{project}    {about.say(lang)}", SUBTITLE)
        column = 3
        page.height(3, 20)
        for words, n in _GROUPS:
            page.across(3, column, column + n - 1, words.say(lang), HEADER.but(size=9))
            column += n
        for n, col in enumerate(columns, 1):
            page.text(4, n, col.header.say(lang), HEADER.but(size=9))
        page.height(4, 34)
        values = [_row(r, lang) for r in rows]
        good, bad = BODY_CENTER.but(ink=DONE_INK, fill=DONE), BODY_CENTER.but(ink=ERROR, fill=ERROR_FILL, bold=True)
        looks = [{"": COUNT if c.form == "count" else BODY if c.form == "text" else BODY_CENTER} for c in columns]
        looks[2 + len(_NUMBERS)] = {"": BODY_CENTER, "good": good, "bad": bad}
        tints = ["good" if balanced(r.data["counts"]) else "bad" for r in rows]
        last = write_rows(page, 5, values, looks, tints) - 1
        page.filter(4, 1, last, len(columns))
        page.freeze(4, 2)
        page.print_setup(repeat=(3, 4), last_column=len(columns), last_row=last, pages_wide=2, repeat_columns=2)


def _row(r: ArchiveRow, lang: Lang) -> list[Value]:
    counts = r.data["counts"]
    fits = balanced(counts)
    words = "—" if fits is None else Text("平", "yes").say(lang) if fits else Text("不平", "no").say(lang)
    numbers: list[Value] = [counts.get(k) for k in _NUMBERS]
    least = int(r.data["policy"].get("small_cell", SMALL))
    if 0 < int(counts.get("complaints") or 0) < least:  # a sum about people: policy 统计最小单元
        numbers[_NUMBERS.index("complaints")] = HIDDEN
    return [r.data["month"], r.data["project"], *numbers, words, r.data["policy"]["version"], r.number, r.fingerprint[:12], r.before[:12]]
