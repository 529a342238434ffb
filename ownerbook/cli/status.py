"""`ownerbook status`."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import run_options
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.jobs.running import Station


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    run_options.configure(parser)
    parser.add_argument("--json", action="store_true", help="JSON")


def run(args: argparse.Namespace) -> int:
    """Say when each job last succeeded and what is overdue. Exit status 0 in order, 1 overdue, given up or never set up, 2 cannot be said."""
    return run_options.guarded(lambda: told(args))


def _mail(station: Station, now: datetime) -> dict[str, int]:
    """How the letters stand. Where none was ever queued, nothing that sends mail is loaded."""
    if not station.outbox_folder.exists():
        return {"waiting": 0, "sent": 0, "needs_a_hand": 0}
    from ownerbook.jobs.mail_desk import standing

    return standing(station.root, now)


def told(args: argparse.Namespace) -> int:
    """Look, and tell."""
    import json

    from ownerbook import clock
    from ownerbook.jobs.running import Station
    from ownerbook.jobs.standing import as_data, stand

    station = Station.at(run_options.workspace(args, reachable=False))
    ledger = station.existing_ledger()
    if ledger is None:
        words = Text(
            "这台电脑上还没有安排夜间检查；请运行 ownerbook schedule install 或 ownerbook serve",
            "no nights are set up on this machine; run ownerbook schedule install, or ownerbook serve",
        )
        print(json.dumps({"state": "none", "overdue": True, "jobs": {}}) if args.json else words.say(args.lang))
        return 1
    with ledger:
        rules = station.rules(ledger)
        standing = stand(ledger, rules, clock.now(rules.timing.zone))
    mail = _mail(station, standing.now)
    level, backup = _backup(station.root, standing.now)
    history = _history(station.root)
    if args.json:
        more = {"mail": mail, "backup": {"state": level, "said": backup.zh}, "history": history.zh if history else "ok"}
        print(json.dumps(as_data(standing, rules.timing.zone) | more, ensure_ascii=False, indent=1))
        return int(standing.light == "red" or mail["needs_a_hand"] > 0 or history is not None)
    zone = standing.now.tzinfo

    def at(moment: datetime | None) -> str:
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""

    def say(zh: str, en: str) -> None:
        print(Text(zh, en).say(args.lang))

    say(f"{standing.title}  {at(standing.now)}", f"{standing.title}  {at(standing.now)}")
    for name, job in standing.jobs.items():
        title = run_options.JOBS[name]
        last = job.last_ok
        if last is None:
            say(f"{title.zh}：还没有完成过", f"{title.en}: never made yet")
        else:
            say(f"{title.zh}：上次完成 {last.period}（{at(last.ended)}）", f"{title.en}: last made {last.period} ({at(last.ended)})")
        if job.running:
            say(f"  正在运行 {job.running.period}，{at(job.running.started)} 开始", f"  {job.running.period} runs since {at(job.running.started)}")
        for run_ in job.failing:
            again = Text(f"，{at(run_.not_before)} 再试", f", again {at(run_.not_before)}") if run_.not_before else Text("", "")
            say(
                f"  {run_.period} 失败 {run_.attempt} 次{again.zh}：{run_.error}",
                f"  {run_.period} failed {run_.attempt} times{again.en}: {run_.why('en')}",
            )
        for period in job.overdue:
            say(f"  逾期没有完成：{period}", f"  overdue: {period}")
        say(f"  下次到期 {at(job.next_due)}", f"  next due {at(job.next_due)}")
    missed = [r.period for r in standing.nights if r.state == "missed"]
    if missed:
        say(f"没有运行的夜晚：{'、'.join(missed)}", f"nights that did not happen: {', '.join(missed)}")
    if standing.mended == "damaged":
        say("运行台账曾损坏，已按日志重建，旧文件另存在旁边", "the ledger was damaged once and rebuilt from the journal; the old file lies beside it")
    if n := mail["needs_a_hand"]:
        say(f"{n} 封信要人处理，见 ownerbook mail list", f"{n} letters need a hand; see ownerbook mail list")
    say(backup.zh, backup.en)
    if history is not None:
        say(history.zh, history.en)
    return int(standing.light == "red" or n > 0 or history is not None)


def _history(root: Path) -> Text | None:
    """What is wrong where the journal is not the one that this machine remembers."""
    from ownerbook.storage.journal import Journal
    from ownerbook.storage.remembered import estranged

    return estranged(Journal(root))


def _backup(root: Path, now: datetime) -> tuple[str, Text]:
    """How backups stand; where the share is gone nothing can be said of them."""
    from ownerbook.jobs.backup_standing import backup_standing
    from ownerbook.settings import FILE, Settings

    if not (root / FILE).is_file():
        return "bad", Text("工作区打不开，不知道备份情况", "the workspace is not there: nothing is known of backups")
    return backup_standing(root, Settings.read(root / FILE), now)
