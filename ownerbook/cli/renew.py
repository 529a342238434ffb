"""`ownerbook renew`."""

from __future__ import annotations

import argparse

from ownerbook.cli import act_options, deadline_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = deadline_options.is_zh(parser)
    parser.add_argument("loan", metavar="单号" if zh else "LOAN", help="哪笔借阅" if zh else "which loan")
    act_options.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Propose, or write. Exit status 0; 1 where something stands against it; 2 where it could not be understood."""
    from ownerbook.jobs.loan_acts import renew

    space, found = deadline_options.opened(args)
    return act_options.finish(args, space, found, renew(found.register, args.loan, found.register.today))
