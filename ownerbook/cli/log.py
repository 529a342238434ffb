"""`ownerbook log`."""

from __future__ import annotations

import argparse
from datetime import datetime
from zoneinfo import ZoneInfo

from ownerbook.cli import run_options
from ownerbook.schema.words import Text


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    run_options.configure(parser)
    parser.add_argument("--last", type=int, default=30, metavar="N", help="最近几次，默认 30" if zh else "how many, 30 by default")
    parser.add_argument("--job", choices=("nightly", "monthly"), default="", help="只看一种" if zh else "one job only")
    parser.add_argument("--json", action="store_true", help="JSON")


def run(args: argparse.Namespace) -> int:
    """Tell the newest attempts, oldest first. Exit status 0."""
    return run_options.guarded(lambda: told(args))


def told(args: argparse.Namespace) -> int:
    """Look, and tell."""
    import json

    from ownerbook.jobs.running import Station
    from ownerbook.jobs.standing import run_data
    from ownerbook.jobs.status_file import STATES

    station = Station.at(run_options.workspace(args, reachable=False))
    ledger = station.existing_ledger()
    if ledger is None:
        print("[]" if args.json else Text("还没有运行过", "nothing has run yet").say(args.lang))
        return 0
    with ledger:
        zone = station.rules(ledger).timing.zone
        runs = ledger.attempts(args.job, newest=max(args.last, 0))
    if args.json:
        print(json.dumps([run_data(r, zone) for r in runs], ensure_ascii=False, indent=1))
        return 0

    def at(moment: datetime | None) -> str:
        return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if moment else " " * 16

    for r in runs:
        took = f"{r.seconds:.0f} s" if r.seconds is not None else ""
        state = STATES[r.state].say(args.lang)
        print(f"{at(r.started)}  {run_options.JOBS[r.job].say(args.lang)} {r.period}  #{r.attempt}  {state}  {took}  {r.why(args.lang)}".rstrip())
    if not runs:
        print(Text("还没有运行过", "nothing has run yet").say(args.lang))
    return 0
