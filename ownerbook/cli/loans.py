"""`ownerbook loans`."""

from __future__ import annotations

import argparse

from ownerbook.cli import deadline_options
from ownerbook.jobs.deadlines import WITHIN


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = deadline_options.is_zh(parser)
    deadline_options.configure(parser, within=WITHIN["loans"])
    deadline_options.configure_lists(parser)
    parser.add_argument(
        "--since-days",
        type=int,
        default=365,
        metavar="N",
        help="缺损、遗失、不同意的往前看几天，默认 365" if zh else "days back for damaged, lost and refused, 365 by default",
    )
    parser.add_argument("--reminders", action="store_true", help="按催还阶梯该催而没催过的" if zh else "reminders due by the ladder and not given")
    parser.add_argument("--mark", action="store_true", help="列出后记为已催，每级只催一次" if zh else "remember them as given: each step once")


def run(args: argparse.Namespace) -> int:
    """Tell the loans. Exit status 0; 2 where it could not be done."""
    if args.reminders or args.mark:
        return _reminders(args)
    return deadline_options.run("loans", args, since=args.since_days)


def _reminders(args: argparse.Namespace) -> int:
    """Tell the steps of the ladder that are due and were not given; with --mark remember them, after they were told."""
    from ownerbook.jobs import reminding

    space, found = deadline_options.opened(args)
    due = reminding.due(space, found)
    keep = deadline_options.kept(args)
    tones = ("late",) if keep.late else ()
    report = reminding.report(space, found, due).narrowed(
        building=keep.building, house=keep.house, person=keep.person, tones=tones, workbooks=space.wanted
    )
    deadline_options.show(args, space, report)
    if args.mark:
        told = {line.cells[0] for line in report["reminders"].lines}
        reminding.mark(space, found, [r for r in due if found.register.column("loans", "loan_no").text(r.row) in told])
    return 0
