"""`状态.html` in the reports folder: written again after every run, readable by whoever may open the folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ownerbook.jobs.running import Rules, Station
from ownerbook.jobs.standing import Standing, stand
from ownerbook.jobs.workspace import contained
from ownerbook.nights.periods import MONTHLY, NIGHTLY
from ownerbook.reports.status_page import Row, StatusView, status_page
from ownerbook.schema.words import Lang, Text
from ownerbook.settings import Settings
from ownerbook.storage.atomic import write_atomically
from ownerbook.storage.ledger import Ledger, Run

NAME = "状态.html"
STATES = {
    "ok": Text("已完成", "made"),
    "failed": Text("失败，稍后再试", "failed, tried again"),
    "given_up": Text("失败，已报警", "failed, alert raised"),
    "missed": Text("没有运行（由后一次补上）", "missed (made up for later)"),
    "running": Text("运行中", "running"),
    "died": Text("中断", "died"),
    "stopped": Text("被要求停止", "stopped"),
    "lost": Text("被别的程序接手", "taken over"),
}


def write_status(station: Station, ledger: Ledger, rules: Rules, now: datetime) -> Path:
    """Write the page. Raises OSError, SettingsError, Unusable."""
    settings = Settings.read(station.root / "ownerbook.toml")
    contained(station.root, settings)
    folder = station.root / str(settings["reports.folder"])
    folder.mkdir(parents=True, exist_ok=True)
    lang: Lang = settings["check.lang"]
    path = folder / NAME
    write_atomically(path, status_page(view(stand(ledger, rules, now), rules, lang), lang).encode())
    return path


def view(standing: Standing, rules: Rules, lang: Lang) -> StatusView:
    """What the page shows, in the words of a language."""
    zone = standing.now.tzinfo
    night, month = standing.jobs[NIGHTLY], standing.jobs[MONTHLY]

    def at(moment: datetime | None, form: str = "%m-%d %H:%M") -> str:
        return moment.astimezone(zone).strftime(form) if moment else ""

    def row(run: Run) -> Row:
        f = run.detail.get("figures", {})
        cells = [f"{f[k]}" if k in f else "" for k in ("error", "warning", "new", "fixed", "late", "today")]
        tone = {"ok": "green", "failed": "yellow", "given_up": "red", "missed": "yellow"}.get(run.state, "")
        return Row(run.period, STATES[run.state].say(lang), at(run.ended if run.state != "missed" else None), tuple(cells), run.why(lang), tone)

    last = night.last_ok
    if standing.is_overdue:
        late = "、".join([*night.overdue, *month.overdue])
        headline = Text(f"逾期没有完成：{late}", f"overdue: {late}")
    elif night.failing or month.failing:
        bad = (night.failing or month.failing)[-1]
        headline = Text(f"{bad.period} 没有完成：{STATES[bad.state].zh}", f"{bad.period}: {STATES[bad.state].en}")
    elif last and last.ended:
        headline = Text(f"夜间检查已运行：{at(last.ended, '%Y-%m-%d %H:%M')}", f"the night was made: {at(last.ended, '%Y-%m-%d %H:%M')}")
        if n := len(standing.missed_lately):
            headline = Text(f"{headline.zh}；七天内有 {n} 夜没有运行", f"{headline.en}; {n} nights of the last seven did not happen")
    else:
        headline = Text("夜间检查还没有运行过", "no night was made yet")
    newest = next((r for r in reversed(standing.nights) if r.detail.get("figures")), None)
    figures = dict(newest.detail["figures"]) if newest else {}
    next_at = min(night.next_due, month.next_due)
    return StatusView(
        standing.title,
        standing.now.strftime("%Y-%m-%d %H:%M"),
        standing.light,
        headline.say(lang),
        at(night.next_due, "%Y-%m-%d %H:%M"),
        at(next_at + rules.overdue, "%Y-%m-%d %H:%M"),
        rules.timing.zone,
        figures,
        newest.period if newest else "",
        [row(r) for r in reversed(standing.nights)],
        [row(r) for r in reversed(standing.months)],
    )
