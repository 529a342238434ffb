"""`ownerbook return`."""

from __future__ import annotations

import argparse

from ownerbook.cli import act_options, deadline_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    from ownerbook.jobs.loan_acts import CONDITIONS

    zh = deadline_options.is_zh(parser)
    add = parser.add_argument
    add("loan", metavar="单号" if zh else "LOAN", help="哪笔借阅" if zh else "which loan")
    add("--receiver", default="", metavar="NAME", help="接收人" if zh else "who receives it")
    add("--condition", choices=CONDITIONS, default="完好", help="归还状态" if zh else "its condition")
    add("--note", default="", metavar="TEXT", help="缺损、遗失的情况" if zh else "what is damaged or lost")
    act_options.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Propose, or write. Exit status 0; 1 where something stands against it; 2 where it could not be understood."""
    from ownerbook.jobs.loan_acts import give_back

    space, found = deadline_options.opened(args)
    day = found.register.today
    proposal = give_back(found.register, args.loan, day, receiver=args.receiver, condition=args.condition, note=args.note)
    return act_options.finish(args, space, found, proposal)
