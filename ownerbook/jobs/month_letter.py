"""The month's letter out of the journal: five lines of figures, what is worst, and the course of a year. Counts only, nothing personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Any

from ownerbook.mail.chart import column_chart
from ownerbook.mail.letter import Letter
from ownerbook.mail.letter_body import Figure
from ownerbook.schema.words import Lang, Text
from ownerbook.storage.journal import Entry

_MONTHS, _WORST = 12, 3
_KINDS_OF_TROUBLE = (("unreadable", Text("读不了的工作簿", "workbooks that cannot be read")), ("unsteady", Text("没有取到完整副本", "no whole copy")))


def month_letter(month: str, title: str, where: str, nights: Sequence[Entry], lang: Lang) -> Letter:
    """A letter about a month (as 2026-10). nights: journal entries of kind night, oldest first; where: the path of the workbook, '' for none."""
    last = {p[:7]: e for e in nights if (p := str(e.data.get("period", ""))) and e.data.get("figures") and p[:7] <= month}
    mine = [e for e in nights if str(e.data.get("period", "")).startswith(month)]
    now, before = _figures(last.get(month)), _figures(last.get(_before(month)))
    fixed = sum(_figures(e).get("fixed", 0) for e in mine)
    made, days = len({e.data["period"] for e in mine if e.data.get("state") == "ok"}), _days(month)
    figures = [
        _compared(Text("错误", "errors"), "error", now, before, lang),
        _compared(Text("提醒", "warnings"), "warning", now, before, lang),
        Figure(Text("本月已解决", "fixed in the month"), f"{fixed:,}"),
        _compared(Text("逾期未办", "overdue tasks"), "late", now, before, lang),
        Figure(Text("夜间检查", "nights"), f"{made}/{days}", tone="" if made == days else "worse"),
    ]
    points = [(m, _figures(e).get("error", 0) + _figures(e).get("warning", 0)) for m, e in sorted(last.items())][-_MONTHS:]
    chart = (
        column_chart(points, title=Text("错误和提醒，逐月（月末）", "errors and warnings, by month (at its end)").say(lang))
        if len(points) > 1
        else None
    )
    subject = Text(f"{title} {_named(month)} 业主档案月报", f"{title}: owner files, {month}").say(lang)
    if now:
        subject += Text(
            f"（错误 {now.get('error', 0):,}，逾期 {now.get('late', 0):,}）", f" ({now.get('error', 0):,} errors, {now.get('late', 0):,} late)"
        ).say(lang)
    remarks = () if now else (Text("这个月没有一次夜间检查的结果", "no night of this month was made"),)
    heading = Text(f"{title} {_named(month)} 业主档案月报", f"{title}: owner files in {month}").say(lang)
    return Letter(subject, heading, figures, _worst(now, lang), where, chart, None, remarks, lang)


def where_it_lies(workbook: Path, root: Path, link_base: str) -> str:
    """How recipients find the workbook: under the share that the settings name, else from the workspace's folder on. No path of this machine."""
    if not workbook.is_relative_to(root):
        return workbook.name
    inside = workbook.relative_to(root)
    if link_base:
        return str(PureWindowsPath(link_base) / inside) if "\\" in link_base else f"{link_base.rstrip('/')}/{inside.as_posix()}"
    return f"{root.name}/{inside.as_posix()}"


def _figures(entry: Entry | None) -> Mapping[str, int]:
    found: Any = entry.data.get("figures", {}) if entry else {}
    return found if isinstance(found, Mapping) else {}


def _compared(label: Text, key: str, now: Mapping[str, int], before: Mapping[str, int], lang: Lang) -> Figure:
    if key not in now:
        return Figure(label, "—")
    if key not in before:
        return Figure(label, f"{now[key]:,}")
    more = now[key] - before[key]
    change = Text(f"比上月 {more:+,}", f"{more:+,} on last month") if more else Text("与上月相同", "as last month")
    return Figure(label, f"{now[key]:,}", change.say(lang), "worse" if more > 0 else "better" if more < 0 else "")


def _worst(now: Mapping[str, int], lang: Lang) -> list[str]:
    from ownerbook.deadlines.agenda import KINDS

    out = [f"{words.say(lang)} {now[key]:,}" for key, words in _KINDS_OF_TROUBLE if now.get(key)]
    late = sorted(((n, k.removeprefix("late:")) for k, n in now.items() if k.startswith("late:") and n), reverse=True)
    for n, kind in late[: _WORST - len(out)]:
        words = KINDS[kind].words if kind in KINDS else Text(kind, kind)
        out.append(Text(f"{words.zh}：逾期 {n:,} 件", f"{words.en}: {n:,} late").say(lang))
    return out


def _named(month: str) -> str:
    return f"{month[:4]} 年 {int(month[5:])} 月"


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"


def _days(month: str) -> int:
    year, number = int(month[:4]), int(month[5:])
    return ((date(year + 1, 1, 1) if number == 12 else date(year, number + 1, 1)) - date(year, number, 1)).days
