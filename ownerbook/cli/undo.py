"""`ownerbook undo`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ownerbook.cli import workspace_options
from ownerbook.cli.workspace_options import say


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add(
        "change",
        metavar="编号" if zh else "CHANGE",
        help="改动的编号，如 12.3；写 12 即撤销那一次的全部" if zh else "the change, such as 12.3; 12 undoes all that was done at once",
    )
    add("--out", type=Path, metavar="FILE", help="变更方案写到哪里" if zh else "where the plan workbook goes")
    add("--dry-run", action="store_true", help="只列出，什么都不写" if zh else "tell only; nothing is written")
    workspace_options.configure(parser, formats=("text",))


def run(args: argparse.Namespace) -> int:
    """Propose the inverse. Exit status 0 proposed, 1 there is nothing to put back."""
    from ownerbook.jobs.inbox import Inbox
    from ownerbook.jobs.noting import note
    from ownerbook.jobs.reconciling import Round, brought
    from ownerbook.jobs.rounds import propose
    from ownerbook.jobs.undoing import plan_of
    from ownerbook.reports.change_text import change_text
    from ownerbook.schema.words import Text

    space = workspace_options.opened(args, settled=not args.dry_run)
    today, now = workspace_options.moment(args, space)
    password = workspace_options.password(args, space)
    noted = note(space, today, at=now, password=password, write=not args.dry_run)
    found = Round(noted, plan_of(space, noted.read, args.change), Inbox())
    if not found.plan.changes:
        say(
            args,
            Text(f"第 {args.change} 项改动之前就是现在的样子，没有要撤销的", f"{args.change}: it is as it was before; nothing is to be put back"),
        )
        return 1
    found.brings = brought(noted.read, found.plan.changes, space.settings["check.ignore"])
    masked = not args.unmask
    print(change_text(found.plan, as_of=today, problems=found.brings, lang=args.lang, masked=masked, limit=None if args.all else 40))
    if args.dry_run:
        return 0
    written = propose(space, found, today, at=now, masked=masked, out=args.out, name=f"撤销方案_{args.change}")
    zh = f"撤销方案：{written}（选好处理后放进收件箱，或 ownerbook reconcile --apply）"
    say(args, Text(zh, f"the plan: {written} (choose, then put it into 收件箱, or ownerbook reconcile --apply)"))
    return 0
