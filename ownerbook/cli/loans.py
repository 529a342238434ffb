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


def run(args: argparse.Namespace) -> int:
    """Tell the loans. Exit status 0; 2 where it could not be done."""
    return deadline_options.run("loans", args, since=args.since_days)
