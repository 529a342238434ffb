"""A command that asks for changes of the register: one page is shown, and written after the yes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import workspace_options
from ownerbook.cli.workspace_options import say
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.jobs.acting import Acted
    from ownerbook.procedures.registration import Act
    from ownerbook.register.register import Register


def configure(parser: argparse.ArgumentParser) -> None:
    """The common arguments, with those of a yes."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add("--yes", action="store_true", help="看过之后写入登记簿（须写 --by）" if zh else "write it (with --by)")
    add("--by", default="", metavar="NO", help="谁经办（工号或姓名）" if zh else "who carries it out (number or name)")
    agrees = "谁审核同意（工号或姓名），不写即经办人" if zh else "who agrees (number or name); else who carries it out"
    add("--agreed", default="", metavar="NO", help=agrees)
    add("--out", type=Path, metavar="FILE", help="变更方案写到哪里" if zh else "where the plan workbook goes")
    add("--dry-run", action="store_true", help="只列出，什么都不写" if zh else "tell only; nothing is written")
    workspace_options.configure(parser, formats=("text",))


def run(args: argparse.Namespace, name: str, made: Callable[[Register, date], Act], after: Callable[[Acted], None] | None = None) -> int:
    """Show what `made` asks of the register as it is, and keep it as a plan, or write it. name: of the plan's workbook. after: what is still to be
    done once it is kept or written.

    Exit status 0 proposed or written whole, 1 nothing is to be changed or something was not written.
    """
    from ownerbook.cli.reconcile import tell_applied, tell_prints
    from ownerbook.jobs.acting import act
    from ownerbook.jobs.missing_parts import lacking
    from ownerbook.jobs.noting import note
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.reports.change_text import change_text

    if args.yes and args.dry_run:
        raise Unusable(Text("--yes 和 --dry-run 不能一起用", "--yes and --dry-run do not go together"))
    space = workspace_options.opened(args, settled=not args.dry_run)
    today, now = workspace_options.moment(args, space)
    password = workspace_options.password(args, space)
    noted = note(space, today, at=now, password=password, write=not args.dry_run)
    if (torn := lacking(noted)) is not None:
        raise Unusable(torn)
    asked = made(noted.read.register, today)
    for line in asked.against:
        say(args, line, error=True)
    if not asked.changes:
        for line in asked.notes:
            say(args, line)
        say(args, Text("没有要改的，什么都没有写", "nothing is to be changed, and nothing was written"))
        return 1
    masked = not args.unmask
    done = act(
        space,
        noted,
        asked.changes,
        today,
        at=now,
        name=name,
        notes=asked.notes,
        already=asked.already,
        by=args.by,
        agreed=args.agreed,
        stories=asked.stories,
        yes=args.yes,
        masked=masked,
        out=args.out,
        write=not args.dry_run,
        password=password,
    )
    print(change_text(done.found.plan, as_of=today, problems=done.found.brings, lang=args.lang, masked=masked, limit=None if args.all else 40))
    for line in done.held:
        say(args, line, error=True)
    if done.applied is not None:
        tell_applied(args, done.applied)
    tell_prints(args, done.prints)
    if done.path is not None:
        zh = f"变更方案：{done.path}（选好处理后放进收件箱，或 ownerbook reconcile --apply）"
        say(args, Text(zh, f"the plan: {done.path} (choose, then put it into 收件箱, or ownerbook reconcile --apply)"))
    if after is not None:
        after(done)
    refused = done.applied is not None and (done.applied.refused or done.applied.left)
    return 1 if refused or asked.against or done.held else 0
