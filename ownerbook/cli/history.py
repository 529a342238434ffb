"""`ownerbook history`."""

from __future__ import annotations

import argparse

from ownerbook.cli import deadline_options, workspace_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add(
        "what",
        metavar="房号或编号" if zh else "HOUSE",
        help="如 3-2-1501、3栋2单元1501、YZ-0007" if zh else "such as 3-2-1501, or the key of a record",
    )
    add(
        "header",
        nargs="?",
        default="",
        metavar="列" if zh else "COLUMN",
        help="只看这一列，如 联系电话" if zh else "this column only, such as 联系电话",
    )
    workspace_options.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Tell the history. Exit status 0; 1 where the journal holds nothing of it."""
    from ownerbook.jobs.history import asked
    from ownerbook.reports.tell_history import tell_history
    from ownerbook.schema.words import Text
    from ownerbook.storage.journal import Journal

    space = workspace_options.opened(args)
    today, _ = workspace_options.moment(args, space)
    found = asked(Journal(space.root), args.what, args.header)
    if not found and args.format == "text":
        zh = f"日志里没有 {args.what} 的改动；改动由 reconcile 和 nightly 记下"
        workspace_options.say(args, Text(zh, f"the journal holds no change of {args.what}; reconcile and nightly note them"))
        return 1
    deadline_options.show(args, space, tell_history(found, args.what, today, workspace=space.settings["workspace.name"]))
    return 0 if found else 1
