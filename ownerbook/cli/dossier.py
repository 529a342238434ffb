"""`ownerbook dossier`."""

from __future__ import annotations

import argparse

from ownerbook.cli import workspace_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    what = "房号（任何写法）、档号或业主编号" if zh else "a house in any spelling, a file or an owner number"
    add("house", metavar="房号" if zh else "HOUSE", help=what)
    workspace_options.configure(parser)
    add("--reason", default="", metavar="理由" if zh else "REASON", help="--unmask 的理由" if zh else "why it is needed in full (--unmask)")
    add("--by", default="", metavar="谁" if zh else "WHO", help="谁在查，默认本机用户名" if zh else "who asks, by default the user of this machine")


def run(args: argparse.Namespace) -> int:
    """Tell all about a house. Exit status 0; 2 where it could not be done."""
    from ownerbook.cli import deadline_options
    from ownerbook.cli.find import user
    from ownerbook.jobs.dossier import dossier, write
    from ownerbook.jobs.finding import Reveal
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text

    space = workspace_options.opened(args)
    today, at = workspace_options.moment(args, space)
    reveal = None
    if args.unmask:
        if not args.reason.strip():
            raise Unusable(Text("显示全部须写明理由：--reason 理由", "to see it in full, say why: --reason REASON"))
        reveal = Reveal(args.by.strip() or user(), args.reason.strip(), at)
    told = dossier(space, args.house, today, password=workspace_options.password(args, space), reveal=reveal)
    for note in told.notes:
        workspace_options.say(args, note, error=True)
    if args.format == "xlsx":
        print(write(space, told, args.output, lang=args.lang, masked=not args.unmask))
        return 0
    deadline_options.show(args, space, told.report)
    return 0
