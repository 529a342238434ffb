"""`ownerbook restore`."""

from __future__ import annotations

import argparse
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from ownerbook.cli import workspace_options
from ownerbook.cli.check import day


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add(
        "--at",
        required=True,
        metavar="YYYY-MM-DD[THH:MM]",
        help="哪一天（当天结束时）或哪一刻的登记簿" if zh else "the day, at its end, or the moment",
    )
    add("--workbook", action="append", default=[], metavar="NAME", help="只要这个工作簿" if zh else "this workbook only")
    add(
        "--to",
        type=Path,
        metavar="文件夹" if zh else "FOLDER",
        help="取出到这个文件夹，登记簿不动" if zh else "lay them out there; the register stays",
    )
    add("--write", action="store_true", help="放回登记簿，现在的版本保留" if zh else "put them in the register's place; today's versions are kept")
    workspace_options.configure(parser, formats=())


def run(args: argparse.Namespace) -> int:
    """Restore. Exit status 0; 1 where it was refused."""
    from ownerbook.jobs.noting import fingerprints, note
    from ownerbook.jobs.restoring import bring_back, changed_by, lay_out, look
    from ownerbook.schema.words import Text

    space = workspace_options.opened(args)
    today, now = workspace_options.moment(args, space)
    password = workspace_options.password(args, space)
    wanted = _moment(args.at, space.settings["workspace.zone"])
    if args.write and not args.to:
        for line in note(space, today, at=now, password=password).notes:  # what was typed in since is told before it goes
            workspace_options.say(args, line)
    standing = fingerprints(space)
    found = look(space, standing, wanted, args.workbook)
    told = found.as_of.strftime("%Y-%m-%d %H:%M")
    for name in found.back:
        workspace_options.say(args, Text(f"{name}：换成 {told} 记下的版本", f"{name}: the version noted on {told}"))
    for name in found.later:
        workspace_options.say(args, Text(f"{name}：那时还没有，不动", f"{name}: was not there then; it stays"))
    if not found.back:
        workspace_options.say(args, Text("登记簿与那时相同，没有要恢复的", "the register is as it was then; there is nothing to bring back"))
        return 0
    if args.to:
        for path in lay_out(space, found, args.to):
            workspace_options.say(args, Text(f"已取出 {path}", f"laid out {path}"))
        return 0
    if not args.write:
        workspace_options.say(
            args, Text("登记簿没有改动；加 --write 放回，或用 --to 取出", "nothing was changed; add --write, or --to to look at them")
        )
        return 0
    recorded = changed_by(space, found, standing, today, password=password)
    done = bring_back(space, found, standing, at=now, recorded=recorded)
    for name in done.done:
        workspace_options.say(args, Text(f"已恢复 {name}", f"brought back {name}"))
    for why in done.refused:
        workspace_options.say(args, Text(f"没有恢复：{why.zh}", f"not brought back: {why.en}"), error=True)
    return 1 if done.refused else 0


def _moment(text: str, zone: str) -> datetime:
    if "T" in text or " " in text:
        from ownerbook.jobs.workspace import Unusable
        from ownerbook.schema.words import Text

        try:
            moment = datetime.fromisoformat(text.replace(" ", "T"))
        except ValueError:
            raise Unusable(Text(f"时间 {text} 写法不对，应为 2026-10-31T18:00 这样", f"{text} is no moment of the form 2026-10-31T18:00")) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    return datetime.combine(day(text, zone), time.max, ZoneInfo(zone))
