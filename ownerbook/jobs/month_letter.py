"""The month's letter out of the journal: five lines of figures, what is worst, and the course of a year. Counts only, nothing personal.

The figures are those of the month's record, from which its workbook is made, so that letter and workbook agree; where there is no
record, those of the month's last night.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from ownerbook.mail.chart import column_chart
from ownerbook.mail.letter import Letter
from ownerbook.mail.letter_body import Figure
from ownerbook.schema.words import Lang, Text

if TYPE_CHECKING:
    from ownerbook.storage.journal import Entry, Journal

_MONTHS, _WORST = 12, 4
_LINES = (
    ("error", Text("错误", "errors"), True),
    ("warning", Text("警告", "warnings"), True),
    ("fixed", Text("本月已解决", "fixed in the month"), False),
    ("overdue", Text("逾期未还的档案", "overdue loans"), True),
)
"""Key, words, and whether more of it is worse. The fifth line is the nights."""
_TROUBLES = (
    ("unreadable", Text("读不了的工作簿 {0} 个", "{0} workbooks cannot be read")),
    ("incidents_open", Text("没有结案的信息安全事件 {0} 起", "{0} incidents are not closed")),
    ("incidents", Text("本月信息安全事件 {0} 起", "{0} incidents in the month")),
    ("lost_now", Text("遗失的档案 {0} 份", "{0} files are lost")),
    ("rectifying_late", Text("过了期限的整改 {0} 件", "{0} rectifications are late")),
    ("overdue", Text("逾期未还的档案 {0} 份", "{0} loans are overdue")),
    ("changes_late", Text("超期才办的变更 {0} 件", "{0} changes were made late")),
    ("late", Text("逾期未办的事项 {0} 件", "{0} tasks are overdue")),
)
"""What is worst, gravest first."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of months. counts: by month, oldest first; buildings: errors of the month's by building; nights: made in the month."""

    counts: Mapping[str, Mapping[str, int]]
    buildings: Sequence[tuple[str, int]] = ()
    nights: int = 0
    notes: Sequence[Text] = field(default_factory=tuple)


def course_of(journal: Journal, project: str, month: str) -> Course:
    """Read the course of months up to one (as 2026-10). Raises JournalDamaged, OSError."""
    from ownerbook.jobs.month_record import KIND
    from ownerbook.reports.monthly.problems import ProblemRow

    nights = journal.entries("night")
    counts: dict[str, Mapping[str, int]] = {}
    for entry in nights:
        period, figures = str(entry.data.get("period", "")), entry.data.get("figures")
        if period and period[:7] <= month and isinstance(figures, Mapping):
            counts[period[:7]] = {("overdue" if k == "late:loan-late" else k): v for k, v in figures.items() if k not in ("fixed", "new")}
    for name in counts:
        mine = [e.data["figures"] for e in nights if str(e.data.get("period", "")).startswith(name) and isinstance(e.data.get("figures"), Mapping)]
        counts[name] = {"overdue": 0, **counts[name], "fixed": sum(int(f.get("fixed", 0)) for f in mine)}
    record: Entry | None = None
    for entry in journal.entries(KIND):
        if entry.data.get("project") == project and str(entry.data.get("month", "9")) <= month:
            counts[entry.data["month"]] = {k: v for k, v in entry.data["counts"].items() if isinstance(v, int)}
            record = entry if entry.data["month"] == month else record
    made = {e.data["period"] for e in nights if str(e.data.get("period", "")).startswith(month) and e.data.get("state") == "ok"}
    if record is None:
        return Course(dict(sorted(counts.items())), (), len(made))
    rows = (ProblemRow(*row) for row in journal.detail_of(record).get("problems", []))
    errors = Counter(r.building for r in rows if r.building and r.severity == "error" and r.state in ("new", "open"))
    notes = [Text(*n) for n in record.data.get("notes", [])]
    return Course(dict(sorted(counts.items())), errors.most_common(3), len(made), notes)


def month_letter(month: str, title: str, where: str, course: Course, lang: Lang) -> Letter:
    """A letter about a month. where: the path of the workbook, '' for none."""
    now, before = course.counts.get(month, {}), course.counts.get(_before(month), {})
    figures = [_line(words, key, more_is_worse, now, before, lang) for key, words, more_is_worse in _LINES]
    days = _days(month)
    figures.append(Figure(Text("夜间检查", "nights"), f"{course.nights}/{days}", tone="" if course.nights == days else "worse"))
    points = [(m, c.get("error", 0) + c.get("warning", 0)) for m, c in course.counts.items()][-_MONTHS:]
    chart = (
        column_chart(points, title=Text("错误和警告，逐月（月末）", "errors and warnings, by month (at its end)").say(lang))
        if len(points) > 1
        else None
    )
    worst = [t.say(lang).format(f"{now[k]:,}") for k, t in _TROUBLES if now.get(k)]
    if course.buildings:
        errors = Text("错误最多的楼栋：", "most errors: ").say(lang) + Text("，", ", ").say(lang).join(f"{b} {n:,}" for b, n in course.buildings)
        worst = [*worst[: _WORST - 1], errors]
    name = Text(f"{title} {month[:4]} 年 {int(month[5:])} 月业主档案月报", f"{title}: owner files in {month}").say(lang)
    subject = name
    if now:
        numbers = f"{now.get('error', 0):,}", f"{now.get('overdue', 0):,}"
        subject += Text("（错误 {0}，逾期未还 {1}）", " ({0} errors, {1} overdue)").say(lang).format(*numbers)
    remarks = list(course.notes) if now else [Text("这个月没有一次夜间检查的结果", "no night of this month was made")]
    return Letter(subject, name, figures, worst[:_WORST], where, chart, None, remarks, lang)


def where_it_lies(workbook: Path, root: Path, link_base: str) -> str:
    """How recipients find the workbook: under the share that the settings name, else from the workspace's folder on. No path of this machine."""
    if not workbook.is_relative_to(root):
        return workbook.name
    inside = workbook.relative_to(root)
    if link_base:
        return str(PureWindowsPath(link_base) / inside) if "\\" in link_base else f"{link_base.rstrip('/')}/{inside.as_posix()}"
    return f"{root.name}/{inside.as_posix()}"


def _line(label: Text, key: str, more_is_worse: bool, now: Mapping[str, int], before: Mapping[str, int], lang: Lang) -> Figure:
    if key not in now:
        return Figure(label, "—")
    if key not in before:
        return Figure(label, f"{now[key]:,}")
    more = now[key] - before[key]
    change = Text(f"比上月 {more:+,}", f"{more:+,} on last month") if more else Text("与上月相同", "as last month")
    tone = "" if not more or not more_is_worse else "worse" if more > 0 else "better"
    return Figure(label, f"{now[key]:,}", change.say(lang), tone)


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"


def _days(month: str) -> int:
    year, number = int(month[:4]), int(month[5:])
    return ((date(year + 1, 1, 1) if number == 12 else date(year, number + 1, 1)) - date(year, number, 1)).days
